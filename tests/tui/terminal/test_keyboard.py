"""What bytes mean, however they are cut up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.tui.terminal.keyboard import (
    DEAF_AFTER_PASTE,
    LONGEST_PASTE,
    PASTE_END,
    PASTE_START,
    REST_DELAY,
    Escaped,
    Keyboard,
    Pasted,
    Sequence,
    Token,
    Typed,
)

DELAY = 0.1
WHOLE = [
    b"j",
    "ü".encode(),
    b"\x1b[A",
    b"\x1b[1;5C",
    b"\x1bOP",
    b"\x1b[15~",
    b"\x1b[[A",
    b"\x1bx",
    b"\x1b[<0;1;1M",
    b"G",
]


def heard(keyboard: Keyboard, *chunks: bytes, gap: float = 0.01) -> list[Token]:
    """Give all that a keyboard hears when the chunks come one after another, then nothing for long."""
    now, tokens = 100.0, list[Token]()
    for chunk in chunks:
        tokens += keyboard.receive(chunk, now)
        now += gap
        tokens += keyboard.expire(now)
    return merged([*tokens, *keyboard.expire(now + 10)])


def merged(tokens: list[Token]) -> list[Token]:
    """Put text that came in parts together."""
    whole: list[Token] = []
    for token in tokens:
        last = whole[-1] if whole else None
        if isinstance(token, Typed) and isinstance(last, Typed) and not (token.is_alt or last.is_alt):
            whole[-1] = Typed(last.text + token.text)
        else:
            whole.append(token)
    return whole


@given(st.lists(st.sampled_from(WHOLE), max_size=12), st.data())
def test_however_keys_are_cut_up_they_mean_the_same(keys: list[bytes], data: st.DataObject) -> None:
    line = b"".join(keys)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(line)), max_size=8)))
    chunks = [line[start:end] for start, end in zip([0, *cuts], [*cuts, len(line)], strict=True)]

    assert heard(Keyboard(DELAY), *chunks) == heard(Keyboard(DELAY), line)


@given(st.lists(st.binary(max_size=20), max_size=10))
def test_no_bytes_at_all_stop_the_keys_for_good(noise: list[bytes]) -> None:
    keyboard = Keyboard(DELAY)
    now = 0.0
    for chunk in noise:
        keyboard.receive(chunk, now)
        now += 0.01
    keyboard.expire(now + 5)

    tokens = keyboard.receive(b"k", now + 10)

    assert tokens
    assert isinstance(tokens[-1], Typed)
    assert tokens[-1].text.endswith("k")


def test_nothing_begun_is_waited_for_by_nobody() -> None:
    keyboard = Keyboard(DELAY)

    assert keyboard.wait(0) is None
    keyboard.receive(b"abc\x1b[A", 0)
    assert keyboard.wait(0) is None


def test_an_escape_is_heard_after_the_delay_and_not_before() -> None:
    keyboard = Keyboard(DELAY)

    assert keyboard.receive(b"\x1b", 0) == []
    assert keyboard.wait(0) == DELAY
    assert keyboard.expire(DELAY / 2) == []
    assert keyboard.expire(DELAY) == [Escaped()]


def test_a_begun_arrow_is_waited_for_longer_than_an_escape() -> None:
    keyboard = Keyboard(DELAY)
    keyboard.receive(b"\x1b[", 0)

    assert keyboard.expire(REST_DELAY / 2) == []
    assert keyboard.receive(b"B", REST_DELAY * 0.9) == [Sequence("\x1b[B")]


def test_the_late_rest_of_an_arrow_is_an_arrow_and_no_letters() -> None:
    keyboard = Keyboard(DELAY)
    keyboard.receive(b"\x1b", 0)
    keyboard.expire(DELAY)

    assert keyboard.receive(b"[B", DELAY * 3) == [Sequence("\x1b[B")]
    assert keyboard.receive(b"[", DELAY * 4) == [Typed("[")]


def test_two_escapes_are_two() -> None:
    assert heard(Keyboard(DELAY), b"\x1b\x1b") == [Escaped(), Escaped()]


@pytest.mark.parametrize("bad", [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf0\x9f"])
def test_bytes_that_are_no_text_are_replaced(bad: bytes) -> None:
    (token,) = heard(Keyboard(DELAY), bad, b"k")

    assert isinstance(token, Typed)
    assert set(token.text) == {"\ufffd", "k"}


@pytest.mark.parametrize(
    "answer", [b"\x1b]11;rgb:0/0/0\x07", b"\x1bP>|xterm\x1b\\", b"\x1b_Gi=1;OK\x1b\\", b"\x1b[\x01", b"\x1b[12\xc3\xa9"]
)
def test_answers_and_broken_sequences_are_dropped(answer: bytes) -> None:
    tokens = heard(Keyboard(DELAY), answer, b"k")

    assert not any(isinstance(token, Sequence | Escaped) for token in tokens)
    assert tokens[-1] in {Typed("k"), Typed("\x01k"), Typed("ék")}


def test_a_sequence_without_end_is_dropped() -> None:
    assert heard(Keyboard(DELAY), b"\x1b]" + b"x" * 5_000, b"k") == [Typed("k")]


def test_a_paste_is_one_text_with_newlines_and_no_controls() -> None:
    pasted = f"{PASTE_START}one\r\ntwo\rthree\t\x00\x1b[31m\x9b{PASTE_END}".encode()

    for cut in range(len(pasted)):
        assert heard(Keyboard(DELAY), pasted[:cut], pasted[cut:]) == [Pasted("one\ntwo\nthree\t[31m")]


def test_a_paste_without_end_is_given_up_after_a_second_of_silence() -> None:
    keyboard = Keyboard(DELAY)

    assert keyboard.receive(f"{PASTE_START}abc".encode(), 0) == []
    assert keyboard.expire(REST_DELAY / 2) == []
    assert keyboard.expire(REST_DELAY) == [Pasted("abc")]
    assert keyboard.receive(b"k", REST_DELAY + 0.1) == [Typed("k")]


def test_the_late_rest_of_a_paste_that_was_given_up_is_no_keys() -> None:
    keyboard = Keyboard(DELAY)
    keyboard.receive(f"{PASTE_START}abc".encode(), 0)
    keyboard.expire(REST_DELAY)

    assert keyboard.receive(f"xyz{PASTE_END}".encode(), 3) == [Pasted("xyz")]


def test_keys_on_the_heels_of_a_paste_are_not_a_persons() -> None:
    keyboard = Keyboard(DELAY)

    assert keyboard.receive(f"{PASTE_START}a{PASTE_END}qqq\x1b[A".encode(), 0) == [Pasted("a")]
    assert keyboard.receive(b"q", DEAF_AFTER_PASTE / 2) == []
    assert keyboard.receive(b"q", DEAF_AFTER_PASTE * 2) == [Typed("q")]


def test_two_pastes_in_a_row_are_both_taken() -> None:
    twice = f"{PASTE_START}a{PASTE_END}{PASTE_START}b{PASTE_END}".encode()

    assert Keyboard(DELAY).receive(twice, 0) == [Pasted("a"), Pasted("b")]


def test_a_huge_paste_is_cut_and_ends() -> None:
    keyboard = Keyboard(DELAY)
    keyboard.receive(PASTE_START.encode(), 0)
    for _ in range(40):
        keyboard.receive(b"x" * 65_536, 0)

    (token,) = keyboard.receive(PASTE_END.encode(), 0)

    assert token == Pasted("x" * LONGEST_PASTE)
