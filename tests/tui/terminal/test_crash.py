"""What is kept of a failure."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from console.tui.terminal.crash import KEPT, CrashLog, report, sentence


def failure() -> BaseException:
    """Make an error with a cause, case data in every text and every local."""
    customer = "Kim Secretary"
    try:
        try:
            raise KeyError(customer)  # noqa: TRY301 - a chain is what the test is about
        except KeyError as cause:
            raise ValueError(f"cannot pay {customer}") from cause
    except ValueError as error:
        return error


def test_a_report_holds_the_chain_and_no_data() -> None:
    lines = "\n".join(report(failure()))

    assert "builtins.ValueError" in lines
    assert "builtins.KeyError" in lines
    assert "in failure" in lines
    assert "Kim" not in lines


def test_a_chain_that_bites_its_tail_ends() -> None:
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first

    assert len(list(report(first))) == 3


def test_a_log_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = CrashLog(tmp_path / "state").keep(failure())

    assert path is not None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert str(path) in sentence(path)


def test_old_logs_go(tmp_path: Path) -> None:
    log = CrashLog(tmp_path)
    for age in range(KEPT + 5):
        path = log.keep(failure())
        assert path is not None
        os.utime(path, (age, age))

    assert len(list(tmp_path.iterdir())) == KEPT


def test_a_folder_that_cannot_be_written_costs_only_the_log(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    assert CrashLog(tmp_path / "file").keep(failure()) is None
    assert CrashLog(None).keep(failure()) is None
    assert "start it again" in sentence(None)
