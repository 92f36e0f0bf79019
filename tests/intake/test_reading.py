"""Reading: opening, decompressing, finding the format, progress, and files that break off."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from console.domain.arrival import Reject
from console.domain.errors import Refused
from console.intake import read
from console.intake.formats import FORMATS
from tests.intake.files import take, take_path

TABLE = b"title,ref\n" + b"".join(b"Case %d,%d\n" % (number, number) for number in range(5_000))


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress, bz2.compress])
def test_packed_files_are_unpacked_on_the_way(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    assert len(take(tmp_path, pack(TABLE)).arrivals) == 5_000


def test_progress_runs_from_nothing_to_the_size_on_disk(tmp_path: Path) -> None:
    file = tmp_path / "t.csv.gz"
    file.write_bytes(gzip.compress(TABLE * 20))

    with read(str(file)) as reading:
        done = [reading.bytes_done() for _ in reading.items]

    assert reading.size == file.stat().st_size
    assert done == sorted(done)
    assert done[0] < done[-1] == reading.size


def test_standard_input_is_read_without_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(TABLE))))

    with read("-") as reading:
        count = sum(1 for _ in reading.items)

    assert (reading.format, reading.size, count) == ("native-csv", None, 5_000)
    assert reading.bytes_done() == len(gzip.compress(TABLE))


def test_items_come_before_the_file_is_read_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(TABLE * 20)

    with read(str(tmp_path / "t.csv")) as reading:
        next(reading.items)
        assert reading.size is not None
        assert reading.bytes_done() < reading.size


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_a_packed_file_that_breaks_off_keeps_what_came_before(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    rows = b"title,body\n" + b"".join(b"Case,%d\n" % (number * 7919 % 100_003) for number in range(100_000))
    packed = pack(rows)

    taken = take(tmp_path, packed[: len(packed) * 3 // 4])

    assert len(taken.arrivals) > 1_000
    assert [isinstance(reject, Reject) for reject in taken.rejects] == [True]
    assert "cannot be read further" in taken.rejects[0].reason


def test_a_packed_file_that_is_damaged_at_once_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        take(tmp_path, b"\x1f\x8b\x08 this is no gzip file")


@pytest.mark.parametrize("path", ["missing.csv", "a\0b"])
def test_a_path_that_cannot_be_opened_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(Refused):
        take_path(str(tmp_path / path))


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is empty; there is nothing to take in"):
        take(tmp_path, b" \n")


def test_a_format_nobody_knows_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(Refused) as unknown_name:
        take(tmp_path, TABLE, "xml")
    with pytest.raises(Refused) as unknown_file:
        take(tmp_path, b"<xml/>")

    listed = ", ".join(FORMATS)
    assert unknown_name.value.sentence == f"There is no format 'xml'; there are {listed}."
    assert f"is not known; name it with --format, one of {listed}." in unknown_file.value.sentence
    assert "--suggest" in unknown_file.value.sentence
    assert {"github", "mail", "maildir", "mbox", "native-csv", "native-jsonl"} < set(FORMATS)


def test_a_link_to_nowhere_and_a_folder_without_rights_are_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")

    with pytest.raises(Refused, match="There is no file"):
        take_path(str(tmp_path / "link"))
