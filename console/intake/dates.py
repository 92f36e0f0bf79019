"""Dates as tables write them: in an order that is known or found, with month names in several languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from console.intake.moments import moment

COUNTED = ("excel", "epoch")
"""Times that are counted: days as spreadsheets count them, and seconds (or thousandths and so on) since 1970."""
ORDERS = ("ymd", "dmy", "mdy", *COUNTED)
"""In which order year, month and day stand; a date whose year is written first is read so whatever was said."""
_PIVOT = 70
_NUMBER = re.compile(r"\d{5,19}(?:[.,]\d{1,12})?")
_DAYS = range(20_000, 80_000)
_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - it counts in the zone of the table
_PARTS = {10: 1, 13: 1000, 16: 10**6, 19: 10**9}
"""By how many digits a time has that counts since 1970, how many of what it counts are a second."""
_LONGEST = 60
_NOON, _AFTERNOON = 12, ("pm", "p")
_WRITTEN = re.compile(
    r"(\d{1,4}|[^\W\d]{3,12})\.?[-/. ]{1,2}(\d{1,2}|[^\W\d]{3,12})\.?,?[-/. ]{1,2}(\d{1,4})"
    r"(?:,?[T ]{1,2}(?:um |à |alle )?(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?(?:\s?([ap])\.?m?\.?)?)?"
    r"(?:\s?(?:Uhr|Z|UTC|GMT)|\s?([+-]\d{2}):?(\d{2}))?",
    re.IGNORECASE,
)
_MONTHS = (
    "jan gen ene", "feb fév fev", "mar mär mrt maa mae", "apr avr abr", "mai may mag mei", "jun giu",
    "jul lug", "aug aoû aou ago", "sep set", "oct okt ott out", "nov", "dec dez déc dic",
)  # fmt: skip
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_JUNE_JULY = {"juin": 6, "juil": 7}


@dataclass(frozen=True, slots=True)
class Dates:
    """How times are written: the order of a date, and the zone of a time that names none."""

    order: str = "ymd"
    zone: tzinfo = UTC

    def read(self, text: str) -> datetime:
        """Give a time as aware UTC. Raises ValueError for what is none."""
        text = " ".join(text[: _LONGEST + 1].split())
        if self.order in COUNTED and _NUMBER.fullmatch(text):
            return self._counted(text)
        found = _WRITTEN.fullmatch(text) if len(text) <= _LONGEST else None
        if found is not None:
            try:
                return self._written(found)
            except OverflowError as error:
                raise ValueError(text) from error
        read = datetime.fromisoformat(text.upper())
        if read.tzinfo is not None:
            return moment(text)
        return _utc(read.replace(tzinfo=self.zone))

    def _counted(self, text: str) -> datetime:
        """Give a time that is counted, from 1954 to 2119 and from 2001 on. Raises ValueError."""
        number, _, part = text.replace(",", ".").partition(".")
        if self.order == "excel":
            if int(number) not in _DAYS:
                raise ValueError(text)
            seconds = round(float(f"0.{part or 0}") * 86_400)
            return _utc((_DAY_ZERO + timedelta(days=int(number), seconds=seconds)).replace(tzinfo=self.zone))
        if len(number) not in _PARTS:
            raise ValueError(text)
        whole, rest = divmod(int(number), _PARTS[len(number)])
        return datetime.fromtimestamp(whole, UTC) + timedelta(microseconds=rest * 10**6 // _PARTS[len(number)])

    def _written(self, found: re.Match[str]) -> datetime:
        one, two, three, hour, minute, second, half, ahead, after = found.groups()
        year, month, day = self._ordered(one, two, three)
        hours = int(hour or 0)
        if half:
            hours = hours % _NOON + (_NOON if half.lower() in _AFTERNOON else 0)
        read = datetime(year, month, day, hours, int(minute or 0), int(second or 0), tzinfo=self.zone)
        if ahead is not None:
            offset = timedelta(hours=int(ahead), minutes=int(after) * (-1 if ahead.startswith("-") else 1))
            return _utc(read.replace(tzinfo=UTC) - offset)
        return _utc(read.replace(tzinfo=UTC)) if found[0].upper().endswith(("Z", "UTC", "GMT")) else _utc(read)

    def _ordered(self, one: str, two: str, three: str) -> tuple[int, int, int]:
        """Give year, month and day; a month that is named is one wherever it stands."""
        if not one.isdigit():
            return _year(three), _month(one), int(two)
        if len(one) > 2:  # noqa: PLR2004 - a day has two digits
            return int(one), _month(two), int(three)
        if not two.isdigit() or self.order == "dmy":
            return _year(three), _month(two), int(one)
        if self.order == "mdy":
            return _year(three), int(one), int(two)
        raise ValueError(f"{one} is no year")


def orders_of(texts: Iterable[str]) -> list[str]:
    """Give the orders in which every one of these texts is a date; none where some are no dates at all."""
    left = list(ORDERS)
    for text in texts:
        left = [order for order in left if _is_date(text, order)]
    return [order for order in left if order not in COUNTED] or left


def _is_date(text: str, order: str) -> bool:
    try:
        Dates(order).read(text)
    except ValueError:
        return False
    return True


def _year(text: str) -> int:
    year = int(text)
    if len(text) > 2:  # noqa: PLR2004 - two digits leave the century open
        return year
    return year + (1900 if year >= _PIVOT else 2000)


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    name = text.casefold()
    found = _JUNE_JULY.get(name[:4]) or _MONTH_OF.get(name[:3])
    if found is None:
        raise ValueError(f"{text} is no month")
    return found


def _utc(at: datetime) -> datetime:
    """Give a time as UTC. Raises ValueError outside the years 1 to 9999."""
    try:
        return at.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(str(at)) from error
