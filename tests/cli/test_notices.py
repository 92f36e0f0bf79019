"""The inbox, what is sent, and the ledger, as commands."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Shell
from tests.notify.servers import MailServer, mail_server


@pytest.fixture
def staffed(shell: Shell) -> Shell:
    """A shell on a desk of three people, where olga has given both cases to ada."""
    for name, role in (("olga", "admin"), ("ada", "agent"), ("bo", "agent")):
        mail = f"{name}@desk.example"
        shell.done("people", "add", name, "--role", role, "--tier", "1", "--mail", mail, person="olga")
    shell.done("assign", "1,2", "ada", "--yes", person="olga")
    return shell


@pytest.fixture
def post(staffed: Shell, monkeypatch: pytest.MonkeyPatch) -> object:
    """A mail server, and the config and policy that send everything there at once."""
    with mail_server() as server:
        config = f'[channel.mail]\nkind = "smtp"\nhost = "127.0.0.1"\nport = {server.port}\nfrom = "t@desk.example"\n'
        monkeypatch.setenv("TRIAGE_CONFIG", staffed.write("config.toml", config))
        yield server


def always(shell: Shell, more: str = "") -> str:
    """Write the policy of the demonstration with one route for everything, at any hour; give its path."""
    from console.settings import sample_data

    text = (sample_data() / "policy.toml").read_text(encoding="utf-8")
    routes = f'[notify]\n[[notify.route]]\nchannels = ["mail"]\n{more}'
    return shell.write("policy.toml", text[: text.index("[notify]")] + routes)


def test_the_inbox_shows_what_concerns_me_until_i_have_seen_it(staffed: Shell) -> None:
    listed = staffed.done("inbox").out
    assert "yours to work on" in listed
    assert "olga assigned it to ada" in listed
    assert [entry["case"] for entry in staffed.done("inbox", "--json").json] == [2, 1]
    assert "Nothing concerns you that you have not seen." in staffed.done("inbox", person="bo").err

    staffed.done("inbox", "--limit", "1", "--seen")
    (left,) = staffed.done("inbox", "--json").json
    assert (left["case"], left["kind"], left["state"], left["title"]) == (1, "assigned", "new", "Checkout returns 502")
    assert [entry["state"] for entry in staffed.done("inbox", "--all", "--json").json] == ["seen", "new"]
    assert "Nothing has concerned you yet." in staffed.done("inbox", "--all", person="bo").err


def test_what_the_inbox_refuses(staffed: Shell) -> None:
    assert staffed("inbox", "--seen", "--readonly").code == 1
    assert staffed("inbox", "--limit", "0").err == "--limit must be 1 or more.\n"


def test_what_is_due_is_sent_and_said(staffed: Shell, post: MailServer) -> None:
    policy = always(staffed)
    staffed.done("assign", "1", "bo", "--policy", policy, person="olga")

    said = staffed.done("deliver", "--policy", policy, person="olga")

    assert "sent, 0 to be tried again, 0 given up, 0 held back, 0 cancelled." in said.out
    assert "bo@desk.example" in post.to
    assert "Checkout returns 502" in post.text(post.to.index("bo@desk.example"))
    again = staffed.done("deliver", "--json", "--policy", policy, person="olga").json
    assert again == {
        "sent": 0,
        "later": 0,
        "dead": 0,
        "held": 0,
        "cancelled": 0,
        "written_back": {"told": 0, "later": 0, "dead": 0},
    }
    assert "bo.mail" in staffed.done("notices", "--sent", person="bo").out


def test_what_is_dead_is_listed_and_put_back_or_dropped(staffed: Shell, post: MailServer) -> None:
    policy = always(staffed)
    post.answers += ["554 never"] * 20
    for case in ("1", "2"):
        staffed.done("assign", case, "bo", "--policy", policy, person="olga")
    assert staffed("deliver", "--policy", policy, person="olga").code == 1
    post.answers.clear()

    dead = [item for item in staffed.done("notices", "--dead", "--json", person="olga").json if item["person"] == "bo"]
    second, first = (item["notice"] for item in dead)
    assert "554 never" in staffed.done("notices", "--dead", person="bo").out
    assert dead[0]["reason"] == "554 never"
    assert f"{first}: back on its way" in staffed.done("notices", "--retry", first, person="olga").out
    assert staffed.done("notices", "--drop", second, "--json", person="olga").json[0]["notice"] == second
    assert "dropped by olga" in staffed.done("notices", "--cancelled", person="bo").out
    post.to.clear()
    staffed.done("deliver", "--policy", policy, person="olga")
    assert post.to == ["bo@desk.example"]
    staffed.done("notices", "--drop", "all", person="olga")
    assert "0 notices back on its way" in staffed.done("notices", "--retry", "all", person="olga").out
    assert "There is no such notice." in staffed.done("notices", "--dead", person="olga").err


def test_what_the_ledger_refuses(staffed: Shell) -> None:
    assert staffed("notices", "--retry", "all", "--drop", "all").err == "Say --retry or --drop, not both.\n"
    assert staffed("notices", "--retry", "all", "--readonly").code == 1
    assert staffed("notices", "--limit", "0").err == "--limit must be 1 or more.\n"
    denied = staffed("notices", "--drop", "all").err
    assert "Only an admin may send what is pending, or drop it; ada is agent." in denied
    assert "There is no delivery 9.9.x.mail" in staffed("notices", "--drop", "9.9.x.mail", person="olga").err


def test_only_an_admin_sends(staffed: Shell) -> None:
    assert "Only an admin may send what is pending" in staffed("deliver").err


def test_without_a_channel_what_is_due_waits_and_that_is_said(staffed: Shell) -> None:
    policy = always(staffed)
    staffed.done("assign", "1", "bo", "--policy", policy, person="olga")
    said = staffed.done("deliver", "--policy", policy, person="olga")
    assert "names no channel, so no notice is sent; add one, such as [channel.mail], and see the README." in said.err
    assert "there is no channel 'mail' here" in staffed.done("notices", "--held", person="bo").out


def test_a_config_with_a_fault_is_refused_at_its_line(staffed: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIAGE_CONFIG", staffed.write("config.toml", '[channel.mail]\nkind = "smpt"\n'))
    said = staffed("deliver", person="olga")
    assert said.code == 1
    assert "config.toml:2: channel.mail.kind: 'smpt' is not a kind of channel; did you mean 'smtp'?" in said.err


def test_channels_may_stand_in_a_file_of_their_own(staffed: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    staffed.write("channels.toml", '[channel.pager]\nkind = "command"\nargv = ["true"]\n')
    monkeypatch.setenv("TRIAGE_CONFIG", staffed.write("config.toml", 'channels = "channels.toml"\n'))
    policy = always(staffed, 'kinds = ["late"]\n[[notify.route]]\nchannels = ["pager"]\n')
    staffed.done("assign", "1", "bo", "--policy", policy, person="olga")
    assert "sent" in staffed.done("deliver", "--policy", policy, person="olga").out
    assert ".bo.pager" in staffed.done("notices", "--sent", person="olga").out
