"""What a host serves: the desk it owns, the program its sessions run, and the watch it keeps."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from console.cli.call import Call
from console.cli.preloading import preload
from console.cli.program import run
from console.host.server import Bounds, Host, Service
from console.host.session import Rules
from console.log import Log
from console.cli.call import now

PASSED_ON = (("config", "--config"), ("database", "--db"), ("policy", "--policy"))
"""Settings that the watch of a host is started with, as the host was."""


def host(call: Call, path: Path, bounds: Bounds, *, keeps_watch: bool) -> Host:
    """Make the host of a desk at a socket. Refused: a database that others may write, or that cannot be used."""
    preload(call)
    rules = Rules(run, lambda: None, allowed)
    watch = Service("watch", lambda: run(["watch", *_options(call)]))
    return Host(path, rules, Log(Path(str(call.settings.log.value)), now), bounds, (watch,) if keeps_watch else ())


def allowed(environ: Mapping[str, str]) -> dict[str, str]:
    names = (
        "TERM",
        "LANG",
        "LC_ALL",
        "LC_CTYPE",
        "COLORTERM",
        "COLORFGBG",
        "NO_COLOR",
        "TZ",
        "TRIAGE_ASCII",
        "TRIAGE_ESCDELAY",
    )
    return {n: environ[n] for n in names if n in environ} | {"TRIAGE_DB": os.environ.get("X", "")}


def _options(call: Call) -> list[str]:
    """Give the options that lead to the same desk."""
    told = ((flag, getattr(call.settings, name)) for name, flag in PASSED_ON)
    return [
        word
        for flag, setting in told
        if setting.value and setting.origin != "default"
        for word in (flag, setting.value)
    ]
