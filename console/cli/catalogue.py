"""Every command by name, with the line that help shows; reading this loads no command."""

from __future__ import annotations

from typing import NamedTuple

SESSION, ALONE, OWNER = "session", "alone", "owner"


class Command(NamedTuple):
    """A command: its summary, and its module where that is called otherwise.

    `changes`: it changes the database, so `--readonly` refuses it. `makes`: it makes the database that is named.
    `runs`: where it runs on a shared server: in a session of the host, always under one's own account, or under the
    account that owns the database only.
    """

    name: str
    summary: str
    module: str = ""
    changes: bool = False
    makes: bool = False
    runs: str = SESSION

    @property
    def place(self) -> str:
        """Give the module that holds it."""
        return f"console.cli.commands.{self.module or self.name}"


def _act(name: str, summary: str, module: str = "") -> Command:
    """Give a command that changes cases."""
    return Command(name, summary, module, changes=True)


OPEN = Command("", "open the console", "screens")
"""What `triage` without a command does."""

GROUPS: tuple[tuple[str, tuple[Command, ...]], ...] = (
    (
        "start",
        (
            Command("demo", "try Triage on a throw-away desk full of sample cases", runs=ALONE),
            Command("intake", "take cases in from files", changes=True, makes=True),
            Command("add", "open one case by hand", changes=True, makes=True),
        ),
    ),
    (
        "look",
        (
            Command("inbox", "show what concerns you: given, asked, returned, late"),
            Command("list", "list cases with their recommendation", "listing"),
            Command("view", "list, save, drop or show saved views", "views"),
            Command("show", "show everything about a case"),
            Command("advise", "say what is recommended for a case"),
            Command("why", "explain a case: the recommendation, its clocks, what fired and what did not"),
            Command("next", "tell what happens to a case, and when, if nobody acts"),
            Command("history", "tell what happened to a case, in sentences"),
            Command("report", "print figures of the desk, or what was handed over from shift to shift"),
            Command("export", "write cases as JSON Lines that intake reads back, as CSV or as Markdown"),
            Command("articles", "list knowledge articles and what they solved, or read one"),
            Command("attachment", "list what came with a case, or hand one out"),
        ),
    ),
    (
        "work",
        (
            _act("claim", "take a case to work on"),
            _act("release", "give a case back to the queue"),
            _act("answer", "answer the questions of the checklist"),
            _act("attempt", "log one thing that was tried"),
            _act("note", "write a note"),
            _act("decide", "record the decision: escalate or handle"),
            _act("wait", "let a case wait for the customer, a vendor or somebody"),
            _act("resume", "go on with a waiting case"),
            _act("change", "correct the facts of a case"),
            _act("tag", "put tags on cases, or take them off"),
            _act("circle", "let people into the circle of a confidential case"),
            _act("subject", "mark whom a confidential case is about"),
            _act("resolve", "resolve a case"),
            _act("close", "close a resolved case for good"),
            _act("reopen", "take a resolved or closed case up again"),
            _act("merge", "close cases as duplicates of another"),
            _act("undo", "take your newest act back"),
            _act("redo", "do again what you undid last"),
        ),
    ),
    (
        "pass on",
        (
            _act("escalate", "send a case up with its brief"),
            _act("accept", "take an escalated case on"),
            _act("acknowledge", "say that you are on an escalated case"),
            _act("remind", "gently remind whoever was asked to accept a case"),
            _act("ask", "ask back what the brief leaves open"),
            _act("reply", "answer what was asked back"),
            _act("return", "hand an escalated case back, with a reason", "hand_back"),
            Command(
                "review", "look at an escalation that is over, and write down what it taught and what is to be done"
            ),
            _act("assign", "give cases to a person"),
            _act("move", "move cases to a tier or team"),
            _act("share-out", "spread cases over the people present", "share_out"),
            Command("handover", "pass cases from one shift to the next"),
        ),
    ),
    (
        "run the desk",
        (
            Command("policy", "check or show the policy, turn another on, or try it on what is recorded"),
            Command("calendar", "show when time counts: hours, holidays, exceptions"),
            Command("people", "list, add, change or import people; say who is away", makes=True),
            Command("door", "let one person in over SSH, as sshd's ForceCommand", runs=ALONE),
            Command("sshd-key", "tell sshd whether a key is somebody's", "sshd_key", runs=OWNER),
            Command(
                "deliver",
                "send the notices that are due, and tell other systems what happened",
                changes=True,
                runs=OWNER,
            ),
            Command("hooks", "say what other systems were told, and what still waits or was given up", runs=OWNER),
            Command("notices", "say where notices stand, and why one was held back or given up"),
            Command("tick", "do once what is due by the clock; with --at only rehearse it"),
            Command("watch", "keep watch for ever: do what is due, send what is to be sent", changes=True, runs=OWNER),
            Command("receive", "take in what other systems deliver by webhook", changes=True, runs=OWNER),
            Command("host", "serve Triage to everybody on this machine", runs=OWNER),
            Command("doctor", "check the database, who can get at it, its history and the policy"),
            Command("info", "show every path and value, and where each came from"),
            Command("backup", "copy the database while others work, checked; or list the copies", runs=OWNER),
            Command("restore", "put a backup in the place of the database", runs=OWNER),
            Command("rescue", "make room on a full disk, from a reserve that was laid by", runs=OWNER),
            Command("evidence", "say how often cases here needed a higher tier, and count anew", runs=OWNER),
            Command("migrate", "make the database, or bring it up to date", changes=True, makes=True, runs=OWNER),
            Command("completions", "print the completions for a shell", runs=ALONE),
        ),
    ),
)
"""All commands, in the order and groups in which help lists them."""

COMMANDS: dict[str, Command] = {command.name: command for _, group in GROUPS for command in group}


def near(name: str) -> str:
    """Give the command whose name is most like this one, or the empty word."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, COMMANDS, n=1)), "")
