"""What a command loads, by real processes: help and looking need neither the screens nor the ORM."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Shell

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"textual", "rich", "sqlmodel", "sqlalchemy", "pydantic", "alembic", "shtab", "hypothesis"}
LOADED = (
    "import sys\nfrom console.__main__ import main\n"
    "code = main(sys.argv[1:])\n"
    "print(code, *{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
)


def process(*words: str, **streams: int) -> subprocess.Popen[str]:
    """Start the program as a process."""
    program = [sys.executable, "-c", "import sys\nfrom console.__main__ import main\nsys.exit(main(sys.argv[1:]))"]
    return subprocess.Popen([*program, *words], cwd=ROOT, text=True, **streams)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize(
    "words", ["--help", "--version", "list --help", "escalate --help", "list", "list --json", "show 1", "history 1",
              "why 1", "export", "info", "people", "policy show"]
)  # fmt: skip
def test_help_and_looking_load_neither_screens_nor_orm(words: str, shell: Shell) -> None:
    shell.done("people", "add", "ada", "--role", "admin")
    environment = os.environ | {"TRIAGE_DB": str(shell.database)}

    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words.split()],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip

    code, *loaded = done.stderr.splitlines()[-1].split()
    assert code == "0"
    assert HEAVY & set(loaded) == set()


def test_help_of_the_program_does_not_even_load_a_parser() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert "argparse" not in done.stderr.split()


def test_a_reader_that_leaves_is_no_failure(shell: Shell) -> None:
    lines = "\n".join(f'{{"title": "Case {number}"}}' for number in range(2000))
    shell.done("intake", shell.write("many.jsonl", lines))
    running = process(
        "--db", str(shell.database), "export", stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )  # fmt: skip
    assert running.stdout is not None
    running.stdout.readline()
    running.stdout.close()
    assert running.stderr is not None

    assert running.stderr.read() == ""
    running.stderr.close()
    assert running.wait(timeout=60) == 0


def test_a_full_disk_is_told(shell: Shell) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("w") as full:
        running = process(
            "--db", str(shell.database), "list", "--json", stdout=full.fileno(), stderr=subprocess.PIPE
        )  # fmt: skip
        _, said = running.communicate(timeout=60)

    assert running.returncode == 1
    assert "No space left on device" in said
    assert "Traceback" not in said
