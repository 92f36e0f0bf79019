"""Opening the desk, knowing the actor, and what `record` refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.desk import people, record
from console.desk.desk import Desk, actor, open_desk, under
from console.domain.errors import Refused
from console.domain.events import Kind
from console.domain.people import Role
from console.settings import sample_data
from console.store import cases
from tests.builders import MORNING, a_person, an_actor, at
from tests.desk.givens import ADA, open_case, stored


def test_a_desk_opens_on_a_database_that_does_not_exist_yet(tmp_path: Path) -> None:
    policy = (sample_data() / "policy.toml").read_text()

    desk = open_desk(tmp_path / "new" / "triage.db", policy, "policy.toml", lambda: MORNING)

    assert desk.store.schema() > 0
    assert len(desk.policy.teams) >= 6
    desk.store.close()


def test_a_policy_with_errors_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        open_desk(tmp_path / "triage.db", "name = 3", "policy.toml", lambda: MORNING)


def test_the_owner_of_a_database_has_every_right_and_others_what_people_say(desk: Desk) -> None:
    owner = actor(desk, "root")
    assert (owner.person.role, owner.signature) == (Role.ADMIN, ("root", None))

    people.put(desk, owner, a_person("ada", Role.AGENT, tier=2))

    known = actor(desk, "ada")
    assert (known.person.role, known.person.tier) == (Role.AGENT, 2)
    with pytest.raises(Refused, match="Only an admin"):
        people.put(desk, known, a_person("eve"))


@pytest.mark.parametrize("name", ["", "аda", "a b", "a;b", "../x"])
def test_a_persons_id_is_a_login_name(desk: Desk, name: str) -> None:
    with pytest.raises(Refused, match="login name"):
        people.put(desk, an_actor("root", Role.ADMIN), a_person(name))


def test_a_change_on_another_version_is_refused_and_leaves_no_event(desk: Desk) -> None:
    case_id = open_case(desk)
    case = stored(desk, case_id)[0]
    with desk.store.write() as tx:
        cases.save(tx, case, case.version)
        tx.rows('UPDATE "case" SET version = 5')

    def late() -> None:
        with desk.store.write() as tx:
            record.record(desk, tx, ADA, (case, case), record.Told(kind=Kind.NOTED))

    with pytest.raises(Refused, match="very moment"):
        late()
    assert len(stored(desk, case_id)[1]) == 1


def test_a_later_policy_knows_since_when_it_is_in_force_and_the_first_always_was(tmp_path: Path) -> None:
    text, path = (sample_data() / "policy.toml").read_text(), tmp_path / "triage.db"
    first = open_desk(path, text, "p.toml", lambda: MORNING)
    later = open_desk(path, text.replace("threshold = 9", "threshold = 8"), "p.toml", lambda: at(hours=2))
    again = open_desk(path, later.policy_text, "p.toml", lambda: at(hours=5))

    assert first.policy.timing.since is None
    assert later.policy.timing.since == again.policy.timing.since == at(hours=2)
    assert under(again, text, "p.toml").policy == open_desk(path, text, "p.toml", lambda: at(hours=9)).policy


def test_a_desk_that_is_only_read_is_left_as_it_was(tmp_path: Path) -> None:
    text, path = (sample_data() / "policy.toml").read_text(), tmp_path / "triage.db"
    open_desk(path, text.split("[calendar.")[0], "p.toml", lambda: MORNING).store.close()
    before = path.read_bytes()

    desk = open_desk(path, text, "p.toml", lambda: at(hours=2), is_readonly=True)

    assert desk.policy.timing.since == at(hours=2)
    assert desk.policy.timing.calendar_of("office").holidays, "they are fetched all the same"
    desk.store.close()
    assert path.read_bytes() == before
