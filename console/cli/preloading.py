"""What a host has loaded before anybody comes: all that a session may need, so that it only has to be forked."""

from __future__ import annotations

import os
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

    from console.cli.call import Call

ROOMS = ("console.domain", "console.desk", "console.intake", "console.notify", "console.tui", "console.cli.commands")
NEEDS_MORE = frozenset({"console.notify.apprise_channel", "console.intake.imap_wire"})
"""Modules of extras, which need not be installed."""


def preload(call: Call) -> None:
    """Load every module, and read the desk once, so that the policy is known and the statements are prepared."""
    from console.tui.terminal.environment import settle

    settle(os.environ)
    for name in _modules():
        if name not in NEEDS_MORE:
            import_module(name)
    call.desk.store.warm_up()
    call.desk.store.close()


def _modules() -> Iterator[str]:
    for room in ROOMS:
        package: ModuleType = import_module(room)
        yield from (each.name for each in pkgutil.walk_packages(package.__path__, f"{room}."))
