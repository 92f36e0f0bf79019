"""Two people at real consoles on one database: who is first, what the other sees, and what is left of who is gone."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.desk import assignment, policies, presence, triage
from console.desk.desk import Desk, actor, open_desk, owner
from console.domain.case import CaseId
from console.domain.people import Actor
from console.settings import sample_data
from tests.terminal.conftest import console
from tests.terminal.ptyrun import Terminal

HEARD_WITHIN = 1.0
SLACK = 1.0
"""Seconds that a busy machine may add to what is promised."""
FOUND = "/tier:1 live:yes\r"


@contextmanager
def desk_on(database: Path) -> Iterator[tuple[Desk, Actor]]:
    """Sit bo down at a desk without a console."""
    policy = (sample_data() / "policy.toml").read_text("utf-8")
    desk = open_desk(database, policy, "policy.toml", lambda: datetime.now(UTC))
    yield desk, actor(desk, "bo")
    desk.store.close()


def row(terminal: Terminal, case_id: int) -> str:
    """Give the line of a case in the queue."""
    return next((line for line in terminal.lines[3:27] if line[2:].split()[:1] == [str(case_id)]), "")


def ids(terminal: Terminal) -> list[CaseId]:
    """Give the cases of the queue that are shown, from the top."""
    words = [line[2:].split() for line in terminal.lines[3:27]]
    return [CaseId(int(word[0])) for word in words if word and word[0].isdecimal()]


def under_cursor(terminal: Terminal) -> str:
    """Give the number of the case the cursor is on; how much time it has left changes by itself."""
    return next(line for line in terminal.lines if line.startswith("▌")).strip("▌! >*").split()[0]


def test_one_changed_row_is_heard_within_a_second_and_costs_hundreds_of_bytes(database: Path) -> None:
    with console(database, "ada") as ada, desk_on(database) as (desk, bo):
        ada.send("9jj ")
        ada.wait_for("1 marked")
        ada.settle(1.5)
        case_id = next(each for each in ids(ada)[4:] if " bo " in row(ada, each))
        here, size = under_cursor(ada), len(ada.raw)
        assignment.assign(desk, bo, case_id, "jun")
        begun = time.monotonic()

        ada.wait_for(lambda terminal: " jun " in row(terminal, case_id), limit=HEARD_WITHIN + SLACK)

        seconds = time.monotonic() - begun
        ada.settle(0.5)
        told = f"heard after {seconds:.2f} s, {len(ada.raw) - size} bytes"
        assert len(ada.raw) - size < 500, told
        assert under_cursor(ada) == here
        assert "1 marked" in ada.text


def test_what_is_typed_stays_while_somebody_else_works_on_the_case(database: Path) -> None:
    with console(database, "ada") as ada, desk_on(database) as (desk, bo):
        ada.send("/checkout 502\r")
        ada.wait_for("1 of 1 ")
        ada.send("\r")
        ada.wait_for("What they write")
        ada.send("iKim called and asked")
        ada.wait_for("Kim called and asked")
        presence.see(desk, bo, "at the desk", CaseId(1))
        triage.claim(desk, bo, CaseId(1))

        ada.wait_for("bo claimed it")
        ada.wait_for("bo is looking")

        assert "Kim called and asked" in ada.text
        ada.send(" for news\x1bOQ")
        ada.wait_for("noted: 'Kim called and asked for news'")
        ada.wait_for("handler    bo")


def test_a_console_shows_who_else_is_here_and_at_a_case(database: Path) -> None:
    with console(database, "ada") as ada:
        with console(database, "bo") as bo:
            ada.wait_for("+1 here")
            bo.wait_for("+1 here")
            for terminal in (ada, bo):
                terminal.send("/checkout 502\r")
                terminal.wait_for("1 of 1 ")
                terminal.send("\r")
                terminal.wait_for("What they write")
            ada.wait_for("bo is looking")
            bo.send("d")
            bo.wait_for("ada is looking")
            bo.wait_for("How widely")
            ada.wait_for("bo is editing")
            bo.send("\x1b")
            bo.wait_for("What they write")
            bo.send("q")
            bo.wait_for("1 of 1 ")
            bo.send("q")
            ada.wait_for(lambda terminal: "bo is" not in terminal.lines[0])
        ada.send("q")
        ada.wait_for(lambda terminal: " here" not in terminal.lines[0])


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_whoever_is_cut_off_is_here_no_more(number: signal.Signals, database: Path) -> None:
    with console(database, "ada") as ada, console(database, "bo") as bo:
        ada.wait_for("+1 here")

        bo.signal(number)

        ada.wait_for(lambda terminal: " here" not in terminal.lines[0])


def test_the_claim_of_a_killed_console_goes_back_and_history_says_so(database: Path) -> None:
    with console(database, "bo") as bo:
        bo.send("/checkout 502\r")
        bo.wait_for("1 of 1 ")
        bo.send("c")
        bo.wait_for("claimed it")
        bo.signal(signal.SIGKILL)
        assert bo.exit_status() == 128 + signal.SIGKILL
    with desk_on(database) as (desk, _), desk.store.jot() as tx:
        held = tx.rows("UPDATE lease SET until = until - 300000000 RETURNING person, case_id")
        assert held == [("bo", 1)]

    with console(database, "ada") as ada:
        ada.send("/checkout 502\r")
        ada.wait_for("1 of 1 ")
        ada.wait_for(lambda terminal: "–" in row(terminal, 1))
        ada.send("h")
        ada.wait_for("Rule 'lease' released it from bo")


def test_idle_consoles_send_nothing_to_their_terminals(database: Path) -> None:
    with console(database, "ada") as ada, console(database, "bo") as bo:
        ada.wait_for("+1 here")
        bo.wait_for("+1 here")
        ada.settle(1.0)
        bo.settle(1.0)
        before = ada.effort()

        assert (ada.quiet(5.0), bo.quiet(0.1)) == (0, 0)

        spent = ada.effort().since(before)
        assert spent.seconds < 0.05, f"idle for 5 s: {spent.seconds * 1_000:.1f} ms of CPU, {spent.wakes} wake-ups"


def test_a_console_that_stood_open_goes_by_a_policy_that_a_lead_turned_on_elsewhere(database: Path) -> None:
    with console(database, "ada") as ada, desk_on(database) as (desk, _):
        ada.send("/checkout 502\r")
        ada.wait_for("1 of 1 ")
        ada.send("\r")
        ada.wait_for("What they write")
        ada.send("d")
        ada.wait_for("threshold 9")
        text = (sample_data() / "policy.toml").read_text("utf-8").replace("threshold = 9", "threshold = 5")
        policies.turn_on(desk, owner("olga"), text, "too much waits", desk.policy.version)

        ada.wait_for("threshold 5", limit=HEARD_WITHIN + SLACK)

        ada.wait_for("olga turned on another policy: checklist.threshold 5 instead of 9")
