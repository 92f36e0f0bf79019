"""Random queries that can be read, and random text that mostly cannot."""

from __future__ import annotations

from hypothesis import strategies as st

from console.domain.case import CaseText
from console.domain.query import Asking, Beside
from tests.builders import ADA, BO, MORNING, a_person, a_policy
from tests.domain.strategies import WORDS as TEXT

ASKING = Asking(a_person("ada", tier=2, teams=("database", "lab")), MORNING, a_policy())
"""Ada of tier 2 asks, on Monday at nine o'clock."""

BESIDE = st.builds(
    Beside, st.builds(CaseText, TEXT, TEXT), st.sets(st.sampled_from([ADA, BO])).map(frozenset), st.booleans()
)
"""What lies by a case."""

CONDITIONS = (
    *("tier:2", "tier!=1", "tier>=3", "tier<2", "team:database", "team:none", "team!=network"),
    *("status:new", "status=closed", "status!=open", "live:yes", "live:no", "late:yes", "late:no"),
    *("severity:S1", "severity>=S2", "severity<S3", "severity<=s2", "severity>S4", "severity!=S1"),
    *("impact:none", "impact>2", "impact<=2", "impact!=3", "urgency=1", "urgency:none"),
    *("affected>50", "affected<=1", "affected:0", "affected:none", "affected<-1", "affected!=9"),
    *("owner:me", "owner:none", "owner!=ada", 'owner:"none"', "handler:bo", "handler:me"),
    *("tag:vip", 'tag:"a b"', "tag!=vip", "tag:none", "tag:vi", 'tag:"a;b"', "stop:safety", "derived:none"),
    *("category:checkout", "category:none", "channel:mail", "source!=mail", "ref:4711", 'ref:""'),
    *("organisation:acme", "organisation:none", 'organisation="ACME GmbH"', 'organisation:"gmbh"'),
    *("requester:DISK", "requester=disk", "requester:ü", 'title:"100%_"', "resolution:none", "waiting_for:cust"),
    *("age>3d", "age<=2w", "age>=24h", "age<90min", "updated<2h", "updated>1d", "created<2026-11-01"),
    *("due<4h", "due<0h", "due:none", "due>=2026-11-23", "due:2026-11-23", "due<=2026-11-23T09:00", "due>1d"),
    *("promised<1h", "promised:none", "resume:none", "returned<4h", "returned:none", "created=2026-11-20"),
    *("sent:me", "sent:none", "sent:ada", "sent!=me", "escalation:sent", "escalation:none"),
    *("decision:escalate", "decision:none", "merged:yes", "merged:no", "duplicate_of:3", "duplicate_of:none"),
    *("tier:mine", "tier>=mine", "tier!=mine", "team:mine", "team!=mine", 'team:"mine"'),
    *("has:draft", "has:note", "has:brief", "has:attempt", "has:due", "has:owner", "has:handler", "has:team"),
    *("has:tag", "has:fix", "has:affected", "has!=note", "advice:escalate", "advice:handle", "advice!=ask"),
    *("attempts>=2", "attempts:none", "reopened>0", "asks:2", "fix:none", "fix:kb", "confidential:yes", "id<5"),
)
"""Every field, with every comparison it takes."""

CLAUSES = st.sampled_from(CONDITIONS)
WORDS = st.sampled_from(
    ["disk", "DISK", "full", "ful", '"disk full"', '"full disk"', "disk-full", "uberweisung", "12", '"a ""b"" c"', "x"]
)


def _group(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    side_by_side = st.lists(inner, min_size=1, max_size=3).map(" ".join)
    either = st.lists(side_by_side, min_size=2, max_size=3).map(" or ".join)
    bracket = st.one_of(side_by_side, either).map("({})".format)
    return st.one_of(bracket, bracket.map("-{}".format))


TERMS = st.one_of(CLAUSES, CLAUSES.map("-{}".format), WORDS, WORDS.map("-{}".format))
QUERIES = st.lists(st.recursive(TERMS, _group, max_leaves=6), max_size=4).map(" ".join)
"""Queries that can be read."""

PIECES = st.sampled_from(
    [
        *(
            '"',
            "(",
            ")",
            "-",
            "or",
            ":",
            "=",
            "<",
            ">=",
            "!=",
            " ",
            "*",
            "NEAR(",
            "AND",
            "c++",
            "'",
            ";",
            "\\",
            "%",
            "\x00",
        ),
        *("tier:", "age>", "me", "none", "tier:2", "title:", '"disk', "due:9999-12-31", "age>999999w", "²", "\ud800"),
        *("\x00", "id:999999999999999", "id:9999999999999999", "{x}", "^a", "+", "due<0001-01-01", "due>999999w", "ß"),
    ]
)
NOISE = st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=12).map("".join))
"""Text of any kind, near enough to a query to reach every corner of reading one."""
