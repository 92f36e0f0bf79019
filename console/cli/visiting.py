"""What a session for somebody else takes from what they typed, and what it refuses with a sentence."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from console.cli.catalogue import ALONE, OWNER, Command
from console.domain.errors import RefusalCode, Refused
from console.domain.policy_file import read
from console.settings import Setting, Settings, load, sample_data
from console.visit import Visit

if TYPE_CHECKING:
    from console.cli.call import Call
    from console.host.confine import Bounds

THEIRS = ("theme", "keymap")
"""Settings that are the person's and not the service's."""
NOT_THEIRS = {"database": "--db", "config": "--config", "policy": "--policy", "log": "--log"}
"""Options that are for whoever keeps the server, by what they set."""


def admit(visit: Visit, command: Command, options: argparse.Namespace) -> None:
    """Refuse a command or an option that a session for somebody else does not have.

    Refused: what runs under the owner's or the person's own account only, options that say where the server keeps
    things, and --as by anybody but the owner: who acts is whom the system says.
    """
    if command.runs == ALONE:
        told = f"`triage {command.name}` is nothing of this server's; run it on a machine of your own."
        raise Refused(told, RefusalCode.NOT_ALLOWED)
    if command.runs == OWNER and not visit.is_owner:
        told = f"`triage {command.name}` is for whoever keeps this server; ask them."
        raise Refused(told, RefusalCode.NOT_ALLOWED)
    for name, flag in NOT_THEIRS.items():
        if getattr(options, name) is not None:
            told = f"{flag} is set by whoever keeps this server; leave it out."
            raise Refused(told, RefusalCode.NOT_ALLOWED)
    if options.person is not None and not visit.is_owner:
        raise Refused(f"You are {visit.person} here, and nobody else; leave --as out.", RefusalCode.NOT_ALLOWED)


def settled(visit: Visit, options: argparse.Namespace, home: Path) -> Settings:
    """Give the service's own settings with the person's theme, and their keymap as they named it.

    The keymap is for them to find, from where they are. No variable counts: what a service was started with is in
    `given`.
    """
    settings = _of_service(visit.given) if visit.given else load({}, {}, home)
    if options.theme is not None:
        settings = replace(settings, theme=Setting("theme", options.theme, "--theme"))
    if options.keymap is None:
        return settings
    return replace(settings, keymap=Setting("keymap", options.keymap, "--keymap"))


def given(call: Call) -> dict[str, str]:
    """Give every setting of the service by name, as its sessions are to have them."""
    found = {each.name: each.value for each in call.settings.entries() if each.value and each.name not in THEIRS}
    return {**found, "backups": str(call.backups)}


def bounds(call: Call) -> Bounds:
    """Let a session write where the database and the log are, and read the program, the policy and knowledge articles.

    The config file is not among it: it may hold the passwords of mail servers.
    """
    from console.host.confine import Bounds, readable_of_python

    writable = (call.database.parent, Path(str(call.settings.log.value)).parent)
    policy = call.settings.policy.value
    return Bounds(
        writable, (*readable_of_python(), sample_data(), *([Path(policy)] if policy else []), *_articles(call))
    )


def _articles(call: Call) -> set[Path]:
    """Give where knowledge articles are: their folder where one is set, else only what the policy names beside it."""
    if call.settings.articles.value:
        return {call.articles}
    every = read(*call.policy_file).articles
    return {call.articles / each.file.split("/")[0] for each in every if each.file}


def _of_service(given: Mapping[str, str]) -> Settings:
    """Give the settings that a service was started with; its config file is not read again, and may hold secrets."""
    return Settings(*(Setting(each.name, given.get(each.name), "server") for each in fields(Settings)))
