"""Every command, run by somebody outside a circle on two desks that differ in one confidential case, says the same."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from console.cli import call as calling
from console.cli.catalogue import COMMANDS
from console.cli.commands.report import REPORTS
from console.domain.events import Kind
from console.settings import sample_data
from tests.builders import MORNING
from tests.cli.conftest import Shell
from tests.desk.worlds import OUT, WORD, a_pair
from tests.figures import counted

ASIDE = {
    "watch", "demo", "completions", "calendar", "migrate", "intake", "backup", "restore", "rescue", "door",
    "sshd-key", "host", "receive",
}  # fmt: skip
"""Commands that show no case of the database; what arrives has tests of its own (tests/desk)."""

HIDDEN, OPEN = "HIDDEN", "1"
LOOKS: Mapping[str, tuple[str, ...]] = {
    "list": ("", WORD, "id:HIDDEN", "confidential:yes", "live:no or live:yes", "--sort newest"),
    "view": ("", "show 8", "show 3", "save mine confidential:yes", "show mine", "save all --group tier", "show all"),
    "show": (HIDDEN, OPEN),
    "advise": (HIDDEN, OPEN),
    "why": (HIDDEN, OPEN, "HIDDEN --at 2026-11-25T09:00Z", "1 --at 2026-11-25T09:00Z"),
    "next": (HIDDEN, OPEN, "HIDDEN --until 2026-12-02T09:00Z"),
    "history": (HIDDEN, OPEN),
    "report": (
        "handover --since 2020-01-01T00:00Z", "handover --since 2020-01-01T00:00Z --format markdown", "backlog",
        "backlog --cases over-30d",
        *(f"{name} --since 2026-11-01 --until 2026-12-01 --format csv" for name in REPORTS if name != "handover"),
        "escalations --since 2026-11-01 --until 2026-12-01 --cases functional/vip",
    ),
    "export": (
        "", "confidential:yes", WORD, "id:HIDDEN", "--format csv", "--format events-csv", "--format markdown id:HIDDEN",
        "--format markdown",
        "--format markdown --brief",
    ),
    "policy": (
        "backtest", "backtest --json", "backtest --suggest", "draft STRICTER", "draft", "use STRICTER --why so",
        "history --json", "show --toml", "back --why so",
    ),
    "attachment": (HIDDEN, OPEN, f"{HIDDEN} 1 --to -", f"{OPEN} 1 --to -"),
    "people": ("", "keys", "keys list"),
    "doctor": ("",),
    "info": ("",),
    "inbox": ("", "--all", "--seen"),
    "notices": ("", "--pending --sent --cancelled", "--held --dead", "--retry all", "--drop all"),
    "deliver": ("",),
    "evidence": ("", "--anew"),
    "articles": ("", "--json", HIDDEN, OPEN, "KB-0101"),
    "hooks": ("", "show all", "try all HIDDEN", "try all 1", "retry all", "skip all"),
    "tick": ("--at 2026-11-23T18:00Z", "", "--go"),
    "circle": (HIDDEN, OPEN, "HIDDEN add bo", "HIDDEN remove ina"),
    "subject": ("HIDDEN add bo", "HIDDEN remove lena"),
    "handover": ("", "list", "accept --all", "accept HIDDEN", "write HIDDEN --open x", "write"),
}  # fmt: skip
ACTS: Mapping[str, tuple[str, ...]] = {
    "claim": ("", "--take-over --reason why"),
    "release": ("",),
    "answer": ("scope=2",),
    "attempt": ("restart",),
    "note": ("hm",),
    "decide": ("handle",),
    "wait": ("--for customer",),
    "resume": ("",),
    "change": ("affected=7", "confidential=no"),
    "tag": ("--add vip",),
    "resolve": ("--resolution done",),
    "close": ("",),
    "reopen": ("",),
    "merge": ("HIDDEN", "2"),
    "undo": ("",),
    "redo": ("",),
    "escalate": ("", "--reason vip", "--skip --reason vip"),
    "accept": ("",),
    "acknowledge": ("",),
    "remind": ("", "please"),
    "ask": ("what?",),
    "reply": ("that",),
    "return": ("--reason not-needed",),
    "review": ("--happened a --why b --needs c",),
    "assign": ("bo",),
    "move": ("2/network",),
    "share-out": ("",),
}
"""What stands behind the number of a case; each is done to the confidential case and to an open one."""


def lines() -> Iterator[tuple[str, ...]]:
    """Give every command line, as words and as JSON."""
    yield ("add", "Another")
    for name, ways in LOOKS.items():
        for way in ways:
            yield (name, *way.split())
            yield (name, *way.split(), "--json")
    for name, ways in ACTS.items():
        for way in ways:
            for case in (HIDDEN, "3", f"2,{HIDDEN}"):
                yield (name, case, *way.split(), *(("--json",) if "," in case else ()))
    yield ("undo",)
    yield ("redo", "--json")
    yield ("list", "--json")


def test_no_command_is_left_out() -> None:
    assert {line[0] for line in lines()} | ASIDE == set(COMMANDS)
    assert len(list(lines())) * len(OUT) > 500


@pytest.fixture
def pairs(empty: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Shell, Shell, str]:
    """Give shells on both desks at one standing time, and the number of the confidential case."""
    desk, hidden, other = a_pair(tmp_path / "made")
    file = tmp_path / "hooks.toml"
    kinds = ", ".join(f'"{kind}"' for kind in Kind)
    file.write_text(f'[hook.all]\nkind = "command"\nargv = ["true"]\necho = true\nrate = 1000\non = [{kinds}]\n')
    monkeypatch.setenv("TRIAGE_CHANNELS", str(file))
    shells = []
    for place, each in enumerate((desk, other)):
        with each.store.write() as tx:
            tx.rows("INSERT INTO hook VALUES ('all', :config, 0, 0)", {"config": str(file)})
        each.store.close()
        folder = tmp_path / str(place)
        folder.mkdir()
        shutil.copy(each.store.path, folder / "triage.db")
        shells.append(Shell(folder, empty.capture))
    monkeypatch.setattr(calling, "clock", lambda: MORNING + timedelta(hours=1))
    monkeypatch.setattr("time.clock_gettime", lambda _: 86_400.0)  # the steady clock stands as well
    return shells[0], shells[1], str(hidden)


@pytest.mark.parametrize("role", OUT)
def test_no_command_tells_an_outsider_of_it(role: str, pairs: tuple[Shell, Shell, str]) -> None:
    *shells, hidden = pairs
    stricter = shells[0].folder.parent / "stricter.toml"
    stricter.write_text((sample_data() / "policy.toml").read_text().replace("threshold = 9", "threshold = 8"))
    for line in lines():
        argv = [word.replace(HIDDEN, hidden).replace("STRICTER", str(stricter)) for word in line]
        told = [said(shell, argv, OUT[role].id) for shell in shells]

        assert told[0] == told[1], line
        assert "is blown" not in told[0]
    counted(17, "commands on two desks that differ in it", len(list(lines())), "answers compared, 0 leaks")


def said(shell: Shell, argv: list[str], person: str) -> str:
    """Give all that a command says, without the folder it is said in and the random name of a batch."""
    answer = shell(*argv, person=person)
    told = f"{answer.code}\n{answer.out}\n{answer.err}".replace(str(shell.folder), "FOLDER")
    return re.sub(r'"batch": "[0-9a-f]+"', "", told)
