"""The call at hand: what was typed, the settings and the desk it leads to, and the person who acts."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from console.cli.catalogue import Command
from console.cli.files import read_text
from console.cli.output import tell
from console.domain.errors import RefusalCode, Refused
from console.log import Level, Log, level_of
from console.settings import Setting, Settings, load, sample_data
from console.visit import current, person_of

if TYPE_CHECKING:
    from console.desk.desk import Desk
    from console.domain.people import Actor
    from console.domain.policy import Policy

SET_BY = ("config", "database", "policy", "theme", "keymap", "log")
"""The settings that an option may give."""


def clock() -> datetime:
    """Read the machine's clock: the one place that does."""
    return datetime.now(UTC)


def now() -> datetime:
    """Give the time; everything below the command line is handed it."""
    return clock()


@dataclass
class Call:
    """One command with its options. Settings, desk and person are found when first asked for."""

    command: Command
    options: argparse.Namespace

    @property
    def is_json(self) -> bool:
        """Say whether the answer is to be one JSON document."""
        return bool(self.options.is_json)

    @cached_property
    def settings(self) -> Settings:
        """Give what the installation sets. Refused: a config file that cannot be used."""
        visit = current()
        if visit is None:
            found = load({name: getattr(self.options, name) for name in SET_BY}, os.environ, _home())
        else:
            from console.cli.visiting import settled

            found = settled(visit, self.options, _home())
        level_of(str(found.log_level.value), found.log_level.origin)
        return found

    @cached_property
    def log(self) -> Log:
        """Give the log of this program. Refused: a config file that cannot be used."""
        level = level_of(str(self.settings.log_level.value), self.settings.log_level.origin)
        return Log(Path(str(self.settings.log.value)), now, level)

    @cached_property
    def database(self) -> Path:
        """Give the database file. Refused: an address that is not one of SQLite."""
        return path_of(self.settings.database)

    @cached_property
    def backups(self) -> Path:
        """Give the folder of the database's backups: the one that is set, else the one beside it."""
        setting = self.settings.backups
        return self.database.parent / "backups" if setting.origin == "default" else Path(str(setting.value))

    @cached_property
    def articles(self) -> Path:
        """Give the folder of knowledge articles: the one that is set, else the one that the policy is in."""
        named = self.settings.articles.value
        return Path(named) if named else Path(self.policy_file[1]).parent

    @property
    def channels_file(self) -> Path:
        """Give the file that names channels and hooks."""
        return Path(str(self.settings.channels.value))

    @cached_property
    def policy_file(self) -> tuple[str, str]:
        """Give the policy's text and what it is called in messages. Refused: a file that cannot be read."""
        return self.read_policy()

    def read_policy(self) -> tuple[str, str]:
        """Read the policy's file as it is now, like `policy_file`."""
        named = self.settings.policy.value
        return read_text(Path(named) if named else sample_data() / "policy.toml", "policy")

    @cached_property
    def desk(self) -> Desk:
        """Open the desk. Refused: a missing database that was named, a damaged or newer one, a policy with errors."""
        from console.desk.desk import open_bound, open_desk

        is_new = not self.database.exists()
        if self.options.is_readonly or (is_new and self.settings.database.origin != "default"):
            self._must_stand(is_new=is_new)
        note, is_readonly = self.log.note, bool(self.options.is_readonly)
        opened = open_bound if self.settings.policy.origin == "--policy" else open_desk
        desk = opened(self.database, *self.policy_file, now, is_readonly=is_readonly, note=note)
        if not is_readonly:
            desk = replace(desk, file=lambda: self.read_policy()[0])
        desk.store.footing.backups = self.backups
        desk = replace(desk, articles=self.articles)
        if is_new:
            tell(f"Made a new database: {self.database}")
        return desk

    @cached_property
    def actor(self) -> Actor:
        """Give the person who acts: whoever runs the program, or the one that `--as` names.

        See `cli.acting` for who may say --as, and for what history says of it.
        """
        from console.cli.acting import acting

        return acting(self.desk, os_user(), self.options.person, is_owner=is_owner(self.desk.store.path))

    @property
    def policy(self) -> Policy:
        """Give the policy in force."""
        return self.desk.policy

    def close(self) -> None:
        """Close the desk where one was opened; for whoever looks for a fault, the log says which command ended."""
        if "settings" in vars(self):
            person = f" as {self.options.person}" if self.options.person else ""
            self.log.note(Level.DEBUG, f"`triage {self.command.name}` of {os_user()}{person} has ended")
        if "desk" in vars(self):
            self.desk.store.close()

    def let_go(self) -> None:
        """Close the desk until it is asked for again, under the policy and on the database as they are then."""
        for name in ("actor", "policy_file"):
            vars(self).pop(name, None)
        if desk := vars(self).pop("desk", None):
            desk.store.close()

    def failed(self, error: Exception) -> str:
        """Keep where a failure of the program came from, without anybody's data; give the sentence that says so."""
        from console.tui.terminal.crash import CrashLog, sentence

        try:
            crashes = CrashLog(self.log.path.parent, self.log.note)
        except Refused:
            crashes = CrashLog(None)
        return sentence(crashes.keep(error))

    def _must_stand(self, *, is_new: bool) -> None:
        """Refuse to make or change a database where that was not asked for."""
        if is_new and (self.options.is_readonly or not self.command.makes):
            told = f"There is no database at {self.database}; `triage migrate` or `triage intake FILE` makes one."
            raise Refused(told, RefusalCode.NOT_FOUND)
        if self.options.is_readonly and self.command.changes:
            told = f"With --readonly nothing is changed, and `{self.command.name}` changes cases; leave it out."
            raise Refused(told, RefusalCode.NOT_ALLOWED)
        if self.options.is_readonly:
            from console.desk.checkup import must_be_current

            must_be_current(self.database)


def os_user() -> str:
    """Give the login name of whoever runs the program, by what the system says and not by a variable."""
    if visit := current():
        return visit.person
    if not hasattr(os, "geteuid"):
        import getpass

        return getpass.getuser()
    return person_of(os.geteuid())


def is_owner(path: Path) -> bool:
    """Say whether the file belongs to whoever runs the program; where the system does not tell, it does."""
    if visit := current():
        return visit.is_owner
    return not hasattr(os, "geteuid") or path.stat().st_uid == os.geteuid()


def path_of(setting: Setting) -> Path:
    """Give the file that a database setting names, as a path or as sqlite:///PATH."""
    said = str(setting.value)
    if "://" not in said:
        return Path(said)
    scheme, _, rest = said.partition("://")
    if scheme != "sqlite" or not rest.startswith("/") or rest == "/":
        told = f"{setting.shown} ({setting.origin}) is no database Triage can use; write a path, or sqlite:///PATH."
        raise Refused(told, RefusalCode.BAD_INPUT)
    return Path.cwd() / rest[1:]


def _home() -> Path:
    """Give the person's home; where the system knows none, the folder at hand."""
    try:
        return Path.home()
    except RuntimeError:
        return Path.cwd()
