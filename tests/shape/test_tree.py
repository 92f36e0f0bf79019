"""What stands where, and what it is called."""

from pathlib import Path

from tests.shape.source import CONSOLE, ROOT, TESTS, modules, place, text_files

TOP = {"pyproject.toml", "README.md", "console", "tests", "sample_data", "requirements.lock", "CHANGELOG.md", "LICENSE"}
LEFT_BY_TOOLS = {"uv.lock", "dist", "build", "htmlcov"}  # git ignores them
BANNED = {"utils", "util", "helpers", "helper", "common", "core", "manager", "base", "misc"}

# Written in two halves, so that this file is not found to name them.
MACHINE_PATHS = ("/wo" + "rk/", "/ro" + "ot/", "/opt/py" + "pi")
REGISTRY_HOSTS = ("pypi" + ".org", "python" + "hosted", "npm" + "js")


def test_the_top_level_holds_only_what_is_agreed() -> None:
    names = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}

    assert names - TOP - LEFT_BY_TOOLS == set()


def test_every_folder_of_source_is_a_package() -> None:
    folders = {path.parent for path in modules(CONSOLE, TESTS)}

    assert [place(folder) for folder in folders if not (folder / "__init__.py").is_file()] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    parts = {part for path in modules(CONSOLE, TESTS) for part in (*path.relative_to(ROOT).parts[:-1], path.stem)}

    assert parts & BANNED == set()


def test_no_file_names_a_path_of_the_machine_it_was_written_on() -> None:
    found = {place(path): needle for path in text_files() for needle in MACHINE_PATHS if needle in _text(path)}

    assert found == {}


def test_no_file_names_a_package_registry() -> None:
    ours = [path for path in text_files() if "sample_data" not in path.parts]  # people write addresses in cases
    found = {place(path): needle for path in ours for needle in REGISTRY_HOSTS if needle in _text(path)}

    assert found == {}


def _text(path: Path) -> str:
    """A file as text, whatever its bytes."""
    return path.read_bytes().decode("utf-8", "replace")
