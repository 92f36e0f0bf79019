"""The command that serves everybody: what it refuses before anybody comes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from console.cli import run
from tests.cli.conftest import Shell

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a host needs Linux")


def test_a_database_that_others_could_change_is_not_served(shell: Shell) -> None:
    shell.done("add", "One case")
    shell.folder.chmod(0o777)

    said = shell("host", "--socket", str(shell.folder / "host.sock"), person="root")

    assert said.code == 1
    assert "cannot be served" in said.err
    assert not (shell.folder / "host.sock").exists()


@pytest.mark.parametrize("words", [("--sessions", "0"), ("--each", "many"), ("--sessions", "99999")])
def test_a_number_that_is_none_is_told_so(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["host", *words]) == 2
    assert "is not a number from 1 to 2,000" in capsys.readouterr().err


def test_a_place_that_is_no_socket_is_left_alone(tmp_path: Path) -> None:
    from console.domain.errors import Refused
    from console.host.server import listening

    (tmp_path / "notes").write_text("mine", encoding="utf-8")

    with pytest.raises(Refused, match="is no socket; name another place"), listening(tmp_path / "notes"):
        pass
    assert (tmp_path / "notes").read_text() == "mine"
