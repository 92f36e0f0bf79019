"""intake: take cases in from files."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from console.cli.call import Call
from console.cli.live_words import add_live, is_live
from console.cli.mail_options import add_mail
from console.cli.options import WRONG_USAGE
from console.cli.output import document, say, tell

if TYPE_CHECKING:
    from console.cli.taking import Tally

DESCRIPTION = """
Take cases in from files, or from standard input with `-`: the native CSV and JSON Lines, GitHub issues (REST lists,
GraphQL archives, webhooks), tickets of Jira, Zendesk, ServiceNow, Freshdesk and osTicket, alerts of Alertmanager and
PagerDuty, mbox, maildir and single mails, logs of events with the past of cases; any other table or JSON by a map
(--map), of which --suggest makes the first one. The format is found by itself; .gz, .xz and .bz2 are unpacked. The same
file twice changes nothing; what is new in it is added. A record that cannot be taken is rejected with its place and
reason, the others are kept, and the exit code is 1. With --pipe it is what a mail server's alias runs for each mail.
With --watch it takes what is put into a folder or a maildir, for ever, and with --imap the mails of a mail server; what
fails is kept aside with the reason.
"""
EXAMPLES = (
    "triage intake tickets.csv",
    "triage intake support.mbox --rejects rejected.jsonl",
    "triage intake - --pipe --own help@desk.example",
    "triage intake --suggest export.csv > export.toml",
    "triage intake --map export.toml --dry-run export.csv",
    "triage intake --map answer.toml answer.json",
    "triage intake --watch /srv/triage/spool",
    "triage intake --imap imaps://help@mail.example/INBOX --password-file help.password --watch",
    "curl -s $ADDRESS | triage intake - --format github",
)

KNOWN = (
    "alertmanager, events-csv, events-jsonl, freshdesk, github, jira, mail, maildir, mbox, native-csv, native-jsonl, "
    "osticket, pagerduty, servicenow, zendesk"
)
"""Every format by name, here so that help needs nothing loaded."""


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("files", nargs="*", metavar="FILE", help="a file, a folder of mails, or - for standard input")
    parser.add_argument("--format", metavar="F", help=f"the format, where it is not found: {KNOWN}")
    parser.add_argument("--map", metavar="FILE", help="read any table or JSON by this map of its fields and values")
    parser.add_argument("--suggest", action="store_true", help="print a first map of FILE, and take nothing in")
    parser.add_argument("--rejects", metavar="FILE", help="write what is rejected to this file, as JSON Lines")
    parser.add_argument("--dry-run", action="store_true", help="read and check everything, store nothing")
    add_mail(parser)
    add_live(parser)


def run(call: Call) -> int:
    """Take the files in."""
    if call.options.pipe:
        from console.cli.piping import pipe

        return pipe(call)
    if is_live(call):
        from console.cli.live_options import watch

        return watch(call)
    if not call.options.files:
        tell("triage intake: name a FILE, or a place with --watch or --imap.", "Try `triage intake --help`.")
        return WRONG_USAGE
    if call.options.suggest:
        from console.cli.mapping import suggest

        return suggest(call.options.files)
    from console.cli.taking import Tally, take_files

    tally = Tally()
    try:
        take_files(call, tally)
    finally:
        tally.close()
    tally.fresh.look(call)
    if call.is_json:
        document(tally.form())
    else:
        _report(tally)
    return int(tally.rejected > 0)


def _report(tally: Tally) -> None:
    """Say what became of everything."""
    if tally.is_dry:
        say(f"{tally.read:,} records read, {tally.rejected:,} of them would be rejected; nothing was stored")
    else:
        say(tally.words())
        if told := tally.fresh.told():
            say(told)
    for sentence in tally.warnings:
        tell(sentence)
    if tally.rejected and not tally.is_dry:
        say(f"{tally.rejected:,} rejected")
    if tally.rejected:
        tell(*(f"  {each['file']} {each['place']} {each['number']}: {each['reason']}" for each in tally.first))
        if tally.rejected > len(tally.first):
            tell(f"  and {tally.rejected - len(tally.first):,} more; --rejects FILE keeps them all")
