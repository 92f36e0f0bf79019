"""Text that means harm goes through every command, and nothing of it acts on the terminal."""

from __future__ import annotations

import json
import re

import pytest

from console.domain.safe import FORBIDDEN
from tests.cli.conftest import Shell

HARM = (
    "\x1b[2J\x1b]0;owned\x07\x1b]52;c;aGk=\x07\x1bP+q\x1b\\\x9b31m\x9d\x90\u202eevil\u202c\u2066x\u2069\u200b\ufeff\x00\x08\x7f\r"
    "[@click=app.quit]x[/] [/foo] \U000e0041 e" + "\u0301" * 40
)
ACTS = re.compile(f"[{FORBIDDEN}]")


@pytest.fixture
def hostile(shell: Shell) -> Shell:
    """A shell whose case 3 is hostile in every field that people outside fill."""
    record: dict[str, object] = {
        name: f"{name} {HARM}"
        for name in ("source", "ref", "title", "body", "requester", "organisation", "category", "channel", "resolution")
    }
    record |= {"tags": [HARM], "messages": [{"by": HARM, "at": "2026-01-01T00:00Z", "text": HARM, "ref": HARM}]}
    shell.done("intake", shell.write("hostile.jsonl", json.dumps(record)))
    harm = HARM.replace("\x00", "")
    shell.done("attempt", "3", harm, "--result", harm, "--error", harm, "--article", harm)
    shell.done("note", "3", "--conversation", harm, harm)
    shell.done("change", "3", f"known_fix={harm}", "--reason", harm)
    shell.done("answer", "3", "scope=3", "impact=3")
    shell.done("escalate", "3", "--told", harm, "--incomplete", harm, "--reason", f"other: {harm}")
    shell.done("ask", "3", harm)
    return shell


@pytest.mark.parametrize(
    "words",
    ["list", "show 3", "advise 3", "why 3", "history 3", "show 3 --brief", "note 3 again", "reply 3 well", "accept 3",
     "return 3 --reason not-needed", "assign 3 bo", "export", "list --json", "show 3 --json", "history 3 --json"],
)  # fmt: skip
def test_no_command_lets_it_act(words: str, hostile: Shell) -> None:
    said = hostile.done(*words.split())

    assert said.out
    assert ACTS.sub("", said.out.replace("\n", "")) == said.out.replace("\n", "")
    assert "\u0301" * 5 not in said.out


def test_it_does_not_act_from_the_words_of_a_command_either(shell: Shell) -> None:
    harm = HARM.replace("\x00", "")
    by_words = ("assign 1 _", "move 1 _", "list _", "claim _", "--as _ claim 1", "intake _", "policy check _", "_")
    for pattern in (*by_words, "escalate 1 --brief _"):
        words = [harm if word == "_" else word for word in pattern.split()]
        said = shell(*words)
        told = (said.out + said.err).replace("\n", "")
        assert ACTS.sub("", told) == told, words


def test_a_very_long_line_is_shown_in_part(shell: Shell) -> None:
    record = {"title": "long", "body": "x" * 1_000_000}
    shell.done("intake", shell.write("long.jsonl", json.dumps(record)))

    assert len(shell.done("show", "3").out) < 10_000
    assert len(shell.case(3)["body"]) > 900_000
