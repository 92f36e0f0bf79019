"""The program: find the command, run it, and turn what comes of it into an exit code."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from console import __version__
from console.cli.catalogue import COMMANDS, OPEN, near
from console.cli.options import UNSET, WRONG_USAGE, overview, split
from console.cli.output import document, say, tell
from console.domain.errors import RefusalCode, Refused
from console.log import Level
from console.visit import current

if TYPE_CHECKING:
    from console.cli.call import Call

REFUSED = 1
CONFLICT = 3
INTERRUPTED = 130
NOT_TEXT = "What was typed holds bytes that are not UTF-8 text; write it again in UTF-8, or hand it in as a file."


def run(argv: list[str], elsewhere: Callable[[list[str]], int | None] = lambda _: None) -> int:
    """Run one command line and give its exit code: 0 done, 1 refused, 2 wrong usage, 3 conflict, 130 interrupted.

    `elsewhere` is asked first: it runs the command somewhere else and gives the exit code, or None.
    """
    try:
        try:
            code = _elsewhere(argv, elsewhere)
            if code is None:
                code = _run(argv)
        except SystemExit as left:  # argparse leaves this way
            code = left.code if isinstance(left.code, int) else int(left.code is not None)
        sys.stdout.flush()
    except KeyboardInterrupt:
        tell("Stopped.")
        return INTERRUPTED
    except BrokenPipeError:
        _let_go()
        return 0
    except OSError as error:
        _let_go()
        tell(_unusable(error))
        return REFUSED
    return code


def code_of(refused: Refused) -> int:
    """Give the exit code of a refusal."""
    return CONFLICT if refused.code is RefusalCode.CONFLICT else REFUSED


def form_of(refused: Refused) -> dict[str, str | None]:
    """Give a refusal as JSON."""
    return {"refused": refused.sentence, "code": refused.code.value, "by": refused.by}


def _run(argv: list[str]) -> int:
    name, words = split(argv)
    if name == "help":
        name, words = split([*words, "--help"])
    if name is None and "--version" in words:
        return _version()
    if name is None and {"-h", "--help"} & set(words):
        overview()
        return 0
    command = COMMANDS.get(name) if name else OPEN
    if command is None:
        hint = f" Did you mean `triage {near(str(name))}`?" if near(str(name)) else ""
        tell(f"triage: there is no command '{name}'.{hint}", "`triage --help` lists them.")
        return WRONG_USAGE
    import argparse

    from console.cli.call import Call
    from console.cli.parser import parser_for

    module = import_module(command.place)
    parser = parser_for(command, module)
    parse = parser.parse_args if parser.has_deeds else parser.parse_intermixed_args
    options = parse(getattr(module, "prepared", list)(words), argparse.Namespace(**UNSET))
    call = Call(command, options)
    try:
        _admit(call)
        return int(module.run(call))
    except Refused as refused:
        return _told(refused, call)
    except UnicodeEncodeError:
        return _told(Refused(NOT_TEXT, RefusalCode.BAD_INPUT), call)
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - the last net: a traceback on the terminal may hold anybody's data
        tell(call.failed(error))
        return REFUSED
    finally:
        call.close()


def _elsewhere(argv: list[str], elsewhere: Callable[[list[str]], int | None]) -> int | None:
    try:
        return elsewhere(argv)
    except Refused as refused:
        tell(refused.sentence)
        return code_of(refused)


def _admit(call: Call) -> None:
    """Refuse what a session for somebody else does not have, and have it written down who asked for it."""
    if visit := current():
        from console.cli.visiting import admit

        try:
            admit(visit, call.command, call.options)
        except Refused as refused:
            call.log.note(Level.WARNING, f"denied: {visit.person}: {refused.sentence}")
            raise


def _told(refused: Refused, call: Call) -> int:
    """Tell a refusal and give its exit code."""
    if call.is_json:
        document(form_of(refused))
    else:
        tell(refused.sentence)
    return code_of(refused)


def _unusable(error: OSError) -> str:
    """Say what cannot be used; where it is the answer that cannot be written, the deed itself may be done."""
    why = error.strerror or error
    if error.filename:
        return f"{error.filename} cannot be used: {why}."
    return f"The answer cannot be written ({why}), but what was asked for may be done; look before you ask again."


def _version() -> int:
    """Print the version."""
    say(f"triage {__version__}")
    return 0


def _let_go() -> None:
    """Point standard output where nobody minds, so that closing it says nothing more."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
