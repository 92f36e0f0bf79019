"""Widgets that take more than one line of setting up, told a text from outside in every place they show one."""

from __future__ import annotations

from dataclasses import replace

from textual.app import App

from console.domain.board import Axis, Board, Column, Place
from console.domain.case import CaseId, PersonId
from console.domain.handover import Words
from console.domain.people import Person
from console.domain.recommendation import advise
from console.domain.sharing import Load, Share
from console.domain.views import Grouping, Line, Window
from console.tui.terminal.glyphs import UNICODE
from console.tui.widgets import handover_rows, share_rows
from console.tui.widgets.board_grid import BoardGrid
from console.tui.widgets.case_table import CaseTable
from console.tui.widgets.choices import Choices, Choosable
from console.tui.widgets.group_rows import Groups
from console.tui.widgets.row_list import Item, RowList
from tests.hostile.drawn import NOW, an_about


def tell_table(app: App[None], text: str) -> None:
    """Show cases in a group."""
    about = an_about(text)
    line = Line(replace(about.case, id=CaseId(1)), advise(about.case, about.policy, NOW))
    app.query_one(CaseTable).group_by(Groups(Grouping.ORGANISATION, {}, {"": text}))
    app.query_one(CaseTable).open(Window((line, replace(line, case=replace(line.case, id=CaseId(2)))), 0, 2), NOW)


def tell_choices(app: App[None], text: str) -> None:
    """Offer choices, and narrow them."""
    choices = app.query_one(Choices)
    choices.offer([Choosable("1", text, text, "1"), Choosable("2", text, text)])
    choices.narrow(text if len(text) < 60 else "")


def tell_rows(app: App[None], text: str) -> None:
    """Show what is handed over and shared out."""
    case = an_about(text).case
    words = handover_rows.Told(case, Words(text, NOW, text, text), text, facts=((text, text),))
    shares = (Share(case.id, PersonId(text), text, PersonId(text)), Share(case.id, None, text))
    sections = [handover_rows.rows(words, NOW, UNICODE)]
    sections += [share_rows.cases(share_rows.Shared(case, share), NOW, UNICODE, 4) for share in shares]
    sections += [share_rows.people([Load(Person(id=PersonId(text), teams=(text,)), 1, 2, (case.id,))], 3, UNICODE)]
    app.query_one(RowList).show([Item(number, section) for number, section in enumerate(sections)], text)


def tell_board(app: App[None], text: str) -> None:
    """Show two columns of a board."""
    case = replace(an_about(text).case, id=CaseId(1), handler=PersonId(text), team=text)
    column = Column(place=Place(Axis.PERSON, person=PersonId(text)), title=text, count=1, cards=(case,))
    app.query_one(BoardGrid).show(Board(Axis.PERSON, (column, replace(column, place=Place(Axis.PERSON, 1)))), NOW)
