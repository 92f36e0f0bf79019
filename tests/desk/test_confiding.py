"""Confidential cases on the desk: who is let in, whom they are about, and what must not make them known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from console.desk import assignment, checkup, closing, confiding, people, queues, taking, triage, undo
from console.desk import escalation as escalating
from console.desk.desk import Desk
from console.domain.arrival import Arrival
from console.domain.case import CaseId, PersonId
from console.domain.errors import RefusalCode, Refused
from console.domain.escalation import Escalation
from console.domain.matrix import Target
from console.domain.people import Actor
from console.domain.recommendation import Verdict
from console.domain.views import Order
from console.store import people as store_people
from console.store.sight import CONFIDENTIAL_FROM, WHOLE
from tests.builders import a_person
from tests.desk.givens import FULL, open_case
from tests.desk.worlds import BO, MAX, OUT, a_world

LENA, ADA, OLGA = OUT["lead"], OUT["agent"], OUT["admin"]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Give a desk with people, whose teams have managers."""
    return a_world(tmp_path, "desk")


@pytest.fixture
def secret(desk: Desk) -> CaseId:
    """Give a case that ada owns and made confidential."""
    case_id = open_case(desk)
    triage.claim(desk, ADA, case_id)
    triage.change(desk, ADA, case_id, {"confidential": True})
    return case_id


def send(desk: Desk, actor: Actor, case_id: CaseId, target: Target | None = None) -> Escalation:
    """Escalate and give what became of it."""
    order = escalating.Order(target=target, brief=FULL, reason=triage.Reason("vip"))
    escalating.escalate(desk, actor, case_id, order)
    return queues.dossier(desk, actor, case_id).escalations[-1]


def circle(desk: Desk, case_id: CaseId) -> set[str]:
    """Give who is in the circle, as the case says, and see that visibility agrees."""
    with desk.store.read(WHOLE) as tx:
        rows = tx.rows("SELECT person FROM circle WHERE case_id = :id", {"id": case_id})
        (listed,) = tx.rows('SELECT circle FROM "case" WHERE id = :id', {"id": case_id})[0]
    found = {person for (person,) in rows}
    assert found == set(filter(None, listed.split(";")))
    return found


def test_whoever_opened_it_and_works_on_it_is_in_and_an_admin_is_not(desk: Desk, secret: CaseId) -> None:
    assert circle(desk, secret) == {"ada"}
    with pytest.raises(Refused, match=f"There is no case {secret}.") as refused:
        queues.dossier(desk, OLGA, secret)
    assert refused.value.code is RefusalCode.NOT_FOUND


def test_whoever_makes_it_confidential_is_in(desk: Desk) -> None:
    case_id = open_case(desk)
    done = triage.change(desk, OLGA, case_id, {"confidential": True, "tags": ("hr",)})
    assert (circle(desk, case_id), done.case.tags) == ({"ada", "olga"}, ("hr",))
    with pytest.raises(Refused, match="these facts already"):
        triage.change(desk, OLGA, case_id, {"confidential": True})


def test_only_its_owner_a_lead_or_an_admin_makes_a_case_confidential(desk: Desk) -> None:
    case_id = open_case(desk)
    with pytest.raises(Refused, match=r"Nobody owns case 1 yet; ask lena, max or ina to say who may see it"):
        triage.change(desk, ADA, case_id, {"confidential": True})
    triage.claim(desk, MAX, open_case(desk))
    with pytest.raises(Refused, match=r"Case 2 is max's; ask max, .* to say who may see it"):
        triage.change(desk, ADA, CaseId(2), {"confidential": True})


def test_people_are_let_in_and_taken_out_by_name(desk: Desk, secret: CaseId) -> None:
    done = confiding.let_in(desk, ADA, secret, "bo")
    assert (done.event.changes["circle"], circle(desk, secret)) == ((["ada"], ["ada", "bo"]), {"ada", "bo"})
    assert queues.dossier(desk, BO, secret).case.named == ("bo",)
    confiding.let_out(desk, ADA, secret, "bo")
    assert circle(desk, secret) == {"ada"}
    with pytest.raises(Refused, match="Nobody is called 'zoe'"):
        confiding.let_in(desk, ADA, secret, "zoe")


def test_work_given_to_somebody_lets_them_in(desk: Desk, secret: CaseId) -> None:
    assignment.assign(desk, ADA, secret, "bo")
    assert circle(desk, secret) == {"ada", "bo"}
    assert [line.case.id for line in queues.find(desk, BO, "handler:me", Order.NEWEST, 9)] == [secret]
    assert queues.counts(desk, BO)["9"] == 1
    assert queues.counts(desk, OLGA)["9"] == 0


def test_a_subject_loses_it_and_is_not_suggested(desk: Desk, secret: CaseId) -> None:
    assignment.assign(desk, ADA, secret, "bo")
    done = confiding.mark(desk, ADA, secret, "bo")
    assert (done.case.handler, done.case.subjects, circle(desk, secret)) == (None, ("bo",), {"ada"})
    with pytest.raises(Refused, match="There is no case"):
        queues.dossier(desk, BO, secret)
    assert "bo" in {each.person.id for each in people.assignable(desk, ADA, replace(done.case, subjects=()))}
    assert {each.person.id for each in people.assignable(desk, ADA, done.case)} == {"ada", "ina", "max", "olga"}
    for name, told in (("bo", "bo is a subject"), ("lena", "lena is above a subject")):
        with pytest.raises(Refused, match=told):
            assignment.assign(desk, ADA, secret, name)
    confiding.clear(desk, ADA, secret, "bo")
    assert circle(desk, secret) == {"ada"}


def test_those_above_a_subject_are_out_unless_they_were_named(desk: Desk, secret: CaseId) -> None:
    triage.change(desk, ADA, secret, {"confidential": False})
    send(desk, ADA, secret)
    triage.change(desk, ADA, secret, {"confidential": True})
    confiding.let_in(desk, ADA, secret, "max")
    confiding.mark(desk, ADA, secret, "bo")
    assert circle(desk, secret) == {"ada", "max"}
    confiding.let_in(desk, ADA, secret, "lena")
    assert circle(desk, secret) == {"ada", "max", "lena"}
    assignment.assign(desk, ADA, secret, "lena")


def test_whoever_marks_somebody_below_them_stays_in(desk: Desk) -> None:
    case_id = open_case(desk)
    triage.change(desk, LENA, case_id, {"confidential": True})
    confiding.mark(desk, LENA, case_id, "bo")
    assert circle(desk, case_id) == {"ada", "lena"}
    triage.note(desk, LENA, case_id, triage.Said("still here"))
    assert circle(desk, case_id) == {"ada", "lena"}


def test_escalating_lets_the_receiving_teams_manager_in(desk: Desk, secret: CaseId) -> None:
    assert send(desk, ADA, secret).target == Target(2, "database")
    assert circle(desk, secret) == {"ada", "lena"}
    assert escalating.accept(desk, LENA, secret).case.handler == "lena"


def test_an_escalation_goes_round_a_subject_and_those_above(desk: Desk, secret: CaseId) -> None:
    confiding.mark(desk, ADA, secret, "bo")
    sent = send(desk, ADA, secret)
    assert (sent.target, sent.skipped[0][0]) == (Target(3, party="vendor"), Target(2, "database"))
    assert circle(desk, secret) == {"ada"}


def test_a_target_named_by_hand_is_no_way_round_that(desk: Desk, secret: CaseId) -> None:
    confiding.mark(desk, ADA, secret, "bo")
    with pytest.raises(Refused, match="lena is above a subject"):
        send(desk, ADA, secret, Target(2, "database"))
    with pytest.raises(Refused, match="Nobody in tier 3 Engineering would see case 1; let somebody in first"):
        send(desk, ADA, secret, Target(3))
    confiding.let_in(desk, ADA, secret, "max")
    assert send(desk, ADA, secret, Target(3)).target == Target(3)
    assert escalating.accept(desk, MAX, secret).case.handler == "max"


def test_on_a_database_without_people_anybody_may_receive_it(desk: Desk, secret: CaseId) -> None:
    with desk.store.write() as tx:
        tx.rows("DELETE FROM person")
    assert send(desk, ADA, secret, Target(3)).target == Target(3)
    confiding.let_in(desk, ADA, secret, "anybody")


def test_undo_takes_a_circle_back_but_keeps_who_came_in_by_work(desk: Desk, secret: CaseId) -> None:
    confiding.let_in(desk, ADA, secret, "bo")
    undo.undo(desk, ADA, secret)
    assert circle(desk, secret) == {"ada"}
    undo.redo(desk, ADA, secret)
    assert circle(desk, secret) == {"ada", "bo"}
    assignment.assign(desk, ADA, secret, "max")
    undo.undo(desk, ADA, secret)
    assert circle(desk, secret) == {"ada", "bo", "max"}


def test_undo_of_what_can_no_longer_be_seen_finds_nothing(desk: Desk) -> None:
    case_id = open_case(desk)
    triage.note(desk, LENA, case_id, triage.Said("hm"))
    triage.change(desk, OLGA, case_id, {"confidential": True})
    for where in (None, case_id):
        with pytest.raises(Refused, match="There is nothing of yours to undo"):
            undo.undo(desk, LENA, where)


def test_an_open_case_never_names_a_confidential_one(desk: Desk, secret: CaseId) -> None:
    copy, other = open_case(desk), open_case(desk)
    with pytest.raises(Refused, match=f"Case {secret} is confidential and case {copy} would name it"):
        closing.merge(desk, ADA, copy, secret)
    closing.merge(desk, ADA, copy, other)
    with pytest.raises(Refused, match=f"Case {copy} was merged into case {other} and names it"):
        triage.change(desk, OLGA, other, {"confidential": True})
    triage.change(desk, OLGA, copy, {"confidential": True})
    triage.change(desk, OLGA, other, {"confidential": True})
    with pytest.raises(Refused, match=f"Case {copy} was merged into a confidential case and names it; it stays"):
        triage.change(desk, OLGA, copy, {"confidential": False})
    closing.merge(desk, ADA, secret, open_case(desk))


def test_a_case_that_an_open_history_names_is_not_hidden(desk: Desk) -> None:
    copy, other = open_case(desk), open_case(desk)
    closing.merge(desk, OLGA, copy, other)
    undo.undo(desk, OLGA, copy)
    with pytest.raises(Refused, match=f"Case {copy} was merged into case {other} and names it; make case {copy} conf"):
        triage.change(desk, OLGA, other, {"confidential": True})
    triage.change(desk, OLGA, copy, {"confidential": True})
    triage.change(desk, OLGA, other, {"confidential": True})
    with pytest.raises(Refused, match="it stays confidential as long as the other is"):
        triage.change(desk, OLGA, copy, {"confidential": False})
    triage.change(desk, OLGA, other, {"confidential": False})
    triage.change(desk, OLGA, copy, {"confidential": False})


def test_an_admin_who_types_in_the_name_of_another_is_outside_their_circles(desk: Desk, secret: CaseId) -> None:
    typed = replace(ADA, hand=OLGA.id, enters_circles=False)
    assert (queues.counts(desk, ADA)["9"], queues.counts(desk, typed)["9"]) == (1, 0)
    with pytest.raises(Refused, match=f"There is no case {secret}."):
        triage.note(desk, typed, secret, triage.Said("hm"))


def test_a_claim_counts_no_confidential_case_among_those_passed_over(desk: Desk) -> None:
    secret, chosen = open_case(desk, severity="S1"), open_case(desk, severity="S4")
    triage.change(desk, OLGA, secret, {"confidential": True})
    assert queues.counts(desk, OLGA)["9"] == 2
    assert triage.claim(desk, OLGA, chosen).event.detail == {}


def test_a_case_is_opened_up_with_its_history(desk: Desk, secret: CaseId) -> None:
    triage.change(desk, ADA, secret, {"confidential": False})
    assert (circle(desk, secret), queues.dossier(desk, BO, secret).case.circle) == (set(), ())


def test_two_open_cases_never_stand_for_one_reference(desk: Desk) -> None:
    mail = Arrival("Checkout returns 502", "mail", "m-1", confidential=True)
    hidden = taking.open_case(desk, ADA, mail)
    assert hidden >= CONFIDENTIAL_FROM
    assert circle(desk, hidden) == {"ada"}
    twin = taking.open_case(desk, BO, replace(mail, confidential=False))
    triage.claim(desk, ADA, hidden)
    with pytest.raises(Refused, match=f"Case {twin} has the same reference"):
        triage.change(desk, ADA, hidden, {"confidential": False})
    assert queues.dossier(desk, ADA, hidden).case.confidential


def test_numbers_of_open_cases_go_on_without_a_gap(desk: Desk) -> None:
    first = open_case(desk)
    taking.open_case(desk, ADA, Arrival("Hidden", confidential=True))
    assert open_case(desk) == first + 1


def test_an_arrival_that_is_rejected_leaves_its_number_unused(desk: Desk) -> None:
    first = open_case(desk)
    taken = taking.take_in(desk, ADA, [Arrival(" "), Arrival("Third")])
    assert taken[1].case == first + 2


@pytest.mark.usefixtures("secret")
def test_a_checkup_names_no_confidential_case(desk: Desk) -> None:
    open_case(desk)
    with desk.store.write() as tx:
        tx.driver.execute('UPDATE "case" SET affected = 9')
    told = [
        finding.sentence
        for part in checkup.examine(desk.store.path, "", "policy.toml", desk.now())
        for finding in part.findings
        if part.checked == "cases"
    ]
    assert told == [
        "A confidential case is not what its history says: affected.",
        "Case 2 is not what its history says: affected.",
    ]


def test_advice_goes_round_who_is_away(desk: Desk) -> None:
    case_id = open_case(desk, severity="S1", affected=400)
    with desk.store.write() as tx:
        for person in (BO.person, LENA.person):
            store_people.put(tx, replace(person, is_absent=True))
    line = queues.line(desk, queues.dossier(desk, ADA, case_id).case)
    told = queues.dossier(desk, ADA, case_id).explanation.advice
    assert line.advice == told
    assert told.verdict is not Verdict.HANDLE
    assert Target(2, "database") in {target for target, _ in told.skipped}


def test_a_person_away_is_not_given_work(desk: Desk) -> None:
    case_id = open_case(desk)
    with desk.store.write() as tx:
        store_people.put(tx, replace(BO.person, is_absent=True, deputy=PersonId("ada")))
        store_people.put(tx, a_person("gus", is_absent=True))
    with pytest.raises(Refused, match="bo is absent; ada stands in for them"):
        assignment.assign(desk, ADA, case_id, "bo")
    with pytest.raises(Refused, match="gus is absent; choose somebody else"):
        assignment.assign(desk, ADA, case_id, "gus")
