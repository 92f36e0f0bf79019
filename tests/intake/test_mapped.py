"""Any table comes in by a map; what is wrong with the map is told with its line and key."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.domain.arrival import Arrival, Reject
from console.domain.errors import Refused
from console.domain.events import Kind
from console.intake import read
from console.intake.mapped import Mapped
from console.intake.moments import moment
from console.intake.source import Head
from console.intake.table_map_file import faults, read_map
from tests.intake.test_hostile_files import CHANGES, NOISE, can_be_stored, spoiled

MAP = """\
dates = "dmy"
zone = "Europe/Berlin"

[columns]
ref = "Nr"
title = "Betreff"
body = ["Beschreibung", "Notiz"]
requester = ["Vorname", "Name"]
status = "Zustand"
severity = "Priorität"
created = "Erstellt am"
tags = "Schlagworte"

[constants]
source = "alt"
channel = "portal"

[values.status]
"In Bearbeitung" = "open"
"Warten *" = "waiting"

[values.severity]
hoch = "S2"
"*" = "S4"
"""
TABLE = """\
Nr;Betreff;Beschreibung;Notiz;Name;Vorname;Zustand;Priorität;Erstellt am;Schlagworte;Schlagworte;Leer
1;Drucker  aus;Papier;Stau;Meier;Ute;in bearbeitung;Hoch;9.7.2024 15:54;a,b;c;
2;Netz;;;;;Warten auf Kunde;egal;10.7.2024;;;
3;Mail;;;;;Irgendwie;egal;10.7.2024;;;
4;Mail;;;;;;egal;gestern;;;
5;;;;;;;;;;;
6;zu wenig
"""
EVENTS = """\
kind = "events"
delimiter = "tab"
encoding = "cp1252"

[columns]
case = "Ticket"
time = "Wann"
event = "Was"
kind = "Was"
tier = "Gruppe"

[values.kind]
"Höher" = "escalated"
"*" = ""

[values.tier]
"* 2nd" = 2
"*" = 1
"""


HINT = "The map can say what it means, in [values.status]."
EXAMPLE = 'a time such as 2026-03-01 09:30 (dates = "ymd"), 1.3.2026 09:30 (dmy) or 3/1/2026 9:30 AM (mdy)'


def taken(folder: Path, text: str | bytes, by: str) -> tuple[list[Arrival], list[Reject], list[str]]:
    """Give what a table holds, read by a map."""
    file = folder / "table"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with read(str(file), by=Mapped(read_map(by, "map.toml"))) as reading:
        items = list(reading.items)
    return (
        [each for each in items if isinstance(each, Arrival)],
        [each for each in items if isinstance(each, Reject)],
        list(reading.warnings),
    )


def test_a_table_comes_in_by_its_map(tmp_path: Path) -> None:
    (first, second), rejects, warnings = taken(tmp_path, TABLE, MAP)

    assert (first.source, first.ref, first.title, first.body) == ("alt", "1", "Drucker aus", "Papier\n\nStau")
    assert (first.requester, first.status, first.severity, first.channel) == ("Ute Meier", "open", "S2", "portal")
    assert (first.created, first.tags) == (moment("2024-07-09T13:54Z"), ("a", "b", "c"))
    assert (second.status, second.severity) == ("waiting", "S4")
    assert [(reject.number, reject.reason.split(";")[0]) for reject in rejects] == [
        (4, f"status is 'Irgendwie', but takes new, open, waiting, resolved, closed. {HINT}"),
        (5, f"created is 'gestern', but takes {EXAMPLE}."),
        (6, "title is empty"),
        (7, "The row has 2 cells, but the heading has 12 columns"),
    ]  # fmt: skip
    assert warnings == []


def test_a_log_of_events_comes_in_by_its_map(tmp_path: Path) -> None:
    rows = (
        "Ticket\tWann\tWas\tGruppe\n1\t2024-01-01\tNeu\tA\n1\t2024-01-02\tHöher\tB 2nd\n2\tnie\tNeu\tA\n\tx\ty\tz\n3\n"
    )
    (case,), rejects, _ = taken(tmp_path, rows.encode("cp1252"), EVENTS)

    assert [(step.what, step.kind, step.tier) for step in case.steps] == [
        ("Neu", None, 1),
        ("Höher", Kind.ESCALATED, 2),
    ]
    assert (case.source, case.ref) == ("event-log", "1")
    assert [(reject.number, reject.reason[:12]) for reject in rejects] == [
        (5, "case is empt"), (6, "The row has "), (4, "time is 'nie"),
    ]  # fmt: skip
    assert rejects[-1].reason.endswith("Case 2 with its 1 events is left out.")


def test_a_table_without_what_the_map_needs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"has no column 'Betreff' for title; its columns begin with: Nr, Titel\."):
        taken(tmp_path, "Nr;Titel\n1;x\n", MAP)
    with pytest.raises(Refused, match="its columns begin with: nothing"):
        taken(tmp_path, "", MAP)
    _, _, warnings = taken(tmp_path, "\ufeffBetreff;Nr\nx;1\n", MAP)
    assert warnings[0].startswith("The map names columns that are not there: Beschreibung, Notiz, Vorname")


def test_a_map_reads_nothing_unasked() -> None:
    assert not Mapped(read_map(MAP, "m")).recognises(Head(TABLE.encode()))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[columns]\ntitel = 'x'\ntitle = 'y'", "m:2: columns.titel: There is no field 'titel'; did you mean 'title'?"),
        ("[columns]\ntitle = 7", "m:2: columns.title: This must be the heading of a column in quotation marks"),
        ("[columns]\nref = 'x'", "m:1: columns: A map of cases needs a column for title."),
        (
            "kind = 'events'\n[columns]\ncase = 'x'\ntime = 'x'",
            "m:2: columns: A map of events needs a column for event.",
        ),
        (
            "kind = 'tickets'\n[columns]\ntitle = 'x'",
            "m:1: kind: 'tickets' is not known here; known are cases, events.",
        ),
        ("x = 1\n[columns]\ntitle = 'x'", "m:1: x: There is no key 'x' here; known are kind"),
        ("delimiter = 'dot'\n[columns]\ntitle = 'x'", "m:1: delimiter: 'dot' is no delimiter; known are comma"),
        ("dates = 'dym'\n[columns]\ntitle = 'x'", "m:1: dates: 'dym' is not known here; did you mean 'ymd'?"),
        ("zone = 'Mars/North'\n[columns]\ntitle = 'x'", "m:1: zone: 'Mars/North' is no time zone"),
        ("zone = '/etc/passwd'\n[columns]\ntitle = 'x'", "m:1: zone: '/etc/passwd' is no time zone"),
        ("encoding = 'punycode'\n[columns]\ntitle = 'x'", "m:1: encoding: 'punycode' is no encoding"),
        ("encoding = 'hex'\n[columns]\ntitle = 'x'", "m:1: encoding: 'hex' is no encoding"),
        ("[columns]\ntitle = 'x'\n[constants]\nstatus = 'offen'", "m:4: constants.status: 'offen' is not known here"),
        (
            "[columns]\ntitle = 'x'\n[constants]\ncreated = 'x'",
            "m:4: constants.created: This must be a text or a number",
        ),
        ("[columns]\ntitle = 'x'\n[constants]\nsorce = 'x'", "m:4: constants.sorce: There is no field 'sorce'"),
        ("[columns]\ntitle = 'x'\n[values.status]\na = 'open'", "m:3: values.status: There is no column for status"),
        ("[columns]\ntitle='x'\nstatus='y'\n[values.status]\na='opn'", "m:5: values.status.a: 'opn' is not known here"),
        ("[columns]\ntitle='x'\ntags='y'\n[values.tags]\na=true", "m:5: values.tags.a: 'True' is not known here; give"),
        ("[columns]\ntitle='x'\n[values]\nstatus='y'", "m:4: values.status: This must be a table."),
        ("[columns\n", "m:1: This is not TOML: Expected ']' at the end of a table declaration."),
        ("", "m:1: columns: This is missing; it takes a table."),
        ("a = " + "[" * 5000, "m:1: This is nested too deeply to be a map."),
        ("# " + "x" * 1_000_000, "m:1: This is longer than 1,000,000 characters; it is no map."),
    ],
)
def test_what_is_wrong_with_a_map_is_told_with_its_line_and_key(text: str, told: str) -> None:
    found = faults(text, "m")
    assert str(found[0]).startswith(told)
    with pytest.raises(Refused, match="m:"):
        read_map(text, "m")


def test_many_faults_are_told_at_once() -> None:
    text = "[columns]\n" + "".join(f"x{n} = 'y'\n" for n in range(12)) + "title = 'x'\n"
    with pytest.raises(Refused) as refused:
        read_map(text, "m")
    assert refused.value.sentence.count("m:") == 10
    assert refused.value.sentence.endswith("\nand 2 more")


def test_a_delimiter_may_be_the_character_itself() -> None:
    marks = {"'|'": "|", "'tab'": "\t", '"\\t"': "\t", "','": ","}
    for said, mark in marks.items():
        assert read_map(f"delimiter = {said}\n[columns]\ntitle = 'x'", "m").delimiter == mark


@pytest.mark.parametrize(
    ("seed", "by"), [(TABLE.encode(), MAP), (b"Ticket\tWann\tWas\tGruppe\n1\t2024-01-01\ta\tb\n", EVENTS)]
)
def test_no_table_makes_a_map_raise(tmp_path: Path, seed: bytes, by: str) -> None:
    source = Mapped(read_map(by, "m"))

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(changes=CHANGES, noise=NOISE)
    def check(changes: list[tuple[int, int, bytes]], noise: bytes) -> None:
        for content in (spoiled(seed, changes), noise):
            (tmp_path / "file").write_bytes(content)
            try:
                with read(str(tmp_path / "file"), by=source) as reading:
                    for item in reading.items:
                        can_be_stored(item)
            except Refused:
                continue

    check()


@settings(max_examples=100, deadline=None)
@given(changes=CHANGES, noise=st.text(max_size=60))
def test_no_map_makes_its_reader_raise(changes: list[tuple[int, int, bytes]], noise: str) -> None:
    for text in (spoiled(MAP.encode(), changes).decode("utf-8", "replace"), noise):
        for fault in faults(text, "m"):
            assert fault.line >= 1
            assert fault.sentence
