"""Random text through every widget that draws lines: no markup, no control, no link."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from textual.app import ComposeResult
from textual.widget import Widget

from console.domain.views import View
from console.tui.shell import Shell
from console.tui.widgets.board_grid import BoardGrid
from console.tui.widgets.case_facts import standing
from console.tui.widgets.case_head import CaseHead, Heading
from console.tui.widgets.case_table import CaseTable
from console.tui.widgets.case_tabs import CaseTabs, Parts
from console.tui.widgets.choices import Choices
from console.tui.widgets.header_line import HeaderLine, Standing
from console.tui.widgets.preview import Preview
from console.tui.widgets.row_list import RowList
from console.tui.widgets.send_line import Sending, SendLine
from console.tui.widgets.status_line import Saying, StatusLine
from console.tui.widgets.tabs_line import Tabs, TabsLine
from tests.figures import counted
from tests.hostile.drawn import NOW, TEXTS, an_about, must_be_plain
from tests.hostile.filled import tell_board, tell_choices, tell_rows, tell_table


class Gallery(Shell):
    """Shows every widget that draws lines of text from outside."""

    def compose(self) -> ComposeResult:
        """Yield them."""
        yield from (StatusLine(), HeaderLine(), TabsLine(), CaseHead(), CaseTabs(), Choices([], ""), SendLine())
        yield from (CaseTable(), Preview(), RowList(), BoardGrid())


def fills(app: Gallery) -> Mapping[type[Widget], Callable[[str], object]]:
    """Give for each widget how it is told a text."""

    def told(widget: type[Widget], name: str, value: Callable[[str], object]) -> Callable[[str], None]:
        return lambda text: setattr(app.query_one(widget), name, value(text))

    return {
        StatusLine: told(StatusLine, "saying", Saying),
        HeaderLine: told(HeaderLine, "standing", lambda text: Standing(text, (("new", 3),), text)),
        TabsLine: told(TabsLine, "tabs", lambda text: Tabs((View("1", text, ""),), text, {"": 3}, text)),
        CaseHead: told(CaseHead, "heading", lambda text: Heading(an_about(text).case, NOW, "Note")),
        CaseTabs: told(CaseTabs, "parts", lambda text: Parts(("Case",), 0, standing(an_about(text).case, NOW))),
        SendLine: told(SendLine, "sending", lambda text: Sending(text, text, text, (text, text, text), text)),
        Choices: partial(tell_choices, app),
        CaseTable: partial(tell_table, app),
        RowList: partial(tell_rows, app),
        BoardGrid: partial(tell_board, app),
        Preview: lambda text: app.query_one(Preview).show(an_about(text)),
    }


async def test_no_widget_lets_text_act() -> None:
    await no_widget_lets_text_act(60)


@pytest.mark.full
@pytest.mark.timeout(7200)
async def test_no_widget_lets_any_of_twenty_thousand_texts_act() -> None:
    await no_widget_lets_text_act(20_000, is_full=True)


async def no_widget_lets_text_act(examples: int, *, is_full: bool = False) -> None:
    """Tell every widget so many texts, and look at each line that it draws."""
    app, drawn = Gallery(), 0
    async with app.run_test(size=(100, 60)) as pilot:
        ways = fills(app)

        @settings(deadline=None, max_examples=examples, suppress_health_check=list(HealthCheck))
        @given(TEXTS)
        def check(text: str) -> None:
            nonlocal drawn
            drawn += 1
            for kind, fill in ways.items():
                fill(text)
                widget = app.query_one(kind)
                for y in range(max(widget.size.height, 1)):
                    must_be_plain(widget.render_line(y))

        check()
        await pilot.pause()
        app.say("[/foo] [@click=app.exit]x")
        assert app.query_one(StatusLine).render_line(0).text.startswith("[/foo] [@click=app.exit]x")
    told = f"texts in {len(ways)} widgets, 0 MarkupError, 0 with @click, link or control"
    counted(10, "widgets that draw lines", drawn, told, is_full=is_full)
