"""What a checkup finds: sentences with what to do, by the part that was checked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How much a finding weighs: something is broken, or could be better."""

    FAULT = "fault"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, in a sentence."""

    sentence: str
    grade: Grade = Grade.FAULT


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the checkup, with what was found."""

    checked: str
    findings: tuple[Finding, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Say whether nothing was found broken."""
        return all(finding.grade is not Grade.FAULT for finding in self.findings)
