"""The hooks of an installation: read from its config, every fault at its line, and no secret shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from console.domain.errors import Refused
from console.domain.events import Kind
from console.notify.channels import Command
from console.notify.hook_setup import outlets, unmarked
from console.notify.hooks import Caller
from console.notify.setup import exposed
from tests.notify.test_setup import config
from tests.shape.source import ROOT

HOOKS = """
[hook.jira]
kind = "webhook"
on = ["escalated", "returned"]
source = "jira"
query = "severity>=S2"
url = "https://acme.atlassian.net/rest/api/2/issue/{case.ref}/comment"
body = { body = "{event.sentence} {mark}", n = [1, true] }
authorization_file = "token"
rate = 30
[hook.jira.headers]
X-Atlassian-Token = "no-check"
[hook.github]
kind = "webhook"
on = ["resolved"]
ref = '(?P<owner>[^/]+)/(?P<repo>[^#]+)#(?P<number>\\d+)'
url = "https://api.github.com/repos/{ref.owner}/{ref.repo}/issues/{ref.number}/comments"
method = "PATCH"
secret = "hush"
[hook.run]
kind = "command"
on = ["opened"]
argv = ["/usr/local/bin/tell"]
echo = true
"""


def test_hooks_are_read(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("Bearer s3cret\n")
    file = config(
        tmp_path,
        HOOKS,
    )
    jira, github, run = outlets(file)
    assert (jira.hook.name, jira.hook.source, jira.hook.rate, jira.hook.needs_ref) == ("jira", "jira", 30, True)
    assert jira.hook.kinds == {Kind.ESCALATED, Kind.RETURNED}
    assert isinstance(jira.way, Caller)
    assert jira.way.headers == {"X-Atlassian-Token": "no-check", "Authorization": "Bearer s3cret"}
    assert isinstance(github.way, Caller)
    assert (github.way.method, github.way.secret, github.way.body) == ("PATCH", "hush", None)
    assert github.hook.parts_of("acme/shop#12") == {"owner": "acme", "repo": "shop", "number": "12"}
    assert (run.way, run.hook.takes_echo, run.hook.needs_ref) == (Command(("/usr/local/bin/tell",)), True, False)
    assert not re.search("s3cret|hush|no-check", repr((jira, github, run)))
    assert list(unmarked((jira, github, run))) == []
    assert outlets(tmp_path / "nothing.toml") == ()


def test_a_body_without_a_mark_is_remarked(tmp_path: Path) -> None:
    file = config(tmp_path, f'{HOOK}url = "https://h/"\nbody = {{ a = "{{event.sentence}}" }}')
    (told,) = unmarked(outlets(file))
    assert "Hook a writes no mark" in told
    file = config(tmp_path, f'{HOOK}url = "https://h/"\nbody = {{ tags = ["tier-{{case.tier}}"] }}')
    assert list(unmarked(outlets(file))) == []


HOOK = '[hook.a]\nkind = "webhook"\non = ["escalated"]\n'
URL = f'{HOOK}url = "https://h/{{case.ref}}"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[hook.A]\nkind = "command"\non = ["opened"]\nargv = ["x"]', "'A' is not the name of a hook"),
        ('[hook.a]\nkind = "smtp"\non = ["opened"]\nurl = "https://h/"', "'smtp' is not known here"),
        ('[hook.a]\nkind = "webhook"\nurl = "https://h/"', "hook.a.on: This must say which events"),
        ('[hook.a]\nkind = "webhook"\non = ["escalate"]\nurl = "https://h/"', "did you mean 'escalated'?"),
        (f'{HOOK}url = "https://{{case.ref}}/"', "behind the host only"),
        (f'{HOOK}url = "{{case.ref}}"', "This is not an address"),
        (f'{HOOK}url = "https://h/{{case.reff}}"', "'{case.reff}' stands for nothing; did you mean 'case.ref'?"),
        (f'{HOOK}url = "https://h/{{mark}}"', "'{mark}' stands for nothing"),
        (f'{HOOK}url = "https://u:p@h/"', "A name or password in the address is not sent"),
        (f'{HOOK}url = "http://h/"\nauthorization = "Bearer x"', "A token is not sent in plain"),
        (f'{URL}method = "DELETE"', "'DELETE' is not known here"),
        (f'{URL}query = "nothing:x"', "hook.a.query"),
        (f'{URL}ref = "("', "This is no regular expression"),
        (f"{URL}rate = 0", "it must be 1 or more"),
        (f'{URL}headers = {{ Host = "x" }}', "hook.a.headers.Host: This is no header"),
        (f'{URL}headers = {{ "X-Triage-Signature" = "x" }}', "This is no header"),
        (f'{URL}headers = {{ A = "x\\ny" }}', "one line of plain ASCII"),
        (f'{URL}authorization = "x\\ny"', "one line of plain ASCII"),
        (f'{URL}body = "{{event.sentence}}"', "This must be a table"),
        (f"{URL}body = {{ a = 1.5 }}", "This must be a table"),
        (f'{URL}body = {{ a = "{{x}}" }}', "'{x}' stands for nothing"),
        (f'{URL}body = {{ a = "{{mark}} behind" }}', "at the end of its text"),
        (f'{URL}body = {{ a = "{{mark}} {{mark}}" }}', "must stand once"),
        (f"{URL}nonsense = 1", "There is no key 'nonsense' here"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_at_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        outlets(config(tmp_path, text))
    assert said in refused.value.sentence
    assert re.match(rf"{re.escape(str(tmp_path))}/config.toml:\d+: hook", refused.value.sentence)


@pytest.mark.parametrize("line", ['authorization = "Bearer x"', "headers = { A = 'x' }", "[hook.a.headers]\nA = 'x'"])
def test_a_token_that_others_may_read_is_told_of(tmp_path: Path, line: str) -> None:
    file = config(tmp_path, f"{URL}{line}")
    file.chmod(0o644)
    assert f"chmod 600 {file}" in exposed(file)
    file.chmod(0o600)
    assert exposed(file) == ""


def test_a_token_in_a_file_that_others_may_read_is_told_of(tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("Bearer x")
    token.chmod(0o640)
    file = config(tmp_path, f'{URL}authorization_file = "token"')
    assert f"chmod 600 {token}" in exposed(file)
    token.chmod(0o600)
    assert exposed(file) == ""


def test_the_examples_of_the_readme_are_read(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = [each for each in re.findall(r"```toml\n(.*?)```", text, re.DOTALL) if "[hook.jira]" in each]
    for name in re.findall(r'_file = "(.*?)"', block):
        (tmp_path / name).write_text("Bearer x")
    found = outlets(config(tmp_path, block))
    assert [each.hook.name for each in found] == ["jira", "zendesk", "zendesk-tag", "github", "ours"]
    assert list(unmarked(found)) == []
