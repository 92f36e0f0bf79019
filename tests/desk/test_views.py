"""Saved views and past searches."""

from __future__ import annotations

import pytest

from console.desk import queues, triage, views
from console.desk.desk import Desk
from console.desk.queues import Stretch
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Actor, Role
from console.domain.views import BUILT_IN, Grouping, Order, Shared, View
from tests.builders import a_person
from tests.desk.conftest import Clock
from tests.desk.givens import ADA, BO, open_case

LEAD = Actor(a_person("lea", Role.LEAD, teams=("database",)))
MEMBER = Actor(a_person("mo", teams=("network", "database")))
CHIEF = Actor(a_person("chief", Role.ADMIN))


def keys(desk: Desk, actor: Actor) -> dict[str, str]:
    """Give the name of the view under each key."""
    return {view.key: view.name for view in views.views_for(desk, actor) if view.key}


def test_everybody_starts_with_the_views_of_the_desk(desk: Desk) -> None:
    assert views.views_for(desk, ADA) == BUILT_IN


def test_a_personal_view_goes_before_the_teams_and_the_teams_before_the_built_in(desk: Desk) -> None:
    views.save(desk, LEAD, View("2", "Database", "team:database live:yes", owner="database"))
    mine = views.save(desk, MEMBER, View("2", "My new", "status:new owner:me", Order.NEWEST, Grouping.SEVERITY))

    assert mine == View(
        "2", "My new", "status:new owner:me", Order.NEWEST, Grouping.SEVERITY, Shared.PERSON, "mo"
    )  # fmt: skip
    assert [keys(desk, actor)["2"] for actor in (MEMBER, LEAD, ADA)] == ["My new", "Database", "New"]
    assert [view.name for view in views.views_for(desk, MEMBER) if not view.key] == ["Database", "Done", "New"]
    assert views.find(desk, MEMBER, "database").query == "team:database live:yes"
    assert views.find(desk, MEMBER, "2") == mine


def test_of_two_teams_the_one_named_first_has_the_key(desk: Desk) -> None:
    for team in ("database", "network"):
        views.save(desk, CHIEF, View("1", team.capitalize(), f"team:{team}", owner=team))
    assert keys(desk, MEMBER)["1"] == "Network"


def test_saving_again_changes_the_view_and_a_key_opens_one_view_only(desk: Desk) -> None:
    views.save(desk, ADA, View("1", "Vip", "tag:vip"))
    views.save(desk, ADA, View("1", "vip", "tag:vip live:yes"))
    views.save(desk, ADA, View("1", "  Old  ones ", "age>1w"))
    own = [view for view in views.views_for(desk, ADA) if view.shared is Shared.PERSON]
    assert [(view.key, view.name, view.query) for view in own] == [
        ("1", "Old ones", "age>1w"), ("", "vip", "tag:vip live:yes"),
    ]  # fmt: skip


def test_a_view_can_be_part_of_a_query(desk: Desk) -> None:
    first, _ = open_case(desk, tags=("vip",)), open_case(desk)
    triage.claim(desk, ADA, first)
    views.save(desk, ADA, View("", "Vip", "tag:vip"))
    views.save(desk, ADA, View("", "My vip", "in:vip in:mine"))
    assert queues.every(desk, ADA, 'in:"my vip" severity>=S4') == (first,)
    assert queues.every(desk, BO, "in:mine or in:5") == ()
    with pytest.raises(Refused, match="there is no view 'vip'"):
        queues.every(desk, BO, "in:vip")


def test_what_could_not_be_opened_is_not_saved(desk: Desk) -> None:
    views.save(desk, ADA, View("", "Vip", "tag:vip"))
    for view, said in (
        (View("", "Bad", "sevrity:S1"), "did you mean severity"),
        (View("", "Vip", "in:VIP"), "would hold itself"),
        (View("", "", "tier:1"), "name has 1 to 40"),
        (View("", "7", "tier:1"), "is no key"),
        (View("", 'a "b"', "tier:1"), "no quotation marks"),
        (View("0", "Zero", "tier:1"), "one of 1 to 9"),
        (View("", "Nowhere", "tier:1", owner="nowhere"), "no team 'nowhere'"),
    ):
        with pytest.raises(Refused, match=said):
            views.save(desk, CHIEF if view.owner else ADA, view)
    assert [view.query for view in views.views_for(desk, ADA) if view.shared is Shared.PERSON] == ["tag:vip"]


def test_a_view_that_another_one_needs_cannot_close_a_ring(desk: Desk) -> None:
    views.save(desk, ADA, View("", "A", "tier:1"))
    views.save(desk, ADA, View("", "B", "in:A"))
    with pytest.raises(Refused, match="would hold itself"):
        views.save(desk, ADA, View("", "A", "tier:1 or in:B"))


@pytest.mark.parametrize("actor", [ADA, MEMBER, Actor(a_person("lou", Role.LEAD, teams=("network",)))])
def test_a_teams_view_is_changed_by_its_leads(desk: Desk, actor: Actor) -> None:
    views.save(desk, LEAD, View("3", "Database", "team:database", owner="database"))
    with pytest.raises(Refused) as refused:
        views.save(desk, actor, View("3", "Mine now", "tier:1", owner="database"))
    assert refused.value.code is RefusalCode.NOT_ALLOWED
    with pytest.raises(Refused, match="its leads or an admin"):
        views.drop(desk, actor, "Database", "database")
    assert keys(desk, MEMBER)["3"] == "Database"


def test_the_teams_whose_views_one_may_save_are_known_beforehand(desk: Desk) -> None:
    every = tuple(team.id for team in desk.policy.teams)
    assert [views.teams_of(desk, actor) for actor in (MEMBER, LEAD, CHIEF)] == [(), ("database",), every]


def test_a_dropped_view_gives_its_key_back(desk: Desk) -> None:
    views.save(desk, ADA, View("1", "Vip", "tag:vip"))
    views.save(desk, LEAD, View("2", "Database", "team:database", owner="database"))
    assert views.drop(desk, ADA, "vip").name == "Vip"
    assert views.drop(desk, LEAD, "2", "database").name == "Database"
    assert views.views_for(desk, MEMBER) == BUILT_IN
    for actor, name, team in ((ADA, "Vip", ""), (ADA, "Mine", ""), (LEAD, "Database", "database")):
        with pytest.raises(Refused) as refused:
            views.drop(desk, actor, name, team)
        assert refused.value.code is RefusalCode.NOT_FOUND


def test_an_unknown_view_is_refused_with_the_nearest_name(desk: Desk) -> None:
    with pytest.raises(Refused, match="did you mean Waiting"):
        views.find(desk, ADA, "Waitin")
    with pytest.raises(Refused, match="`triage view` lists them"):
        views.find(desk, ADA, "xyz")


def test_the_last_fifty_searches_are_remembered_each_once(desk: Desk, clock: Clock) -> None:
    for number in range(60):
        views.remember(desk, ADA, f"tier:{number}")
    clock.forward(minutes=1)
    views.remember(desk, ADA, " tier:30 ")
    views.remember(desk, BO, "disk full")
    views.remember(desk, ADA, "  ")
    with pytest.raises(Refused):
        views.remember(desk, ADA, "teir:1")
    found = views.searches(desk, ADA)
    assert len(found) == len(set(found)) == 50
    assert found[:3] == ("tier:30", "tier:59", "tier:58")
    assert views.searches(desk, BO) == ("disk full",)


def test_a_search_is_read_newest_first_unless_it_names_no_words(desk: Desk) -> None:
    views.save(desk, ADA, View("", "Jams", "printer"))
    assert views.usual_order(desk, ADA, "tier:1 in:jams") is Order.NEWEST
    assert views.usual_order(desk, ADA, "tier:1") is Order.URGENT


def test_a_view_of_a_team_shows_each_member_their_own(desk: Desk) -> None:
    case_id = open_case(desk)
    triage.claim(desk, BO, case_id)
    views.save(desk, LEAD, View("1", "Ours", "handler:me", owner="database"))
    ours = views.find(desk, MEMBER, "1")
    assert queues.window(desk, MEMBER, ours, Stretch(0, 9)).total == 0
    assert queues.window(desk, BO, ours, Stretch(0, 9)).total == 1
