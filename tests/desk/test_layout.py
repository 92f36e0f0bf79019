"""Who besides its owner can get at a database: what is told, and what is refused on a shared server."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from console.desk.layout_checkup import exposed, must_be_private, networked
from console.domain.errors import RefusalCode, Refused
from console.store import layout

pytestmark = pytest.mark.skipif(not layout.can_tell(), reason="this system has no owners and rights to be judged")
MOUNTS = """22 27 0:21 / /proc rw - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
28 27 0:41 / {folder} rw,relatime - {kind} server:/desk rw
"""
Mount = Callable[[Path, str], None]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database with all that lies beside it, its owner's alone."""
    folder = tmp_path / "desk"
    folder.mkdir(mode=0o700)
    for ending in layout.BESIDE:
        (folder / f"triage.db{ending}").touch(mode=0o600)
    return folder / "triage.db"


@pytest.fixture
def mount(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mount:
    """Pretend that a file system is mounted."""

    def mounted(folder: Path, kind: str) -> None:
        file = tmp_path / "mountinfo"
        escaped = str(folder).replace(" ", "\\040")
        file.write_text(MOUNTS.format(folder=escaped, kind=kind), encoding="utf-8")
        monkeypatch.setattr(layout, "_MOUNTS", file)

    return mounted


def told(path: Path) -> list[str]:
    """Give what is told of the files, for whoever runs the tests."""
    return [*exposed(path, os.geteuid()), *networked(path)]


def refusal(path: Path) -> str:
    """Give the sentence that refuses to serve it."""
    with pytest.raises(Refused) as refused:
        must_be_private(path)
    assert refused.value.code is RefusalCode.NOT_ALLOWED
    return refused.value.sentence


def test_what_is_its_owners_alone_is_served(database: Path) -> None:
    must_be_private(database)
    assert told(database) == []


def test_what_is_not_there_yet_is_judged_by_its_folder(tmp_path: Path) -> None:
    must_be_private(tmp_path / "triage.db")
    must_be_private(tmp_path / "none" / "triage.db")
    tmp_path.chmod(0o770)
    assert "can be written by other accounts" in refusal(tmp_path / "triage.db")


@pytest.mark.parametrize("right", [0o620, 0o602])
@pytest.mark.parametrize("ending", layout.BESIDE)
def test_a_file_that_others_can_write_is_refused(ending: str, right: int, database: Path) -> None:
    file = database.with_name(f"triage.db{ending}")
    file.chmod(right)

    said = f"{file} can be written by other accounts, past all rights; do `chmod go-rwx {file}`."
    assert refusal(database) == f"This database cannot be served: {said}"


@pytest.mark.parametrize("right", [0o720, 0o702, 0o1777])
def test_a_folder_that_others_can_write_is_refused(right: int, database: Path) -> None:
    database.parent.chmod(right)
    assert f"{database.parent} can be written by other accounts" in refusal(database)


def test_a_file_that_others_can_read_is_refused_where_they_can_reach_it(database: Path) -> None:
    database.chmod(0o640)
    must_be_private(database)

    database.parent.chmod(0o750)
    assert "can be read by other accounts" in refusal(database)


def test_what_belongs_to_another_account_is_told_and_refused(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "own_account", lambda: 4_190_000_001)
    monkeypatch.setattr(layout, "above", lambda _: ())

    assert "and not to account 4190000001" in refusal(database)
    (folder, *files) = exposed(database, 4_190_000_001)
    assert folder.endswith("move the database to a folder of account 4190000001's own.")
    assert len(files) == len(layout.BESIDE)


def test_a_folder_further_up_that_others_can_write_is_refused(database: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    assert f"{tmp_path} can be written by other accounts, who can put another folder" in refusal(database)

    tmp_path.chmod(0o1777)
    must_be_private(database)


def test_a_group_that_is_its_owners_alone_is_nobody_else(database: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o770)
    found = layout.spot(tmp_path)
    assert found is not None
    assert replace(found, has_private_group=False).lets_others_replace
    assert not replace(found, has_private_group=True).lets_others_replace
    database.parent.chmod(0o770)
    assert told(database)


def test_a_folder_further_up_of_another_account_is_refused(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    foreign = layout.Spot(Path("/srv"), 4_190_000_001, 0o755, has_private_group=False)
    monkeypatch.setattr(layout, "above", lambda _: (foreign,))
    assert "/srv belongs to account 4190000001, who can put another folder" in refusal(database)


def test_a_link_is_refused_and_what_it_leads_to_is_what_is_judged(database: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(database)
    assert f"{link} is a link to {database}" in refusal(link)

    database.with_name("triage.db-wal").chmod(0o666)
    assert "triage.db-wal can be written" in "".join(exposed(link, os.geteuid()))


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "fuseblk", "9p", "ceph", "virtiofs"])
def test_a_disk_whose_locks_cannot_be_trusted_is_refused(kind: str, database: Path, mount: Mount) -> None:
    mount(database.parent, kind)
    assert f"of the kind {kind}, where locks cannot be trusted" in refusal(database)


def test_a_disk_of_the_machine_is_fine(database: Path, tmp_path: Path, mount: Mount) -> None:
    for kind in ("ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay"):
        mount(database.parent, kind)
        assert layout.file_system(database) == kind
        assert told(database) == []

    spaced = tmp_path / "our desk"
    mount(spaced, "nfs4")
    assert layout.file_system(spaced / "triage.db") == "nfs4"
    assert layout.file_system(database) == "ext4"


def test_where_the_system_tells_nothing_nothing_is_held_against_it(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.chmod(0o666)
    monkeypatch.setattr(layout, "can_tell", lambda: False)
    monkeypatch.setattr(layout, "_MOUNTS", tmp_path / "none")

    must_be_private(database)
