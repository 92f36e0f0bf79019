"""The hostile corpus in the log and in the history that commands print: one event is one line, and nothing acts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from console.cli import run
from console.desk.desk import open_desk
from console.domain.errors import Refused
from console.log import Level, Log
from tests.builders import MORNING
from tests.figures import figure
from tests.hostile.corpus import PAYLOADS, joined
from tests.hostile.givens import Hostile, policy_text
from tests.hostile.tokens import hidden

LINE = re.compile(r"2\d\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ (error|warning|info|debug) .+")
COMMANDS = (
    "release 1 --reason _", "claim 1 --take-over --reason _", "note 1 _", "attempt 1 _", "decide 1 handle --reason _",
    "resolve 1 _", "people add _", "people set bo --tier 3", "assign 1 _", "tag 1 _", "list _", "_",
)  # fmt: skip


def must_be_lines(text: str, number: int) -> None:
    """Check that a log holds so many lines of which each is one event, and that nothing of it acts or hides."""
    lines = text.split("\n")
    assert lines.pop() == ""
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    assert [line for line in lines if list(hidden(line))] == []
    assert len(lines) == number


def in_arguments(text: str) -> str:
    """Give a text as it comes from a command line, without what none can hold."""
    return text.replace("\0", "").encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")


def test_the_log_and_the_history_hold_no_control_whatever_is_named_and_said(
    hostile: Hostile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    noted = named(tmp_path / "noted.log")
    policies = in_policies(tmp_path / "policies", joined([payload.storable for payload in PAYLOADS]))
    ran = commanded(hostile, tmp_path / "ran.log", monkeypatch)
    capsys.readouterr()
    events = told(hostile, capsys)

    what = f"{len(PAYLOADS)} payloads as names, reasons, keys and policy names"
    figure(29, what, f"0 raw controls in {noted + policies + ran} lines of the log and {events} of the history")


def named(path: Path) -> int:
    """Note every payload, alone and within a name of a megabyte; give how many lines that made."""
    log = Log(path, lambda: MORNING)
    texts = [payload.text for payload in PAYLOADS]
    texts += [f"{text}{'n' * 1_000_000}{text}" for text in joined(texts)]
    for text in texts:
        log.note(Level.WARNING, f"denied: {text} may not release case 1")
    must_be_lines(path.read_text(encoding="utf-8"), len(texts))
    return len(texts)


def in_policies(folder: Path, texts: Iterable[str]) -> int:
    """Put policies with hostile names in force, as far as they are taken; give how many lines that made."""
    folder.mkdir()
    log = Log(folder / "triage.log", lambda: MORNING)
    text = policy_text()
    before, taken = text[text.index("name = ") :], 0
    for text in texts:
        escaped = "".join(f"\\U{ord(character):08x}" for character in text)
        policy = f'name = "{escaped}"{before[before.index(chr(10)) :]}'
        try:
            open_desk(folder / "triage.db", policy, "policy.toml", lambda: MORNING, note=log.note).store.close()
        except Refused:
            continue
        taken += 1
    must_be_lines(log.path.read_text(encoding="utf-8"), taken + 1)
    assert taken
    return taken + 1


def commanded(hostile: Hostile, path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Run commands with payloads as words, by somebody who may not; give how many lines that made."""
    monkeypatch.setenv("TRIAGE_LOG", str(path))
    monkeypatch.setenv("TRIAGE_LOG_LEVEL", "debug")
    given = [*hostile.options[:-1], "p0"]
    for text in map(in_arguments, joined([payload.line for payload in PAYLOADS])):
        for command in COMMANDS:
            run([*given, *(word.replace("_", text) for word in command.split())])
        run([*hostile.options[:-1], text[:200], "claim", "1"])
    written = path.read_text(encoding="utf-8")
    assert written.count(" warning denied: ") > len(COMMANDS)
    must_be_lines(written, written.count("\n"))
    return written.count("\n")


def told(hostile: Hostile, capsys: pytest.CaptureFixture[str]) -> int:
    """Tell the history of the cases with every payload; give how many events that were."""
    number = 0
    for case in hostile.deep:
        assert run([*hostile.options, "history", str(case), "--json"]) == 0
        events = len(json.loads(capsys.readouterr().out))
        assert run([*hostile.options, "history", str(case)]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert [line for line in lines if list(hidden(line))] == []
        assert len([line for line in lines[2:] if not line.startswith("    ")]) == events  # the rest is folded
        number += events
    return number
