"""Random text in entries and in the words of dialogs: no markup, no control, no link."""

from __future__ import annotations

from hypothesis import given, settings
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from console.domain.safe import safe_line
from console.tui.shell import Shell
from console.tui.widgets.form import Field, Form
from console.tui.widgets.text_entry import LineEntry, TextEntry
from tests.figures import counted
from tests.hostile.drawn import TEXTS, must_be_plain


class Desk(Shell):
    """Shows a form and a sentence, as dialogs do."""

    def compose(self) -> ComposeResult:
        """Yield them."""
        yield Static(id="sentence")
        yield Form([Field(name="one", label="one"), Field(name="two", label="two", lines=2)])


async def test_nothing_that_stands_in_an_entry_acts() -> None:
    app, written = Desk(), 0
    async with app.run_test(size=(100, 40)) as pilot:

        @settings(deadline=None, max_examples=60)
        @given(TEXTS)
        def check(text: str) -> None:
            nonlocal written
            written += 1
            app.query_one("#sentence", Static).update(Content(safe_line(text)))
            app.query_one(Form).fill({"one": text[:900], "two": text})
            for widget in (app.query_one("#sentence", Static), app.query_one(LineEntry), app.query_one(TextEntry)):
                for y in range(max(widget.size.height, 1)):
                    must_be_plain(widget.render_line(y))

        check()
        await pilot.pause()
    counted(10, "a sentence and two entries", written, "texts in each, 0 MarkupError, 0 with @click, link or control")
