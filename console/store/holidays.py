"""Public holidays: kept once fetched, and read by region."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from console.store.engine import Reading


def of(tx: Reading, regions: Iterable[str]) -> dict[str, dict[date, str]]:
    """Give the holidays that are kept of regions, by region: date and name."""
    found: dict[str, dict[date, str]] = {region: {} for region in regions}
    names = {f"r{place}": region for place, region in enumerate(found)}
    listed = ", ".join(f":{name}" for name in names)
    for region, day, name in tx.rows(f"SELECT region, day, name FROM holiday WHERE region IN ({listed})", names):
        found[region][date.fromisoformat(day)] = name
    return found


def put(tx: Reading, region: str, years: Iterable[int], days: Mapping[date, str]) -> None:
    """Keep the holidays of a region in some years, instead of what was kept of those years."""
    for year in years:
        tx.rows("DELETE FROM holiday WHERE region = :r AND day LIKE :year", {"r": region, "year": f"{year}-%"})
    for day, name in sorted(days.items()):
        values = {"r": region, "day": day.isoformat(), "name": name}
        tx.rows("INSERT OR REPLACE INTO holiday (region, day, name) VALUES (:r, :day, :name)", values)
