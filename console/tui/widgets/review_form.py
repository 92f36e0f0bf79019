"""The review as a form: the three questions with what the case says to each, and the actions, one a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from string import ascii_lowercase

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.suggester import SuggestFromList
from textual.widgets import Static

from console.domain.case import PersonId
from console.domain.errors import RefusalCode, Refused
from console.domain.review import Need, Review, review_of
from console.domain.review_actions import Action
from console.domain.review_prompts import Prompts
from console.domain.safe import safe_line
from console.domain.words import listed
from console.tui.widgets.form import Field, Form
from console.tui.widgets.text_entry import Entry, LineEntry, Typed
from console.tui.widgets.times import typed_time

NEEDS = {
    Need.NOTHING: "nothing",
    Need.ARTICLE: "an article",
    Need.ACCESS: "access",
    Need.TRAINING: "training",
    Need.OTHER: "other",
}
FIRST = 3
"""How many rows for actions there are at first; there is always one more than are filled in."""

PARTS = (("what", "what is to be done"), ("owner", "by whom"), ("due", "by when"))


class ReviewForm(Form):
    """Takes a review with its actions; names are completed as they are typed."""

    DEFAULT_CSS = """
    ReviewForm {
        .form-label { width: 19; }
        .-what { width: 1fr; }
        .-owner { width: 14; margin-left: 1; }
        .-due { width: 15; margin-left: 1; }
    }
    """

    def __init__(self, prompts: Prompts, people: Sequence[PersonId]) -> None:
        """Take what the case says to each question, and who can be asked for an action."""
        needs = tuple((need.value, word) for need, word in NEEDS.items())
        questions = (
            Field(name="happened", label="what happened", hint=_hint(prompts.happened), is_required=True),
            Field(name="why", label="why it went up", hint=_hint(prompts.why), is_required=True),
            Field(name="need", label="next time", choices=needs),
            Field(name="needs", label="and that is", hint=_hint(prompts.needs) or "which article, which rights"),
        )
        super().__init__(questions)
        self._people, self._rows = people, 0
        self._parts: dict[str, LineEntry] = {}

    def compose(self) -> ComposeResult:
        """Lay out the questions, then a row for each action."""
        yield from super().compose()
        for _ in range(FIRST):
            yield self._row()

    def entry(self, name: str) -> Entry:
        """Give one entry."""
        return self._parts[name] if name in self._parts else super().entry(name)

    def fill(self, words: Mapping[str, str]) -> None:
        """Put words into the entries they name, with as many rows as they need."""
        while self._rows <= max(map(_number, words), default=0):
            self.mount(self._row())
        super().fill(words)

    @on(Typed)
    def _offer_another(self) -> None:
        """Offer another row once something stands in the last."""
        if any(self.entry(f"{part}{self._rows}").value for part, _ in PARTS):
            self.mount(self._row())
            self.call_after_refresh(self.scroll_end, animate=False)

    def _row(self) -> Horizontal:
        """Make the row of the next action."""
        self._rows += 1
        entries = []
        for part, hint in PARTS:
            entry = LineEntry(hint, id=f"{part}{self._rows}")
            entry.add_class(f"-{part}")
            entries.append(entry)
            self._parts[f"{part}{self._rows}"] = entry
            self.fields += (Field(name=f"{part}{self._rows}", label="", hint=hint),)
        entries[1].suggester = SuggestFromList(self._people, case_sensitive=False)
        label = Static(f"action {self._rows}", classes="form-label", markup=False)
        return Horizontal(label, *entries, classes="form-row")


def review_in(words: Mapping[str, str]) -> Review:
    """Read the review from the form's words. Refused: one that leaves a question open."""
    needs = words["needs"].strip()
    return review_of(words["happened"], words["why"], f"{words['need']}: {needs}" if needs else words["need"])


def actions_in(words: Mapping[str, str], people: Sequence[PersonId], now: datetime) -> tuple[Action, ...]:
    """Read the actions from the form's words. Refused: one without an owner or a date, a name that is nobody's."""
    return tuple(_actions(words, people, now))


def _actions(words: Mapping[str, str], people: Sequence[PersonId], now: datetime) -> Iterator[Action]:
    for number in range(1, max(map(_number, words)) + 1):
        what, owner, due = (words.get(f"{part}{number}", "").strip() for part, _ in PARTS)
        if not (what or owner or due):
            continue
        by_when = typed_time(due.removeprefix("+"), now)
        if not what or not owner or by_when is None:
            lacks = listed([hint for text, (_, hint) in zip((what, owner, due), PARTS, strict=True) if not text])
            raise Refused(f"Action {number} does not say {lacks}; an action has an owner and a date.", INCOMPLETE)
        yield Action(what, _meant(owner, people), by_when)


def _number(name: str) -> int:
    """Give the number of the action whose part has this name; 0 for a question."""
    return int(name.lstrip(ascii_lowercase) or 0)


def _meant(name: str, people: Sequence[PersonId]) -> PersonId:
    """Give whose name this begins, where it is one person's alone; what is nobody's is left to the desk to refuse."""
    found = [each for each in people if each.casefold().startswith(name.casefold())]
    return PersonId(name) if name in people or len(found) != 1 else found[0]


def _hint(said: Sequence[str]) -> str:
    return safe_line("; ".join(said))


INCOMPLETE = RefusalCode.INCOMPLETE
