"""The played day: what happens in it, whose clock it goes by, and who plays it as long as a console is there."""

from __future__ import annotations

import multiprocessing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from console.cli import day
from console.cli.call import now
from console.cli.company import be_the_others, company
from console.cli.day import LENGTH, Played
from console.domain.events import Kind
from console.store.sqlite_driver import driver
from tests.cli.conftest import Shell

WEDNESDAY, SUNDAY = datetime(2026, 11, 25, 20, tzinfo=UTC), datetime(2026, 11, 22, 12, tzinfo=UTC)
MORNING = datetime(2026, 11, 25, 7, 50, tzinfo=ZoneInfo("Europe/Berlin"))
HAPPENS = (
    Kind.OPENED, Kind.CLAIMED, Kind.NOTED, Kind.ATTEMPTED, Kind.WAITING, Kind.RESUMED, Kind.RESOLVED, Kind.WARNED,
    Kind.BREACHED, Kind.ENGAGED, Kind.REMINDED, Kind.ESCALATED, Kind.ACCEPTED, Kind.RETURNED, Kind.ASKED, Kind.REPLIED,
    Kind.HANDED_OVER, Kind.TAKEN_OVER,
)  # fmt: skip


def history(database: Path) -> list[tuple[object, ...]]:
    """What happened, in order."""
    with driver().connect(database) as file:
        rows = file.execute("select case_id, version, at, actor, kind, detail from event order by seq").fetchall()
    return list(rows)


def played(database: Path) -> Path:
    """A day played at once."""
    desk, clock = day.begin(database, "you", WEDNESDAY)
    day.play_through(desk, clock, "you")
    desk.store.close()
    return database


def test_everything_a_desk_knows_happens_in_a_day(tmp_path: Path) -> None:
    desk, clock = day.begin(tmp_path / "day.db", "you", WEDNESDAY)
    assert clock.at == MORNING
    before = len(history(tmp_path / "day.db"))

    day.play_through(desk, clock, "you")

    happened = history(tmp_path / "day.db")[before:]
    assert clock.at == MORNING + LENGTH
    assert {kind for *_, kind, _ in happened} >= set(HAPPENS)
    people = {actor for *_, actor, _, _ in happened if not str(actor).startswith("rule:")}
    assert len(people) > 12
    assert "you" not in people, "whoever watches is played by nobody"


def test_a_day_is_the_same_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(day, "LENGTH", timedelta(hours=3))

    assert history(played(tmp_path / "a.db")) == history(played(tmp_path / "b.db"))


@pytest.mark.parametrize(
    ("now", "back"), [(WEDNESDAY, 0), (MORNING + LENGTH, 0), (MORNING + timedelta(hours=4), 1), (SUNDAY, 5)]
)
def test_played_is_the_last_working_day_that_is_over(tmp_path: Path, now: datetime, back: int) -> None:
    _, clock = day.begin(tmp_path / "day.db", "you", now)

    assert clock.at == MORNING - timedelta(days=back)


def test_the_clock_of_a_day_runs_fast_to_its_end_and_then_as_any_other() -> None:
    begun, second = now(), timedelta(seconds=1)
    clock = Played(begun, MORNING, day.SPEED, now)

    assert clock.at(begun - second) == clock.at(begun) == MORNING
    assert clock.at(begun + second) == MORNING + day.SPEED * second
    assert clock.at(begun + timedelta(minutes=2)) == clock.end
    assert clock.at(begun + timedelta(minutes=3)) == clock.end + timedelta(minutes=1)
    assert MORNING <= clock() < clock.end


def test_the_others_are_played_while_the_console_is_there_and_keep_the_clock_side_afterwards(tmp_path: Path) -> None:
    desk, clock = day.begin(tmp_path / "day.db", "you", WEDNESDAY)
    desk.store.close()
    before = len(history(tmp_path / "day.db"))
    over = Played(now() - timedelta(days=1), clock.at, day.SPEED, now)

    with company(tmp_path / "day.db", "you", over):
        here, there = multiprocessing.Pipe()
        here.close()
        be_the_others(tmp_path / "day.db", "you", over, there)
        assert len(history(tmp_path / "day.db")) == before, "whose console is gone plays nothing"

    assert not multiprocessing.active_children()


def test_the_others_end_with_a_console_that_is_killed(tmp_path: Path) -> None:
    desk, clock = day.begin(tmp_path / "day.db", "you", WEDNESDAY)
    desk.store.close()
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    others = context.Process(
        target=be_the_others, args=(tmp_path / "day.db", "you", Played(now(), clock.at, 2.0, now), there)
    )
    others.start()
    there.close()

    here.close()
    others.join(30)

    assert others.exitcode == 0


def test_a_console_is_told_that_its_day_could_not_be_played(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "day.db").write_bytes(b"nothing of the kind" * 100)
    here, there = multiprocessing.Pipe()
    be_the_others(tmp_path / "day.db", "you", Played(now(), MORNING, 2.0, now), there)

    assert here.recv() == "Damaged"
    assert capsys.readouterr() == ("", ""), "the screen is the console's"


def test_a_day_is_played_at_once_where_no_console_is_wanted(empty: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(day, "LENGTH", timedelta(hours=2))

    database = empty.done("demo", "--day", "--no-console", "--keep", str(empty.folder / "kept")).out.strip()

    assert Path(database) == empty.folder / "kept" / "demo.db"
    assert any(kind == Kind.CLAIMED for *_, kind, _ in history(Path(database)))


def test_a_console_on_a_played_day_has_its_clock_and_company(empty: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[float, str, datetime]] = []

    def opened(desk, actor, settings, *, is_readonly=False, clock=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, ARG001
        seen.append((desk.pace, actor.id, desk.now()))
        assert multiprocessing.active_children()
        return 7

    monkeypatch.setattr("console.tui.start.open_console", opened)

    assert empty("demo", "--day", "--speed", "60", person="bo").code == 7

    ((pace, person, at),) = seen
    assert (pace, person) == (60, "bo")
    assert at.astimezone(ZoneInfo("Europe/Berlin")).hour in {7, 8}
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("speed", ["1", "0", "-3", "nan", "inf", "fast", "4000"])
def test_a_day_that_cannot_be_played_so_fast_is_refused(empty: Shell, speed: str) -> None:
    said = empty("demo", "--day", f"--speed={speed}")
    assert (said.code, "is no speed; write a number above 1" in said.err) == (2, True)


def test_a_speed_without_a_day_is_refused(empty: Shell) -> None:
    assert "say --day too" in empty("demo", "--speed", "60").err
