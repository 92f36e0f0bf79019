"""What a program in Python reads besides its data: itself, its libraries, and what the system keeps for everybody."""

from __future__ import annotations

import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path

STANDS_ON = ("textual", "rich", "sqlmodel", "sqlalchemy", "pysqlite3", "tzdata")
_SYSTEM = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/nix/store",
    "/etc/ld.so.cache",
    "/usr/share/zoneinfo",
    "/usr/share/locale",
    "/usr/share/i18n",
    "/etc/localtime",
    "/etc/timezone",
    "/etc/passwd",
    "/etc/group",
    "/etc/nsswitch.conf",
    "/etc/os-release",
    "/etc/ssl/openssl.cnf",
    "/var/lib/sss/mc",
    "/var/lib/extrausers",
    "/dev/null",
    "/dev/zero",
    "/dev/random",
    "/dev/urandom",
    "/proc/sys/kernel/random/boot_id",
    "/sys/devices/system/cpu/online",
    "/sys/devices/system/cpu/possible",
)
"""Libraries, time zones, languages, and accounts as the system keeps them in files; none of it is anybody's secret."""


def readable_of_python() -> tuple[Path, ...]:
    """Give all of this, whether it exists or not; never the whole disk.

    Not everything on the module path is a part of it: the folder at hand stands there, too, and may hold anything.
    """
    prefixes = (sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix)
    kinds = ("stdlib", "platstdlib", "purelib", "platlib")
    installed = [place for place in sys.path if Path(place).name in ("site-packages", "dist-packages")] + _packages()
    package = Path(__file__).resolve().parents[1]
    named = [*prefixes, *(sysconfig.get_path(kind) for kind in kinds), *installed, *_SYSTEM]
    paths = [package, package.parent / "sample_data", *map(Path, named)]
    return tuple(dict.fromkeys(path for path in paths if path != Path(path.anchor)))


def _packages() -> list[str]:
    """Give the folders that the packages which Triage stands on lie in, whatever these folders are called."""
    found = (find_spec(name) for name in STANDS_ON)
    return [str(Path(spec.origin).parents[1]) for spec in found if spec and spec.origin]
