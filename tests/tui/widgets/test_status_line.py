"""The status line shows what it is told, as it is."""

from __future__ import annotations

import pytest
from textual.app import ComposeResult

from console.tui.shell import Shell
from console.tui.widgets.status_line import Saying, StatusLine, Tone


class Line(Shell):
    """Shows a status line alone."""

    def compose(self) -> ComposeResult:
        """Yield it."""
        yield StatusLine()


async def shown(text: str, tone: Tone = Tone.NOTE, width: int = 40) -> str:
    """Give what the line shows."""
    app = Line()
    async with app.run_test(size=(width, 3)) as pilot:
        app.say(text, tone)
        await pilot.pause()
        widget = app.query_one(StatusLine)
        strip = widget.render_line(0)
        assert strip.cell_length == widget.content_size.width
        assert widget.saying == Saying(text, tone)
        assert widget.render_line(1).text.strip() == ""
        return strip.text.rstrip()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Case 7 escalated.", "Case 7 escalated."),
        ("[/foo] [b]x[/b] [@click=app.exit]y[/]", "[/foo] [b]x[/b] [@click=app.exit]y[/]"),
        ("a\x1b[2J\u202eb\nc", "a␛[2J<U+202E>b c"),
        ("中" * 30, "中" * 19),
        ("", ""),
    ],
)
async def test_text_is_shown_as_it_is_and_cut_at_the_edge(text: str, line: str) -> None:
    assert await shown(text) == line


async def test_a_million_characters_do_not_matter() -> None:
    assert await shown("x" * 1_000_000) == "x" * 38


@pytest.mark.parametrize(("tone", "sign"), [(Tone.DONE, ""), (Tone.REFUSED, "! "), (Tone.FAILED, "!! ")])
async def test_how_it_was_said_shows_without_colour(tone: Tone, sign: str) -> None:
    assert await shown("said", tone) == f"{sign}said"
