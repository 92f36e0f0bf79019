"""Who comes in over SSH to an account that many share: by sshd's own word, or by sudo's, and by nothing they send."""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from console.domain.errors import RefusalCode, Refused
from console.domain.public_keys import PublicKey, public_keys

NAMED_BY_SSHD = "sshauth."
"""What the name of the file begins with in which sshd says how somebody proved who they are."""
LONGEST_FILE = 64 * 1024
LONGEST_COMMAND = 64 * 1024
MOST_WORDS = 64
ELSEWHERE = frozenset(
    {"internal-sftp", "sftp-server", "scp", "rsync", "sftp", "sh", "bash", "dash", "zsh", "ksh", "fish", "exec", "git"}
)
"""What programs ask for that want files or a shell."""


def by_key(environ: Mapping[str, str], database: Path) -> str:
    """Give whose key sshd has checked, by the file that it names in SSH_USER_AUTH. Refused: nobody's, and any doubt.

    The file must be what sshd makes: a plain file of this account that nobody else may read. A person who could name
    another one would still have to own it, and sessions can make no file of that name.
    """
    from console.desk.key_owner import owner_of_all

    person = owner_of_all(database, _checked_keys(environ.get("SSH_USER_AUTH", "")))
    if person is None:
        told = "The key you came with is nobody's here any more; ask an admin for `triage people keys add`."
        raise Refused(told, RefusalCode.NOT_ALLOWED)
    return person


def by_sudo(environ: Mapping[str, str]) -> str:
    """Give the login name of whoever called sudo, by SUDO_UID. Refused: where this is their own account."""
    import pwd

    said = environ.get("SUDO_UID", "")
    if not (said.isascii() and said.isdigit()) or int(said) == os.geteuid():
        _closed("`triage door --sudo` is what sudo starts under the account that has the database")
    try:
        return pwd.getpwuid(int(said)).pw_name
    except (KeyError, OverflowError):
        _closed(f"No account has the number {said}")


def words_of(command: str) -> list[str]:
    """Give the words of a command that somebody wants to run. Refused: what is too long, or has open quotes."""
    if len(command) > LONGEST_COMMAND:
        raise Refused("This command is too long; hand a long text in with -, through a pipe.", RefusalCode.BAD_INPUT)
    try:
        words = shlex.split(command)
    except ValueError as error:
        told = f"This command cannot be read ({error}); quote what is quoted twice, as in `ssh HOST \"note 7 'hm'\"`."
        raise Refused(told, RefusalCode.BAD_INPUT) from None
    if len(words) > MOST_WORDS:
        raise Refused(f"This command has more than {MOST_WORDS} words; do it in several.", RefusalCode.BAD_INPUT)
    return words[1:] if words[:1] == ["triage"] else words


def wants_elsewhere(words: list[str]) -> bool:
    """Say whether the words ask for files or a shell, as sftp, scp and rsync do, and not for Triage."""
    return bool(words) and ("/" in words[0] or words[0] in ELSEWHERE)


def no_file(path: str, mode: str) -> int:
    """Refuse every file: none of the person's own can be reached from here."""
    del mode
    told = f"'{path}' is on your side, and no file can be named over SSH; write - for it and pipe it in."
    raise Refused(told, RefusalCode.NOT_ALLOWED)


def _checked_keys(name: str) -> tuple[PublicKey, ...]:
    """Give the keys that sshd has checked. Refused: where it does not say."""
    said = _said_by_sshd(name).decode("ascii", "replace").splitlines()
    lines = [line.partition(" ")[2] for line in said if line.startswith("publickey ")]
    try:
        return public_keys("\n".join(lines))
    except Refused:
        _closed("sshd names no key that you came with; set `AuthenticationMethods publickey`")


def _said_by_sshd(name: str) -> bytes:
    if not os.path.isabs(name) or not os.path.basename(name).startswith(NAMED_BY_SSHD):  # noqa: PTH117, PTH119 - as text
        _closed("sshd does not say who came in; set `ExposeAuthInfo yes` for this account")
    try:
        file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError):
        _closed("What sshd says about who came in cannot be read")
    with os.fdopen(file, "rb") as opened:
        found = os.fstat(file)
        is_sshds = stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid() and found.st_nlink == 1
        if not is_sshds or stat.S_IMODE(found.st_mode) & 0o177:
            _closed("The file that is to say who came in is not sshd's")
        return opened.read(LONGEST_FILE)


def _closed(why: str) -> NoReturn:
    """Refuse to let anybody in, for whoever keeps the server to see why."""
    raise Refused(f"{why}; the README says how, under Other ways in over SSH.", RefusalCode.NOT_ALLOWED)
