"""What a host serves: the desk it owns, the program its sessions run, and the watch it keeps."""

from __future__ import annotations

from pathlib import Path

from console.cli.call import Call, now
from console.cli.preloading import preload
from console.cli.program import run
from console.cli.visiting import bounds, given
from console.host import confine
from console.host.server import Host, Places, Service
from console.host.session import Rules
from console.log import Level, Log

PASSED_ON = (("config", "--config"), ("database", "--db"), ("policy", "--policy"))
"""Settings that the watch of a host is started with, as the host was."""


def host(call: Call, path: Path, places: Places, *, keeps_watch: bool) -> Host:
    """Make the host of a desk at a socket. Refused: a database that others may write, or that cannot be used."""
    from console.desk.layout_checkup import must_be_private

    must_be_private(call.database)
    preload(call)
    log = Log(Path(str(call.settings.log.value)), now)
    for sentence in confine.lacking():
        log.note(Level.WARNING, f"host: {sentence}")
    rules = Rules(run, bounds(call), {**given(call), "socket": str(path)})
    watch = Service("watch", lambda: run(["watch", *_options(call)]))
    return Host(path, rules, log, places, (watch,) if keeps_watch else ())


def _options(call: Call) -> list[str]:
    """Give the options that lead to the same desk."""
    told = [(flag, getattr(call.settings, name)) for name, flag in PASSED_ON]
    return [word for flag, each in told if each.value and each.origin != "default" for word in (flag, each.value)]
