"""What a back-test came to as rows: the cases that flip, the counts of either policy, what would have come to teams."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from console.domain import backtest_words
from console.domain.backtest import Tally
from console.domain.flipped import Flips
from console.domain.safe import safe_line
from console.tui.widgets.sheet import Piece, Row, Rows, Section
from console.tui.widgets.wrapping import cut

LABEL, COLUMN = 29, 20
TEAM, NUMBER, A_DAY, MOST = 18, 6, 6, 17
EVERY_TEAM = 1_000


def flipped(flips: Flips) -> Section:
    """Say how many cases flip, and which way."""

    def drawn(width: int) -> list[Row]:
        written = Rows(width)
        written.text(flips.says, "strong", 1)
        written.gap()
        return written

    return drawn


def measured(tallies: Sequence[Tally]) -> Section:
    """Give the counts of each policy side by side; a mark stands where they differ."""

    def drawn(_: int) -> list[Row]:
        names = ("", *backtest_words.names(tallies))
        return [_row(names, "muted"), *(_row(row) for row in backtest_words.rows(tallies))]

    return drawn


def loaded(tallies: Sequence[Tally]) -> Section:
    """Give what would have come to each team under each policy, side by side."""

    def drawn(width: int) -> list[Row]:
        by_team = [{row[0]: row[1:] for row in backtest_words.load_rows(each, EVERY_TEAM)} for each in tallies]
        teams = [*dict.fromkeys(team for found in by_team for team in found)]
        if not teams:
            return []
        written = Rows(width)
        written.gap()
        written.head("What would have come to teams")
        written.extend(_loads(by_team, teams, backtest_words.names(tallies)))
        return written

    return drawn


def _row(cells: Sequence[str], tone: str = "") -> Row:
    label, *values = cells
    differs = not tone and label != "version" and len(set(values)) > 1
    told = "".join(f"{safe_line(value):>{COLUMN}}" for value in values)
    return (Piece(f" {'*' if differs else ' '} {label:<{LABEL}}", "label"), Piece(told, "strong" if differs else tone))


def _loads(by_team: Sequence[dict[str, list[str]]], teams: Sequence[str], names: Sequence[str]) -> Iterator[Row]:
    wide = NUMBER + A_DAY + MOST
    to, *heads = backtest_words.LOAD_HEADS
    yield (Piece(f"   {'':<{TEAM}}{''.join(f'{name:>{wide}}' for name in names)}", "muted"),)
    yield (Piece(f"   {to:<{TEAM}}{_load(heads) * len(names)}", "muted"),)
    for team in teams:
        told = "".join(_load(found.get(team, ("-", "", ""))) for found in by_team)
        yield (Piece(f"   {cut(safe_line(team or 'nobody'), TEAM - 1):<{TEAM}}{told}"),)


def _load(cells: Sequence[str]) -> str:
    number, a_day, most = cells
    return f"{number:>{NUMBER}}{a_day:>{A_DAY}}{most:>{MOST}}"
