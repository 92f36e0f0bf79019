"""A finding of the policy lint: where, what, and how much it weighs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from console.domain.toml_lines import KeyPath


class Grade(StrEnum):
    """How much a finding weighs: the policy cannot be used, it will disappoint, or it is merely good to know."""

    ERROR = "error"
    LINT = "lint"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding at a key of the policy file, with a sentence that says what to do."""

    path: KeyPath
    sentence: str
    grade: Grade = Grade.LINT
