"""Where mails are on an IMAP server, as an address says it; the password comes from a file."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import unquote, urlsplit

from console.domain.errors import RefusalCode, Refused

FORM = "imaps://USER@HOST/FOLDER"
_LONGEST = 4096
_OPENING = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


@dataclass(frozen=True, slots=True)
class ImapAddress:
    """A folder of a person on a server."""

    user: str
    host: str
    port: int
    folder: str
    is_sealed: bool

    def __str__(self) -> str:
        """Give it as somebody wrote it, for messages."""
        return f"{self.user} at {self.host}, folder {self.folder}"


def imap_address(said: str) -> ImapAddress:
    """Read an address. Refused: what is none, a password in it, and plain text over a network."""
    try:
        parts = urlsplit(said)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _refused(f"That is no address of an IMAP server; write {FORM}.") from None
    if parts.password is not None:
        raise _refused("A password in an address is seen by others; put it into a file, for --password-file.")
    if parts.scheme not in {"imap", "imaps"} or not host or not parts.username or parts.query or parts.fragment:
        raise _refused(f"That is no address of an IMAP server; write {FORM}.")
    is_sealed = parts.scheme == "imaps"
    if not is_sealed and not _is_here(host):
        raise _refused(f"A password is not sent in plain over a network; write imaps://, or have {host} nearer.")
    user, folder = unquote(parts.username), unquote(parts.path.strip("/")) or "INBOX"
    if not (user.isprintable() and folder.isprintable()):
        raise _refused("The name of a person or folder holds a control character; check the address.")
    return ImapAddress(user, host, port or (993 if is_sealed else 143), folder, is_sealed)


def password_in(path: str) -> str:
    """Read a password from a file. Refused: one that others may read, and one without a password."""
    try:
        file = os.open(path, _OPENING)
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", "") or error
        raise _refused(f"The password cannot be read from {path} ({told}); name a file of yours.") from None
    with os.fdopen(file, "rb") as opened:
        found = os.fstat(file)
        if not stat.S_ISREG(found.st_mode) or not _is_private(found, Path(path)):
            raise _refused(f"{path} must be a plain file that only you can read: `chmod 600 {path}`.")
        data = opened.read(_LONGEST)
    password = data.decode("utf-8", "replace").rstrip("\r\n")
    if not password or not password.isprintable():
        raise _refused(f"{path} holds no password: it must be one line of text.")
    return password


def _is_private(found: os.stat_result, path: Path) -> bool:
    """Say whether nobody else can read a file; what systemd hands over as a credential is for this program alone."""
    if not hasattr(os, "geteuid"):
        return True
    handed = os.environ.get("CREDENTIALS_DIRECTORY")
    if handed and path.parent == Path(handed):
        return not found.st_mode & 0o007
    return found.st_uid == os.geteuid() and not found.st_mode & 0o077


def _is_here(host: str) -> bool:
    """Say whether a host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _refused(sentence: str) -> Refused:
    return Refused(sentence, RefusalCode.BAD_INPUT)
