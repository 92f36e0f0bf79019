"""Asking why a person goes against the recommendation: a code of the policy, or words of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from console.desk.triage import Reason
from console.domain.decision import OTHER
from console.tui.screens.desk_screen import AtDesk
from console.tui.screens.pick import QuickPick
from console.tui.screens.prompt import PromptDialog
from console.tui.widgets.choices import DIGITS, Choosable


def ask_sentence(screen: AtDesk[Any], question: str, then: Callable[[str], object]) -> None:
    """Ask for a sentence; `then` gets it, or nothing happens where the person leaves."""

    def typed(text: str | None) -> None:
        if text:
            then(text)

    screen.app.push_screen(PromptDialog(question, "in a sentence"), typed)


def ask_reason(screen: AtDesk[Any], against: str, then: Callable[[Reason], object]) -> None:
    """Ask for the reason; `then` gets it, or nothing happens where the person leaves."""
    codes = screen.desk.policy.override_reasons
    offered = [
        Choosable(code, words, "", str(number) if number < DIGITS else "")
        for number, (code, words) in enumerate(codes.items(), 1)
    ]
    offered.append(Choosable(OTHER, "something else", "in your own words", str(min(len(offered) + 1, DIGITS))))

    def picked(code: str | None) -> None:
        if code == OTHER:
            ask_sentence(screen, "Why, in your own words?", lambda text: then(Reason(OTHER, text)))
        elif code:
            then(Reason(code))

    screen.app.push_screen(QuickPick(f"{against} Why?", offered), picked)
