"""The after-action review of a closed escalation: so that the tier below can do it itself the next time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from console.domain.case import CaseId
from console.domain.errors import RefusalCode, Refused
from console.domain.escalation import OPEN, Escalation, State


class Need(StrEnum):
    """What the tier below would need the next time."""

    ARTICLE = "article"
    ACCESS = "access"
    TRAINING = "training"
    NOTHING = "nothing"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Review:
    """What happened, why it needed the higher tier, and what the lower tier would need next time, in kind and words."""

    happened: str
    why: str
    need: Need
    needs: str

    @property
    def needed(self) -> str:
        """Say in words what the tier below would need; empty where it needs nothing."""
        if self.need is Need.NOTHING:
            return self.needs
        return f"{NEEDED[self.need]}: {self.needs}" if self.needs else NEEDED[self.need]


NEEDED = {
    Need.ARTICLE: "an article",
    Need.ACCESS: "access",
    Need.TRAINING: "training",
    Need.NOTHING: "nothing",
    Need.OTHER: "something else",
}
"""What each kind is called in a sentence."""


def review_of(happened: str, why: str, needs: str) -> Review:
    """Read a review from what a person wrote; `needs` may begin with its kind, as in `article: how to reset it`.

    Refused: one that leaves one of the three out.
    """
    for name, text in (("happened", happened), ("why", why), ("needs", needs)):
        if not text.strip():
            raise Refused(f"A review needs {ASKED[name]}.", RefusalCode.INCOMPLETE)
    kind, colon, rest = needs.strip().partition(":")
    named = kind.strip().casefold()
    if named in tuple(Need) and (bool(rest.strip()) or not colon):
        return Review(happened.strip(), why.strip(), Need(named), rest.strip())
    return Review(happened.strip(), why.strip(), Need.OTHER, needs.strip())


ASKED = {
    "happened": "what happened",
    "why": "why it needed the higher tier",
    "needs": f"what the lower tier would need next time ({', '.join(Need)})",
}
"""What each part of a review says."""


def to_review(case_id: CaseId, escalations: Iterable[Escalation]) -> Escalation:
    """Give the newest closed escalation of a case that nobody has reviewed. Refused: none such, saying why."""
    found = sorted(escalations, key=lambda each: each.id, reverse=True)
    closed = next((each for each in found if each.state is State.CLOSED), None)
    if closed is not None:
        return closed
    if any(each.state in OPEN for each in found):
        raise Refused(f"The escalation of case {case_id} is still open; it is reviewed once the case is resolved.")
    if any(each.state is State.REVIEWED for each in found):
        raise Refused(f"Case {case_id} has been reviewed already.", RefusalCode.CONFLICT)
    raise Refused(f"Case {case_id} has no closed escalation that could be reviewed.")


def to_look_at(case_id: CaseId, escalations: Iterable[Escalation]) -> Escalation:
    """Give the escalation of a case that can be reviewed, else the newest that was. Refused: neither, saying why."""
    found = tuple(escalations)
    done = [each for each in found if each.state is State.REVIEWED]
    is_to_do = any(each.state is State.CLOSED for each in found)
    return max(done, key=lambda each: each.id) if done and not is_to_do else to_review(case_id, found)


def reviewed(escalation: Escalation) -> Escalation:
    """Give the escalation as reviewed, which is the end of it."""
    return replace(escalation, state=State.REVIEWED)
