"""Random cases and policies for laws: small values, so that the interesting ones meet."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st

from console.domain.articles import Article, Fix
from console.domain.case import Case, CaseId, Choice, EscalationId, PersonId, Severity, SeverityFrom, Status
from console.domain.evidence import Count, Local
from console.domain.matrix import Matrix, Target
from console.domain.policy import Policy
from console.domain.recommendation import facts_key
from console.domain.stays import FACTS, Fact
from tests.builders import MORNING, a_case, a_checklist, a_policy

SCORES = st.one_of(st.none(), st.integers(0, 3))
ANSWERS = st.tuples(SCORES, SCORES, SCORES, SCORES)
WEIGHTS = st.tuples(*[st.integers(0, 3)] * 4)
PEOPLE = st.sampled_from([None, PersonId("ada"), PersonId("bo"), PersonId("me")])
WORDS = st.sampled_from(["", "disk", "disk full", "Disk-Full", "Überweisung 12", 'a "b" c', "100%_x", "ACME GmbH"])
TAGS = st.lists(st.sampled_from(["vip", "vi", "eu", "a b", "VIP"]), unique=True, max_size=3).map(tuple)
TIMES = st.one_of(st.none(), st.integers(-30, 30).map(lambda hours: MORNING + timedelta(hours=hours)))
PAST = st.integers(0, 24 * 40).map(lambda hours: MORNING - timedelta(hours=hours))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a case of any shape the domain allows."""
    created = draw(PAST)
    status = draw(st.sampled_from(Status))
    escalation = draw(st.one_of(st.none(), st.integers(1, 3).map(EscalationId))) if status.is_live else None
    case = a_case(
        id=CaseId(draw(st.integers(1, 9))),
        source=draw(st.sampled_from(["", "mail", "github"])), ref=draw(st.sampled_from(["", "1", "4711"])),
        title=draw(WORDS) or "x", requester=draw(WORDS), organisation=draw(WORDS),
        category=draw(st.sampled_from(["", "checkout", "network", "other"])),
        channel=draw(st.sampled_from(["", "mail", "phone"])), tags=draw(TAGS),
        derived=draw(st.sampled_from([(), ("severity",), ("category", "tags")])),
        impact=draw(st.one_of(st.none(), st.integers(1, 4))), urgency=draw(st.one_of(st.none(), st.integers(1, 4))),
        severity=draw(st.sampled_from(Severity)), severity_from=draw(st.sampled_from(SeverityFrom)),
        affected=draw(st.one_of(st.none(), st.sampled_from([0, 1, 2, 9, 10, 50, 51, 12_000]))),
        confidential=draw(st.booleans()), status=status,
        tier=draw(st.integers(1, 4)), team=draw(st.sampled_from(["", "database", "network"])),
        owner=draw(PEOPLE), handler=draw(PEOPLE),
        waiting_for=draw(st.sampled_from(["customer", "vendor"])) if status is Status.WAITING else "",
        resume_at=draw(TIMES) if status is Status.WAITING else None,
        due=draw(TIMES), next_clock=draw(st.sampled_from(["", "response", "resolution"])),
        next_due=draw(TIMES) if status.is_live else None, promised_at=draw(TIMES),
        resolution=draw(WORDS), answers=draw(ANSWERS),
        stops=draw(st.sampled_from([(), (), ("safety",), ("unknown",)])),
        attempts=draw(st.integers(0, 5)), manager_asks=draw(st.sampled_from([0, 0, 0, 1, 2])),
        reopened=draw(st.sampled_from([0, 0, 1, 2])), known_fix=draw(st.sampled_from(["", "", "KB-1"])),
        articles=draw(st.sampled_from([(), (), ("KB-1",), ("KB-1", "my notes")])),
        duplicate_of=draw(st.sampled_from([None, None, CaseId(3)])),
        action_of=draw(st.sampled_from([None, None, None, CaseId(3)])),
        decision=draw(st.one_of(st.none(), st.sampled_from(Choice))), escalation=escalation,
        escalation_state="" if escalation is None else draw(st.sampled_from(["sent", "accepted"])),
        escalated_by=None if escalation is None else draw(PEOPLE),
        created=created, updated=max(created, draw(PAST)),
    )  # fmt: skip
    if draw(st.booleans()):
        facts = facts_key(replace(case, attempts=draw(st.integers(0, 5))), draw(ANSWERS))
        case = replace(case, returned_at=draw(PAST), returned_facts=facts)
    return case


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Draw a policy: other weights, thresholds, guards, stops, paths and skip-level severities."""
    policy = a_policy()
    full = policy.matrix.path("", Severity.S1)
    cells = {
        ("*", severity): draw(st.sampled_from([full, full, full[:1], full[1:], (Target(2, "network"),), ()]))
        for severity in Severity
    }
    return replace(
        policy,
        checklist=a_checklist(draw(WEIGHTS), draw(st.integers(1, 20))),
        guards=tuple(draw(st.lists(st.sampled_from(policy.guards), unique=True))),
        stops=draw(st.sampled_from([policy.stops, policy.stops[:1], policy.stops[1:], ()])),
        matrix=Matrix(cells),
        skip_level=draw(st.sampled_from([frozenset(), frozenset({Severity.S1})])),
        articles=draw(st.sampled_from([(), ARTICLES])),
    )


@st.composite
def counts(draw: st.DrawFn) -> Count:
    """Draw how many needed a higher tier, of how many."""
    of = draw(st.sampled_from([0, 1, 5, 40, 99, 100, 400]))
    return Count(draw(st.integers(0, of)), of)


def _known(every: Count, like: dict[Fact, Count], fixes: tuple[Fix, ...]) -> Local:
    return Local(every, tuple((fact, "some", count) for fact, count in like.items()), fixes)


FIXES = st.sampled_from([(), (Fix("KB-1", 9, 10),), (Fix("KB-1", 4, 4), Fix("KB-2", 31, 40))])
LOCAL = st.one_of(st.none(), st.builds(_known, counts(), st.dictionaries(st.sampled_from(FACTS), counts()), FIXES))
ARTICLES = (
    Article("KB-1", "Restart", file="kb/1.md"),
    Article("KB-2", "Pool", ("checkout",), words=("checkout",), file="k"),
)
UNAVAILABLE = st.dictionaries(
    st.sampled_from([Target(2, "database"), Target(2, "network"), Target(4)]), st.just("absent"), max_size=2
)
