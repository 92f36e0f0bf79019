"""Rules explained: for each rule of the policy why it has not fired, or when it will."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from console.domain.timing import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTold:
    """How one rule stands to a case.

    `holds_since` is when its facts began to hold, None where they do not; `lacks` is then the first condition that is
    false, with the value the case has. `at` is when it fires if they go on holding, None where it will not; `fired` is
    how often it has, of `rule.times`.
    """

    rule: Rule
    holds_since: datetime | None = None
    lacks: str = ""
    at: datetime | None = None
    fired: int = 0
