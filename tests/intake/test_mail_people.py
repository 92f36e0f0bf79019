"""The people of a mail: who asks, whom it went to, and what no address is."""

from __future__ import annotations

import pytest

from console.intake.mail_message import Mail, mail_from
from console.intake.mailing import Mailing
from tests.intake.files import a_mail

OWN = Mailing(frozenset({"help@desk.example"}))


def mail(**headers: str) -> Mail:
    """Give a mail with these headers."""
    return mail_from(a_mail(**headers), mailing=OWN)


@pytest.mark.parametrize(
    ("header", "people"),
    [
        ("bo@x", ("bo@x",)),
        ('"Lovelace, Ada" <al@x>, Bo <bo@x>; cy@x', ("Lovelace, Ada <al@x>", "Bo <bo@x>", "cy@x")),
        ("=?utf-8?q?=C3=89mile=2C_B?= <e@x>, BO@X, bo@x", ("Émile, B <e@x>", "BO@X")),
        ("undisclosed-recipients:;", ()),
        ("friends: bo@x, Cy <cy@x>;", ("bo@x", "Cy <cy@x>")),
        ("nobody, @, a@, @x, <>, bo@x (Bo, of the desk)", ("bo@x",)),
        ("Help <HELP@desk.example>, ada@example.org, no-reply@x, bo@x", ("bo@x",)),
        ('"broken <bo@x>, cy@x', ("broken <bo@x>", "cy@x")),
        ("Bo\n <bo@x>,\n\tcy@x", ("Bo <bo@x>", "cy@x")),
        ("", ()),
    ],
)
def test_whom_a_mail_went_to_each_once_without_the_desk(header: str, people: tuple[str, ...]) -> None:
    assert mail(cc=header).envelope.copied == people


def test_to_and_cc_are_one_list_that_has_its_limit() -> None:
    assert mail(to="bo@x", cc="Bo <bo@x>, cy@x").envelope.copied == ("bo@x", "cy@x")
    assert len(mail(to=", ".join(f"u{n}@x" for n in range(400))).envelope.copied) == 200


def test_an_address_the_mail_was_delivered_to_is_the_desks_own() -> None:
    found = mail(to="support@other.example, bo@x", delivered_to="support@other.example")

    assert found.envelope.copied == ("bo@x",)


@pytest.mark.parametrize(
    ("sender", "reply_to", "asks"),
    [
        ("Shop <noreply@shop.example>", "Kim <kim@x>", "kim@x"),
        ("Desk <help@desk.example>", "Kim <kim@x>", "kim@x"),
        ("Desk <help@desk.example>", "help@desk.example", "help@desk.example"),
        ("noreply@shop.example", "kim@x, lee@x", "noreply@shop.example"),
        ("noreply@shop.example", "rubbish", "noreply@shop.example"),
        ("Eve <eve@evil>", "Kim <kim@x>", "eve@evil"),
        ("postmaster+x@y", "kim@x", "kim@x"),
    ],
)
def test_reply_to_is_believed_from_forms_only(sender: str, reply_to: str, asks: str) -> None:
    assert mail(**{"from": sender}, reply_to=reply_to).address == asks


@pytest.mark.parametrize("header", ['"' * 60_000, "(" * 60_000, "<" * 60_000, "a@" * 40_000, '",' * 40_000])
def test_hostile_lists_of_people_cost_little(header: str) -> None:
    assert mail(cc=header).envelope.copied == ()
