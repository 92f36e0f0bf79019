"""What the shell refuses, says and survives, without a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import work
from textual.app import ComposeResult, SuspendNotSupported
from textual.screen import ModalScreen
from textual.widgets import Input, TextArea
from textual.worker import WorkerFailed

from console.domain.errors import Refused
from console.tui.shell import Shell, run_console
from console.tui.terminal.environment import Terminal
from console.tui.terminal.glyphs import ASCII
from console.tui.widgets.status_line import Saying, StatusLine, Tone


class Small(Shell):
    """Shows two fields and a status line."""

    def compose(self) -> ComposeResult:
        """Yield them."""
        yield Input()
        yield TextArea()
        yield StatusLine()

    @work(thread=True)
    def fail(self, error: Exception) -> None:
        """Fail in a thread."""
        raise error

    def action_refuse(self) -> None:
        """Be refused."""
        raise Refused("Case 7 is already yours.")


class Bare(ModalScreen[None]):
    """A screen without a status line."""


def files(folder: Path) -> list[str]:
    """Give the names of what is in a folder."""
    return [path.name for path in folder.iterdir()]


async def test_a_refused_action_is_said_and_the_console_goes_on() -> None:
    app = Small()
    async with app.run_test():
        assert await app.run_action("refuse")

        assert app.sayings[-1] == Saying("Case 7 is already yours.", Tone.REFUSED)
        assert app.is_running


async def test_what_is_said_over_a_screen_without_a_status_line_stands_on_the_one_below() -> None:
    app = Small()
    async with app.run_test():
        await app.push_screen(Bare())
        app.say("below")

        assert app.screen_stack[0].query_one(StatusLine).saying.text == "below"


@pytest.mark.parametrize(
    ("error", "tone"), [(Refused("No."), Tone.REFUSED), (ValueError("Kim Secretary"), Tone.FAILED)]
)
async def test_work_that_fails_is_said_and_the_console_goes_on(tmp_path: Path, error: Exception, tone: Tone) -> None:
    app = Small(state=tmp_path)
    async with app.run_test() as pilot:
        app.fail(error)
        with pytest.raises(WorkerFailed):
            await app.workers.wait_for_complete()
        await pilot.pause()

        assert app.sayings[-1].tone is tone
        assert "Kim" not in app.sayings[-1].text
        assert app.is_running
    assert bool(files(tmp_path)) is (tone is Tone.FAILED)


async def test_no_cursor_blinks() -> None:
    app = Small()
    async with app.run_test() as pilot:
        await pilot.press("tab", "tab")

        assert not app.query_one(Input).cursor_blink
        assert not app.query_one(TextArea).cursor_blink


async def test_nothing_is_saved_delivered_suspended_or_toasted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    app = Small()
    async with app.run_test() as pilot:
        await app.run_action(f"app.screenshot('x.svg', '{tmp_path}')")
        app.deliver_screenshot("x.svg", str(tmp_path))
        app.deliver_text("x")
        app.deliver_binary("x")
        app.save_screenshot("x.svg")
        await app.run_action("app.suspend_process")
        app.notify("[/foo]", title="t")
        with pytest.raises(SuspendNotSupported), app.suspend():
            pass
        await pilot.pause()

        assert not list(app.query("Toast"))
        assert app.sayings[-1].text == "[/foo]"
    assert not files(tmp_path)


async def test_the_palette_offers_nothing_of_textuals_own() -> None:
    app = Small()
    async with app.run_test():
        assert list(app.get_system_commands(app.screen)) == []


async def test_only_our_keys_are_bound_on_the_app() -> None:
    app = Small()
    async with app.run_test() as pilot:
        await pilot.press("ctrl+q")
        assert app.is_running
        await pilot.press("ctrl+c")

        assert "q leaves" in app.sayings[-1].text


async def test_hanging_up_twice_saves_once() -> None:
    saved: list[int] = []

    class Saving(Small):
        def on_hangup(self) -> None:
            saved.append(1)
            raise OSError

    app = Saving()
    async with app.run_test():
        app.hang_up(129)
        app.hang_up(143)

    assert saved == [1]
    assert app.return_code == 129


async def test_a_last_message_is_made_safe() -> None:
    app = Small(terminal=Terminal(glyphs=ASCII))
    async with app.run_test():
        app.exit(message="bye \x1b[2J")

    assert app.parting == "bye <U+001B>[2J"


def test_an_error_outside_the_screens_is_logged_and_not_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = Small(state=tmp_path)

    def broken(**_: object) -> None:
        raise ValueError("Kim Secretary")

    monkeypatch.setattr(app, "run", broken)

    assert run_console(app) == 1
    said = capsys.readouterr().err
    assert "Kim" not in said
    assert str(next(tmp_path.glob("crash-*.log"))) in said
