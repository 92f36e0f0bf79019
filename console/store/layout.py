"""Where the database lies: its files and folders, whose they are, who may do what with them, and on what disk."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

BESIDE = ("", "-wal", "-shm", "-journal", "-queue", "-damaged", "-ballast")
"""What the names of the files that belong to a database end in."""

NETWORKED = re.compile(
    r"nfs\d?|cifs|smb\d?|smbfs|fuse.*|9p|ceph|glusterfs|afs|auristorfs|lustre|beegfs|orangefs|pvfs2|gpfs|coda|ncpfs"
    r"|virtiofs|vboxsf|vmhgfs|prl_fs"
)
"""File systems whose locks and shared memory other machines or programs answer for."""

_MOUNTS = Path("/proc/self/mountinfo")
_ESCAPED = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True, slots=True)
class Spot:
    """One file or folder: whose it is, and its rights. `private_group` says that its group is its owner's alone."""

    path: Path
    owner: int
    mode: int
    has_private_group: bool

    @property
    def is_writable_by_others(self) -> bool:
        """Say whether another account than its owner's may write to it."""
        return bool(self.mode & (stat.S_IWGRP | stat.S_IWOTH))

    @property
    def is_readable_by_others(self) -> bool:
        """Say whether another account than its owner's may read it, or see what is in it."""
        return bool(self.mode & (stat.S_IRGRP | stat.S_IROTH))

    @property
    def is_passable_by_others(self) -> bool:
        """Say whether another account than its owner's may reach what is in this folder."""
        return bool(self.mode & (stat.S_IXGRP | stat.S_IXOTH))

    @property
    def is_others_to_change(self) -> bool:
        """Say whether another account can write to it; a group of one is nobody else."""
        return bool(self.mode & stat.S_IWOTH or (self.mode & stat.S_IWGRP and not self.has_private_group))

    @property
    def lets_others_replace(self) -> bool:
        """Say whether others may put something else in the place of what is in this folder."""
        return self.is_others_to_change and not self.mode & stat.S_ISVTX


def can_tell() -> bool:
    """Say whether this system has owners and rights that can be judged."""
    return hasattr(os, "geteuid")


def own_account() -> int:
    """Give the account that this program runs under."""
    return os.geteuid() if can_tell() else 0


def account(uid: int) -> str:
    """Give the name of an account, or its number where it has none."""
    try:
        import pwd

        return pwd.getpwuid(uid).pw_name
    except (ImportError, KeyError):
        return f"account {uid}"


def files(path: Path) -> tuple[Spot, ...]:
    """Give the files of a database that are there, itself first; of a link, those of the file it leads to."""
    real = path.resolve()
    found = (spot(real.with_name(real.name + ending)) for ending in BESIDE)
    return tuple(each for each in found if each is not None)


def folder(path: Path) -> Spot | None:
    """Give the folder that a database is in, or None where there is none."""
    return spot(path.resolve().parent)


def above(path: Path) -> tuple[Spot, ...]:
    """Give the folders above that one, and those on the way of a link, from the nearest to the root."""
    real, named = path.resolve().parent, path.absolute().parent
    ways = dict.fromkeys((*real.parents, named, *named.parents))
    ways.pop(real, None)
    return tuple(each for each in map(spot, ways) if each is not None)


def spot(path: Path) -> Spot | None:
    """Look at one file or folder, or give None where there is none or it cannot be looked at."""
    try:
        found = path.stat()
    except OSError:
        return None
    return Spot(path, found.st_uid, found.st_mode, _is_private(found.st_uid, found.st_gid))


def file_system(path: Path) -> str:
    """Give the kind of file system that a file is on, or is to be on; the empty word where that cannot be told."""
    try:
        lines = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    real, longest, kind = path.resolve(), 0, ""
    for line in lines:
        place, _, rest = line.partition(" - ")
        mounted = Path(_ESCAPED.sub(lambda found: chr(int(found[1], 8)), place.split()[4]))
        if real.is_relative_to(mounted) and len(mounted.parts) >= longest:  # what is mounted last lies on top
            longest, kind = len(mounted.parts), rest.split()[0]
    return kind


def is_networked(kind: str) -> bool:
    """Say whether the locks of a file system cannot be trusted."""
    return NETWORKED.fullmatch(kind) is not None


def _is_private(uid: int, gid: int) -> bool:
    """Say whether a group is an account's own: its first one, called like it, with nobody else in it."""
    try:
        import grp
        import pwd

        owner, group = pwd.getpwuid(uid), grp.getgrgid(gid)
    except (ImportError, KeyError):
        return False
    return owner.pw_gid == gid and owner.pw_name == group.gr_name and set(group.gr_mem) <= {owner.pw_name}
