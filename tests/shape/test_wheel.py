"""What an installation gets: the package with its data, the samples, the command; no tests."""

import subprocess
import sys
import zipfile

import pytest

from tests.shape.source import CONSOLE, ROOT, text_files

PROGRAM = "import sys; sys.path.insert(0, '.build'); import wheel_with_samples as b; print(b.build_wheel(sys.argv[1]))"


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in a wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-c", PROGRAM, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    with zipfile.ZipFile(folder / done.stdout.split()[-1]) as wheel:
        return set(wheel.namelist())


def test_every_file_of_the_package_is_in_the_wheel(held: set[str]) -> None:
    below = {path for path in text_files() if path.is_relative_to(CONSOLE)}

    assert {path.relative_to(ROOT).as_posix() for path in below} - held == set()


def test_the_samples_are_where_an_installed_program_looks(held: set[str]) -> None:
    samples = [path for path in text_files() if path.is_relative_to(ROOT / "sample_data")]

    assert "console/sample_data/policy.toml" in held
    assert {f"console/{path.relative_to(ROOT).as_posix()}" for path in samples} - held == set()


def test_nothing_else_is_in_the_wheel(held: set[str]) -> None:
    assert {name.split("/")[0].split("-")[0] for name in held} == {"console", "triage_console"}
    assert any(name.endswith("entry_points.txt") for name in held)
