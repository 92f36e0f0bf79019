"""Local evidence: the rate of earlier cases like one, and its part in the recommendation."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.case import Status
from console.domain.evidence import Count, Evidence, Local, Weighing, counted_as, evidence_in, here, keys_of, local_of
from console.domain.explanation import explain, here_line
from console.domain.policy_file import faults, read
from console.domain.recommendation import Verdict, advise
from console.domain.stays import Came, Fact, Stay
from tests.builders import MORNING, a_case, a_policy, likes

SAMPLE = (Path(__file__).parents[2] / "sample_data" / "policy.toml").read_text(encoding="utf-8")
USUAL = Weighing()
LIKES = likes("checkout", organisation="ACME")


def local(needed: int, of: int, usual: tuple[int, int] = (66, 200)) -> Local:
    """Give so many earlier checkout cases among those of the tier."""
    return Local(Count(*usual), ((Fact.CATEGORY, "checkout", Count(needed, of)),))


def test_below_the_least_number_it_is_silent() -> None:
    assert evidence_in(local(31, 40, (60, 99)), USUAL) == Evidence(99)
    assert here(evidence_in(local(31, 40, (60, 99)), USUAL), 2) == "no local evidence yet"
    assert evidence_in(local(31, 40, (60, 100)), USUAL).rate is not None


@pytest.mark.parametrize(
    ("fact", "line"),
    [
        (Fact.CATEGORY, "31 of 40 earlier checkout cases needed tier 2"),
        (Fact.ITEM, "31 of 40 earlier checkout cases needed tier 2"),
        (Fact.ORGANISATION, "31 of 40 earlier cases of checkout needed tier 2"),
        (Fact.TEAM, "31 of 40 earlier cases of team checkout needed tier 2"),
    ],
)
def test_it_is_said_in_one_line(fact: Fact, line: str) -> None:
    found = evidence_in(Local(Count(60, 200), ((fact, "checkout", Count(31, 40)),)), USUAL)

    assert here(found, 2) == line


def test_what_moves_most_is_told_and_what_nobody_had_moves_nothing() -> None:
    usual = Count(600, 2000)
    facts = (
        (Fact.CATEGORY, "checkout", Count()),
        (Fact.ORGANISATION, "ACME", Count(13, 40)),
        (Fact.TEAM, "desk", Count(1, 40)),
    )
    found = evidence_in(Local(usual, facts), USUAL)
    assert (found.fact, found.says, found.count) == (Fact.TEAM, "desk", Count(1, 40))
    assert here(found, 2) == "1 of 40 earlier cases of team desk needed tier 2"

    unheard = evidence_in(Local(usual, facts[:1]), USUAL)
    assert unheard.rate == pytest.approx(601 / 2002)
    assert here(unheard, 2) == "600 of 2,000 earlier cases needed tier 2"
    assert here(evidence_in(Local(usual), USUAL), 2) == "600 of 2,000 earlier cases needed tier 2"


def test_what_ran_late_is_told_where_it_counts() -> None:
    found = evidence_in(Local(Count(600, 2000), ((Fact.CATEGORY, "checkout", Count(31, 40)),)), Weighing(late=True))

    assert here(found, 2) == "31 of 40 earlier checkout cases needed tier 2 or ran late"


def test_what_an_item_says_as_its_category_does_counts_once() -> None:
    usual = Count(600, 2000)
    category = (Fact.CATEGORY, "tills", Count(60, 100))
    alone = evidence_in(Local(usual, (category,)), USUAL)
    alike = evidence_in(Local(usual, (category, (Fact.ITEM, "TM-88", Count(24, 40)))), USUAL)
    worse = evidence_in(Local(usual, (category, (Fact.ITEM, "TM-88", Count(38, 40)))), USUAL)
    few = evidence_in(Local(usual, (category, (Fact.ITEM, "TM-88", Count(0, 1)))), USUAL)

    assert alone.rate is not None
    assert alike.rate == pytest.approx(alone.rate, abs=0.02)
    assert worse.rate == pytest.approx(0.92, abs=0.01)
    assert (worse.fact, few.fact) == (Fact.ITEM, Fact.CATEGORY)
    assert few.rate == pytest.approx(alone.rate, abs=0.16)


def test_a_handful_says_little() -> None:
    few, many = evidence_in(local(2, 2), USUAL), evidence_in(local(80, 80, (140, 280)), USUAL)

    assert few.rate is not None
    assert many.rate is not None
    assert few.rate < 0.6
    assert many.rate > 0.9


def test_how_often_a_kind_comes_in_says_nothing() -> None:
    often, seldom = evidence_in(local(300, 1000, (600, 2000)), USUAL), evidence_in(local(3, 10, (600, 2000)), USUAL)

    assert often.points == seldom.points
    assert often.rate == pytest.approx(seldom.rate, abs=0.001)


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 200), st.integers(1, 4))
def test_the_more_needed_it_the_higher_the_rate_and_the_points(a: int, b: int, of: int, weight: int) -> None:
    less, more = (evidence_in(local(min(n, of), of), Weighing(weight)) for n in sorted((a, b)))

    assert less.rate is not None
    assert more.rate is not None
    assert 0 < less.rate <= more.rate < 1
    assert -3 * weight <= less.points <= more.points <= 3 * weight
    assert less.pull <= more.pull


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 200), st.integers(0, 60), st.sampled_from([0, 1]))
def test_that_holds_of_a_category_and_of_an_item_in_it(a: int, b: int, of: int, item: int, which: int) -> None:
    def rate(needed: int) -> float:
        counts = [Count(needed, of), Count(min(item, 40), 60)]
        facts = zip((Fact.CATEGORY, Fact.ITEM), ("tills", "TM-88"), (counts if which else counts[::-1]), strict=True)
        return evidence_in(Local(Count(66, 200), tuple(facts)), USUAL).rate or 0

    less, more = (rate(min(n, of)) for n in sorted((a, b)))
    assert 0 < less <= more < 1


def test_a_case_is_no_evidence_for_itself() -> None:
    own = Stay(1, MORNING, likes("checkout", organisation="Other"), Came.NEEDED)
    counts = dict.fromkeys(keys_of(1, LIKES), Count(31, 40))

    assert local_of(counts, 1, LIKES, own) == Local(
        Count(30, 39), ((Fact.CATEGORY, "checkout", Count(30, 39)), (Fact.ORGANISATION, "ACME", Count(31, 40)))
    )
    assert local_of({}, 1, likes()) == Local()
    assert counted_as(Stay(1, MORNING, LIKES)) == {}


def test_it_moves_the_score_by_its_weight_and_is_a_line_of_its_own() -> None:
    case, policy = a_case(category="checkout", answers=(2, 1, 1, 0)), a_policy()
    known = local(36, 40)

    assert advise(case, policy, MORNING).verdict is Verdict.HANDLE
    told = explain(case, policy, MORNING, local=known)
    assert (told.advice.verdict, told.advice.low, told.advice.high) == (Verdict.ESCALATE, 7, 7)
    assert told.here == "36 of 40 earlier checkout cases needed tier 2: +3"
    assert "4 of 12, with +3 from here, reaches the threshold 6" in told.why
    assert "without local evidence: HANDLE" in told.would_change
    assert told.advice.left_to == 3
    one = explain(case, policy, MORNING, local=local(20, 40))
    assert one.here == "20 of 40 earlier checkout cases needed tier 2: +1"
    average = explain(case, policy, MORNING, local=local(13, 40))
    assert average.here == "13 of 40 earlier checkout cases needed tier 2"
    assert "without local evidence: HANDLE" not in average.would_change


def test_even_is_where_it_neither_adds_nor_takes() -> None:
    third = local(330, 1000, (660, 2000))

    assert evidence_in(third, USUAL).points == 0
    assert evidence_in(third, Weighing(even=50)).points == -1
    assert evidence_in(third, Weighing(even=20)).points == 1
    assert evidence_in(third, Weighing(even=1)).points == 3


def test_without_any_the_checklist_alone_decides() -> None:
    case, policy = a_case(category="checkout", answers=(2, 1, 1, 0)), a_policy()
    silent = explain(case, policy, MORNING, local=local(31, 40, (40, 50)))

    assert silent.advice.verdict is Verdict.HANDLE
    assert silent.advice.left_to == advise(case, policy, MORNING).left_to == 6
    assert silent.here == "no local evidence yet"
    assert here_line(advise(case, policy, MORNING), case, policy) == ""


def test_in_the_highest_tier_there_is_nothing_to_say() -> None:
    case, policy = a_case(tier=4), a_policy()

    assert here_line(advise(case, policy, MORNING, local=local(0, 40)), case, policy) == ""


def test_of_a_case_that_is_done_there_is_nothing_to_say() -> None:
    case, policy = a_case(status=Status.RESOLVED, category="checkout"), a_policy()

    assert explain(case, policy, MORNING, local=local(31, 40)).here == ""


@given(st.integers(0, 40), st.integers(0, 40), st.tuples(*[st.one_of(st.none(), st.integers(0, 3))] * 4))
def test_a_like_case_that_needed_it_never_turns_escalate_into_handle(
    a: int, b: int, answers: tuple[int | None, int | None, int | None, int | None]
) -> None:
    case, policy = a_case(category="checkout", answers=answers), a_policy()
    less, more = (advise(case, policy, MORNING, local=local(needed, 40)).verdict for needed in sorted((a, b)))

    assert (less, more) != (Verdict.ESCALATE, Verdict.HANDLE)


@pytest.mark.parametrize(("threshold", "weight"), [(9, 2), (7, 2), (6, 1), (1, 1)])
def test_it_weighs_as_the_heaviest_question_but_never_reaches_the_threshold_alone(threshold: int, weight: int) -> None:
    text = SAMPLE.replace("\nthreshold = 9\n", f"\nthreshold = {threshold}\n")

    assert read(text, "p.toml").evidence.weight == weight


def test_the_policy_says_what_it_weighs() -> None:
    assert read(SAMPLE, "p.toml").evidence == Weighing(weight=2)
    written = '[evidence]\nweight = 2\neven = 20\nleast = 200\nhandled_after = "8h"\n'
    assert read(SAMPLE + written, "p.toml").evidence == Weighing(2, 20, 200, timedelta(hours=8))
    told = [
        str(fault)
        for fault in faults(SAMPLE + '[evidence]\nwieght = 2\neven = 100\nleast = 0\nhandled_after = "4"\n', "p.toml")
    ]
    assert [line.partition(": ")[2] for line in told] == [
        "evidence.wieght: There is no key 'wieght' here; did you mean 'weight'?",
        "evidence.even: This is 100; it is a percentage from 1 to 99.",
        "evidence.least: This is 0; it must be 1 or more.",
        "evidence.handled_after: '4' is not a time such as 30min, 4h, 3d or 1w.",
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("weight = 0", "evidence.weight: Its weight is 0, so local evidence is shown but decides nothing."),
        (
            "weight = 3",
            "evidence.weight: Local evidence can add 9 and so reach the threshold 9 alone; weigh it less.",
        ),
        (
            "least = 29",
            "evidence.least: So few known outcomes say little of the next case; make it 30 or more.",
        ),
    ],
)
def test_the_lint_says_what_will_disappoint(written: str, said: str) -> None:
    told = {str(fault).partition(": ")[2] for fault in faults(f"{SAMPLE}[evidence]\n{written}\n", "p.toml")}

    assert said in told
