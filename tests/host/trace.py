"""What a program did to files and to other programs, as the kernel saw it: strace, and its notes read back."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

STARTS = ("execve", "execveat", "fork", "vfork", "clone", "clone3")
OPENS = ("open", "openat", "openat2", "creat")
CHANGES = (
    "unlink", "unlinkat", "rename", "renameat", "renameat2", "mkdir", "mkdirat", "rmdir", "link", "linkat", "symlink",
    "symlinkat", "mknod", "mknodat", "truncate", "chmod", "fchmodat", "chown", "lchown", "fchownat", "setxattr",
)  # fmt: skip
REACHES = ("socket", "connect", "bind")
_WATCHED = ",".join(f"?{name}" for name in (*STARTS, *OPENS, *CHANGES, *REACHES))
_WRITING = re.compile(r"O_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND|TMPFILE)\b")
_CALL = re.compile(r"^(\w+)\((.*)\)\s+= ")
_PLACE = re.compile(r'(?:(?:AT_FDCWD|\d+)<((?:[^>\\]|\\.)*)>, )?"((?:[^"\\]|\\.)*)"')


def why_not() -> str:
    """Say why nothing can be traced here, or nothing where it can."""
    strace = shutil.which("strace")
    if strace is None:
        return "strace is not installed here"
    done = subprocess.run([strace, "-qq", "-e", "trace=none", "true"], capture_output=True, text=True, check=False)
    return f"strace cannot trace here: {done.stderr.strip()}" if done.returncode else ""


@dataclass(slots=True)
class Trace:
    """What was tried, whether it came about or not: programs started, processes made, paths changed, sockets made."""

    programs: list[str] = field(default_factory=list)
    processes: list[str] = field(default_factory=list)
    changed: set[Path] = field(default_factory=set)
    sockets: list[str] = field(default_factory=list)

    def take(self, found: Trace) -> None:
        """Take over what was found in the end."""
        self.programs, self.processes = found.programs, found.processes
        self.changed, self.sockets = found.changed, found.sockets

    def outside(self, *folders: Path) -> set[Path]:
        """Give what was changed, or was to be, outside these folders; the terminal and the void count for nothing."""
        own = [folder.resolve() for folder in folders]
        return {
            path
            for path in self.changed
            if path != Path(os.devnull)
            and not path.is_relative_to("/dev/pts")
            and not any(path.is_relative_to(folder) for folder in own)
        }


def traced(command: Sequence[str], notes: Path) -> list[str]:
    """Give a command under strace, which notes each thread's calls in a file of its own beside `notes`."""
    return [
        "strace",
        "-ff",
        "-y",
        "-qq",
        "-s",
        "4096",
        "--signal=none",
        "-e",
        f"trace={_WATCHED}",
        "-o",
        str(notes),
        *command,
    ]


def read(notes: Path, folder: Path) -> Trace:
    """Read back what was noted of a program that ran in a folder."""
    trace = Trace()
    for file in sorted(notes.parent.glob(f"{notes.name}.*")):
        for name, words in _calls(file.read_text(encoding="utf-8", errors="replace")):
            _note(trace, folder, name, words)
    return trace


def _calls(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if found := _CALL.match(line):
            yield found[1], found[2]


def _note(trace: Trace, folder: Path, name: str, words: str) -> None:
    if name in ("execve", "execveat"):
        trace.programs.append(words)
    elif name in STARTS:
        if "CLONE_THREAD" not in words:
            trace.processes.append(f"{name}({words})")
    elif name in REACHES:
        trace.sockets.append(f"{name}({words})")
    elif name == "creat" or name in CHANGES or _WRITING.search(words):
        trace.changed |= {_whole(Path(start or folder), path) for start, path in _PLACE.findall(words)}


def _whole(folder: Path, path: str) -> Path:
    """Give a path as it was meant, from the folder it was meant from, behind all links."""
    return Path(os.path.realpath(folder / path.encode().decode("unicode_escape")))
