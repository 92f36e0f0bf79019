"""The themes: five ways to say the same in colour. Elsewhere colours are only named, as theme variables."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from textual.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """What each colour means; severity 1 is the worst."""

    background: str
    panel: str
    foreground: str
    muted: str
    rule: str
    accent: str
    cursor: str
    mark: str
    late: str
    severities: tuple[str, str, str, str]
    escalate: str
    handle: str
    ask: str


def variables(palette: Palette) -> dict[str, str]:
    """Give the theme variables that stylesheets and widgets may name."""
    first, second, third, fourth = palette.severities
    return {
        "severity-1": first,
        "severity-2": second,
        "severity-3": third,
        "severity-4": fourth,
        "late": palette.late,
        "muted": palette.muted,
        "rule": palette.rule,
        "mark": palette.mark,
        "cursor-bg": palette.cursor,
        "escalate": palette.escalate,
        "handle": palette.handle,
        "ask": palette.ask,
        "block-cursor-background": palette.cursor,
        "block-cursor-foreground": palette.foreground,
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": palette.cursor,
        "block-cursor-blurred-foreground": palette.foreground,
        "block-hover-background": palette.panel,
        "border": palette.accent,
        "border-blurred": palette.rule,
        "input-cursor-background": palette.foreground,
        "input-cursor-foreground": palette.background,
        "input-cursor-text-style": "none",
        "input-selection-background": palette.cursor,
        "scrollbar": palette.rule,
        "scrollbar-background": palette.background,
        "scrollbar-corner-color": palette.background,
    }


def theme(name: str, palette: Palette, *, dark: bool = True, ansi: bool = False) -> Theme:
    """Make a Textual theme of a palette."""
    return Theme(
        name=f"triage-{name}",
        primary=palette.accent,
        secondary=palette.muted,
        accent=palette.accent,
        warning=palette.ask,
        error=palette.late,
        success=palette.handle,
        foreground=palette.foreground,
        background=palette.background,
        surface=palette.background,
        panel=palette.panel,
        boost=palette.panel,
        dark=dark,
        ansi=ansi,
        variables=variables(palette) | (LEFT_OUT if ansi else {}),
    )


LEFT_OUT = {
    "ansi-background": "ansi_default",
    "ansi-foreground": "ansi_default",
    "surface-active": "ansi_default",
    "foreground-disabled": "ansi_bright_black",
}
"""Variables that Textual's widgets name and its own ANSI colours lack."""


DARK = Palette(
    background="#15181c",
    panel="#1d2127",
    foreground="#d8dbe0",
    muted="#858d98",
    rule="#3a414b",
    accent="#7fb4e6",
    cursor="#2a3a4d",
    mark="#e3c268",
    late="#f0766b",
    severities=("#f0766b", "#e8a15c", "#c9c27a", "#858d98"),
    escalate="#e8a15c",
    handle="#8cc48f",
    ask="#b9a3e3",
)
LIGHT = Palette(
    background="#fbfaf7",
    panel="#f0eee9",
    foreground="#23262b",
    muted="#676d76",
    rule="#c9c6bf",
    accent="#1f5f9e",
    cursor="#d5e3f2",
    mark="#8a6100",
    late="#b3261e",
    severities=("#b3261e", "#a64b00", "#6b5f00", "#676d76"),
    escalate="#a64b00",
    handle="#2a6b34",
    ask="#6a4aa6",
)
CONTRAST = Palette(
    background="#000000",
    panel="#101010",
    foreground="#ffffff",
    muted="#c8c8c8",
    rule="#ffffff",
    accent="#7fd4ff",
    cursor="#003f8f",
    mark="#ffff00",
    late="#ff8f8f",
    severities=("#ff8f8f", "#ffb84d", "#ffff66", "#c8c8c8"),
    escalate="#ffb84d",
    handle="#7dff9b",
    ask="#e0b3ff",
)
COLOUR_BLIND = Palette(
    background="#14171c",
    panel="#1c2129",
    foreground="#dde1e7",
    muted="#8b94a1",
    rule="#3b4450",
    accent="#6fb1ff",
    cursor="#1f3a5f",
    mark="#ffd27a",
    late="#ff9d3b",
    severities=("#ff9d3b", "#ffc47d", "#9cc7f5", "#8b94a1"),
    escalate="#ff9d3b",
    handle="#6fb1ff",
    ask="#dde1e7",
)
SIXTEEN = Palette(
    background="ansi_default",
    panel="ansi_default",
    foreground="ansi_default",
    muted="ansi_bright_black",
    rule="ansi_bright_black",
    accent="ansi_cyan",
    cursor="ansi_blue",
    mark="ansi_yellow",
    late="ansi_bright_red",
    severities=("ansi_bright_red", "ansi_yellow", "ansi_default", "ansi_bright_black"),
    escalate="ansi_yellow",
    handle="ansi_green",
    ask="ansi_magenta",
)

THEMES = MappingProxyType(
    {
        made.name: made
        for made in (
            theme("dark", DARK),
            theme("light", LIGHT, dark=False),
            theme("contrast", CONTRAST),
            theme("blue-orange", COLOUR_BLIND),
            theme("ansi", SIXTEEN, ansi=True),
        )
    }
)
"""Every theme by its name, in the order in which they are offered."""
