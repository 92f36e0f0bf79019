"""What the receiving tier does with an escalated case: return it with a coded reason, ask back, or accept it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from console.desk import escalation
from console.desk.desk import Desk
from console.desk.record import Done
from console.domain.case import Case
from console.domain.escalation import AWAITING, ReturnReason
from console.domain.people import Actor
from console.tui.screens.dialogs import Act, FormDialog
from console.tui.screens.pick import QuickPick
from console.tui.widgets.choices import Choosable
from console.tui.widgets.form import Field

MEANINGS = {
    ReturnReason.SOLVABLE_BELOW: "the tier below can do this",
    ReturnReason.INCOMPLETE_BRIEF: "the brief lacks what we need",
    ReturnReason.WRONG_TEAM: "another team should have it",
    ReturnReason.DUPLICATE: "it repeats another case",
    ReturnReason.NOT_NEEDED: "it has solved itself, or no longer matters",
}
ASK, ACCEPT, ON_IT, REMIND = "ask", "accept", "acknowledge", "remind"


def answers(case: Case) -> QuickPick:
    """Give the dialog that asks what to do with an escalated case; one accepted already can only be returned."""
    offered = [
        Choosable(reason.value, f"return: {reason.value}", means, str(number))
        for number, (reason, means) in enumerate(MEANINGS.items(), 1)
    ]
    if case.escalation_state in AWAITING:
        offered.append(Choosable(ASK, "ask back", "it stays here; whoever escalated answers", "6"))
        offered.append(Choosable(ACCEPT, "accept", "you take it on, as with A", "7"))
        offered.append(Choosable(ON_IT, "on it", "you have seen it, and its ladder stops; as with f", "8"))
        offered.append(Choosable(REMIND, "remind", "whoever was asked is reminded; as with N", "9"))
    return QuickPick(f"Case {case.id}, escalated by {case.escalated_by}:", offered)


class ReturnDialog(FormDialog):
    """Hands a case back with its coded reason, and a sentence that helps whoever gets it."""

    FORM: ClassVar[str] = "return"
    WORD: ClassVar[str] = "Return"

    def __init__(self, case: Case, reason: ReturnReason) -> None:
        """Take the reason that was picked."""
        super().__init__(case)
        self._reason = reason

    @property
    def hint(self) -> str:
        """Say what will happen."""
        return f"Enter returns it to {self.case.escalated_by}: {self._reason.value}, {MEANINGS[self._reason]}."

    def fields(self) -> Sequence[Field]:
        """Give the sentence."""
        return (Field(name="text", label="in words", hint="what they should do now; may stay empty"),)

    def act(self, words: dict[str, str]) -> Act:
        """Give the act that returns the case."""

        def hand_back(desk: Desk, actor: Actor) -> Done:
            text = words["text"].strip()
            return escalation.hand_back(desk, actor, self.case.id, self._reason, text, self.case.version)

        return hand_back


class AskBackDialog(FormDialog):
    """Asks whoever escalated what the brief leaves open."""

    FORM: ClassVar[str] = "question"
    WORD: ClassVar[str] = "Ask back"

    @property
    def hint(self) -> str:
        """Say what will happen."""
        return f"Enter asks {self.case.escalated_by}; the case stays here, waiting to be accepted."

    def fields(self) -> Sequence[Field]:
        """Give the question."""
        return (Field(name="text", label="question", hint="what the brief leaves open", is_required=True),)

    def act(self, words: dict[str, str]) -> Act:
        """Give the act that asks."""

        def ask_back(desk: Desk, actor: Actor) -> Done:
            return escalation.ask_back(desk, actor, self.case.id, words["text"])

        return ask_back


class ReplyDialog(FormDialog):
    """Answers what the receiving tier asked back."""

    FORM: ClassVar[str] = "reply"
    WORD: ClassVar[str] = "Reply"

    @property
    def hint(self) -> str:
        """Say what will happen."""
        return f"Enter sends the answer to tier {self.case.tier}, which asked; r in the case shows the question."

    def fields(self) -> Sequence[Field]:
        """Give the answer."""
        return (Field(name="text", label="answer", hint="what they asked for", is_required=True),)

    def act(self, words: dict[str, str]) -> Act:
        """Give the act that replies."""

        def reply(desk: Desk, actor: Actor) -> Done:
            return escalation.reply(desk, actor, self.case.id, words["text"])

        return reply
