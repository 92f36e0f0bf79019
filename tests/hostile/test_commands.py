"""The hostile corpus through every command, on a terminal and through a pipe."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Collection, Iterable, Sequence

import pytest

from tests.figures import counted
from tests.hostile.corpus import PAYLOADS, joined
from tests.hostile.givens import Hostile, record
from tests.hostile.tokens import PAGE, Kind, foreign, hidden
from tests.hostile.walk import ROOT
from tests.terminal.ptyrun import Terminal

LOOKS = ("show", "history", "why", "next", "advise")
WHOLE = ("list --limit 500", "list live:yes", "people", "policy show", "policy check", "doctor", "info", "export")
BY_WORDS = (
    "list _", "list title:_", "list tag:_", "list --sort _", "list --limit _", "_", "show _", "claim _", "assign 1 _",
    "move 1 _", "add _", "add t --tags _", "note 1 _", "note 1 --conversation _ _",
    "attempt 1 _ --result _ --error _ --article _", "wait 1 --for _", "wait 1 --until _", "change 1 _=_",
    "change 1 known_fix=_", "answer 1 _", "answer 1 scope=_", "decide 1 _", "decide 1 handle --reason _",
    "decide 1 handle --reason other:_", "escalate 1 --brief _", "escalate 1 --to _", "return 1 --reason _", "ask 1 _",
    "reply 1 _", "resolve 1 _", "reopen 1 --reason _", "merge 1 _", "intake _", "intake --format _ x",
    "policy check _", "people add _", "people add zed --full-name _ --skill _ --mail _", "people add zoe --team _",
    "people set _ --tier 2", "completions _", "export _", "--_", "help _",
)  # fmt: skip
OPTIONS = ("--db _ info", "--db _ list", "--config _ info", "--policy _ info", "--policy _ list", "--as _ claim 1")


OWN_FILES = ("commands.json", "hostile.db", ".local", ".config", ".cache")
"""What the program may make in the folder that is its home and holds its database."""


def looking(hostile: Hostile, cases: Iterable[int]) -> list[list[str]]:
    """Give the command lines that show everything."""
    every = [f"{word} {case}" for case in cases for word in LOOKS]
    return [[*hostile.options, *line.split()] for line in (*WHOLE, *every, "show 1 --brief")]


def told(hostile: Hostile, texts: Iterable[str]) -> list[list[str]]:
    """Give command lines that take these texts as their words."""
    lines: list[list[str]] = []
    for text in texts:
        said = text.replace("\0", "")
        lines += [[*hostile.options, *(word.replace("_", said) for word in line.split())] for line in BY_WORDS]
        lines += [[word.replace("_", said[:200]) for word in line.split()] for line in OPTIONS]
    return lines


def on_terminal(hostile: Hostile, lines: Sequence[Sequence[str]], without: str = "-") -> bytes:
    """Run command lines one after another in a terminal, and give all that they wrote."""
    script = hostile.folder / "commands.json"
    script.write_text(json.dumps(lines), encoding="utf-8")
    command = [sys.executable, "-m", "tests.hostile.program", without, str(script)]
    environ = {"HOME": str(hostile.folder), "PYTHONPATH": str(ROOT)}
    with Terminal(command, environ=environ, folder=hostile.folder, is_shown=False) as terminal:
        terminal.exit_status(limit=600)
        written = bytes(terminal.raw)
    assert written.count(b"-- done ") == len(lines)
    return written


def through_pipe(hostile: Hostile, lines: Sequence[Sequence[str]]) -> bytes:
    """Run command lines one after another without a terminal, and give all that they wrote."""
    script = hostile.folder / "commands.json"
    script.write_text(json.dumps(lines), encoding="utf-8")
    environ = {**os.environ, "HOME": str(hostile.folder), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "tests.hostile.program", "-", str(script)]
    done = subprocess.run(
        command, env=environ, cwd=hostile.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    assert done.stdout.count(b"-- done ") == len(lines)
    return done.stdout


def must_be_clean(written: bytes, allowed: Collection[Kind] = PAGE, *, is_full: bool = False) -> None:
    """Check that nothing but text was written, and that no command failed in any other way than by refusing."""
    assert foreign(written, allowed)[:5] == []
    assert b"error in the program" not in written
    assert b"Traceback" not in written
    told = f"run with {len(PAYLOADS)} payloads, 0 foreign sequences, 0 tracebacks"
    counted(9, "command lines", written.count(b"-- done "), told, is_full=is_full)


def test_what_commands_show_on_a_terminal_is_text(hostile: Hostile) -> None:
    written = on_terminal(hostile, looking(hostile, hostile.deep))

    must_be_clean(written)
    shown = written.decode()
    assert [payload.name for payload in PAYLOADS if payload.mark not in shown] == []
    assert set(re.findall(r"exit code (\d)", shown)) == {"0"}


def test_what_commands_show_through_a_pipe_is_text(hostile: Hostile) -> None:
    must_be_clean(through_pipe(hostile, looking(hostile, hostile.deep)))


def test_what_commands_say_of_their_words_is_text(hostile: Hostile) -> None:
    no_path_comes_from_words(hostile, joined([payload.line for payload in PAYLOADS]))


def no_path_comes_from_words(hostile: Hostile, texts: Sequence[str], *, is_full: bool = False) -> None:
    """Check that commands say only text of their words, and that no file is made of them."""
    lines, before = told(hostile, texts), set(hostile.folder.rglob("*"))

    must_be_clean(on_terminal(hostile, lines), is_full=is_full)

    made = {path.relative_to(hostile.folder).as_posix() for path in set(hostile.folder.rglob("*")) - before}
    assert {name for name in made if not name.startswith(OWN_FILES)} == set()
    count = f"command lines with {len(PAYLOADS)} payloads, 0 files made but the program's own"
    counted(27, "paths: words of people and cases", len(lines), count, is_full=is_full)


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_every_payload_by_itself_through_every_command(hostile: Hostile) -> None:
    must_be_clean(on_terminal(hostile, looking(hostile, range(1, hostile.deep[-1] + 1))), is_full=True)
    no_path_comes_from_words(hostile, [payload.line for payload in PAYLOADS], is_full=True)


def test_documents_tell_the_text_and_hold_no_control(hostile: Hostile) -> None:
    lines = [
        [*line, "--json"] for line in looking(hostile, hostile.deep) if "export" not in line and "--brief" not in line
    ]
    written = through_pipe(hostile, lines)

    assert written.isascii()
    assert not list(hidden(written.decode().replace("\n", "")))
    documents = re.split(r"-- done \d+, exit code \d --\n", written.decode())[:-1]
    said = "".join(json.dumps(json.loads(_document(each)), ensure_ascii=False) for each in documents if _document(each))
    assert [payload.name for payload in PAYLOADS if payload.mark not in said] == []


def test_a_document_gives_the_text_back_as_it_was(hostile: Hostile) -> None:
    text = "".join(payload.line for payload in PAYLOADS if payload.name != "lone surrogates")
    noted = [[*hostile.options, "note", "1", text], [*hostile.options, "show", "1", "--json"]]
    written = through_pipe(hostile, noted).decode()

    shown = json.loads(_document(written.partition("exit code 0 --\n")[2].partition("-- done")[0]))

    assert shown["notes"][-1]["text"] == text


def test_what_is_rejected_is_said_in_text(hostile: Hostile) -> None:
    texts = [payload.text for payload in PAYLOADS]
    bad = [json.dumps(record(text, severity=text)) for text in texts] + [json.dumps({text: text}) for text in texts]
    bad += [json.dumps(record(text, tier=99)) for text in texts] + [
        json.dumps(record(text, team=text)) for text in texts
    ]
    bad += [json.dumps(record(text, created=text)) for text in texts] + [payload.storable for payload in PAYLOADS]
    file = hostile.folder / "\x1b]0;owned\x07 \u202egpj.jsonl"
    file.write_text("\n".join([json.dumps({"title": "first"}), *bad]), encoding="utf-8")
    rejects = hostile.folder / "rejects.jsonl"
    lines = [[*hostile.options, "intake", str(file), "--rejects", str(rejects), *more] for more in ([], ["--json"])]

    must_be_clean(on_terminal(hostile, lines), PAGE | {Kind.ERASE})

    kept = rejects.read_bytes()
    assert kept.isascii()
    assert len([json.loads(line) for line in kept.decode().splitlines()]) >= len(PAYLOADS) * 4
    assert not list(hidden(kept.decode().replace("\n", "")))


def test_a_policy_full_of_faults_is_told_in_text(hostile: Hostile) -> None:
    texts = [payload.storable for payload in PAYLOADS]
    whole = hostile.policy.read_text("utf-8")
    files = [f"{whole}\n[stop.x{place}]\nsays = {_quoted(text)}\ntarget = {_quoted(text)}\n{_quoted(text)} = 1\n"
             for place, text in enumerate(texts)]  # fmt: skip
    files += [f"name = {text}" for text in texts]
    lines = []
    for number, text in enumerate(files):
        path = hostile.folder / f"bad{number}.toml"
        path.write_text(text, encoding="utf-8")
        lines += [[*hostile.options, "policy", "check", str(path)], ["--policy", str(path), "policy", "show"]]

    must_be_clean(on_terminal(hostile, lines))


def _quoted(text: str) -> str:
    return '"' + "".join(c if c.isalnum() and c.isascii() else f"\\U{ord(c):08x}" for c in text) + '"'


def _document(written: str) -> str:
    """Give the JSON in what a command wrote: messages for people stand before it."""
    begins = [place for place in (written.find("\n{"), written.find("\n[")) if place >= 0]
    text = written if written.startswith(("{", "[")) else written[min(begins) + 1 :] if begins else ""
    return text[: max(text.rfind("}"), text.rfind("]")) + 1]
