"""Each widget of the case screens can be shown alone in a small app."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.app import ComposeResult
from textual.widget import Widget

from console.domain.case import SeverityFrom
from console.domain.explanation import explain
from console.tui.shell import Shell
from console.tui.widgets.advice_box import AdviceBox
from console.tui.widgets.case_facts import facts
from console.tui.widgets.case_head import CaseHead, Heading
from console.tui.widgets.case_tabs import CaseTabs, Parts
from console.tui.widgets.checklist_form import ChecklistForm, Item
from console.tui.widgets.form import Field, Form
from console.tui.widgets.send_line import Sending, SendLine
from console.tui.widgets.sheet import Sheet
from console.tui.widgets.text_entry import ChoiceEntry
from tests.builders import MORNING, a_case, a_checklist, a_policy
from tests.tui.golden import shown

CASE = a_case(
    affected=12_000, severity_from=SeverityFrom.STATED, title="[red]Checkout[/red] \x1b[2J", known_fix="restart",
    duplicate_of=4, promised_at=MORNING, resolution="x", stops=("safety",), confidential=True,
)  # fmt: skip


class Alone(Shell):
    """Shows one widget."""

    def __init__(self, make: Callable[[], Widget]) -> None:
        """Take how to make it."""
        super().__init__()
        self._make = make

    def compose(self) -> ComposeResult:
        """Yield it."""
        yield self._make()


def head() -> Widget:
    """Give a head with a case."""
    widget = CaseHead()
    widget.set_reactive(CaseHead.heading, Heading(CASE, MORNING, "Decide"))
    return widget


def tabs() -> Widget:
    """Give tabs of which the second is open."""
    widget = CaseTabs()
    widget.set_reactive(CaseTabs.parts, Parts(("Case", "Why"), 1, "open"))
    return widget


def line() -> Widget:
    """Give a line that sends."""
    widget = SendLine()
    widget.set_reactive(SendLine.sending, Sending("tier 2 [b]", "matrix", "brief 1 of 6", ("told",), "in the way"))
    return widget


def checklist() -> Widget:
    """Give a checklist."""
    form = ChecklistForm()
    question = a_checklist().questions[0]
    form.tell([Item(question, 2, "a fact", matters=True), Item(question, None, "", matters=False)], 0)
    return form


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (head, ["Decide 7  [red]Checkout[/red] ␛[2J", "S3  tier 1"]),
        (tabs, ["Case", "Why", "open"]),
        (line, ["< tier 2 [b] >  matrix", "brief 1 of 6", "told", "! in the way"]),
        (checklist, ["▌1 Scope", "2 much", "cannot change the outcome", "a fact"]),
        (lambda: Sheet(facts(CASE, MORNING)), ["affected   12,000", "known fix", "of 4", "stops", "news by"]),
        (lambda: Form([Field(name="a", label="first", is_required=True)]), ["first *"]),
        (lambda: ChoiceEntry([("a", "one"), ("b", "two")]), ["[1 one] 2 two"]),
    ],
)
async def test_a_widget_shows_what_it_is_told(make: Callable[[], Widget], words: list[str]) -> None:
    app = Alone(make)
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.pause()

        assert [word for word in words if word not in shown(app)] == []


async def test_the_advice_shows_as_many_reasons_as_there_is_room_for() -> None:
    explanation = explain(CASE, a_policy(), MORNING)
    app = Alone(AdviceBox)
    async with app.run_test(size=(80, 12)) as pilot:
        box = app.query_one(AdviceBox)
        for height in (12, 6, 4, 1):
            box.styles.height = height
            await pilot.pause()
            box.tell(explanation, a_policy())
            await pilot.pause()

            assert len(box.rows) <= height
            assert "ESCALATE" in "".join(piece.text for piece in box.rows[0])


async def test_a_choice_too_wide_for_its_place_still_shows_what_is_chosen() -> None:
    choices = [(str(number), f"choice number {number}") for number in range(8)]
    app = Alone(lambda: ChoiceEntry(choices))
    async with app.run_test(size=(40, 4)) as pilot:
        await pilot.press("left")

        assert "[8 choice number 7]" in shown(app)
