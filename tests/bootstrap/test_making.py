"""How an environment comes to be, with an installer that only pretends."""

import errno
import threading
from pathlib import Path

import pytest

from console.bootstrap import making
from console.bootstrap.environment import UNFINISHED, Environment
from console.bootstrap.failures import SetUpError
from console.bootstrap.lock import PARTS

LOCK = "# part run: x\na==1\nb==2 ; python_version == '3.12'\n"


class Installer:
    """Stands in for pip: puts the modules there, counts its runs, or fails as told."""

    def __init__(self) -> None:
        self.runs = 0
        self.failure: BaseException | None = None

    def __call__(self, environment: Environment, _wanted: str, _guard: int | None) -> None:
        self.runs += 1
        if self.failure:
            raise self.failure
        packages = next(environment.folder.glob("lib/*/site-packages"))
        for module in PARTS["run"]:
            (packages / f"{module}.py").touch()


@pytest.fixture
def installer(monkeypatch: pytest.MonkeyPatch) -> Installer:
    """The pretended installer, in place of the real one."""
    pretended = Installer()
    monkeypatch.setattr(making, "install", pretended)
    return pretended


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """An environment that does not exist yet."""
    return Environment(tmp_path / "checkout" / ".venv")


def test_a_first_start_makes_it_and_says_so(
    environment: Environment, installer: Installer, capsys: pytest.CaptureFixture[str]
) -> None:
    making.make(environment, "run", LOCK)

    assert environment.serves("run", LOCK)
    assert installer.runs == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "with 2 packages" in said.err
    assert "ready after" in said.err


def test_two_first_starts_at_once_make_it_once(environment: Environment, installer: Installer) -> None:
    starts = [threading.Thread(target=making.make, args=(environment, "run", LOCK)) for _ in range(4)]

    for start in starts:
        start.start()
    for start in starts:
        start.join()

    assert installer.runs == 1
    assert environment.serves("run", LOCK)


def test_a_half_made_one_is_made_anew(environment: Environment, installer: Installer) -> None:
    environment.folder.mkdir(parents=True)
    environment.stamp.write_text(UNFINISHED, encoding="utf-8")
    (environment.folder / "debris").touch()

    making.make(environment, "run", LOCK)

    assert installer.runs == 1
    assert environment.serves("run", LOCK)
    assert not (environment.folder / "debris").exists()
    assert list(environment.folder.parent.iterdir()) == [environment.folder]


def test_a_changed_lock_is_installed_into_the_same_environment(environment: Environment, installer: Installer) -> None:
    making.make(environment, "run", LOCK)
    (environment.folder / "kept").touch()

    making.make(environment, "run", LOCK + "c==3\n")

    assert installer.runs == 2
    assert environment.serves("run", LOCK + "c==3\n")
    assert (environment.folder / "kept").exists()


def test_a_failed_addition_leaves_what_was_there(environment: Environment, installer: Installer) -> None:
    making.make(environment, "run", LOCK)
    installer.failure = SetUpError("no network")

    with pytest.raises(SetUpError):
        making.make(environment, "run", LOCK + "c==3\n")

    assert environment.serves("run", LOCK)


def test_a_failed_first_start_is_not_taken_for_a_whole_one(environment: Environment, installer: Installer) -> None:
    installer.failure = SetUpError("no network")

    with pytest.raises(SetUpError):
        making.make(environment, "run", LOCK)

    assert environment.outlived()


def test_somebody_elses_environment_gets_packages_and_no_stamp(environment: Environment, installer: Installer) -> None:
    making.make(environment, "run", LOCK)
    environment.stamp.unlink()
    next(environment.folder.glob("lib/*/site-packages/textual.py")).unlink()

    making.make(environment, "run", LOCK)

    assert installer.runs == 2
    assert environment.serves("run", LOCK)
    assert not environment.stamp.exists()


@pytest.mark.parametrize(
    ("failure", "code", "words"),
    [
        (SetUpError("the index is away."), 2, "the index is away"),
        (OSError(errno.ENOSPC, "No space left on device"), 2, "disk is full"),
        (PermissionError(errno.EACCES, "Permission denied", "/x"), 2, "XDG_CACHE_HOME"),
        (OSError(errno.EIO, "Input/output error"), 2, "Input/output error"),
        (KeyboardInterrupt(), 130, "interrupted"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_goes_wrong_is_one_sentence_and_an_exit_code(
    environment: Environment, installer: Installer, capsys: pytest.CaptureFixture[str], *, failure: BaseException,
    code: int, words: str,
) -> None:  # fmt: skip
    installer.failure = failure

    with pytest.raises(SystemExit) as stop:
        making.make_or_exit(environment, "run", LOCK)

    assert stop.value.code == code
    assert words in capsys.readouterr().err


def test_a_python_without_venv_names_the_package_to_install(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "venv", None)

    with pytest.raises(SetUpError, match="python3-venv"):
        making.make(environment, "run", LOCK)
