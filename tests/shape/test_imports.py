"""Who imports what: the layers, the standard library of the domain, the clock, and what a plain command loads."""

import ast
import subprocess
import sys

import pytest
from importlinter.cli import lint_imports

from tests.shape.source import CONSOLE, ROOT, imported, modules, place, tree

CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"}
HEAVY = {"textual", "rich", "sqlmodel", "sqlalchemy", "pydantic", "alembic"}


def test_the_layers_hold(capsys: pytest.CaptureFixture[str]) -> None:
    code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)

    assert code == 0, capsys.readouterr().out


def test_the_domain_imports_the_standard_library_only() -> None:
    allowed = sys.stdlib_module_names | {"console"}
    strange = [
        f"{place(path, line)} {name}"
        for path in modules(CONSOLE / "domain", CONSOLE / "bootstrap")
        for name, line in imported(path)
        if name.split(".")[0] not in allowed
    ]

    assert strange == []


def test_the_domain_does_no_input_or_output() -> None:
    doors = {"os", "io", "socket", "sqlite3", "subprocess", "threading", "asyncio", "random", "time", "logging"}
    used = [place(path, line) for path in modules(CONSOLE / "domain") for name, line in imported(path) if name in doors]

    assert used == []


def test_nothing_below_the_command_line_reads_the_clock() -> None:
    below = [path for path in modules(CONSOLE) if path.relative_to(CONSOLE).parts[0] not in ("cli", "__main__.py")]
    reads = [
        place(path, node.lineno)
        for path in below
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and ".".join(ast.unparse(node).split(".")[-2:]) in CLOCKS
    ]

    assert reads == []


@pytest.mark.skipif(not (CONSOLE / "cli" / "__init__.py").exists(), reason="there is no command line yet")
@pytest.mark.parametrize("words", [["--help"], ["list", "--help"], ["escalate", "--help"]], ids=" ".join)
def test_help_loads_neither_the_screens_nor_the_database(words: list[str]) -> None:
    program = (
        "import sys\nfrom console.__main__ import main\n"
        f"try:\n    code = main({words!r})\nexcept SystemExit as stop:\n    code = stop.code\n"
        "print(code or 0, *sorted(sys.modules), file=sys.stderr)"
    )

    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)

    code, *loaded = done.stderr.splitlines()[-1].split()
    assert code == "0"
    assert HEAVY & set(loaded) == set()
