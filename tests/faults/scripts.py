"""What every command that changes something is tried with: what was done before, and the command line itself.

Lines
are written as somebody types them, with who types them in front; without a name it is the owner. FOLDER stands for
the folder at hand, HIDDEN for the number of the confidential case.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass

READING = frozenset(
    {
        "list", "show", "advise", "why", "next", "history", "report", "export", "calendar", "doctor", "info",
        "completions", "sshd-key", "attachment", "articles",
    }
)  # fmt: skip
"""Commands that change nothing, in whatever way they are called."""

ELSEWHERE = frozenset({"backup", "restore", "rescue", "host", "door", "receive"})
"""Commands that are killed by tests of their own: they change files, or what they change others do through them."""

AT_FIRST = (
    "people add ada --role agent --tier 1 --team desk --mail ada@desk.example",
    "people add bo --role agent --tier 2 --team commerce --mail bo@desk.example",
    "people add lena --role lead --tier 1 --team desk",
    "people add olga --role admin",
    "ada: add Checkout returns 502 --category checkout --impact 1 --urgency 1 --requester kim@acme.example --owner ada",
    "ada: add Printer on floor 2 offline",
    "lena: add About a colleague --confidential",
    "ada: add Nobody can log in",
)
"""What has been done on every desk."""


@dataclass(frozen=True, slots=True)
class Script:
    """One command line, and what must have been done for it.

    `is_whole`: it is one transaction, so that of all it does there is everything or nothing. `ends_on`: it runs until
    it is told to end, which is when it has said this. `says` is in its answer once it is done, where that is not all.
    """

    line: str
    before: tuple[str, ...] = ()
    is_whole: bool = True
    ends_on: str = ""
    says: str = ""
    on: str = "desk"

    @property
    def command(self) -> str:
        """Give the name of the command."""
        return self.words[0]

    @property
    def words(self) -> list[str]:
        """Give the words that are typed."""
        return typed(self.line)[1]


def typed(line: str) -> tuple[str, list[str]]:
    """Give who types a line, and its words."""
    person, is_named, rest = line.partition(": ")
    return (person, shlex.split(rest)) if is_named and person.isalpha() else ("", shlex.split(line))


CLAIMED = ("ada: claim 1",)
SENT = (*CLAIMED, "ada: escalate 1 --to 2/commerce --incomplete 'at night' --reason 'other: urgent'")
TAKEN = (*SENT, "bo: accept 1")
RESOLVED = (*TAKEN, "bo: resolve 1 restarted it")

SCRIPTS: Mapping[str, Script] = {
    "opening": Script("list", is_whole=False, on="unopened"),
    "migrate": Script("migrate", on="older"),
    "migrate, new": Script("migrate", on="nothing"),
    "demo": Script("demo --short --no-console --keep FOLDER/demo", is_whole=False, on="nothing"),
    "intake": Script("intake FOLDER/cases.csv"),
    "intake, watched": Script(
        "intake --watch FOLDER/spool --every 0.1", is_whole=False, ends_on="put aside", says="bad.csv: 1 new"
    ),
    "add": Script("ada: add Till 4 freezes --body 'since nine'"),
    "claim": Script("ada: claim 1"),
    "take over": Script("lena: claim 1 --take-over --reason ill", CLAIMED),
    "release": Script("ada: release 1", CLAIMED),
    "answer": Script("ada: answer 1 scope=2 impact=3"),
    "attempt": Script("ada: attempt 1 restart --result nothing"),
    "note": Script("ada: note 1 the vendor has a ticket"),
    "decide": Script("ada: decide 1 handle --reason 'other: nearly done'"),
    "wait": Script("ada: wait 1 --for customer --until 2030-01-01T09:00Z --told 'send the log'"),
    "resume": Script("ada: resume 1", ("ada: wait 1 --for customer",)),
    "change": Script("ada: change 1 affected=1200"),
    "tag": Script("ada: tag vip 1 2 3"),
    "circle": Script("lena: circle HIDDEN add ada"),
    "subject": Script("lena: subject HIDDEN add bo"),
    "resolve": Script("bo: resolve 1 restarted it", TAKEN),
    "close": Script("ada: close 1", RESOLVED),
    "reopen": Script("ada: reopen 1 --reason again", RESOLVED),
    "merge": Script("ada: merge 2 1"),
    "undo": Script("ada: undo", ("ada: tag vip 1 2 3",)),
    "redo": Script("ada: redo", ("ada: tag vip 1 2 3", "ada: undo")),
    "escalate": Script(SENT[-1], CLAIMED),
    "accept": Script("bo: accept 1", SENT),
    "acknowledge": Script("bo: acknowledge 1", SENT),
    "remind": Script("ada: remind 1 please", SENT),
    "ask": Script("bo: ask 1 which region?", SENT),
    "reply": Script("ada: reply 1 all of Europe", (*SENT, "bo: ask 1 which region?")),
    "return": Script("bo: return 1 --reason solvable-below", SENT),
    "review": Script(
        "lena: review 1 --happened this --why that --needs 'article: how' --action 'write it; ada; 2099-01-01T09:00Z'",
        (*RESOLVED, "ada: close 1"),
    ),
    "assign": Script("lena: assign 1 2 3 ada"),
    "move": Script("lena: move 1 2 2/commerce"),
    "share-out": Script("lena: share-out 1 2 3 --yes", says="assigned it to"),
    "handover": Script("ada: handover write 1 --open 'refund is due'", CLAIMED),
    "handover, taken": Script("lena: handover accept 1", (*CLAIMED, "ada: handover write 1 --open 'refund is due'")),
    "inbox": Script("ada: inbox --seen", ("lena: assign 1 ada",), says="its list comes first"),
    "view": Script("ada: view save Vips tag:vip --key 2"),
    "view, dropped": Script("ada: view drop Vips", ("ada: view save Vips tag:vip --key 2",)),
    "people": Script("olga: people set bo --tier 3 --capacity 4"),
    "absent": Script("olga: people absent bo --until 2030-01-01T09:00Z --deputy ada"),
    "people, many": Script("olga: people import FOLDER/people.csv"),
    "people, a key": Script("olga: people keys add bo FOLDER/bo.pub"),
    "policy": Script("olga: policy use FOLDER/stricter.toml --why 'too much goes up'", says="threshold 8"),
    "policy, taken back": Script(
        "olga: policy back --why 'too much waits'", ("olga: policy use FOLDER/stricter.toml --why trial",)
    ),
    "policy, drafted": Script("olga: policy draft FOLDER/stricter.toml"),
    "deliver": Script("olga: deliver", ("lena: assign 1 2 ada",), is_whole=False),
    "hooks": Script("olga: hooks skip page", ("olga: deliver", "lena: assign 1 ada", "olga: deliver")),
    "notices": Script("olga: notices --drop 1.2.ada.page", ("lena: assign 1 ada",)),
    "evidence": Script("evidence --anew", is_whole=False),
    "tick": Script("olga: tick", is_whole=False, on="an hour on"),
    "watch": Script("olga: watch --every 1", is_whole=False, ends_on="Keeping watch", on="an hour on"),
}  # fmt: skip
"""Every command that changes something, by itself or in one way of calling it."""
