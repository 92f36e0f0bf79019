"""A newcomer's story, told by the real program in a real terminal, with keys only."""

from __future__ import annotations

import signal
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.desk import drafts
from console.desk.desk import Desk, actor, open_desk
from console.settings import sample_data
from tests.terminal.conftest import console
from tests.terminal.ptyrun import Terminal

ESC, TAB = "\x1b", "\t"
TYPED = "look at the payment cluster"
CASE = "Checkout returns 502"


def opened(terminal: Terminal) -> None:
    """Find the case by its words, and open it."""
    terminal.send("9/checkout 502\r\r")
    terminal.wait_for("What they write")
    assert terminal.lines[0].startswith(f" 1  {CASE}")


def test_a_newcomer_escalates_a_case_and_it_comes_back(database: Path) -> None:
    with console(database, "ada") as ada:
        opened(ada)
        ada.wait_for("ESCALATE to tier 2 commerce")
        ada.send("d3")
        ada.wait_for("3 sales or work have stopped")
        ada.send("\r")
        ada.wait_for("Enter sends it to < tier 2 commerce")
        ada.send("\r")
        ada.wait_for("(for ada) escalated it to tier 2 commerce")
        ada.send(ESC)
        ada.wait_for("q quit")
        ada.send("5")
        ada.wait_for(lambda terminal: "/ checkout" not in terminal.lines[1] and "sent 2 co" in terminal.text)
        ada.send("/tier:2 id:1\r")
        ada.wait_for("1 of 1 ")

        handled_above(database)

        ada.wait_for("Nothing is found by  tier:2 id:1")
        opened(ada)
        ended(ada)
        ada.send("q")
        ada.wait_for("q quit")
        ada.send("q")
        assert ada.exit_status() == 0


def ended(ada: Terminal) -> None:
    """Read that the case came back, handle it against the recommendation, resolve it and reopen it."""
    ada.send("h")
    ada.wait_for("(for priya) returned it")
    assert "solvable-below" in ada.text
    ada.send("dh")
    ada.wait_for("goes against the recommendation")
    ada.send("1")
    ada.wait_for("(for ada) decided")
    ada.send("x")
    ada.wait_for("solved by")
    ada.send("restarted by hand\r")
    ada.wait_for("(for ada) resolved it")
    ada.send("X")
    ada.wait_for("why it is not done")
    ada.send("it is back\r")
    ada.wait_for("(for ada) reopened it")
    ada.settle()  # what the clock makes of it comes on top, and moves the end away from under the cursor
    ada.send("G")
    ada.wait_for("root brought it in")


def handled_above(database: Path) -> None:
    """Let somebody of the tier above accept the case, and return it."""
    with console(database, "priya") as priya:
        priya.send("3")
        priya.wait_for(CASE[:12])
        opened(priya)
        priya.send("A")
        priya.wait_for("(for priya) accepted")
        priya.send("E")
        priya.wait_for("return: solvable-below")
        priya.send("1see KB7\r")
        priya.wait_for("(for priya) returned it")
        priya.send("qq")
        assert priya.exit_status() == 0


def test_a_claim_in_one_console_appears_in_the_other(database: Path) -> None:
    with console(database, "ada") as ada, console(database, "bo") as bo:
        bo.send("/checkout 502\r")
        bo.wait_for("1 of 1 ")
        ada.send("/checkout 502\r")
        ada.wait_for("1 of 1 ")
        ada.send("c")
        ada.wait_for("(for ada) claimed it")

        bo.wait_for(lambda terminal: any(" ada " in line for line in terminal.lines[2:6]))

        bo.send("c")
        bo.wait_for("Case 1")
        assert "ada" in bo.lines[-2]


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGKILL])
def test_what_was_typed_is_there_the_next_time(number: signal.Signals, database: Path) -> None:
    with console(database, "ada") as ada:
        opened(ada)
        ada.send("e")
        ada.wait_for("Enter sends it to")
        ada.send(TAB * 4 + TYPED)
        ada.wait_for(TYPED)
        if number == signal.SIGKILL:
            until_kept(database, TYPED)
        ada.signal(number)
        assert ada.exit_status() == 128 + number
    with console(database, "ada") as again:
        opened(again)
        again.send("e")
        again.wait_for(TYPED)
        again.wait_for("is back")


def until_kept(database: Path, text: str, limit: float = 10.0) -> None:
    """Wait until all that was typed has reached the database."""
    policy = (sample_data() / "policy.toml").read_text("utf-8")
    desk = open_desk(database, policy, "policy.toml", lambda: datetime.now(UTC))
    ends = time.monotonic() + limit
    while text not in " ".join(words(desk)):
        assert time.monotonic() < ends, "the draft was not kept"
        time.sleep(0.02)
    desk.store.close()


def words(desk: Desk) -> list[str]:
    """Give everything ada has typed and not sent."""
    ada = actor(desk, "ada")
    kept = [drafts.found(desk, ada, case_id, form) for case_id, form, _ in drafts.open_drafts(desk, ada)]
    return [text for draft in kept if draft for text in draft.words.values()]
