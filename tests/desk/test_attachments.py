"""Attachments: told by case, handed out to whoever may see it, carried with backups, and missed where they are gone."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from console.desk import checkup
from console.desk.attachments import copied, handed_out, of_case
from console.desk.backup import backup
from console.desk.desk import Desk
from console.desk.findings import Grade, Part
from console.desk.restore import restore
from console.domain.attached import attached
from console.domain.case import CaseId
from console.domain.envelope import Attached, Envelope
from console.domain.errors import RefusalCode, Refused
from console.domain.events import Kind
from console.store import attached_files
from tests.builders import MORNING, an_event
from tests.desk.givens import ADA, BO, KIM, open_case

DATA = b"%PDF-1.7 a statement"
NAME = hashlib.sha256(DATA).hexdigest()
KEPT = Attached("statement.pdf", "application/pdf", len(DATA), NAME, kept=NAME)
LEFT_OUT = Attached("setup.exe", "application/x-dosexec", 7, "ab", why="programs are not kept")


def folder(desk: Desk) -> Path:
    """Give the folder of the attachments."""
    return attached_files.folder_of(desk.store.path)


def put(desk: Desk, data: bytes = DATA) -> Path:
    """Put bytes where an attachment is kept."""
    place = folder(desk) / NAME[:2] / NAME
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    return place


@pytest.fixture
def case(desk: Desk) -> CaseId:
    """Give a case with an attachment, and one that was left out."""
    put(desk)
    return open_case(desk, envelope=Envelope(attached=(KEPT, LEFT_OUT, replace(LEFT_OUT, why=""))))


def test_they_are_listed_and_handed_out(desk: Desk, case: CaseId) -> None:
    assert [(n, each.name) for _, n, _, each in of_case(desk, ADA, case)] == [
        (1, "statement.pdf"), (2, "setup.exe"), (3, "setup.exe")
    ]  # fmt: skip
    assert handed_out(desk, ADA, case, 1, desk.store.path) == DATA
    for number, said in ((2, "programs are not kept"), (3, "nothing keeps any"), (4, "none is number 4")):
        with pytest.raises(Refused, match=said):
            handed_out(desk, ADA, case, number, desk.store.path)


def test_one_that_is_gone_or_damaged_is_refused(desk: Desk, case: CaseId) -> None:
    put(desk, b"something else")
    with pytest.raises(Refused, match="is damaged") as damaged:
        handed_out(desk, ADA, case, 1, desk.store.path)
    assert damaged.value.code is RefusalCode.STORAGE
    put(desk).unlink()
    with pytest.raises(Refused, match="restore` brings it back"):
        handed_out(desk, ADA, case, 1, desk.store.path)


def test_those_of_a_confidential_case_are_for_its_circle(desk: Desk) -> None:
    put(desk)
    hidden = open_case(desk, confidential=True, envelope=Envelope(attached=(KEPT,)))
    assert handed_out(desk, ADA, hidden, 1, desk.store.path) == DATA
    for by in (BO, KIM):
        with pytest.raises(Refused, match=f"There is no case {hidden}"):
            handed_out(desk, by, hidden, 1, desk.store.path)


@pytest.mark.parametrize(
    "told",
    [
        7,
        [7],
        [{}],
        [{"size": "7"}],
        [{"size": True}],
        [{"size": 7, "kept": "../../etc/passwd"}],
        [{"size": 7, "name": 7}],
    ],
)
def test_what_is_no_attachment_is_none(told: object) -> None:
    assert attached([an_event(Kind.NOTED, detail={"attached": told})]) == ()


def checked(desk: Desk) -> Part:
    """Give what the checkup says of attachments."""
    every = checkup.examine(desk.store.path, "", "policy", MORNING)
    return next(part for part in every if part.checked == "attachments")


def test_the_checkup_misses_what_is_gone_and_finds_what_nobody_has(desk: Desk, case: CaseId) -> None:
    assert checked(desk).findings == ()
    put(desk, b"something else")
    assert checked(desk).findings[0].sentence.startswith(f"Case {case} has a damaged attachment")
    place = put(desk)
    place.rename(place.with_name("0" * 64))
    gone, more = checked(desk).findings
    assert gone.sentence.startswith(f"Case {case} lacks an attachment: it is not in")
    assert (more.grade, more.sentence[:7]) == (Grade.REMARK, "1 file ")


@pytest.mark.usefixtures("case")
def test_a_backup_carries_them_once_and_a_restore_brings_back_what_is_gone(desk: Desk, tmp_path: Path) -> None:
    copies = tmp_path / "backups"
    first = backup(desk.store.path, copies, MORNING)
    assert (first.carried.files, first.carried.damaged) == (1, ())
    kept = copies / "attachments" / NAME[:2] / NAME
    assert kept.read_bytes() == DATA
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    second = backup(desk.store.path, copies, MORNING.replace(hour=10))
    assert second.carried.files == 0

    place = put(desk)
    place.unlink()
    restored = restore(desk.store.path, second.path, MORNING.replace(hour=11), is_sure=True)
    assert restored.carried.files == 1
    assert place.read_bytes() == DATA


@pytest.mark.usefixtures("case")
def test_one_that_is_damaged_is_told_and_not_carried(desk: Desk, tmp_path: Path) -> None:
    put(desk, b"something else")
    made = backup(desk.store.path, tmp_path / "backups", MORNING)
    assert made.carried.damaged == (NAME,)
    assert not list(attached_files.names(tmp_path / "backups" / "attachments"))


def test_those_of_some_cases_are_copied(desk: Desk, case: CaseId, tmp_path: Path) -> None:
    other = open_case(desk, title="Another")
    assert copied(desk, ADA, [other], desk.store.path, tmp_path / "out").files == 0
    assert copied(desk, ADA, [case, other], desk.store.path, tmp_path / "out").files == 1
    assert attached_files.content(tmp_path / "out", NAME) == DATA
