"""Tests of the year before: it is the same each time, true as a history, and like what is known of a real desk."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta

import pytest

from console.cli.past_actions import actions
from console.cli.people_file import read_people
from console.cli.year import year_before
from console.desk.founding import Past
from console.domain.case import CaseId, Status
from console.domain.changes import differences, replayed
from console.domain.chronicle_case import case_of, moves_of
from console.domain.escalation import OPEN, State
from console.domain.events import BY_THE_CLOCK, Kind, fingerprint
from console.domain.people import RULE, Role
from console.domain.policy_file import read
from console.domain.safe import safe
from console.domain.sentences import sentence
from console.settings import sample_data

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
POLICY = read((sample_data() / "policy.toml").read_text(encoding="utf-8"), "policy.toml")
STAFF = tuple(read_people((sample_data() / "people.csv").read_text(encoding="utf-8"), {}).people.values())


@pytest.fixture(scope="module")
def year() -> list[Past]:
    """Give the year before."""
    return year_before(POLICY, STAFF, NOW)


def share(found: int, of: int) -> float:
    """Give a share in percent."""
    return 100 * found / of


def test_it_is_the_same_each_time(year: list[Past]) -> None:
    assert year_before(POLICY, STAFF, NOW) == year


def test_it_is_a_year_by_the_rhythm_of_day_and_week(year: list[Past]) -> None:
    created = [each.case.created for each in year]

    assert 1800 <= len(year) <= 2400
    assert [each.case.id for each in year] == list(range(1, len(year) + 1))
    assert created == sorted(created)
    assert timedelta(days=360) < created[-1] - created[0] < timedelta(days=366)
    assert timedelta(days=10) < NOW - created[-1] < timedelta(days=14)
    days = Counter(at.weekday() for at in created)
    assert days[0] > days[3] > days[5] > days[6]
    assert share(sum(6 <= at.hour < 17 for at in created), len(year)) > 85


def test_every_case_is_what_its_history_makes_of_it(year: list[Past]) -> None:
    for each in year:
        before = ""
        for version, event in enumerate(each.history, 1):
            assert (event.version, event.hash) == (version, fingerprint(event, before))
            assert sentence(event)
            before = event.hash
        times = [event.at for event in each.history]
        assert times == sorted(times)
        assert times[-1] <= NOW - timedelta(days=2)
        assert differences(each.case, replayed(each.history)) == []
        assert (case_of(each.history), moves_of(each.history, each.case)) == (each.case, each.moves)


def test_all_of_it_is_over(year: list[Past]) -> None:
    assert {each.case.status for each in year} <= {Status.RESOLVED, Status.CLOSED}
    assert all(each.case.resolution for each in year)
    assert not {move.state for each in year for move in each.moves} & OPEN


def test_it_goes_up_and_comes_back_as_on_a_real_desk(year: list[Past]) -> None:
    up = [each for each in year if each.moves]
    waited = [each.moves[0].sent_at - each.case.created for each in up]

    assert share(len(up), len(year)) == pytest.approx(32, abs=2)
    assert share(sum(time <= timedelta(minutes=15) for time in waited), len(up)) == pytest.approx(50, abs=5)
    assert share(sum(time > timedelta(days=1) for time in waited), len(up)) == pytest.approx(13, abs=3)
    back = [each for each in up if any(move.state is State.RETURNED for move in each.moves)]
    assert share(len(back), len(up)) == pytest.approx(46, abs=4)
    skipped = [each for each in up if each.moves[0].target.tier > each.moves[0].from_tier + 1]
    assert share(len(skipped), len(up)) == pytest.approx(7, abs=3)
    assert share(sum(each.case.reopened > 0 for each in year), len(year)) == pytest.approx(7, abs=2)
    waits = [each for each in year if any(event.kind is Kind.WAITING for event in each.history)]
    assert share(len(waits), len(year)) == pytest.approx(33, abs=3)


def test_categories_differ_and_the_answers_tell_little(year: list[Past]) -> None:
    by_category = defaultdict(list)
    for each in year:
        by_category[each.case.category].append(bool(each.moves))
    rates = {category: share(sum(went), len(went)) for category, went in by_category.items()}

    assert rates["accounts"] + 20 < rates["reports"] < rates["checkout"] - 20
    assert max(rates.values()) - min(rates.values()) > 60
    verdicts = [
        (event.detail["verdict"], event.detail["choice"])
        for each in year
        for event in each.history
        if event.kind in {Kind.DECIDED, Kind.ESCALATED}
    ]
    assert Counter(verdicts)["handle", "escalate"] > Counter(verdicts)["escalate", "escalate"]


def test_people_act_where_they_work(year: list[Past]) -> None:
    people = {person.id: person for person in STAFF}
    for each in year:
        for event in each.history:
            assert event.actor in people or event.kind in BY_THE_CLOCK or event.actor.startswith(RULE)
            if event.kind in {Kind.ACCEPTED, Kind.RETURNED}:
                assert people[event.actor].role in {Role.AGENT, Role.LEAD}
    accepted = {event.actor for each in year for event in each.history if event.kind is Kind.ACCEPTED}
    assert len(accepted) >= 7


def test_articles_solve_cases_and_some_are_wanted(year: list[Past]) -> None:
    tried = [event for each in year for event in each.history if event.detail.get("article")]
    wanted = [e for each in year for e in each.history if e.kind is Kind.REVIEWED and e.detail["need"] == "article"]

    assert len({event.detail["article"] for event in tried}) >= 10
    assert {event.detail["worked"] for event in tried} == {True, False}
    assert len(wanted) >= 20


def test_no_case_speaks_of_a_stop_condition_or_has_a_gap(year: list[Past]) -> None:
    stops = [word.casefold() for stop in POLICY.stops for word in stop.words]
    for each in year:
        text = f"{each.case.title}\n{each.text.body}\n{each.text.notes}\n{each.case.resolution}"
        assert not re.search(r"[{}]", text)
        assert safe(text.replace("\n", " ")) == text.replace("\n", " ")
        words = f" {' '.join(re.findall(r'[-a-z]+', text.casefold()))} "
        assert not [stop for stop in stops if f" {stop} " in words], text


def test_clocks_ran_out_ladders_were_climbed_to_their_end_and_some_cases_came_back_twice(year: list[Past]) -> None:
    kinds = Counter(event.kind for each in year for event in each.history)
    late = [each for each in year if any(event.kind is Kind.BREACHED for event in each.history)]

    assert 5 < share(len(late), len(year)) < 30
    assert kinds[Kind.EXHAUSTED] >= 5
    assert kinds[Kind.ENGAGED] > kinds[Kind.EXHAUSTED]
    assert sum(sum(move.state is State.RETURNED for move in each.moves) > 1 for each in year) >= 10
    assert sum((move.closed_at or NOW) - move.sent_at > timedelta(days=7) for each in year for move in each.moves) >= 10


def test_some_of_what_was_to_be_handled_went_up_after_all(year: list[Past]) -> None:
    orders = [[e.kind for e in each.history if e.kind in {Kind.DECIDED, Kind.ESCALATED}] for each in year]
    assert sum(order[:2] == [Kind.DECIDED, Kind.ESCALATED] for order in orders) >= 50


def test_reviews_of_the_year_asked_for_actions_some_of_which_are_open(year: list[Past]) -> None:
    made = actions(year, POLICY, STAFF, NOW)

    assert made == actions(year, POLICY, STAFF, NOW)
    assert [each.case.id for each in made] == list(range(len(year) + 1, len(year) + len(made) + 1))
    by_id = {each.case.id: each for each in year}
    assert {each.case.status for each in made} == {Status.OPEN, Status.RESOLVED}
    for each in made:
        original = by_id[CaseId(each.case.action_of or 0)]
        assert each.case.created in {event.at for event in original.history if event.kind is Kind.REVIEWED}
        assert differences(each.case, replayed(each.history)) == []
        assert "{" not in each.case.title
