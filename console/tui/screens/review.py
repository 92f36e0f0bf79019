"""Reviewing an escalation that is over: how it went, what it taught, and what is to be done, sent in one."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult

from console.desk import reviewing
from console.desk.drafts import Draft, found
from console.desk.record import Done
from console.desk.reviewing import Looked
from console.domain.case import Case
from console.tui.keys import Where, footer
from console.tui.screens.desk_screen import AtDesk
from console.tui.screens.scrolling import Scrolling
from console.tui.screens.writing import Writing
from console.tui.widgets.case_head import CaseHead, Heading
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.kin_view import actions
from console.tui.widgets.review_form import ReviewForm, actions_in, review_in
from console.tui.widgets.review_rows import hints, said, timeline
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.sheet import Sheet
from console.tui.widgets.status_line import StatusLine
from console.tui.widgets.text_entry import Typed


class ReviewScreen(Writing, Scrolling):
    """Shows the timeline over the questions; F2 files the review and opens a case for each action."""

    WHERE: ClassVar[Where | None] = Where.REVIEW
    FORM: ClassVar[str] = "review"
    DEFAULT_CSS = """
    ReviewScreen {
        background: $background;
        #main { height: 1fr; min-height: 5; }
        ReviewForm { max-height: 7; }
    }
    """

    def __init__(self, looked: Looked) -> None:
        """Take the escalation as it was looked at."""
        super().__init__(looked.case.id)
        self._looked, self.case = looked, looked.case

    def compose(self) -> ComposeResult:
        """Lay out head, timeline, questions with actions, and keys."""
        now, looked = self.desk.now(), self._looked
        yield CaseHead()
        yield RuleLine(self.glyphs)
        yield Sheet(timeline(looked.timeline, now, self.glyphs), hints(looked.prompts), id="main")
        yield RuleLine(self.glyphs, id="divide")
        yield ReviewForm(looked.prompts, looked.people)
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Begin with the first question, and offer what had been typed before."""
        self.query_one(KeyFooter).show(footer(Where.REVIEW, self.console_app.keymap))
        self.query_one("#divide", RuleLine).say("PgUp PgDn scroll above   F2 files it, with a case for each action")
        self._show_case()
        with self.prevent(Typed):
            self.form.fill({"need": self._looked.prompts.need.value})
        self.keeper.watch(lambda: self.form.words)
        self.form.entry("happened").focus()
        self.fetch(partial(found, self.desk, self.actor, self.case_id, self.FORM), self._welcome_back, "draft")

    def action_send(self) -> None:
        """File the review. Refused: a question left open, an action without owner or date."""
        if not self.is_sending:
            words, case_id = self.form.words, self.case_id
            review, wanted = review_in(words), actions_in(words, self._looked.people, self.desk.now())
            self.is_sending = True
            act = partial(reviewing.review, self.desk, self.actor, case_id, review, wanted)
            self.ask(act, self._was_sent)

    def look_again(self) -> None:
        """Keep what was typed; the review rests on nothing that others change."""

    def follow(self, case: Case) -> None:
        """Show the case as it is now."""
        self.case = case
        self._show_case()

    def _show_case(self) -> None:
        self.query_one(CaseHead).heading = Heading(self.case, self.desk.now(), "Review")

    def _was_sent(self, _: Done) -> None:
        self.keeper.drop()
        self.dismiss(None)

    def _welcome_back(self, kept: Draft | None) -> None:
        if told := self.refilled(kept):
            self.say(told)


class ReviewedScreen(Scrolling):
    """Shows a review that was written: the timeline, what it says, and how its actions stand."""

    WHERE: ClassVar[Where | None] = Where.LOG
    DEFAULT_CSS = "ReviewedScreen { background: $background; #main { height: 1fr; } }"

    def __init__(self, looked: Looked) -> None:
        """Take the escalation as it was looked at."""
        super().__init__()
        self._looked = looked

    def compose(self) -> ComposeResult:
        """Lay out head, what there is to read, and keys."""
        now, looked = self.desk.now(), self._looked
        written = (said(looked.said, now),) if looked.said else ()
        yield CaseHead()
        yield RuleLine(self.glyphs)
        yield Sheet(timeline(looked.timeline, now, self.glyphs), *written, actions(looked.actions, now), id="main")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Name the case, and what the keys do."""
        self.query_one(CaseHead).heading = Heading(self._looked.case, self.desk.now(), "Reviewed")
        self.query_one(KeyFooter).show(footer(Where.LOG, self.console_app.keymap))

    def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)


def open_review(screen: AtDesk[object], looked: Looked) -> None:
    """Open what is to be reviewed, or the review that there is."""
    screen.app.push_screen(ReviewScreen(looked) if looked.said is None else ReviewedScreen(looked))
