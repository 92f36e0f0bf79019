"""People, circles and rights from the command line, and who may act as whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.cli.acting import acting
from console.cli.call import is_owner, os_user
from console.desk import people as desk_people
from console.desk.desk import Desk, owner
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Role
from console.settings import sample_data
from console.store.engine import Store
from tests.builders import MORNING, a_person, a_policy
from tests.cli.conftest import Shell
from tests.template import a_copy


def test_people_come_in_from_a_file_and_bad_rows_are_told(shell: Shell) -> None:
    path = shell.write(
        "people.csv",
        "name,role,tier,teams,skills,languages,hours,capacity,deputy\n"
        "bo,agent,2,database,backups;reports,sv;en,mo-fr 09:00-17:00 Europe/Berlin,8,kim\n"
        "eve,king,1,,,,,,\n"
        "kim,lead,2,database,,,,,\n"
        "zoe,agent,1,kitchen,,,,,\n"
        "max,agent,one,,,,,,\n"
        "short,agent\n",
    )
    said = shell("people", "import", path)
    assert (said.code, said.out) == (1, "2 people, 4 rejected\n")
    assert "line 3: There is no role 'king'" in said.err
    assert "line 5: There is no team 'kitchen'" in said.err
    assert "line 6: 'one' is not a whole number." in said.err
    assert "line 7: The row has another number of cells" in said.err
    bo, kim = shell.done("people", "--json", person="bo").json
    assert (bo["hours"], bo["capacity"], bo["deputy"]) == ("mo-fr 09:00-17:00 Europe/Berlin", 8, "kim")
    assert (bo["skills"], bo["languages"], kim["role"]) == (["backups", "reports"], ["sv", "en"], "lead")


def test_the_sample_people_come_in_and_again(shell: Shell) -> None:
    path = str(sample_data() / "people.csv")
    count = shell.done("people", "import", path, "--json").json["kept"]
    shell.done("people", "absent", "kim", "--deputy", "lena", person="olga")
    assert shell.done("people", "import", path, person="olga").out == f"{count} people\n"
    assert "(absent, deputy lena)" in shell.done("people", person="olga").out


@pytest.mark.parametrize(
    ("text", "told"),
    [("id,role\n", "no column 'id'"), ("role\nagent\n", "no column 'name'"), ("", "no column 'name'"),
     ('name,role\n"bo,agent\n', "1 rejected"), ("name\n" + "x" * 200_000 + "\n", "1 rejected")],
)  # fmt: skip
def test_a_file_that_holds_no_people_is_refused(shell: Shell, text: str, told: str) -> None:
    said = shell("people", "import", shell.write("people.csv", text))
    assert (said.code, told in said.out + said.err) == (1, True)


def test_absence_is_said_and_taken_back(shell: Shell) -> None:
    for name in ("ada", "bo", "kim"):
        shell.done("people", "add", name, "--role", "admin" if name == "ada" else "agent")
    shell.done(
        "people", "absent", "bo", "--from", "2030-01-02T00:00Z", "--until", "2030-01-09T00:00Z", "--deputy", "kim"
    )
    assert "(absent 2030-01-02 to 2030-01-09, deputy kim)" in shell.done("people").out
    shell.done("people", "absent", "bo", "--from", "2020-01-02T00:00Z", "--until", "2020-01-09T00:00Z")
    assert "absent" not in shell.done("people").out
    assert shell("people", "absent", "bo", "--back", "--deputy", "kim").code == 1
    assert shell.done("people", "absent", "bo", "--back", "--json").json["absent"] is False
    shell.done("people", "absent", "kim")
    assert "nobody stands in for bo" in shell.done("people", "absent", "bo", "--deputy", "kim").err
    assert shell("people", "absent", "zoe").code == 1
    assert "--readonly" in shell("people", "absent", "bo", "--readonly").err


def test_a_case_is_confided_to_a_circle(shell: Shell) -> None:
    shell.done("claim", "1")
    shell.done("change", "1", "confidential=yes")
    assert shell("show", "1", person="bo").err == "There is no case 1.\n"
    shell.done("circle", "1", "add", "kim")
    assert "to ada, kim" in shell.done("show", "1", person="kim").out
    shell.done("subject", "1", "add", "bo")
    assert shell.done("circle", "1").out == "circle    ada, kim\nsubjects  bo\n"
    assert shell.done("circle", "1", "--json").json == {
        "id": 1, "confidential": True, "circle": ["ada", "kim"], "named": ["kim"], "subjects": ["bo"],
    }  # fmt: skip
    shell.done("subject", "1", "remove", "bo")
    shell.done("circle", "1", "remove", "kim")
    assert shell("show", "1", person="kim").code == 1
    assert shell.done("circle", "2").out == "Case 2 is open to everybody.\n"
    assert "Say who" in shell("circle", "1", "add").err


def test_whoever_leaves_a_circle_is_told_of_that_alone(shell: Shell) -> None:
    shell.done("claim", "1", person="kim")
    shell.done("change", "1", "confidential=yes", "--json")
    left = shell.done("circle", "1", "remove", "ada", "--json").json
    assert (left["id"], left["event"]["changes"]["circle"], "title" in left) == (1, [["ada", "kim"], ["kim"]], False)


@pytest.mark.parametrize(
    "command", ["list", "export", "history", "why", "advise", "show", "circle", "escalate", "note"]
)
def test_no_command_tells_an_outsider_of_it(shell: Shell, command: str) -> None:
    shell.done("add", "Whistle", "--confidential", "--body", "whistle", "--json")
    hidden = str(shell.done("list", "whistle", "--json").json[0]["id"])
    words = {"list": ["whistle"], "export": [f"id:{hidden}"], "note": [hidden, "hm"]}.get(command, [hidden])
    said = shell(command, *words, person="bo")
    assert "histle" not in said.out
    assert said.out == "" or command == "list"
    if command not in {"list", "export"}:
        assert said.err == f"There is no case {hidden}.\n"


def test_a_case_is_taken_over_with_a_reason(shell: Shell) -> None:
    shell.done("claim", "1", person="bo")
    assert shell("claim", "1", "--take-over").code == 1
    assert shell("claim", "1", "--reason", "why").code == 1
    said = shell.done("claim", "1", "--take-over", "--reason", "bo is ill")
    assert said.out == "Case 1: ada took it over from bo: 'bo is ill'.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Give a desk with people."""
    store = Store(a_copy(tmp_path / "people.db"))
    desk = Desk(store, a_policy(), "", lambda: MORNING)
    known = (a_person("olga", Role.ADMIN), a_person("bo"))
    desk_people.put_all(desk, owner("root"), dict(enumerate(known)))
    return desk


def test_the_owner_of_the_file_and_an_admin_act_as_others(desk: Desk) -> None:
    assert acting(desk, "root", "bo", is_owner=True).signature == ("bo", None)
    assert acting(desk, "olga", "bo", is_owner=False).signature == ("olga", "bo")
    assert not acting(desk, "olga", "bo", is_owner=False).enters_circles
    assert acting(desk, "root", "bo", is_owner=True).enters_circles
    assert acting(desk, "bo", "bo", is_owner=False).signature == ("bo", None)
    assert acting(desk, "root", None, is_owner=True).person.role is Role.ADMIN
    assert acting(desk, "bo", None, is_owner=True).person.role is Role.AGENT


@pytest.mark.parametrize(
    ("user", "named", "code"),
    [("bo", "olga", RefusalCode.NOT_ALLOWED), ("eve", "bo", RefusalCode.NOT_ALLOWED),
     ("eve", None, RefusalCode.NOT_ALLOWED), ("olga", "zoe", RefusalCode.NOT_FOUND)],
)  # fmt: skip
def test_others_do_not(desk: Desk, user: str, named: str | None, code: RefusalCode) -> None:
    with pytest.raises(Refused) as refused:
        acting(desk, user, named, is_owner=False)
    assert refused.value.code is code


def test_history_says_who_typed_and_for_whom(shell: Shell) -> None:
    shell.done("people", "add", os_user(), "--role", "admin")
    shell.done("people", "add", "bo", person=os_user())
    shell.done("claim", "1", person="bo")
    event = shell.done("history", "1", "--json", person="bo").json[-1]
    assert (event["actor"], event["on_behalf_of"], event["changes"]["handler"]) == (os_user(), "bo", [None, "bo"])
    assert event["sentence"].startswith(f"{os_user()} (for bo) claimed it")
    shell.done("undo", person="bo")


def test_a_file_belongs_to_whoever_made_it(shell: Shell) -> None:
    assert is_owner(shell.database)
