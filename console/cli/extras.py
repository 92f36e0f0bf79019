"""Packages that only some commands need, and how to install one into the very environment that runs."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Mapping
from importlib.util import find_spec

from console.domain.errors import RefusalCode, Refused

PACKAGES: Mapping[str, str] = {"h11": "h11>=0.16,<0.17", "imapclient": "IMAPClient>=4.1,<5"}
"""What is installed for each module."""


def must_have(module: str, what: str) -> None:
    """See that a package is there. Refused: where it is not, with the command that installs it."""
    if find_spec(module) is None:
        name = PACKAGES[module].partition(">")[0]
        raise Refused(f"{what} needs {name}; install it with `{_command(PACKAGES[module])}`.", RefusalCode.NOT_FOUND)


def _command(package: str) -> str:
    """Give the command; the environment of a checkout has no pip before it is put there."""
    python = shlex.quote(sys.executable)
    install = f'{python} -m pip install "{package}"'
    if find_spec("pip") is not None:
        return install
    if shutil.which("uv"):
        return f'uv pip install --python {python} "{package}"'
    return f"{python} -m ensurepip && {install}"
