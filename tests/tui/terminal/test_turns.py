"""Keys that come in one burst are taken one after another: what one opens gets the next."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

import pytest
from textual.app import ComposeResult
from textual.binding import Binding
from textual.events import Key
from textual.screen import Screen
from textual.widgets import Input, Static

from console.tui.shell import Shell
from console.tui.terminal import turns


class Field(Screen[None]):
    """A screen with a field to type in."""

    BINDINGS = [Binding("escape", "dismiss")]  # noqa: RUF012 - Textual declares it so

    def compose(self) -> ComposeResult:
        """Yield the field."""
        yield Input()


class Desk(Shell):
    """Opens a field at once on `o`, after a while on `s`, mounts one on `m`, and counts what else it hears."""

    BINDINGS = [  # noqa: RUF012 - Textual declares it so
        *(Binding(key, f"open_{name}") for key, name in (("o", "now"), ("s", "soon"), ("m", "here"))),
        Binding("x", "harm"),
        Binding("j", "move"),
    ]

    def __init__(self) -> None:
        """Begin with nothing heard, and nothing that is waited for."""
        super().__init__()
        self.harmed = self.moved = 0
        self.is_asking = self.has_nothing = False

    def compose(self) -> ComposeResult:
        """Yield something."""
        yield Static("ready")

    def is_ready(self) -> bool:
        """Say whether what was asked for is there."""
        return not self.is_asking

    def is_bare(self) -> bool:
        """Say whether there is nothing to act on yet."""
        return self.has_nothing

    def action_open_now(self) -> None:
        """Open the field."""
        self.push_screen(Field())

    def action_open_soon(self) -> None:
        """Open the field once an answer is there."""
        self.is_asking = True
        self.set_timer(0.05, self._answered)

    def action_open_here(self) -> None:
        """Put a field on this screen."""
        field = Input()
        self.mount(field)
        field.focus()

    def action_harm(self) -> None:
        """Do what nobody meant."""
        self.harmed += 1

    def action_move(self) -> None:
        """Move on."""
        self.moved += 1

    def _answered(self) -> None:
        self.push_screen(Field())
        self.is_asking = False


async def until(holds: Callable[[], bool]) -> None:
    """Let the app work until something holds."""
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - what holds is not told, only seen
            await asyncio.sleep(0.005)


def burst(app: Shell, keys: str) -> None:
    """Send keys at once, as one packet of a slow line brings them."""
    for key in keys:
        app.post_message(Key({"\x1b": "escape"}.get(key, key), key))


def typed(app: Shell) -> str:
    """Give what stands in the field, if one is there."""
    fields = app.screen.query(Input)
    return fields.first().value if fields else ""


@pytest.mark.parametrize("opening", ["o", "s", "m"])
async def test_what_is_opened_gets_the_keys_that_follow(opening: str) -> None:
    app = Desk()
    async with app.run_test() as pilot:
        burst(app, f"{opening}xxjxx")
        await until(partial(lambda app: typed(app) == "xxjxx", app))
        await pilot.pause()

        assert (app.harmed, app.moved) == (0, 0)


async def test_what_is_closed_gets_none_of_them() -> None:
    app = Desk()
    async with app.run_test():
        burst(app, "oxx\x1bx")
        await until(lambda: app.harmed == 1)

        assert typed(app) == ""


async def test_a_held_key_moves_as_often_as_it_was_pressed() -> None:
    app = Desk()
    async with app.run_test():
        burst(app, "j" * 40 + "x" + "jj")
        await until(lambda: app.moved == 42)

        assert app.harmed == 1


async def test_an_answer_that_never_comes_takes_no_keys_away() -> None:
    app = Desk()
    async with app.run_test():
        app.is_asking = True
        burst(app, "xx")
        await until(lambda: app.harmed == 2)


async def test_a_key_that_could_do_nothing_yet_waits_for_as_long_as_nobody_leaves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.02)
    app = Desk()
    async with app.run_test() as pilot:
        app.is_asking = app.has_nothing = True
        burst(app, "xx")
        await pilot.pause(0.2)
        assert app.harmed == 1
        app.is_asking = False
        await until(lambda: app.harmed == 2)

        app.is_asking = True
        burst(app, "xx\x1b")
        await until(lambda: app.harmed == 4)
