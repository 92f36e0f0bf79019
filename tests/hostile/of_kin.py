"""What is said of duplicates, with one text wherever text goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from console.domain.arrival import Voice
from console.domain.case import Case, PersonId
from console.domain.kin import Like, Repeat
from console.domain.likeness import MOST, How, Likeness
from console.domain.timeline import Attempt, Note
from console.tui.widgets import kin_view
from console.tui.widgets.preview_rows import preview_rows
from console.tui.widgets.sheet import Piece, Section
from tests.builders import MORNING
from tests.hostile.drawn import NOW, an_about


def a_like(case: Case, text: str) -> Like:
    """Give a case that is like another and says the text in every field."""
    return Like(case, Likeness(How.MARKS, MOST, text))


def of_kin(text: str) -> Iterable[Section]:
    """Give every section that tells of duplicates."""
    about, person = an_about(text), PersonId(text)
    like = a_like(about.case, text)
    told = Attempt(MORNING, person, text, text, text, text, has_worked=False)
    repeat = Repeat(about.case, text, MORNING, person, (told,), (Note(MORNING, text, text, Voice.INTERNAL),))
    yield kin_view.likes([like])
    yield lambda width: [(Piece(kin_view.told(like, width)),)]
    yield kin_view.repeats([repeat], NOW)
    yield lambda width: preview_rows(replace(about, like=like, ahead=text), width, 9)
