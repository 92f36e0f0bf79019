"""What a host serves: the desk it owns, the program its sessions run, and the watch it keeps."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from console.cli.call import Call
from console.cli.output import tell
from console.cli.preloading import preload
from console.cli.program import run
from console.cli.visiting import bounds, given
from console.domain.errors import Refused
from console.host import confine
from console.host.server import Host, Places, Service
from console.host.session import Rules
from console.log import Level

PASSED_ON = (("config", "--config"), ("database", "--db"), ("policy", "--policy"))
"""Settings that the watch of a host is started with, as the host was."""


def host(call: Call, path: Path, places: Places, *, keeps_watch: bool) -> Host:
    """Make the host of a desk at a socket. Refused: a database that others may write, or that cannot be used."""
    from console.desk import rescue, storage
    from console.desk.layout_checkup import must_be_private

    must_be_private(call.database)
    preload(call)
    for told in (storage.check(call.database, call.backups), *confine.lacking()):
        if told:
            call.log.note(Level.WARNING, f"host: {told}")
            tell(told)
    with suppress(Refused):  # a disk that is full already has none to spare
        rescue.lay(call.database)
    rules = Rules(run, bounds(call), {**given(call), "socket": str(path)})
    watch = Service("watch", lambda: run(["watch", *_options(call)]))
    return Host(path, rules, call.log, places, (watch,) if keeps_watch else ())


def _options(call: Call) -> list[str]:
    """Give the options that lead to the same desk."""
    told = [(flag, getattr(call.settings, name)) for name, flag in PASSED_ON]
    return [word for flag, each in told if each.value and each.origin != "default" for word in (flag, each.value)]
