"""What README and help say of live sources, hooks, deliveries and maps is what the program takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from console.cli.commands.intake import KNOWN
from console.cli.receive_setup import endpoints
from console.intake.formats import FORMATS
from console.notify.hook_setup import outlets
from tests.cli.conftest import Shell

README = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")
TOML = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)


def config(folder: Path, table: str) -> Path:
    """Write the example that has such a table, and the files with secrets that it names."""
    (text,) = (each for each in TOML if f"[{table}." in each)
    for name in re.findall(r'_file = "([^"]+)"', text):
        (folder / name).write_text("Bearer 0123456789abcdef\n", "utf-8")
    path = folder / "config.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_examples_of_deliveries_and_hooks_load(tmp_path: Path) -> None:
    assert [*endpoints(config(tmp_path, "receive"))] == ["github", "alerts", "till"]
    names = [outlet.hook.name for outlet in outlets(config(tmp_path, "hook"))]
    assert names == ["jira", "zendesk", "zendesk-tag", "github", "ours"]


def test_the_example_of_a_map_reads_a_table(empty: Shell) -> None:
    (text,) = (each for each in TOML if 'kind = "cases"' in each)
    table = empty.folder / "export.csv"
    table.write_bytes(
        "Bericht\n\nTicketnummer;Betreff;Beschreibung;Notizen;Zustand;Ebene\n"
        "17;Drucker für Köln;seit neun;laut;In Bearbeitung;2nd Level\n18;Kasse;steht;;Warten auf Kunde;1\n"
        .encode("cp1252")
    )  # fmt: skip
    said = empty.done("intake", "--map", empty.write("map.toml", text), str(table), "--json").json
    assert (said["new"], said["rejected"], said["warnings"]) == (2, 0, [])
    shown = empty.case(1)
    assert (shown["title"], shown["status"], shown["tier"]) == ("Drucker für Köln", "open", 2)


def test_help_names_every_format() -> None:
    assert tuple(KNOWN.split(", ")) == FORMATS


@pytest.mark.parametrize("command", ["intake", "receive", "hooks", "export"])
def test_every_option_in_an_example_of_help_and_readme_is_known(
    command: str, capsys: pytest.CaptureFixture[str], empty: Shell
) -> None:
    told = empty(command, "--help").out
    capsys.readouterr()
    written = " ".join(re.findall(rf"triage(?: --db \S+)? {command} ([^`#\n]*)", README))
    assert set(re.findall(r"--[a-z][a-z-]*", written)) <= set(re.findall(r"--[a-z][a-z-]*", told))
