"""Random queries that can be read, and random text that mostly cannot."""

from __future__ import annotations

import operator
from datetime import timedelta

from hypothesis import strategies as st

from console.domain.case import CaseText
from console.domain.query import Asking, Beside, Query, parse
from console.domain.query.completion import COMPARISONS, EQUALITIES
from console.domain.query.fields import FIELDS, HAS, ORDERED, Field, Kind
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
    *("action:3", "action:none", "action!=4", "is:action", "is!=action"),
    *("tier:mine", "tier>=mine", "tier!=mine", "team:mine", "team!=mine", 'team:"mine"'),
    *("has:draft", "has:note", "has:brief", "has:attempt", "has:due", "has:owner", "has:handler", "has:team"),
    *("has:tag", "has:fix", "has:affected", "has!=note", "advice:escalate", "advice:handle", "advice!=ask"),
    *("attempts>=2", "attempts:none", "reopened>0", "asks:2", "fix:none", "fix:kb", "confidential:yes", "id<5"),
)
"""Every field, the ways it is compared, and values on either side of what cases hold."""

VIEWS = {"late": "late:yes -status:waiting", "4": "late:yes", "mine too": "in:late owner:me or has:draft disk"}
NAMES = (
    "vip",
    "a b",
    "ada",
    "bo",
    "me",
    "none",
    "mine",
    "database",
    "checkout",
    "DISK",
    "gmbh",
    "1",
    "100%_",
    'a "b"',
    "",
)
NUMBERS = st.one_of(st.integers(-2, 5), st.sampled_from([9, 10, 50, 51, 12_000, 10**15 - 1])).map(str)
LENGTHS = st.builds("{}{}".format, st.integers(0, 40), st.sampled_from(["min", "h", "d", "w"]))
MOMENTS = st.builds(
    lambda hours, written: (MORNING + timedelta(hours=hours)).strftime(written),
    st.integers(-40, 40),
    st.sampled_from(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%SZ"]),
)
OPEN_VALUES = {
    Kind.NUMBER: NUMBERS, Kind.SEVERITY: st.sampled_from(["S1", "S2", "s3", "S4"]), Kind.HAS: st.sampled_from(HAS),
    Kind.FLAG: st.sampled_from(["yes", "no", "NO"]), Kind.VIEW: st.sampled_from([*VIEWS, "LATE"]),
}  # fmt: skip
"""Values of the kinds that do not depend on the comparison."""

WITHOUT_NONE = frozenset({Kind.SEVERITY, Kind.FLAG, Kind.HAS, Kind.ADVICE, Kind.VIEW})


def read(text: str) -> Query:
    """Read a query that may name views."""
    return parse(text, lambda: VIEWS)


@st.composite
def conditions(draw: st.DrawFn, fields: tuple[str, ...] = tuple(FIELDS)) -> str:
    """Draw any field, with any comparison it takes and any value."""
    name = draw(st.sampled_from(fields))
    field = FIELDS[name]
    op = draw(st.sampled_from(COMPARISONS if field.kind in ORDERED else EQUALITIES))
    values = _values(field, is_equality=op in EQUALITIES)
    if op in EQUALITIES and field.kind not in WITHOUT_NONE:
        values |= st.just("none")
    value = draw(values | st.just("mine") if name in {"tier", "team"} else values)
    is_text = field.kind in {Kind.PERSON, Kind.WORD, Kind.TEXT, Kind.LIST} and not field.words
    if value and not set(value) & set(' ()"') and not (is_text and draw(st.booleans())):
        return f"{name}{op}{value}"
    doubled = value.replace('"', '""')
    return f'{name}{op}"{doubled}"'


def _values(field: Field, *, is_equality: bool) -> st.SearchStrategy[str]:
    """Give the values that a field takes."""
    if field.words:
        return st.sampled_from(field.words)
    if field.kind in {Kind.AGE, Kind.AHEAD}:
        return MOMENTS if is_equality else st.one_of(LENGTHS, MOMENTS)
    return OPEN_VALUES.get(field.kind, st.sampled_from(NAMES))


VIEWLESS = tuple(name for name, field in FIELDS.items() if field.kind is not Kind.VIEW)
CLAUSES = st.sampled_from(CONDITIONS) | conditions(VIEWLESS)
WORDS = st.sampled_from(
    ["disk", "DISK", "full", "ful", '"disk full"', '"full disk"', "disk-full", "uberweisung", "12", '"a ""b"" c"', "x"]
)


def _group(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    side_by_side = st.lists(inner, min_size=1, max_size=3).map(" ".join)
    either = st.lists(side_by_side, min_size=2, max_size=3).map(" or ".join)
    bracket = st.one_of(side_by_side, either).map("({})".format)
    return st.one_of(bracket, bracket.map("-{}".format))


def _queries(leaves: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    terms = st.one_of(leaves, leaves.map("-{}".format), WORDS, WORDS.map("-{}".format))
    return st.lists(st.recursive(terms, _group, max_leaves=6), max_size=4).map(" ".join)


QUERIES = _queries(CLAUSES)
"""Queries that can be read."""

IN_VIEWS = _queries(CLAUSES | conditions())
"""Queries that can be read by whoever has `VIEWS`."""

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
        *(
            "\x00",
            "id:999999999999999",
            "id:9999999999999999",
            "{x}",
            "^a",
            "+",
            " OR ",
            " NOT ",
            "{title}:",
            "a*",
            "\u0301",
            "\U0001f973",
            "-(",
            "due<0001-01-01",
            "due>999999w",
            "ß",
        ),
    ]
)
NOISE = st.one_of(
    st.text(max_size=40),
    st.lists(PIECES, max_size=12).map("".join),
    st.builds(operator.mul, PIECES, st.integers(100, 1_500)),
)
"""Text of any kind, near enough to a query to reach every corner of reading one."""
