"""Live sources as they were named on the command line."""

from __future__ import annotations

from pathlib import Path

from console.cli.call import Call
from console.cli.live import Live, LiveSource
from console.cli.live_files import MaildirSource, SpoolSource
from console.cli.live_taking import Taker
from console.cli.mapping import mapped
from console.cli.output import document, say
from console.cli.waking import ended_by_signals
from console.domain.errors import RefusalCode, Refused
from console.intake.maildir import is_maildir
from console.visit import current


def watch(call: Call) -> int:
    """Watch what is named, for ever or once. Refused: what does not go together, and places that cannot be watched."""
    said = call.options
    _check(call)
    taker = Taker(call, mapped(said.map) if said.map else None)
    sources = [_folder(name, taker, keeps=said.keep) for name in said.watch or () if name]
    if said.imap:
        from console.cli.live_imap import imap_source

        sources.append(imap_source(call, taker))
    live = Live(call, sources, said.every, is_once=said.once or said.watch is None)
    with ended_by_signals(live.bell):
        code = live.run()
    if call.is_json:
        document(taker.total.form())
    elif live.is_once and not (code or taker.total.read):
        say("nothing is there to be taken")
    return code or int(live.is_once and taker.total.rejected > 0)


def _check(call: Call) -> None:
    """Refuse what does not go together."""
    said = call.options
    if current() is not None:
        raise Refused("Live sources are for whoever keeps this server; hand files in.", RefusalCode.NOT_ALLOWED)
    if said.files or said.pipe or said.suggest or said.dry_run or said.rejects or said.is_readonly:
        told = "With --watch and --imap there are no files to name, and nothing that would not be stored"
        raise Refused(f"{told}; what is rejected is kept aside with its reasons.", RefusalCode.BAD_INPUT)
    if not said.imap and not any(said.watch):
        raise Refused(
            "--watch without a folder goes on with --imap; name the folder to be watched.", RefusalCode.BAD_INPUT
        )
    if call.is_json and not (said.once or said.watch is None):
        raise Refused("One JSON document needs an end: add --once.", RefusalCode.BAD_INPUT)


def _folder(name: str, taker: Taker, *, keeps: bool) -> LiveSource:
    """Give a folder as a source. Refused: one that is not there."""
    if not Path(name).is_dir():
        raise Refused(f"There is no folder '{name}' to be watched; make it first.", RefusalCode.BAD_INPUT)
    if not is_maildir(Path(name)):
        return SpoolSource(name, taker, keeps=keeps)
    if taker.by or taker.call.options.format not in {None, "mail", "maildir"}:
        raise Refused(f"'{name}' is a maildir, which holds mails and nothing else.", RefusalCode.BAD_INPUT)
    return MaildirSource(name, taker)
