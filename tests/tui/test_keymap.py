"""A person's own keys, and what is refused of them."""

from __future__ import annotations

import pytest

from console.domain.errors import Refused
from console.tui.keymap import read_keymap


def test_a_keymap_gives_keys_to_ids() -> None:
    keymap = read_keymap('escalate = "J"\n"hand-back" = "Z"\nfind = ["/", "F3"]\nmark = "Space"\n')

    assert keymap == {"escalate": ("J",), "hand-back": ("Z",), "find": ("slash", "f3"), "mark": ("space",)}


def test_two_keys_may_change_places() -> None:
    assert read_keymap('escalate = "a"\nassign = "e"\n') == {"escalate": ("a",), "assign": ("e",)}


def test_an_empty_keymap_is_one() -> None:
    assert read_keymap("# nothing yet\n") == {}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('escalate = "l"\nfly = "f"\n', 2, "there is no key called 'fly'"),
        ('\n\nescalate = "ctrl+s"\n', 3, "terminals keep"),
        ('escalate = "Alt+x"\n', 1, "terminals keep"),
        ('escalate = "ß"\n', 1, "is no key"),
        ('escalate = "F13"\n', 1, "is no key"),
        ('escalate = ""\n', 1, "is no key"),
        ("escalate = 7\n", 1, "needs a key in quotes"),
        ("escalate = []\n", 1, "needs a key in quotes"),
        ('escalate = ["l", 1]\n', 1, "needs a key in quotes"),
        ('# mine\nescalate = "d"\n', 2, "'d' is already 'decide' (decide) in queue"),
        ('find = "l"\nescalate = "l"\n', 1, "'l' is already"),
        ('view = "0"\n', 1, "cannot be given other keys"),
        ('[escalate]\nkey = "l"\n', 1, "needs a key in quotes"),
        ('"\\u001b[2J" = "l"\n', 0, "there is no key called"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_keymap(text, "keys.toml")

    assert refusal.value.sentence.startswith(f"keys.toml:{line}: " if line else "keys.toml: ")
    assert said in refusal.value.sentence
    assert refusal.value.sentence.isprintable()


def test_text_that_is_no_toml_is_refused_with_its_line() -> None:
    with pytest.raises(Refused, match="line 2"):
        read_keymap('escalate = "l"\nfind = \n')
