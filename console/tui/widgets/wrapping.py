"""Breaking text into lines of so many cells, at blanks where there are any."""

from __future__ import annotations

from rich.cells import cell_len, get_character_cell_size


def folded(text: str, width: int) -> list[str]:
    """Break one line of safe text into lines of at most `width` cells; text without blanks is broken anywhere."""
    room = max(width, 1)
    lines: list[str] = []
    while cell_len(text) > room:
        most = max(_fitting(text, room), 1)
        cut = text.rfind(" ", 0, most + 1)
        if cut <= 0:
            lines.append(text[:most])
            text = text[most:]
        else:
            lines.append(text[:cut].rstrip())
            text = text[cut + 1 :].lstrip()
    return [*lines, text]


def cut(text: str, width: int, ellipsis: str = "…") -> str:
    """Give one line of safe text in at most `width` cells, with an ellipsis where some are left out."""
    if cell_len(text) <= width:
        return text
    return f"{text[: _fitting(text, max(width - cell_len(ellipsis), 0))].rstrip()}{ellipsis}"


def _fitting(text: str, width: int) -> int:
    """Count the characters that fit into so many cells; some take more cells beside others than by themselves."""
    if text[: width + 1].isascii():
        return min(width, len(text))
    used, most = 0, len(text)
    for place, character in enumerate(text):
        used += get_character_cell_size(character)
        if used > width:
            most = place
            break
    while most and cell_len(text[:most]) > width:
        most -= 1
    return most
