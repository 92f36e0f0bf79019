"""Bars of block characters."""

from __future__ import annotations

import pytest

from console.reports.plot import bar


@pytest.mark.parametrize(
    ("value", "most", "drawn", "in_ascii"),
    [
        (0, 10, "", ""), (10, 10, "████", "####"), (5, 10, "██", "##"), (1, 1000, "▏", "-"), (3, 8, "█▌", "##"),
        (-1, 10, "", ""), (1, 0, "", ""),
    ],
)  # fmt: skip
def test_a_bar_is_as_long_as_its_value(value: float, most: float, drawn: str, in_ascii: str) -> None:
    assert bar(value, most, 4) == drawn
    assert bar(value, most, 4, ascii_only=True) == in_ascii
    assert bar(value, most, 0) == ""
