"""When an environment serves, and which one is chosen."""

import os
import sys
from pathlib import Path

import pytest

from console.bootstrap.environment import UNFINISHED, Environment, choose
from console.bootstrap.lock import PARTS, checkout, locked, missing

LOCK = "# part run: x\na==1\n"


def environment_with(folder: Path, *parts: str) -> Environment:
    """An environment that looks as if the parts were installed."""
    environment = Environment(folder)
    packages = folder / "lib" / "python3.11" / "site-packages"
    environment.python.parent.mkdir(parents=True)
    environment.python.symlink_to(sys.executable)
    packages.mkdir(parents=True)
    for part in parts:
        for module in PARTS[part]:
            (packages / f"{module}.py").touch()
    return environment


def test_each_part_of_the_lock_holds_the_ones_before_it() -> None:
    root = checkout()
    assert root is not None

    run, test, quality = (locked(root, part) for part in PARTS)

    assert test.startswith(run)
    assert quality.startswith(test)
    assert "textual==" in run
    assert "pytest==" in test
    assert "\nruff==" not in test
    assert "\nruff==" in quality


def test_everything_the_tests_need_is_found_where_they_run() -> None:
    assert missing("test") == []


def test_an_environment_with_the_stamp_of_this_lock_serves(tmp_path: Path) -> None:
    environment = environment_with(tmp_path, "run")
    environment.stamp.write_text(environment.imprint(LOCK), encoding="utf-8")

    assert environment.serves("run", LOCK)
    assert not environment.serves("test", LOCK)


@pytest.mark.parametrize("stamp", [UNFINISHED, "# /elsewhere/python\n" + LOCK])
def test_a_half_made_or_outlived_one_does_not_serve(tmp_path: Path, stamp: str) -> None:
    environment = environment_with(tmp_path, "run")
    environment.stamp.write_text(stamp, encoding="utf-8")

    assert not environment.serves("run", LOCK)
    assert environment.outlived()


def test_one_with_an_older_lock_does_not_serve_but_can_be_brought_up_to_date(tmp_path: Path) -> None:
    environment = environment_with(tmp_path, "run")
    environment.stamp.write_text(environment.imprint("# part run: x\na==0\n"), encoding="utf-8")

    assert not environment.serves("run", LOCK)
    assert not environment.outlived()


def test_somebody_elses_serves_when_the_packages_are_there(tmp_path: Path) -> None:
    assert environment_with(tmp_path / "full", "run").serves("run", LOCK)
    assert not environment_with(tmp_path / "empty").serves("run", LOCK)


def test_where_the_checkout_may_be_written_the_environment_stands_in_it(tmp_path: Path) -> None:
    assert choose(tmp_path, "run", LOCK).folder == tmp_path / ".venv"


def test_where_it_may_not_the_environment_stands_in_the_users_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    assert choose(tmp_path / "checkout", "run", LOCK).folder.parent == tmp_path / "cache" / "triage-console"


def test_a_read_only_checkout_with_a_ready_environment_is_used_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment_with(tmp_path / ".venv", "run")
    monkeypatch.setattr(os, "access", lambda *_: False)

    assert choose(tmp_path, "run", LOCK).folder == tmp_path / ".venv"
