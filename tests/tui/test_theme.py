"""Five themes that say the same."""

from __future__ import annotations

import pytest
from textual.app import ComposeResult
from textual.color import Color
from textual.widgets import DataTable, Input, Label, OptionList, TextArea

from console.tui.shell import Shell
from console.tui.theme import COLOUR_BLIND, CONTRAST, DARK, LIGHT, THEMES, Palette


class Everything(Shell):
    """Shows a widget of each kind, in the colours that have names."""

    CSS = "Label { color: $severity-1; background: $cursor-bg; } #late { color: $late; border: solid $rule; }"

    def compose(self) -> ComposeResult:
        """Yield the widgets."""
        yield Label("one")
        yield Label("two", id="late")
        yield Input()
        yield TextArea()
        yield OptionList("a", "b")
        yield DataTable[str]()


@pytest.mark.parametrize("name", THEMES)
async def test_every_theme_dresses_every_widget(name: str) -> None:
    app = Everything(theme=name)
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()

        assert app.current_theme.name == name
        assert app.stylesheet.rules


async def test_themes_can_be_changed_while_the_console_runs() -> None:
    app = Everything()
    async with app.run_test() as pilot:
        for name in [*THEMES, "triage-dark"]:
            app.theme = name
            await pilot.pause()

        assert app.query_one("#late").styles.color == Color.parse(DARK.late)


def test_all_themes_name_the_same_colours() -> None:
    names = [set(theme.variables) - {"surface-active", "foreground-disabled"} for theme in THEMES.values()]

    assert all(one - {"ansi-background", "ansi-foreground"} == names[0] for one in names)


@pytest.mark.parametrize(
    ("palette", "least"),
    [(DARK, 4.5), (LIGHT, 4.5), (CONTRAST, 7.0), (COLOUR_BLIND, 4.5)],
    ids=["dark", "light", "contrast", "blue"],
)
def test_every_colour_can_be_read_on_the_background_and_under_the_cursor(palette: Palette, least: float) -> None:
    for colour in (palette.foreground, palette.accent, palette.late, palette.mark, *palette.severities[:3]):
        assert contrast(colour, palette.background) >= least
    assert contrast(palette.foreground, palette.cursor) >= least
    assert contrast(palette.muted, palette.background) >= min(least, 4.5)


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours as the web's accessibility guidelines count it."""
    light, dark = sorted((luminance(Color.parse(one)), luminance(Color.parse(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Color) -> float:
    """Give how bright a colour is."""
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
