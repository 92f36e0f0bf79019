"""The footer: as many keys as fit, the right ones."""

from __future__ import annotations

import gc
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import ComposeResult
from textual.screen import ModalScreen

from console.tui.keys import Hint, Where, footer
from console.tui.shell import Shell
from console.tui.widgets.footer import KeyFooter, fitting
from console.tui.widgets.status_line import StatusLine

HINTS = footer(Where.QUEUE)


class Dialog(ModalScreen[None]):
    """A screen with a footer and a status line."""

    def compose(self) -> ComposeResult:
        """Yield them."""
        yield StatusLine()
        hints = KeyFooter()
        hints.show(HINTS)
        yield hints


class Feet(Shell):
    """Shows a footer alone."""

    def compose(self) -> ComposeResult:
        """Yield the footer."""
        yield KeyFooter()


async def line(width: int, hints: tuple[Hint, ...] = HINTS, denied: tuple[str, ...] = ()) -> str:
    """Give what the footer shows at a width."""
    app = Feet()
    async with app.run_test(size=(width, 5)) as pilot:
        shown = app.query_one(KeyFooter)
        shown.show(hints, denied)
        await pilot.pause()
        strip = shown.render_line(0)
        assert strip.cell_length == shown.content_size.width
        assert shown.render_line(1).text.strip() == ""
        return strip.text


async def test_at_80_columns_it_reads_as_designed() -> None:
    shown = "? keys  t take  d decide  e escalate  a assign  / find  u undo  m move  q quit"

    assert await line(80) == shown


@pytest.mark.parametrize("width", [8, 10, 20, 40, 200])
async def test_help_is_there_at_any_width(width: int) -> None:
    assert (await line(width)).startswith("? keys"[: width - 2])


async def test_quit_stands_at_the_right_end_where_there_is_room() -> None:
    assert (await line(40)).endswith("q quit")
    assert (await line(200)).endswith("q quit")


async def test_what_may_not_be_done_is_grey() -> None:
    app = Feet()
    async with app.run_test() as pilot:
        shown = app.query_one(KeyFooter)
        shown.show(HINTS, {"escalate"})
        await pilot.pause()
        colours = {s.text: s.style.color for s in shown.render_line(0) if s.style is not None}

        assert colours["e"] == colours[" escalate"]
        assert colours["d"] != colours[" decide"]
        assert colours["e"] != colours["d"]


@given(st.integers(0, 200))
def test_what_is_chosen_fits_and_more_room_never_drops_a_key(width: int) -> None:
    chosen = fitting(HINTS, width)
    kept = [*chosen[0], *chosen[1]]

    assert sum(cell_len(f"{hint.key} {hint.words}") + 2 for hint in kept) - 2 <= max(width, 6)
    assert len(kept) <= sum(map(len, fitting(HINTS, width + 20)))


async def test_two_hundred_dialogs_leave_nothing_behind() -> None:
    app = Feet()
    async with app.run_test() as pilot:

        async def dialogs(count: int) -> None:
            for _ in range(count):
                await app.push_screen(Dialog())
                await app.pop_screen()
            await pilot.pause()
            gc.collect()

        await dialogs(30)
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        await dialogs(200)
        grown = tracemalloc.get_traced_memory()[0] - before
        tracemalloc.stop()
        left = [thing for thing in gc.get_objects() if isinstance(thing, KeyFooter | StatusLine)]

        assert len(left) <= 5
        assert grown < 200_000
