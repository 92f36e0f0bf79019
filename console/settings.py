"""What an installation may set, and where each value came from: a flag, the environment, the config file, a default."""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from console.domain.errors import RefusalCode, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

_PATHS = ("config", "database", "policy", "keymap", "log", "channels", "socket", "backups", "articles")
_TABLES = ("channel", "hook", "receive")  # What the config file holds besides settings; `notify` reads them.
SOCKET = "/run/triage/host.sock"
"""Where a shared server listens, unless something else is set."""
_FLAGS = {"database": "--db"}  # Every other flag is called like what it sets.
_VARIABLES = {"database": "TRIAGE_DB"}


@dataclass(frozen=True, slots=True)
class Setting:
    """One value and where it came from; None stands for the program's own."""

    name: str
    value: str | None
    origin: str

    @property
    def shown(self) -> str:
        """The value without a password, for a screen."""
        return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", self.value or "built in")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an installation may set. Paths are absolute; a database may be a URL instead."""

    config: Setting
    database: Setting
    policy: Setting
    theme: Setting
    keymap: Setting
    log: Setting
    log_level: Setting
    channels: Setting
    socket: Setting
    backups: Setting
    articles: Setting

    def entries(self) -> tuple[Setting, ...]:
        """All of them, in the order in which `info` shows them."""
        return tuple(getattr(self, field.name) for field in fields(self))


def load(flags: Mapping[str, str | None], environ: Mapping[str, str], home: Path) -> Settings:
    """Settle every value; `flags` are named like the settings, and the first of flag, environment, file, default wins.

    Refuses a config file that cannot be read or used, naming file, line and key.
    """
    default = str(_folder("config", environ, home) / "config.toml")
    config = _given("config", flags, environ, home) or Setting("config", default, "default")
    stored = _stored(Path(str(config.value)), required=config.origin != "default")
    defaults = {
        "database": str(_folder("data", environ, home) / "triage.db"),
        "log": str(_folder("state", environ, home) / "triage.log"),
        "channels": str(config.value),
        "log_level": "info",
        "socket": SOCKET,
        "backups": str(_folder("data", environ, home) / "backups"),
    }

    def settle(name: str) -> Setting:
        given = _given(name, flags, environ, home)
        if given is None and name in stored:
            given = Setting(
                name, _absolute(name, stored[name], home, Path(str(config.value)).parent), str(config.value)
            )
        return given or Setting(name, defaults.get(name), "default")

    return Settings(config, *(settle(field.name) for field in fields(Settings)[1:]))


def sample_data() -> Path:
    """The folder of the demonstration's data: inside an installed package, else at the top of the checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "sample_data"
    return inside if inside.is_dir() else package.parent / "sample_data"


def _given(name: str, flags: Mapping[str, str | None], environ: Mapping[str, str], home: Path) -> Setting | None:
    """What a flag or the environment says, if either does."""
    variable = _VARIABLES.get(name, f"TRIAGE_{name.upper()}")
    for value, origin in ((flags.get(name), _FLAGS.get(name, f"--{name}")), (environ.get(variable), variable)):
        if value:
            return Setting(name, _absolute(name, value, home, Path.cwd()), origin)
    return None


def _absolute(name: str, value: str, home: Path, start: Path) -> str:
    """A path made absolute from where it was written; a URL or a plain word stays as it is."""
    if name not in _PATHS or "://" in value:
        return value
    if value == "~" or value.startswith("~/"):
        return str(home / value[2:])
    return str(start / value)


def _stored(file: Path, *, required: bool) -> dict[str, str]:
    """What the config file says; nothing when there is none and none was asked for."""
    try:
        text = file.read_text(encoding="utf-8")
        values = tomllib.loads(text)
    except FileNotFoundError:
        if not required:
            return {}
        raise _refused(f"{file}: there is no such config file. Make it, or leave it out.") from None
    except OSError as error:
        raise _refused(f"{file}: the config file cannot be read ({error.strerror}). Check who may read it.") from None
    except UnicodeDecodeError:
        raise _refused(f"{file}: the config file is not UTF-8 text. Save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise _refused(f"{file}: not valid TOML: {error}. Correct that line.") from None
    known = [field.name for field in fields(Settings)[1:]]
    settings = {key: value for key, value in values.items() if key not in _TABLES}
    for key, value in settings.items():
        line = _line(text, key)
        if key not in known:
            raise _refused(f"{file}{line}: {key!r} is no setting. The settings are {', '.join(known)}.")
        if not isinstance(value, str) or not value:
            raise _refused(f'{file}{line}: {key} must be text in quotes, as in {key} = "...".')
    return settings


def _line(text: str, key: str) -> str:
    """The line a key or table stands in, as `:7`; nothing when it is written in some rarer way."""
    written = re.compile(rf"\s*\[*\s*[\"']?{re.escape(key)}\b")
    return next((f":{number}" for number, line in enumerate(text.splitlines(), 1) if written.match(line)), "")


def _refused(sentence: str) -> Refused:
    """A refusal for something wrong in what was handed in."""
    return Refused(sentence, RefusalCode.BAD_INPUT)


def _folder(kind: str, environ: Mapping[str, str], home: Path) -> Path:
    """The user's folder for Triage's config, data or state; only where XDG does not rule is platformdirs loaded."""
    if sys.platform in ("darwin", "win32"):
        import platformdirs

        return Path(getattr(platformdirs, f"user_{kind}_dir")("triage", appauthor=False))
    variable, usual = {
        "config": ("XDG_CONFIG_HOME", ".config"),
        "data": ("XDG_DATA_HOME", ".local/share"),
        "state": ("XDG_STATE_HOME", ".local/state"),
    }[kind]
    given = Path(environ.get(variable, ""))
    return (given if given.is_absolute() else home / usual) / "triage"
