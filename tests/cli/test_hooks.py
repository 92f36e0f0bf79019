"""Hooks as commands: where they stand, what they would send, what is put back or skipped, and what doctor says."""

from __future__ import annotations

import pytest

from console.cli.call import now
from console.cli.posting import events
from console.desk.desk import Desk
from console.domain.errors import Refused
from console.store.engine import Store
from tests.builders import a_policy
from tests.cli.conftest import Shell
from tests.notify.servers import Hook, web_server

HOOK = """
[hook.chat]
kind = "webhook"
on = ["claimed", "resolved"]
url = "http://127.0.0.1:{port}/rooms/{{case.id}}"
body = {{ text = "{{event.sentence}} {{mark}}" }}
secret = "hush"
"""


@pytest.fixture
def hook(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> object:
    """A web server, and the config that tells it of claims; the hook listens already."""
    with web_server() as server:
        monkeypatch.setenv("TRIAGE_CONFIG", shell.write("config.toml", HOOK.format(port=server.port)))
        (shell.folder / "config.toml").chmod(0o600)
        shell.done("deliver")
        yield server


def test_events_are_told_and_where_hooks_stand_is_listed(shell: Shell, hook: Hook) -> None:
    shell.done("claim", "1")
    (before,) = shell.done("hooks", "--json").json
    assert (before["hook"], before["sent"], before["configured"]) == ("chat", 0, True)

    assert "1 event written back, 0 to be tried again, 0 given up." in shell.done("deliver").out

    assert hook.posted[0].path == "/rooms/1"
    (after,) = shell.done("hooks", "list", "--json").json
    assert (after["sent"], after["waiting"], after["dead"], after["reason"]) == (1, 0, 0, "")
    assert after["last"]
    assert "chat" in shell.done("hooks").out
    (event,) = shell.done("hooks", "show", "chat", "--json").json
    assert (event["case"], event["version"], event["state"], event["tries"]) == (1, 2, "sent", 1)
    assert "1.2" in shell.done("hooks", "show", "chat").out


def test_what_was_given_up_is_put_back_or_skipped(shell: Shell, hook: Hook) -> None:
    hook.answers += [404, 404]
    shell.done("claim", "1")
    assert shell("deliver").code == 1
    shown = shell.done("hooks").out
    assert "404" in shown
    said = shell.done("doctor").out
    assert "remark: Hook chat: 1 event was given up; `triage hooks show chat` says why." in said
    assert shell.done("hooks", "retry", "chat").out == "chat: 1 event put back\n"
    assert shell("deliver").code == 1
    assert shell.done("hooks", "skip", "chat", "--json").json == {"hook": "chat", "events": 1}
    assert shell.done("deliver", "--json").json["written_back"] == {"told": 0, "later": 0, "dead": 0}
    assert shell.done("hooks", "show", "chat", "--json").json[0]["reason"] == "skipped by ada"


def test_what_would_be_sent_can_be_tried(shell: Shell, hook: Hook) -> None:
    shell.done("claim", "1")
    said = shell.done("hooks", "try", "chat", "1")
    assert f"POST http://127.0.0.1:{hook.port}/rooms/1" in said.out
    assert "ada claimed it and became its owner (Triage 1, event 2, " in said.out
    assert "hush" not in said.out
    assert shell.done("hooks", "try", "chat", "1", "--json").json["body"]["text"].startswith("ada claimed it")
    refused = shell("hooks", "try", "chat", "2")
    assert refused.code == 1
    assert "Hook chat hears of nothing that happened to case 2" in refused.err
    assert hook.posted == []


def test_a_program_can_be_tried(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    config = '[hook.run]\nkind = "command"\non = ["opened"]\nargv = ["/bin/tell", "it"]\n'
    monkeypatch.setenv("TRIAGE_CONFIG", shell.write("config.toml", config))
    assert shell.done("hooks", "try", "run", "1").out.startswith("/bin/tell it\n{")


def test_a_case_that_makes_no_address_is_told_of(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    config = '[hook.a]\nkind = "webhook"\non = ["opened"]\nurl = "https://h/{case.team}/{case.owner}"\n'
    monkeypatch.setenv("TRIAGE_CONFIG", shell.write("config.toml", config))
    assert "The facts of case 2 make no address" in shell("hooks", "try", "a", "2").err


def test_what_hooks_refuses(shell: Shell, hook: Hook) -> None:
    assert shell("hooks", "retry", "chat", "--readonly").code == 1
    assert shell("hooks", "show", "chat", "--limit", "0").err == "--limit must be 1 or more.\n"
    assert "There is no hook 'chatt'; there are chat." in shell("hooks", "show", "chatt").err
    assert "It has told nothing" in shell.done("hooks", "show", "chat").err
    shell.done("people", "add", "ada", "--role", "admin")
    shell.done("people", "add", "bo", "--role", "agent")
    assert shell("hooks", person="bo").code == 1
    assert hook.posted == []


def test_without_hooks_it_says_how_to_add_one(shell: Shell) -> None:
    assert "names no hook; add one, such as [hook.jira]" in shell.done("hooks").err


def test_doctor_looks_at_the_config_of_hooks(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    config = '[hook.a]\nkind = "webhook"\non = ["opened"]\nurl = "https://h/"\nbody = { a = "{event.sentence}" }\n'
    monkeypatch.setenv("TRIAGE_CONFIG", shell.write("config.toml", config))
    assert "remark: Hook a writes no mark" in shell.done("doctor").out
    shell.write("config.toml", config.replace("opened", "open"))
    said = shell("doctor")
    assert said.code == 1
    assert "hook.a.on[0]: 'open' is not known here; did you mean 'opened'?" in said.out


def test_the_watch_tells_what_is_due_by_the_config_as_it_is_now(shell: Shell, hook: Hook) -> None:
    file, noted = shell.folder / "config.toml", list[str]()
    desk = Desk(Store(shell.database), a_policy(), "text", now, note=lambda _, told: noted.append(told))
    hook.answers += [404]
    shell.done("claim", "1")

    turn = events(file)

    assert not turn(desk)
    told = "1 event given up that another system was to be told; `triage hooks` says why."
    assert noted == [f"watch: {told}"]
    assert shell.capture.readouterr().err == f"{told}\n"
    file.write_text('[hook.chat]\nkind = "webhook"\n')
    with pytest.raises(Refused):
        turn(desk)
    file.write_text("")
    assert not turn(desk)
    assert shell.done("hooks", "--json").json == []
    desk.store.close()
