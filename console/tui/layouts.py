"""Keyboards that write other alphabets: the letter that lies where a Latin one lies does the same."""

from __future__ import annotations

from itertools import chain

LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
ALPHABETS = (
    "йцукенгшщзхъфывапролджэячсмитьбю",
    "йцукенгшщзхїфівапролджєячсмитьбю",
    " ςερτυθιοπ  ασδφγηξκλ  ζχψωβνμ  ",
)
"""Russian, Ukrainian, Greek: each letter stands under the Latin one of its key."""

NAMES = {"left_square_bracket": "[", "right_square_bracket": "]", "comma": ",", "full_stop": "."}


def elsewhere(key: str) -> tuple[str, ...]:
    """Give the letters of other alphabets on the same key; none for digits, signs and named keys."""
    character = NAMES.get(key, key)
    return _ELSEWHERE.get(character, ()) if len(character) == 1 else ()


def _placed() -> dict[str, tuple[str, ...]]:
    """Pair every Latin character with its letters, in both cases."""
    pairs = [
        (latin, letter)
        for alphabet in ALPHABETS
        for latin, letter in zip(LATIN, alphabet, strict=True)
        if letter.isalpha()
    ]
    upper = [
        (latin.upper(), letter.upper())
        for latin, letter in pairs
        if latin.isalpha() and letter.upper().lower() == letter  # A final sigma has no capital of its own.
    ]
    placed: dict[str, tuple[str, ...]] = {}
    for latin, letter in chain(pairs, upper):
        if letter not in placed.get(latin, ()):
            placed[latin] = (*placed.get(latin, ()), letter)
    return placed


_ELSEWHERE = _placed()
