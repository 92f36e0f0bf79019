"""What a host serves: the desk it owns, the program its sessions run, and the watch it keeps."""

from __future__ import annotations

from pathlib import Path

from console.cli.call import Call, now
from console.cli.preloading import preload
from console.cli.program import run
from console.host import confine
from console.host.server import Host, Places, Service
from console.host.session import Rules
from console.log import Level, Log
from console.settings import sample_data

THEIRS = ("theme", "keymap")
"""Settings that are the person's and not the service's."""
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
    rules = Rules(run, _bounds(call), {**_given(call), "socket": str(path)})
    watch = Service("watch", lambda: run(["watch", *_options(call)]))
    return Host(path, rules, log, places, (watch,) if keeps_watch else ())


def _bounds(call: Call) -> confine.Bounds:
    """Let a session write where the database and the log are, and read the program and the policy.

    The config file is not among it: it may hold the passwords of mail servers.
    """
    writable = (call.database.parent, Path(str(call.settings.log.value)).parent)
    policy = call.settings.policy.value
    readable = (*confine.readable_of_python(), sample_data(), *([Path(policy).parent] if policy else []))
    return confine.Bounds(writable, readable)


def _given(call: Call) -> dict[str, str]:
    """Give every setting of the service by name, as its sessions are to have them."""
    return {each.name: each.value for each in call.settings.entries() if each.value and each.name not in THEIRS}


def _options(call: Call) -> list[str]:
    """Give the options that lead to the same desk."""
    told = [(flag, getattr(call.settings, name)) for name, flag in PASSED_ON]
    return [word for flag, each in told if each.value and each.origin != "default" for word in (flag, each.value)]
