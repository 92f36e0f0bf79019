"""Attachments: kept once, whole, under a name of ours, in a folder nobody else looks into."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from console.domain.envelope import Attached
from console.intake import private_folder
from console.intake.attachment_store import AttachmentStore


def kept_in(folder: Path) -> list[Path]:
    """Give every file in a folder and those below it."""
    return sorted(place for place in folder.rglob("*") if place.is_file())


def test_the_same_bytes_are_kept_once_whatever_they_are_called(tmp_path: Path) -> None:
    store = AttachmentStore(tmp_path / "a" / "attachments")
    digest = hashlib.sha256(b"data").hexdigest()

    told = [store.keep(name, "text/plain", b"data") for name in ("a.txt", "../../etc/passwd", "bücher\n.txt")]

    assert told[1] == Attached("../../etc/passwd", "text/plain", 4, digest, kept=digest)
    assert kept_in(tmp_path) == [store.folder / digest[:2] / digest]
    assert store.folder.stat().st_mode & 0o777 == 0o700
    assert kept_in(tmp_path)[0].stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.txt", b"", "it is empty"),
        ("a.txt", b"x" * 11, "it is larger than 10 bytes"),
        ("invoice.pdf.EXE", b"x", "programs are not kept"),
        ("invoice.js . ", b"x", "programs are not kept"),
        ("picture.png", b"MZ\x90", "programs are not kept"),
        ("script", b"#!/bin/sh", "programs are not kept"),
    ],
)
def test_what_is_not_kept_is_told_with_the_reason(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    told = AttachmentStore(tmp_path / "s", largest=10).keep(name, "x/y", data)

    assert (told.why, told.kept, told.size) == (why, "", len(data))
    assert kept_in(tmp_path) == []


def test_the_last_of_the_disk_is_left_to_the_database(tmp_path: Path) -> None:
    assert AttachmentStore(tmp_path / "s", least_free=10**18).keep("a", "x/y", b"x").why == "the disk is nearly full"


def test_a_folder_that_others_see_or_that_is_a_link_keeps_nothing(tmp_path: Path) -> None:
    open_one, linked, taken = tmp_path / "open", tmp_path / "link", tmp_path / "file"
    open_one.mkdir(mode=0o755)
    linked.symlink_to(open_one)
    taken.write_text("x")

    whys = [AttachmentStore(folder).keep("a", "x/y", b"x").why for folder in (open_one, linked, taken, taken / "deep")]

    assert "is not its owner's alone" in whys[0]
    assert all("is not a folder of its own" in why or "cannot be made" in why for why in whys[1:])
    assert kept_in(open_one) == []


def test_something_else_in_its_place_is_neither_followed_nor_written_over(tmp_path: Path) -> None:
    store, digest = AttachmentStore(tmp_path / "s"), hashlib.sha256(b"data").hexdigest()
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    place = store.folder / digest[:2]
    place.mkdir(parents=True, mode=0o700)
    store.folder.chmod(0o700)
    (place / digest).symlink_to(victim)

    told = store.keep("a", "x/y", b"data")

    assert told.why == "it cannot be written (something else stands in its place)"
    assert victim.read_bytes() == b"mine"
    (place / digest).unlink()
    (place / digest).write_bytes(b"shorter or longer")
    assert store.keep("a", "x/y", b"data").kept == ""


def test_one_that_comes_twice_at_once_is_kept_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = AttachmentStore(tmp_path / "s")
    store.keep("a", "x/y", b"data")
    monkeypatch.setattr(private_folder, "_is_there", lambda *_: False)

    assert store.keep("a", "x/y", b"data").kept
    assert len(kept_in(tmp_path)) == 1


def test_a_disk_that_knows_no_second_names_keeps_them_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "not here")

    monkeypatch.setattr(os, "link", refuse)

    assert AttachmentStore(tmp_path / "s").keep("a", "x/y", b"data").kept
    assert [file.read_bytes() for file in kept_in(tmp_path)] == [b"data"]


def test_a_full_disk_loses_the_attachment_and_not_the_mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    told = AttachmentStore(tmp_path / "s").keep("a", "x/y", b"data")

    assert told.why == "it cannot be written (No space left on device)"
    assert kept_in(tmp_path) == []
