"""A spool: a folder into which others put files, and from which each is picked up once, by one program.

What is picked up lies in `.taking`, in a folder of its own that is locked for as long as the program lives: so two
never read one file, and what one left behind when it was killed is found by the next. Names that begin with a dot or
end like those of unfinished files are left alone, and so is everything that is no plain file.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from console.domain.errors import RefusalCode, Refused
from console.intake.private_folder import why_unfit
from console.intake.turn import NOBODYS, holding

TAKING = ".taking"
UNFINISHED = (".tmp", ".part", ".partial", ".filepart", ".crdownload", "~")
"""How the names of files end that are still being written."""
EMPTY_FOR = 30
"""After how many looks that it has not changed an empty file is one that stays empty."""
Stand = tuple[int, int, int, int]
"""Device, inode, size and time of change of a file."""


@dataclass(slots=True)
class Picked:
    """One file that was picked up: what it is called, where it lies, how it stood then, and whether it is back."""

    name: str
    path: Path
    stand: Stand
    turn: int
    is_back: bool = False

    @property
    def has_changed(self) -> bool:
        """Say whether somebody has written into it since."""
        return _stand(self.path.lstat()) != self.stand

    def let_go(self) -> None:
        """Give up the lock; its folder goes, where the file has gone from it."""
        turn, self.turn = self.turn, NOBODYS
        _give_up(self.path.parent, turn)


@dataclass(slots=True)
class Spool:
    """The folder, what its files looked like at the last look, and sentences about what is no file."""

    folder: Path
    seen: dict[str, tuple[Stand, int]] = field(default_factory=dict)
    unfinished: frozenset[tuple[int, int]] = frozenset()
    odd: dict[str, str] = field(default_factory=dict)

    def ready(self) -> list[str]:
        """Look; give the names of the files that are complete, the oldest first. Refused: a folder that is none.

        Complete is what has the size and time that it had at the look before, and what has its name from one that is
        known to be unfinished.
        """
        found: dict[str, tuple[Stand, int]] = {}
        unfinished: set[tuple[int, int]] = set()
        self.odd = {}
        for name, there in self._plain():
            stand = _stand(there)
            if name.startswith(".") or name.lower().endswith(UNFINISHED):
                unfinished.add(stand[:2])
                continue
            before, looks = self.seen.get(name, (None, 0))
            looks = looks + 1 if before == stand else EMPTY_FOR if stand[:2] in self.unfinished else 0
            found[name] = (stand, looks)
        self.seen, self.unfinished = found, frozenset(unfinished)
        done = [(stand[3], name) for name, (stand, looks) in found.items() if looks >= (1 if stand[2] else EMPTY_FOR)]
        return [name for _, name in sorted(done)]

    def pick_up(self, name: str) -> Picked | None:
        """Pick a file up; None where another was first, or it is no plain file any more. Raises OSError."""
        self.seen.pop(name, None)
        mine = self.taking() / secrets.token_hex(8)
        mine.mkdir(mode=0o700)
        turn = holding(mine)
        if turn is None:
            return None
        try:
            (self.folder / name).rename(mine / name)
        except OSError as error:
            _give_up(mine, turn)
            if isinstance(error, FileNotFoundError):
                return None
            raise
        picked = _picked(mine / name, turn)
        if picked is None:
            (mine / name).rename(self.folder / name)
            _give_up(mine, turn)
        return picked

    def left_behind(self) -> Iterator[Picked]:
        """Give what programs that are no more had picked up, the oldest first."""
        taking = self.taking()
        for mine in sorted(taking.iterdir(), key=_age):
            turn = holding(mine) if mine.is_dir() and not mine.is_symlink() else None
            if turn is None:
                continue
            inside = sorted(mine.iterdir())
            picked = _picked(inside[0], turn) if inside else None
            if picked is None:
                _give_up(mine, turn)
            else:
                yield picked

    def put_back(self, picked: Picked) -> None:
        """Put a file back under its name; one that has that name meanwhile stays, and this one is taken up later."""
        place = self.folder / picked.name
        if not os.path.lexists(place):
            picked.path.rename(place)
        picked.is_back = True
        picked.let_go()

    def taking(self) -> Path:
        """Give the folder of what is picked up, made where it is not there. Refused: one that is not ours alone."""
        folder = self.folder / TAKING
        if unfit := why_unfit(folder):
            raise Refused(f"No file can be picked up: {unfit}.", RefusalCode.BAD_INPUT)
        return folder

    def _plain(self) -> Iterator[tuple[str, os.stat_result]]:
        """Give the plain files; of everything else it is kept that it is there."""
        try:
            with os.scandir(self.folder) as entries:
                for entry in entries:
                    try:
                        there = entry.stat(follow_symlinks=False)
                    except OSError:
                        continue
                    if stat.S_ISREG(there.st_mode) and there.st_nlink == 1:
                        yield entry.name, there
                    elif not entry.name.startswith("."):
                        self.odd[entry.name] = _what(there)
        except OSError as error:
            told = f"'{self.folder}' cannot be looked into ({error.strerror}); name a folder that can be."
            raise Refused(told, RefusalCode.BAD_INPUT) from None


def _picked(path: Path, turn: int) -> Picked | None:
    """Give a file in a folder of its own; None where it is no plain file after all, and then it stays there."""
    there = path.lstat()
    if not stat.S_ISREG(there.st_mode):
        return None
    return Picked(path.name, path, _stand(there), turn)


def _give_up(mine: Path, turn: int) -> None:
    """Let go of a folder, and take it away where nothing is in it."""
    if turn != NOBODYS:
        os.close(turn)
    try:
        mine.rmdir()
    except OSError:
        return


def _stand(there: os.stat_result) -> Stand:
    return there.st_dev, there.st_ino, there.st_size, there.st_mtime_ns


def _age(place: Path) -> tuple[float, str]:
    try:
        return place.lstat().st_mtime, place.name
    except OSError:
        return 0.0, place.name


def _what(there: os.stat_result) -> str:
    """Say what something is that is no plain file of one name."""
    if stat.S_ISREG(there.st_mode):
        return "has a second name elsewhere (a hard link)"
    if stat.S_ISLNK(there.st_mode):
        return "is a link"
    return "is a folder" if stat.S_ISDIR(there.st_mode) else "is no plain file"
