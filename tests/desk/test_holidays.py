"""Public holidays: fetched once, kept, and closed on from then, whatever the library says later."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from console.desk import holidays
from console.desk.desk import Desk, open_desk, owner
from console.desk.facts import policy_of
from console.desk.holiday_library import unknown
from console.domain.errors import RefusalCode, Refused
from console.domain.policy_file import faults
from console.domain.policy_finding import Grade
from console.settings import sample_data
from console.store import people

POLICY = (sample_data() / "policy.toml").read_text(encoding="utf-8").split("[calendar.")[0]
OFFICE = '\n[calendar.office]\nzone = "Europe/Berlin"\nhours = ["mo-fr 08:00-18:00"]\nholidays = "{region}"\n'
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
CHRISTMAS = date(2026, 12, 25)


def opened(path: Path, region: str = "DE-HE", now: datetime = NOW) -> Desk:
    return open_desk(path, POLICY + OFFICE.format(region=region), "policy.toml", lambda: now)


def closed(desk: Desk) -> frozenset[date]:
    return desk.policy.timing.calendar_of("office").holidays


def test_a_calendar_is_closed_on_the_holidays_of_its_region(tmp_path: Path) -> None:
    desk = opened(tmp_path / "t.db")

    office = desk.policy.timing.calendar_of("office")

    assert {day.year for day in closed(desk)} == {2025, 2026, 2027, 2028}
    assert office.add(datetime(2026, 12, 24, 16, tzinfo=UTC), timedelta(hours=2)) == datetime(
        2026, 12, 28, 8, tzinfo=UTC
    )


def test_dates_that_are_kept_are_not_fetched_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = closed(opened(tmp_path / "t.db"))
    asked: list[list[int]] = []

    def library(_: str, years: list[int]) -> dict[date, str]:
        asked.append(years)
        return {date(year, 1, 1): "New Year" for year in years}

    monkeypatch.setattr(holidays, "fetched", library)
    again = closed(opened(tmp_path / "t.db"))
    later = closed(opened(tmp_path / "t.db", now=NOW + timedelta(days=366)))

    assert again == first
    assert asked == [[2029]], "a year on, only the year that is lacking"
    assert later == first | {date(2029, 1, 1)}


def test_what_the_library_says_now_is_taken_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = opened(tmp_path / "t.db")
    old = [day for day in closed(desk) if day.year in {2026, 2027, 2028}]
    new = dict.fromkeys([*old[1:], date(2026, 12, 31)], "A day off")
    monkeypatch.setattr(holidays, "fetched", lambda *_: new)

    told = holidays.refresh(desk, owner("root"))

    assert [line[:11] for line in told["DE-HE"]] == ["+2026-12-31", f"-{old[0]}"]
    assert closed(opened(tmp_path / "t.db")) >= set(new)
    assert old[0] not in closed(opened(tmp_path / "t.db"))
    assert holidays.refresh(opened(tmp_path / "t.db"), owner("root")) == {"DE-HE": []}


def test_a_region_nobody_knows_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="of DE known are BB") as refused:
        opened(tmp_path / "t.db", "DE-XX")
    assert refused.value.code is RefusalCode.POLICY
    with pytest.raises(Refused, match="Nobody knows the holidays of 'XX'"):
        opened(tmp_path / "t.db", "XX")
    with pytest.raises(Refused, match="it has no regions, so write MC"):
        opened(tmp_path / "t.db", "MC-01")


def test_a_policy_file_names_its_unknown_regions_with_their_lines() -> None:
    text = POLICY + OFFICE.format(region="DE-XX") + "\n[clocks]\ncalendar = 'office'\n"
    (fault,) = [fault for fault in faults(text, "p.toml", unknown) if fault.grade is Grade.ERROR]
    assert str(fault).startswith(f"p.toml:{text[: text.index('holidays = ')].count(chr(10)) + 1}: calendar.office.holi")
    assert "of DE known are BB" in fault.sentence
    assert [
        each for each in faults(text.replace("DE-XX", "DE-HE"), "p.toml", unknown) if each.grade is Grade.ERROR
    ] == []


def test_a_policy_without_holidays_asks_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holidays, "fetched", None)
    assert open_desk(tmp_path / "t.db", POLICY, "policy.toml", lambda: NOW).policy.timing.calendar_of("").is_always


def test_dates_that_cannot_be_kept_are_used_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(code: RefusalCode) -> None:
        def refuse(*_: object) -> None:
            raise Refused("The disk is full.", code)

        monkeypatch.setattr("console.store.holidays.put", refuse)

    full(RefusalCode.STORAGE)
    assert CHRISTMAS in closed(opened(tmp_path / "t.db"))
    full(RefusalCode.CONFLICT)
    with pytest.raises(Refused):
        opened(tmp_path / "t.db")


def test_a_policy_of_earlier_closes_on_the_dates_that_are_kept(tmp_path: Path) -> None:
    desk = opened(tmp_path / "t.db")
    with desk.write() as tx:
        people.keep_policy(tx, "old", "old.toml", POLICY + OFFICE.format(region="DE-HE"), NOW)
        people.keep_policy(tx, "plain", "plain.toml", POLICY, NOW)
        people.keep_policy(tx, "broken", "broken.toml", "name =", NOW)

    with desk.read() as tx:
        old, plain = policy_of(tx, "old"), policy_of(tx, "plain")
        assert policy_of(tx, "broken") is None
        assert policy_of(tx, "unknown") is None

    assert old is not None
    assert old.timing.calendar_of("office").holidays == closed(desk)
    assert plain is not None
    assert plain.timing.calendar_of("").is_always
