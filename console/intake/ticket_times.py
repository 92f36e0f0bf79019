"""Times as tables of ticket systems write them: whether day or month comes first is found from the whole column.

`03/04/2024` says nothing by itself. Another cell of the column that can only be read one way decides; where none does,
the other columns of the table do, written by the same setting; then that nothing is updated before it was created.
Where nothing decides, no cell is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

from console.intake.moments import moment
from console.intake.native_fields import BadValueError, fault
from console.intake.text import shortened

_LONGEST = 60
_MONTHS_A_YEAR = 12
_CENTURY = 100
_BLANKS = re.compile(r"\s+")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{4}|\d{2})(?!\d)")
_DAY_NAME = re.compile(r"(\d{1,2})[-/. ]{1,3}([^\W\d_]{3,10})[-/., ]{1,3}(\d{4}|\d{2})(?!\d)")
_NAME_DAY = re.compile(r"([^\W\d_]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)")
_CLOCK = re.compile(
    r"[t, ]*(?:at |um |à )?(\d{1,2})[:.h](\d\d)(?:[:.](\d\d)(?:[.,]\d{1,9})?)? ?(?:([ap])\.? ?m\.?)? ?"
    r"(z|utc|gmt)?([+-]\d\d:?\d\d)?"
)
_MONTHS = {
    "jan": 1, "ene": 1, "gen": 1, "sty": 1, "янв": 1, "feb": 2, "fev": 2, "lut": 2, "фев": 2, "mar": 3, "mrz": 3,
    "mrt": 3, "maa": 3, "мар": 3, "apr": 4, "avr": 4, "abr": 4, "kwi": 4, "апр": 4, "may": 5, "mai": 5, "mei": 5,
    "mag": 5, "maj": 5, "мая": 5, "май": 5, "jun": 6, "giu": 6, "cze": 6, "июн": 6, "jul": 7, "lug": 7, "lip": 7,
    "июл": 7, "aug": 8, "aou": 8, "ago": 8, "sie": 8, "авг": 8, "sep": 9, "set": 9, "wrz": 9, "сен": 9, "oct": 10,
    "okt": 10, "ott": 10, "out": 10, "paz": 10, "окт": 10, "nov": 11, "lis": 11, "ноя": 11, "dec": 12, "dez": 12,
    "dic": 12, "gru": 12, "дек": 12, "juin": 6, "juil": 7,
}  # fmt: skip


class Order(StrEnum):
    """Which of two numbers is the day."""

    DAY = "day first"
    MONTH = "month first"


class Times:
    """Reads the times of one table; whatever the table holds is shown to `see` first, then `read` knows the order."""

    def __init__(self) -> None:
        self.lacks_zone = False
        self._seen: dict[str, set[Order]] = {}
        self._refuted: set[Order] = set()

    def see(self, column: str, said: str) -> None:
        """Take a cell as evidence of the order in its column."""
        found = _NUMBERS.match(_plain(said))
        if found is None:
            return
        first, second = int(found[1]), int(found[3])
        if found[2] == "." or second <= _MONTHS_A_YEAR < first:
            self._seen.setdefault(column, set()).add(Order.DAY)
        elif first <= _MONTHS_A_YEAR < second:
            self._seen.setdefault(column, set()).add(Order.MONTH)

    def see_pair(self, earlier: str, later: str) -> None:
        """Take two cells of a row, the second of which cannot be before the first, as evidence."""
        if _NUMBERS.match(_plain(earlier)) is None or _NUMBERS.match(_plain(later)) is None:
            return
        for order in Order:
            try:
                if self._moment(earlier, order) > self._moment(later, order):
                    self._refuted.add(order)
            except ValueError:
                continue

    def order_of(self, column: str) -> Order | None:
        """Give the order that the cells of a column are written in, or None where nothing says it."""
        own = self._seen.get(column, set())
        if own:
            return next(iter(own)) if len(own) == 1 else None
        others = set().union(*self._seen.values())
        if others:
            return next(iter(others)) if len(others) == 1 else None
        return next(iter(set(Order) - self._refuted)) if len(self._refuted) == 1 else None

    def read(self, column: str, said: str) -> datetime | None:
        """Give the time a cell says, in UTC where it names no zone; None for none. Raises BadValueError."""
        if not said.strip():
            return None
        try:
            return self._moment(said, self._order_for(column, said))
        except BadValueError:
            raise
        except (ValueError, OverflowError):
            raise fault(column, said, "a time such as 2026-03-01 09:30:00") from None

    def _order_for(self, column: str, said: str) -> Order:
        """Give the order to read a cell by. Raises BadValueError where it could be either."""
        found = _NUMBERS.match(_plain(said))
        if found is None:
            return Order.DAY
        first, second = int(found[1]), int(found[3])
        if found[2] == "." or first > _MONTHS_A_YEAR or first == second:
            return Order.DAY
        order = self.order_of(column)
        if second > _MONTHS_A_YEAR:
            return Order.MONTH
        if order is None:
            why = (
                "both orders stand in it" if len(self._seen.get(column, ())) > 1 else "nothing in the table says which"
            )
            raise BadValueError(
                f"{column} is '{shortened(said, 40)}': day or month may come first, and {why}; export it with dates "
                "such as 2026-03-01."
            )
        return order

    def _moment(self, said: str, order: Order) -> datetime:
        """Give the time of a cell. Raises ValueError."""
        text = _plain(said)
        if len(said) > 4 * _LONGEST:
            raise ValueError(text)
        year, month, day, end = _date(text, order)
        clock = _CLOCK.fullmatch(text, end) if end < len(text) else None
        if clock is None:
            if end < len(text):
                return moment(text)
            self.lacks_zone = True
            return datetime(year, month, day, tzinfo=UTC)
        hour = int(clock[1])
        if clock[4]:
            if not 1 <= hour <= _MONTHS_A_YEAR:
                raise ValueError(text)
            hour = hour % 12 + (12 if clock[4] == "p" else 0)
        zone = UTC
        if clock[6]:
            sign = -1 if clock[6][0] == "-" else 1
            zone = timezone(sign * timedelta(hours=int(clock[6][1:3]), minutes=int(clock[6][-2:])))
        elif not clock[5]:
            self.lacks_zone = True
        return datetime(year, month, day, hour, int(clock[2]), int(clock[3] or 0), tzinfo=zone).astimezone(UTC)


def _plain(said: str) -> str:
    """Give a cell without the blanks that some locales write, in small letters."""
    return _BLANKS.sub(" ", said[: 2 * _LONGEST].casefold()).strip()


def _date(text: str, order: Order) -> tuple[int, int, int, int]:
    """Give year, month and day at the beginning of a text, and where they end. Raises ValueError."""
    if found := _YEAR_FIRST.match(text):
        return int(found[1]), int(found[3]), int(found[4]), found.end()
    if found := _NUMBERS.match(text):
        first, second = int(found[1]), int(found[3])
        day, month = (first, second) if order is Order.DAY else (second, first)
        return _year(found[4]), month, day, found.end()
    if found := _DAY_NAME.match(text):
        return _year(found[3]), _month(found[2]), int(found[1]), found.end()
    if found := _NAME_DAY.match(text):
        return int(found[3]), _month(found[1]), int(found[2]), found.end()
    raise ValueError(text)


def _year(digits: str) -> int:
    return int(digits) if len(digits) > 2 else 2 * 10 * _CENTURY + int(digits)  # noqa: PLR2004 - two digits


def _month(name: str) -> int:
    """Give the month of its name or the beginning of it. Raises ValueError."""
    letters = "".join(each for each in unicodedata.normalize("NFD", name) if not unicodedata.combining(each))
    letters = letters if letters.isascii() else name
    found = _MONTHS.get(letters[:4]) or _MONTHS.get(letters[:3])
    if found is None:
        raise ValueError(name)
    return found
