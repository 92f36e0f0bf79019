"""HTML as plain text, in one pass whose time grows with the length only, however broken the HTML is."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})([^<>]*)>|<[!?/][^<>]*>")
_HREF = re.compile(r"""href\s{0,5}=\s{0,5}["']?\s{0,5}(https?://[^\s"'>]{1,500})""", re.IGNORECASE)
_ALT = re.compile(r"""\balt\s{0,5}=\s{0,5}["']([^"']{1,200})["']""", re.IGNORECASE)
_SILENT = frozenset({"script", "style", "head", "title", "template"})
_BLOCKS = re.compile(
    r"address|article|aside|blockquote|body|br|center|d[dlt]|div|fieldset|footer|form|h[1-6]|header|hr|html|li|main|nav|"
    r"ol|p|pre|section|table|tr|ul"
)
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "table", "ul", "ol"})
_MOST_QUOTES = 20


def text_of_html(source: str) -> str:
    """Give what a reader would see: paragraphs, lists, link addresses, and quotations marked with `>`."""
    writer = _Writer()
    source, at = without_comments(source), 0
    silent = set(_SILENT)
    while (found := _TAG.search(source, at)) is not None:
        writer.say(source[at : found.start()])
        at = found.end()
        name = (found[2] or "").lower()
        if name in silent and not found[1]:
            end = _end_of(source, name, at)
            at = end or at
            if not end:
                silent.remove(name)
        elif name:
            writer.tag(name, is_end=bool(found[1]), attributes=found[3])
    writer.say(source[at:])
    return writer.text()


def without_comments(source: str) -> str:
    """Give the source without comments; one that is not closed takes the rest with it, as browsers do."""
    pieces, at = [], 0
    while (start := source.find("<!--", at)) >= 0:
        pieces.append(source[at:start])
        end = source.find("-->", start + 2)
        if end < 0:
            return "".join(pieces)
        at = end + 3
    pieces.append(source[at:])
    return "".join(pieces)


def _end_of(source: str, name: str, at: int) -> int:
    """Give the place after an element that is not shown; a script or style that is not closed goes on to the end."""
    end = re.compile(f"</{name}[^<>]*>", re.IGNORECASE).search(source, at)
    if end is not None:
        return end.end()
    return len(source) if name in {"script", "style"} else 0


class _Writer:
    """Lines of text in the making."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._words: list[str] = []
        self._quotes = 0
        self._links: list[str] = []

    def say(self, source: str) -> None:
        """Add text as it stands between tags."""
        if source:
            self._words.append(_unescaped(source))

    def tag(self, name: str, *, is_end: bool, attributes: str) -> None:
        """Take a tag for what it does to the text."""
        if _BLOCKS.fullmatch(name):
            self._break(is_paragraph=name in _PARAGRAPHS)
        if name == "blockquote":
            self._quotes = max(0, min(_MOST_QUOTES, self._quotes + (-1 if is_end else 1)))
        elif name == "li" and not is_end:
            self._words.append("- ")
        elif name in {"td", "th"} and is_end:
            self._words.append("  ")
        elif name == "img" and (alt := _ALT.search(attributes)):
            self._words.append(f"[{_unescaped(alt[1])}]")
        elif name == "a":
            self._link(_HREF.search(attributes) if not is_end else None)

    def _link(self, opened: re.Match[str] | None) -> None:
        """Remember where a link leads, and say so behind its words unless they say it themselves."""
        if opened is not None:
            self._links = [_unescaped(opened[1])]
        elif self._links:
            address = self._links.pop()
            if address.rstrip("/") not in "".join(self._words[-3:]):
                self._words.append(f" <{address}>")

    def _break(self, *, is_paragraph: bool) -> None:
        """End the line; a paragraph leaves one blank line behind."""
        line = " ".join("".join(self._words).split())
        self._words = []
        mark = "> " * self._quotes
        if line:
            self._lines.append(mark + line)
        if is_paragraph and self._lines and self._lines[-1].strip("> "):
            self._lines.append(mark.rstrip())

    def text(self) -> str:
        """Give the whole text."""
        self._break(is_paragraph=False)
        return "\n".join(self._lines).strip("\n")


def _unescaped(source: str) -> str:
    """Give text with its character references resolved; a reference that is no character stays."""
    try:
        return html.unescape(source)
    except ValueError:
        return source
