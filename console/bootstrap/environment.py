"""A virtual environment: where it stands, and whether it has what the lock says."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from console.bootstrap.lock import missing

UNFINISHED = "unfinished\n"


class Environment:
    """A folder with an interpreter and packages.

    One that Triage made holds a stamp: the text of the lock that went into it, written last. One without a stamp is
    somebody else's, and is taken as it is if the packages are there.
    """

    def __init__(self, folder: Path | str) -> None:
        """Name its places; nothing is touched."""
        self.folder = Path(folder)
        self.python = self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        self.stamp = self.folder / "triage.lock"

    def serves(self, part: str, wanted: str, path: list[str] | None = None) -> bool:
        """Whether the part can be imported, and an environment of Triage's was made from this very lock."""
        if missing(part, path or self._packages()):
            return False
        return not self.stamp.exists() or self.stamp.read_text(encoding="utf-8").startswith(self.imprint(wanted))

    def imprint(self, wanted: str) -> str:
        """What the stamp says when the lock's text is installed; it names the interpreter, which may be upgraded."""
        return f"# {os.path.realpath(self.python)}\n{wanted}"

    def outlived(self) -> bool:
        """Whether Triage made it and it must be made anew: left half-made, or its interpreter is another one now."""
        if not self.stamp.exists():
            return False
        return not self.stamp.read_text(encoding="utf-8").startswith(self.imprint(""))

    def writable(self) -> bool:
        """Whether packages can be put into it, or it can be made."""
        return os.access(self.folder if self.folder.exists() else self.folder.parent, os.W_OK)

    def _packages(self) -> list[str]:
        """Its package folders; when it has none, one that does not exist, where nothing will be found."""
        pattern = "Lib/site-packages" if os.name == "nt" else "lib/python3*/site-packages"
        found = [str(path) for path in self.folder.glob(pattern)] if self.python.exists() else []
        return found or [str(self.folder / "none")]


def choose(root: Path, part: str, wanted: str) -> Environment:
    """The checkout's `.venv`; where that may not be written, one in the user's cache."""
    here = Environment(root / ".venv")
    if here.serves(part, wanted) or here.writable():
        return here
    import hashlib

    name = hashlib.sha256(f"{root} {sys.version_info[:2]}".encode()).hexdigest()[:12]
    return Environment(_cache() / "triage-console" / name)


def _cache() -> Path:
    """The user's cache folder."""
    if os.environ.get("XDG_CACHE_HOME"):
        return Path(os.environ["XDG_CACHE_HOME"])
    if os.name == "nt" and os.environ.get("LOCALAPPDATA"):
        return Path(os.environ["LOCALAPPDATA"])
    return Path("~/.cache").expanduser()
