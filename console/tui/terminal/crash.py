"""What is kept of a failure of the program: where it happened, and nothing of anybody's case.

Error texts and local variables are customer data here, so the log holds frames and the kinds of error only.
"""

from __future__ import annotations

import os
import platform
import traceback
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from secrets import token_hex

from console.log import Level, Note, unheard

KEPT = 20
"""How many logs are kept; the oldest go first."""
PREFIX = "crash-"


class CrashLog:
    """Writes one file, readable by its owner alone, for each failure."""

    def __init__(self, folder: Path | None, note: Note = unheard) -> None:
        """Without a folder, or with one that cannot be written, failures leave only their sentence, and a `note`."""
        self._folder = folder
        self.note = note

    def keep(self, error: BaseException) -> Path | None:
        """Write down where the error came from, and give the path of the file; None when it could not be written."""
        path = self._written(error)
        where = f"where is in {path}" if path else "where could not be written down"
        self.note(Level.ERROR, f"an error in the program ({type(error).__qualname__}); {where}")
        return path

    def _written(self, error: BaseException) -> Path | None:
        if self._folder is None:
            return None
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self._folder / f"{PREFIX}{token_hex(6)}.log"
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "w") as file:
                file.write("\n".join(report(error)) + "\n")
            self._drop_old()
        except OSError:
            return None
        return path

    def _drop_old(self) -> None:
        if self._folder is not None:
            logs = sorted(self._folder.glob(f"{PREFIX}*.log"), key=lambda path: path.stat().st_mtime)
            for path in logs[:-KEPT]:
                path.unlink(missing_ok=True)


def report(error: BaseException) -> Iterator[str]:
    """Give the lines of a log: versions, then each error of the chain with its frames, the cause last."""
    yield f"Triage with Python {platform.python_version()}, Textual {version('textual')} on {platform.system()}"
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield f"{type(link).__module__}.{type(link).__qualname__}"
        for frame, line in traceback.walk_tb(link.__traceback__):
            code = frame.f_code
            yield f"  {code.co_filename}:{line} in {code.co_qualname}"
        link = link.__cause__ or link.__context__


def sentence(path: Path | None) -> str:
    """Say to the person what happened and where it is written down."""
    if path is None:
        return "Triage stopped because of an error in the program. Nothing that was saved is lost; start it again."
    return (
        "Triage stopped because of an error in the program. Nothing that was saved is lost; start it again, "
        f"and report it with {path} (it holds no case data)."
    )
