"""A pile of mails: what is held of each is small, however many there are."""

from __future__ import annotations

import tracemalloc

import pytest

from console.intake import shelf
from console.intake.mail_message import Mail
from console.intake.mail_pile import Pile
from console.intake.numbers import Numbers, digest
from tests.intake.test_mail_threads import a_mail

MANY = 20_000


def test_texts_are_numbered_as_they_come_and_found_again() -> None:
    numbers = Numbers()
    texts = [f"text {number} \udcff" for number in range(5_000)]

    assert [numbers.of(text) for text in texts] == list(range(5_000))
    assert [numbers.of(text) for text in texts[::-1]] == list(range(5_000))[::-1]
    assert (numbers.count, digest("a"), digest("a") == digest("b")) == (5_000, digest("a"), False)


def test_a_pile_holds_little_of_each_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "IN_MEMORY", 0)
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    pile = Pile()
    for number in range(MANY):
        pile.put(many(number))
    threads = sum(1 for _ in pile.threads())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    pile.close()

    assert threads == (MANY + 2) // 3
    assert (peak - before) / MANY < 500


def many(number: int) -> Mail:
    """Give one of many mails, three a thread."""
    first = number - number % 3
    answers = (f"{first}@x",) if number > first else ()
    return a_mail(f"{number}@x", number / MANY, answers=answers, subject=f"About {first}", body="x" * 2_000)
