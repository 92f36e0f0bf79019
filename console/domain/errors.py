"""Refused: the one error a person can act on."""

from __future__ import annotations

from enum import StrEnum


class RefusalCode(StrEnum):
    """What kind of refusal it is, in a word that scripts may rely on."""

    RULE = "rule"
    NOT_FOUND = "not-found"
    NOT_ALLOWED = "not-allowed"
    CONFLICT = "conflict"
    INCOMPLETE = "incomplete"
    BAD_INPUT = "bad-input"
    POLICY = "policy"
    STORAGE = "storage"


class Refused(Exception):  # noqa: N818 - a refusal is not a failure of the program
    """An act that was not done, with one sentence that says why and what to do instead.

    `by` names the person who was first when the code is CONFLICT.
    """

    def __init__(self, sentence: str, code: RefusalCode = RefusalCode.RULE, by: str | None = None) -> None:
        """Keep the sentence as the error's only text."""
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code
        self.by = by
