"""Frames that leave out what is there show the same as frames that do not."""

from __future__ import annotations

from itertools import pairwise

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Region, Size
from textual.strip import Strip

from console.tui.terminal.painting import Painted

WIDTH, HEIGHT = 12, 4
SIZE = Size(WIDTH, HEIGHT)
CONSOLE = Console(force_terminal=True, width=WIDTH, _environ={"TERM": "xterm-256color"})
CUTS = st.sets(st.integers(1, WIDTH - 1), max_size=3).map(lambda cuts: [0, *sorted(cuts), WIDTH])


Span = tuple[int, int, int]
"""A row, and the cells of it that have changed: from the first to before the second."""


@st.composite
def frames(draw: st.DrawFn) -> list[CompositorUpdate]:
    """Make frames, each the whole screen or spans of some rows; outside the spans nothing changes."""
    letters = [[" "] * WIDTH for _ in range(HEIGHT)]
    return [_frame(draw, letters) for _ in range(draw(st.integers(0, 8)))]


def _frame(draw: st.DrawFn, letters: list[list[str]]) -> CompositorUpdate:
    """Make a frame of rows cut at random places, from few letters, so that much stays the same."""
    is_whole = draw(st.booleans())
    spans = [(row, 0, WIDTH) for row in range(HEIGHT)] if is_whole else _spans(draw)
    for row, left, right in spans:
        letters[row][left:right] = draw(st.text("ab", min_size=right - left, max_size=right - left))
    cuts = [draw(CUTS) for _ in range(HEIGHT)]
    rows = [
        [Strip([Segment("".join(line[start:end]))]) for start, end in pairwise(row)]
        for line, row in zip(letters, cuts, strict=True)
    ]
    if is_whole:
        return LayoutUpdate(list(rows), Region(0, 0, WIDTH, HEIGHT))
    chops = [dict(zip(row, strips, strict=False)) for row, strips in zip(cuts, rows, strict=True)]
    return ChopsUpdate(chops, spans, [row[1:] for row in cuts])


def _spans(draw: st.DrawFn) -> list[Span]:
    """Say which cells change, in one stretch of a row at most."""
    spans = []
    for row in sorted(draw(st.sets(st.integers(0, HEIGHT - 1), min_size=1))):
        left = draw(st.integers(0, WIDTH - 1))
        spans.append((row, left, draw(st.integers(left + 1, WIDTH))))
    return spans


def shown(texts: list[str]) -> list[str]:
    """Give what a terminal shows after the texts."""
    screen = pyte.Screen(WIDTH, HEIGHT)
    screen.reset_mode(pyte.modes.DECAWM)
    stream = pyte.Stream(screen)
    for text in texts:
        stream.feed(text)
    return list(screen.display)


@given(frames())
def test_sparing_frames_show_the_same_as_whole_ones(given_frames: list[CompositorUpdate]) -> None:
    painted = Painted()
    spared = [painted.sparing(frame, SIZE).render_segments(CONSOLE) for frame in given_frames]
    whole = [frame.render_segments(CONSOLE).replace("\n", "\r\n") for frame in given_frames]

    assert shown(spared) == shown(whole)


def frame() -> LayoutUpdate:
    """Make a frame of one letter a row."""
    return LayoutUpdate([[Strip([Segment(letter * WIDTH)])] for letter in "abcd"], Region(0, 0, WIDTH, HEIGHT))


def test_a_frame_that_is_there_costs_nothing() -> None:
    painted = Painted()
    first = painted.sparing(frame(), SIZE).render_segments(CONSOLE)

    assert len(first) > WIDTH * HEIGHT
    assert painted.sparing(frame(), SIZE).render_segments(CONSOLE) == ""


def test_only_what_has_changed_of_a_long_piece_is_sent() -> None:
    painted = Painted()
    painted.sparing(frame(), SIZE).render_segments(CONSOLE)
    row = Strip([Segment("aaaaaXYZaaaa")])

    sent = painted.sparing(ChopsUpdate([{0: row}], [(0, 5, 8)], [[WIDTH]]), SIZE).render_segments(CONSOLE)

    assert sent.endswith("XYZ")
    assert "a" not in sent


def test_after_forgetting_or_another_size_everything_is_drawn() -> None:
    painted = Painted()
    first = painted.sparing(frame(), SIZE).render_segments(CONSOLE)
    painted.forget()

    assert painted.sparing(frame(), SIZE).render_segments(CONSOLE) == first
    assert painted.sparing(frame(), Size(WIDTH, HEIGHT + 1)).render_segments(CONSOLE) == first


def test_an_update_of_an_unknown_kind_is_drawn_as_it_is_and_believed_nothing_of() -> None:
    painted = Painted()
    first = painted.sparing(frame(), SIZE).render_segments(CONSOLE)

    assert painted.sparing(CompositorUpdate(), SIZE).render_segments(CONSOLE) == ""
    assert painted.sparing(frame(), SIZE).render_segments(CONSOLE) == first
