"""The README and the program say the same about commands."""

import re

from console.cli.catalogue import COMMANDS
from tests.shape.source import ROOT

ROW = re.compile(r"^\| `(?:triage )?([a-z][a-z-]*)[^`]*` \| (.+?) \|$", re.MULTILINE)


def test_the_readme_lists_every_command_with_its_summary() -> None:
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Commands")[2].partition("\n## ")[0]

    assert dict(ROW.findall(section)) == {command.name: command.summary for command in COMMANDS.values()}
