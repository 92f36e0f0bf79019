"""The cells of a report as people read them, and the period it is about."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from console.domain.safe import safe_line
from console.domain.spans import span
from console.domain.words import percent
from console.reports.report import Asked, Cell, Column, Holds, Report


def shown(cell: Cell, *, ascii_only: bool = False) -> str:
    """Write one cell; text from outside is made safe."""
    match cell:
        case None:
            return "-"
        case str():
            return safe_line(cell, ascii_only=ascii_only)
        case timedelta():
            return span(cell)
        case float():
            return percent(cell)
        case _:
            return f"{cell:,}"


def is_number(column: Column) -> bool:
    """Say whether a column is set to the right."""
    return column.holds is not Holds.TEXT


def number(cell: Cell) -> float:
    """Give how much a cell is, for a plot."""
    if isinstance(cell, timedelta):
        return cell.total_seconds()
    return cell if isinstance(cell, int | float) else 0


def under_and_over(lengths: tuple[timedelta, ...], step: int) -> str:
    """Name a step of lengths of time: `under 4h`, `4h to 1d`, `over 30d`."""
    if not step:
        return f"under {span(lengths[0])}"
    if step == len(lengths):
        return f"over {span(lengths[-1])}"
    return f"{span(lengths[step - 1])} to {span(lengths[step])}"


def scope(report: Report, zone: str) -> str:
    """Say what the report is about: which time, which view."""
    return scoped(report.asked, zone, is_of_now=report.is_of_now)


def scoped(asked: Asked, zone: str, *, is_of_now: bool = False) -> str:
    """Say which time and which view are asked for."""
    times = [asked.now] if is_of_now else [asked.since, asked.until]
    when = " to ".join(_dated(each, zone) for each in times)
    return f"{'as of ' if is_of_now else ''}{when} {zone}{f', view {asked.view}' if asked.view else ''}"


def _dated(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"
