"""What the clock side has done to a case, as its history tells: by what, when, how late, and who was told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.firings import Firing, instant
from console.domain.phrases import pairs, texts, word


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """One firing. `at` is when it fired, `due` when it should have; `told` heard of it, `absent` could not.

    `policy` is the version of the policy it ran under.
    """

    firing: Firing
    at: datetime
    due: datetime
    policy: str = ""
    told: tuple[str, ...] = ()
    absent: tuple[tuple[str, str], ...] = ()

    @property
    def late(self) -> timedelta:
        """Give how late it fired; nothing where it was in time."""
        return max(self.at - self.due, timedelta(0))


def fired(history: Sequence[Firing]) -> tuple[Fired, ...]:
    """Explain firings; a breach is dated when it was due, and fired when it was found."""
    return tuple(
        Fired(
            firing=each, at=instant(each.event.detail.get("found")) or each.at,
            due=instant(each.event.detail.get("due")) or each.deadline, policy=word(each.event, "policy"),
            told=tuple(texts(each.event, "to", "outside")),
            absent=tuple((str(name), str(why)) for name, why in pairs(each.event.detail.get("absent"))),
        )
        for each in history
    )  # fmt: skip
