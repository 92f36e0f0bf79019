"""What Textual 8 keeps of widgets that are long gone: a cache keyed by each widget's drawn lines, up to a thousand."""

from __future__ import annotations

from functools import lru_cache

from textual._styles_cache import StylesCache
from textual.color import Color
from textual.style import Style


@lru_cache(1024)
def inner_and_outer(base: Color, background: Color) -> tuple[Style, Style]:
    """Give the styles inside and outside a border; the same for every widget with these colours."""
    return Style(background=base + background), Style(background=base)


def stop_hoarding() -> None:
    """Let Textual look these styles up by their colours alone, so that its cache holds no widget."""

    def get_inner_outer(_: StylesCache, base: Color, background: Color) -> tuple[Style, Style]:
        return inner_and_outer(base, background)

    StylesCache.get_inner_outer = get_inner_outer  # type: ignore[method-assign,assignment]
