"""Random text through every section of a sheet: nothing acts or hides, and the text itself is what is shown."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from rich.cells import cell_len

from console.domain.safe import safe_block, safe_line
from console.tui.widgets.sheet import Row, Rows
from tests.figures import counted
from tests.hostile.drawn import TEXTS, WIDTHS, must_be_shown_safely, sections
from tests.hostile.of_kin import of_kin
from tests.hostile.of_policy import of_policy
from tests.hostile.of_review import of_review
from tests.hostile.of_time import of_time


def no_section_of_a_sheet_lets_text_act(examples: int, *, is_full: bool = False) -> None:
    """Tell every section of a sheet so many texts, and look at each row."""
    told = 0

    @settings(deadline=None, max_examples=examples, suppress_health_check=list(HealthCheck))
    @given(TEXTS, WIDTHS)
    def check(text: str, width: int) -> None:
        nonlocal told
        told += 1
        for section in (*sections(text), *of_time(text), *of_kin(text), *of_policy(text), *of_review(text)):
            rows: Iterable[Row] = section(width)
            for row in rows:
                must_be_shown_safely(piece.text for piece in row)

    check()
    counted(10, "every section of a sheet", told, "texts, 0 changed, 0 that act or hide", is_full=is_full)


def test_no_section_of_a_sheet_lets_text_act() -> None:
    no_section_of_a_sheet_lets_text_act(100)


@pytest.mark.full
@pytest.mark.timeout(7200)
def test_no_section_of_a_sheet_lets_any_of_twenty_thousand_texts_act() -> None:
    no_section_of_a_sheet_lets_text_act(20_000, is_full=True)


@given(TEXTS, WIDTHS)
def test_a_wrapped_text_is_the_safe_text(text: str, width: int) -> None:
    told, block = Rows(width), Rows(width)
    told.told("label", text)
    block.text(safe_block(text))

    assert _squeezed(piece.text for row in told for piece in row[1:]) == _squeezed([safe_line(text)])
    assert _squeezed(piece.text for row in block for piece in row) == _squeezed([safe_block(text)])
    assert all(sum(cell_len(piece.text) for piece in row) <= width for row in (*told, *block) if width > 30)


def _squeezed(texts: Iterable[str]) -> str:
    return "".join("".join(text.split()) for text in texts)
