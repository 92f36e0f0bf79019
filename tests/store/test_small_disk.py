"""A full disk, and one that is mounted read-only: sentences that say what to do, and a reserve that helps."""

from __future__ import annotations

from pathlib import Path

from tests.figures import figure
from tests.store.namespace import on_a_disk


def test_a_full_disk_is_told_of_and_the_reserve_gets_everybody_on(tmp_path: Path) -> None:
    came = {each["what"]: each["came"] for each in on_a_disk("tests.store.small_disk", tmp_path / "disk", 6)}

    assert (came["lay too much"], came["lay"], came["not full"]) == ("False", "True", "False")
    for what in ("read on a full disk", "write on a full disk", "back up on a full disk"):
        assert came[what].startswith("refused: The disk is full"), came
        assert "`triage rescue` frees the reserve" in came[what]
    assert int(came["rescue"]) >= 1 << 20
    assert (came["read after rescue"], came["write after rescue"]) == ("20 events", "version 2")
    assert "no reserve was laid by" in came["rescue without a reserve"]
    assert (came["rescue when there is room"], came["write when there is room"]) == ("", "version 3")
    assert came["wrong"] == "[]"
    assert "mounted read-only" in came["write on a read-only disk"]
    assert "Read-only file system" in came["lay on a read-only disk"]
    figure(4, "disk of 6 MB filled to the last block", "rescue frees the reserve: reading and writing work again")
