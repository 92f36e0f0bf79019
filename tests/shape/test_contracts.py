"""The import contracts catch what they are there to catch: shown on a small package that breaks each of them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shape.source import ROOT

SOUND = {
    "__init__": "",
    "__main__": "import console.bootstrap, console.cli",
    "bootstrap.__init__": "",
    "settings": "import console.domain.errors",
    "visit": "",
    "log": "import console.domain.errors",
    "domain.__init__": "",
    "domain.errors": "",
    "domain.case": "",
    "store.__init__": "",
    "store.cases": "import sqlmodel, sqlalchemy, alembic, pysqlite3, console.domain.case, console.settings",
    "desk.__init__": "import console.store.cases",
    "desk.holiday_library": "import holidays",
    "intake.__init__": "import console.desk",
    "notify.__init__": "",
    "host.__init__": "import console.log, console.visit",
    "receiver.__init__": "import console.log",
    "receiver.connection": "import h11",
    "reports.__init__": "",
    "tui.__init__": "",
    "tui.app": "import textual, console.tui.screens",
    "tui.screens.__init__": "import console.tui.widgets, console.desk",
    "tui.widgets.__init__": "import console.tui.keys, console.tui.messages, console.domain.case",
    "tui.keys": "",
    "tui.messages": "",
    "cli.__init__": "import console.tui, console.intake",
}

VIOLATIONS = [
    ("domain.case", "console.store"),
    ("domain.case", "console.settings"),
    ("settings", "console.domain.case"),
    ("store.cases", "console.desk"),
    ("desk.__init__", "console.tui"),
    ("intake.__init__", "console.notify"),
    ("log", "console.store"),
    ("visit", "console.settings"),
    ("host.__init__", "console.desk"),
    ("receiver.__init__", "console.store"),
    ("receiver.__init__", "console.intake"),
    ("intake.__init__", "h11"),
    ("tui.__init__", "console.cli"),
    ("tui.screens.__init__", "console.tui.app"),
    ("tui.keys", "console.tui.messages"),
    ("tui.widgets.__init__", "console.desk"),
    ("cli.__init__", "console.store.cases"),
    ("cli.__init__", "console.bootstrap"),
    ("cli.__init__", "textual"),
    ("desk.__init__", "sqlmodel"),
    ("tui.app", "sqlalchemy"),
    ("desk.__init__", "holidays"),
]


def _checked(folder: Path, files: dict[str, str]) -> tuple[int, str]:
    """Write the package, check it under the project's own contracts; the exit code and what was said."""
    for name, source in files.items():
        path = folder / "console" / (name.replace(".", "/") + ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source + "\n", encoding="utf-8")
    shutil.copy(ROOT / "pyproject.toml", folder)
    program = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_a_sound_package_passes(tmp_path: Path) -> None:
    code, said = _checked(tmp_path, SOUND)

    assert code == 0, said


def test_optional_layers_may_be_absent(tmp_path: Path) -> None:
    files = {name: text for name, text in SOUND.items() if name not in ("notify.__init__", "reports.__init__")}

    code, said = _checked(tmp_path, files)

    assert code == 0, said


@pytest.mark.parametrize(("importer", "imported"), VIOLATIONS, ids=lambda word: word.removesuffix(".__init__"))
def test_an_import_against_the_layers_is_caught(importer: str, imported: str, tmp_path: Path) -> None:
    code, said = _checked(tmp_path, SOUND | {importer: f"{SOUND[importer]}\nimport {imported}"})

    assert code != 0
    assert f"console.{importer.removesuffix('.__init__')}" in said
    assert imported in said
    assert "Traceback" not in said


def test_a_module_in_no_layer_is_caught(tmp_path: Path) -> None:
    code, said = _checked(tmp_path, SOUND | {"attic": ""})

    assert code != 0
    assert "attic" in said
