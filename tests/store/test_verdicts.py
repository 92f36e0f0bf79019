"""The recommendation that SQL calls is the domain's own."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.articles import heard, words_of
from console.domain.case import Case, PersonId
from console.domain.evidence import Local, evidence_in
from console.domain.policy import Policy
from console.domain.query import Asking
from console.domain.recommendation import advise
from console.domain.roster import Roster, unavailable
from console.store.codec import case_values, micros
from console.store.verdicts import RESTS_ON, verdict_by
from tests.builders import MORNING, a_person
from tests.domain.strategies import LOCAL, cases, policies

THERE = Roster(
    (a_person("ada"), a_person("bo", tier=2, teams=("database",), is_absent=True), a_person("kim", teams=("network",))),
    MORNING,
)


@settings(max_examples=300, deadline=None)
@given(cases(), policies(), st.sampled_from([Roster(), THERE]), st.sampled_from([(), (PersonId("kim"),)]), LOCAL)
def test_sql_recommends_what_the_domain_does(
    case: Case, policy: Policy, there: Roster, subjects: tuple[PersonId, ...], local: Local | None
) -> None:
    case = replace(case, subjects=subjects)
    points = evidence_in(local, policy.evidence).points if local else 0
    fixes, title = local.fixes if local else (), heard(words_of(policy.articles), case.title)
    values, now = case_values(case), micros(MORNING) or 0
    passed = [None if values[name] is None else values[name] < now for name in ("promised_at", "next_due")]
    given_facts = [values[name] for name in RESTS_ON]
    found = verdict_by(Asking(a_person(), MORNING, policy, there))(
        points, fixes, title, case.item, *given_facts, *passed
    )
    assert found == advise(case, policy, MORNING, unavailable(case, policy, there), local).verdict.value
