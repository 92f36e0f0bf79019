"""A strait: what keeps a desk from keeping what is done at it, in a word for a corner and in a sentence for a line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Strait:
    """What is the matter, and what to do about it; empty where nothing is."""

    mark: str = ""
    sentence: str = ""
