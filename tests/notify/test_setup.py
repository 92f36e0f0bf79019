"""The channels of an installation: read from its config, with secrets in files, and every fault at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.domain.errors import Refused
from console.notify.channels import Apprise, Command, Mail, Webhook
from console.notify.setup import channels, exposed


def config(folder: Path, text: str) -> Path:
    """Write a config file."""
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_every_kind_of_channel_is_read(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("s3cret\n")
    (tmp_path / "urls").write_text("json://one\njson://two\n")
    file = config(
        tmp_path,
        """
        theme = "dark"
        [channel.mail]
        kind = "smtp"
        host = "mail.desk.example"
        starttls = true
        user = "triage"
        password_file = "password"
        from = "triage@desk.example"
        timeout = 5
        [channel.hook]
        kind = "webhook"
        url = "https://desk.example:8443/hook?x=1"
        secret = "hush"
        [channel.pager]
        kind = "command"
        argv = ["/usr/local/bin/page", "--desk"]
        [channel.phones]
        kind = "apprise"
        urls = ["json://three"]
        urls_file = "urls"
        [channel.phones.people]
        ada = ["json://ada"]
        """,
    )
    assert channels(file) == {
        "mail": Mail(
            host="mail.desk.example", sender="triage@desk.example", port=587, starttls=True, user="triage",
            password="s3cret", timeout=5,
        ),
        "hook": Webhook("https://desk.example:8443/hook?x=1", "hush"),
        "pager": Command(("/usr/local/bin/page", "--desk")),
        "phones": Apprise(("json://three", "json://one", "json://two"), {"ada": ("json://ada",)}),
    }  # fmt: skip


def test_no_secret_is_shown(tmp_path: Path) -> None:
    file = config(
        tmp_path,
        '[channel.mail]\nkind="smtp"\nhost="h"\nfrom="a@b.example"\ntls=true\nuser="u"\npassword="s3cret"\n'
        '[channel.hook]\nkind="webhook"\nurl="https://h/"\nsecret="s3cret"\n'
        '[channel.phones]\nkind="apprise"\nurls=["json://s3cret@h"]\n',
    )
    found = channels(file)
    assert "s3cret" not in repr(found)
    assert {name: each.port for name, each in found.items() if isinstance(each, Mail)} == {"mail": 465}


def test_without_a_file_or_a_table_there_is_no_channel(tmp_path: Path) -> None:
    assert channels(tmp_path / "nothing.toml") == {}
    assert channels(config(tmp_path, 'theme = "dark"')) == {}


SMTP = '[channel.mail]\nkind = "smtp"\nhost = "h"\nfrom = "a@b.example"\n'
HOOK = '[channel.hook]\nkind = "webhook"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[channel", "not valid TOML"),
        ('[channel.mail]\nhost = "h"', ":1: channel.mail.kind: This is missing"),
        (
            '[channel.mail]\nkind = "smpt"',
            ":2: channel.mail.kind: 'smpt' is not a kind of channel; did you mean 'smtp'?",
        ),
        ('[channel."M X"]\nkind = "command"\nargv = ["x"]', "'M X' is not the name of a channel"),
        ('[channel.mail]\nkind = "smtp"\nfrom = "a@b.example"', "channel.mail.host: This is missing"),
        (SMTP.replace("a@b.example", "a@b.example\\r\\nBcc: x@y"), "is not a mail address"),
        (SMTP + 'user = "u"\npassword = "p"', "A password is not sent in plain; say starttls = true or tls = true."),
        (SMTP + "timeout = 26", "channel.mail.timeout: This is 26; it must be from 1 to 25 seconds."),
        (SMTP + 'colour = "red"', "There is no key 'colour' here"),
        (SMTP + 'password = "p"\npassword_file = "x"', "Give password or password_file, not both."),
        (SMTP + 'password_file = "nowhere"', "cannot be read as text"),
        (HOOK + 'url = "ftp://h/"', "This is not an address such as https://desk.example/hook."),
        (HOOK + 'url = "https:///x"', "This is not an address such as https://desk.example/hook."),
        (HOOK + 'url = "http://h:99999/"', "This is not an address such as https://desk.example/hook."),
        (HOOK + 'url = "https://h/a b"', "This is not an address such as https://desk.example/hook."),
        (HOOK + 'url = "https://h/\\r\\nX: y"', "This is not an address such as https://desk.example/hook."),
        (HOOK + 'url = "https://u:p@h/"', "A name or password in the address is not sent"),
        ('[channel.c]\nkind = "command"\nargv = []', "This must name a program and its arguments"),
        ('[channel.c]\nkind = "command"\nargv = "page"', "channel.c.argv: This must be a list."),
    ],
)
def test_what_is_wrong_is_said_at_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        channels(config(tmp_path, text))
    assert said in refused.value.sentence
    assert str(tmp_path / "config.toml") in refused.value.sentence


def test_a_file_that_is_no_text_or_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        channels(tmp_path)
    file = tmp_path / "config.toml"
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(Refused, match="not valid TOML"):
        channels(file)


def test_a_password_may_go_in_plain_to_the_machine_itself(tmp_path: Path) -> None:
    file = config(tmp_path, SMTP.replace('"h"', '"localhost"') + 'user = "u"\npassword = "p"')
    assert channels(file)["mail"] == Mail(host="localhost", sender="a@b.example", user="u", password="p")


def test_secrets_that_others_may_read_are_told_of(tmp_path: Path) -> None:
    file = config(tmp_path, HOOK + 'url = "https://h/"\nsecret = "s3cret"\n')
    file.chmod(0o644)
    assert exposed(file) == f"{file} holds secrets and others may read it; `chmod 600 {file}` keeps them."
    file.chmod(0o600)
    assert exposed(file) == ""
    plain = config(tmp_path, HOOK + 'url = "https://h/"\n')
    plain.chmod(0o644)
    assert exposed(plain) == exposed(tmp_path / "nothing.toml") == ""
