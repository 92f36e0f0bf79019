"""Writing down what a closed escalation taught, so that the tier below can do it itself the next time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from console.desk import queues, reviewing
from console.desk.desk import Desk
from console.desk.record import Done
from console.domain.case import Case, CaseId
from console.domain.people import Actor
from console.domain.review import Need, review_of, to_review
from console.tui.screens.dialogs import Act, FormDialog
from console.tui.widgets.form import Field

NEEDS = {
    Need.NOTHING: "nothing",
    Need.ARTICLE: "an article",
    Need.ACCESS: "access",
    Need.TRAINING: "training",
    Need.OTHER: "other",
}


class ReviewDialog(FormDialog):
    """Asks what happened, why it needed the higher tier, and what the tier below needs the next time."""

    FORM: ClassVar[str] = "review"
    WORD: ClassVar[str] = "Review"
    HINT: ClassVar[str] = "Enter files it: its review clock stops, search finds it, and whoever escalated gets it."

    def fields(self) -> Sequence[Field]:
        """Give the three questions."""
        return (
            Field(name="happened", label="what happened", hint="in one sentence", is_required=True),
            Field(name="why", label="why it went up", hint="what the tier below could not do", is_required=True),
            Field(name="need", label="next time", choices=tuple((need.value, word) for need, word in NEEDS.items())),
            Field(name="needs", label="and that is", hint="which article, which rights; may stay empty"),
        )

    def act(self, words: dict[str, str]) -> Act:
        """Give the act that files the review. Refused: one that leaves a question open."""
        needs = words["needs"].strip()
        said = review_of(words["happened"], words["why"], f"{words['need']}: {needs}" if needs else words["need"])

        def file(desk: Desk, actor: Actor) -> Done:
            return reviewing.review(desk, actor, self.case.id, said)

        return file


def reviewable(desk: Desk, actor: Actor, case_id: CaseId) -> Case:
    """Give a case whose escalation can be reviewed. Refused: one without, before anything is typed for nothing."""
    dossier = queues.dossier(desk, actor, case_id)
    to_review(case_id, dossier.escalations)
    return dossier.case
