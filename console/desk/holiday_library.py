"""The library that knows public holidays: the one door to it, loaded only when dates are missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from console.domain.errors import RefusalCode, Refused
from console.domain.toml_table import nearest


def fetched(region: str, years: Iterable[int]) -> dict[date, str]:
    """Give the public holidays of a region (`DE`, `DE-HE`) in some years, by date. Refused: a region nobody knows."""
    import holidays

    country, _, subdivision = region.partition("-")
    if wrong := unknown(region):
        raise Refused(wrong, RefusalCode.POLICY)
    found = holidays.country_holidays(country, subdiv=subdivision or None, years=list(years), language="en_US")
    return {day: str(name) for day, name in found.items()}


def unknown(region: str) -> str:
    """Say what is wrong with a region whose holidays nobody knows, or nothing."""
    import holidays

    every = holidays.list_supported_countries(include_aliases=False)
    country, _, subdivision = region.partition("-")
    if country in every and (not subdivision or subdivision in every[country]):
        return ""
    if country not in every:
        return f"Nobody knows the holidays of '{region}'; {nearest(country, every)}"
    known = every[country]
    inside = nearest(subdivision, known) if known else f"it has no regions, so write {country}."
    return f"Nobody knows the holidays of '{region}'; of {country} {inside}"
