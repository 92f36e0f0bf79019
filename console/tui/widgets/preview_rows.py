"""What the preview says of a case, in the few rows under the queue or in a pane beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.cells import cell_len, set_cell_size

from console.domain.case import Case
from console.domain.checklist import FACTORS, Factor, scores
from console.domain.explanation import Explanation, headline, score_line
from console.domain.kin import Like
from console.domain.policy import Policy
from console.domain.recommendation import needs_attempt, open_questions
from console.domain.safe import safe_block, safe_line
from console.tui.terminal.glyphs import ASCII, Glyphs
from console.tui.widgets.advice_box import said_here, sign
from console.tui.widgets.kin_view import told
from console.tui.widgets.moments import moment
from console.tui.widgets.sheet import Piece, Row, Rows
from console.tui.widgets.wrapping import cut, folded

NAMES = {Factor.EXPECTATIONS: "Expect"}
INDENT = 3
GAP = 2
LABEL = 6
PANE = 12
"""From so many rows on there is room to say everything."""
REASONS = 3
MOST_LINES = 60
NOBODY = ", if nobody acts"
"""What a line about what is next ends in, and may be cut without losing anything."""


@dataclass(frozen=True, slots=True)
class About:
    """One case as the preview tells of it; `ahead` says what happens next if nobody acts, `like` what it is like."""

    case: Case
    body: str
    explanation: Explanation
    policy: Policy
    now: datetime
    glyphs: Glyphs
    ahead: str = ""
    like: Like | None = None

    def safe(self, text: str) -> str:
        """Give foreign text as one line that can be shown."""
        return safe_line(text, ascii_only=self.glyphs is ASCII)


def preview_rows(about: About, width: int, height: int) -> list[Row]:
    """Say what matters of a case in so many rows: what it is, the checklist, the advice, its first words."""
    rows = Rows(width)
    is_pane = height >= PANE
    rows += _title_in_pane(about, width) if is_pane else [_title(about, width)]
    rows += _factors_in_pane(about, width) if is_pane else [_factors(about, width)]
    rows += _advice(about, width, is_pane=is_pane)
    rows += _like(about, width)
    _reasons(rows, about, width, is_pane=is_pane)
    if is_pane:
        rows.gap()
    rows += _body(about, width)
    return rows[:height]


def _title(about: About, width: int) -> Row:
    case = about.case
    room = width - 2
    time = moment(case.created, about.now)
    place = cut(about.safe(case.organisation or case.requester), room // 3 - len(time), about.glyphs.ellipsis)
    aside = f"{place}  {time}" if place else time
    title = cut(f"{case.id} {about.safe(case.title)}", room - cell_len(aside) - 2, about.glyphs.ellipsis)
    gap = " " * (room - cell_len(title) - cell_len(aside))
    return Piece(f" {title}", "strong"), Piece(f"{gap}{aside}", "muted")


def _title_in_pane(about: About, width: int) -> list[Row]:
    case = about.case
    title = folded(f"{case.id} {about.safe(case.title)}", width - 2)[:REASONS]
    asides = folded("  ".join(_asides(about)), width - 2)[:2]
    return [
        *((Piece(f" {line}", "strong"),) for line in title),
        *((Piece(f" {line}", "muted"),) for line in asides),
        (),
    ]


def _asides(about: About) -> list[str]:
    case = about.case
    told = (case.requester, case.category, case.item, case.channel and f"by {case.channel}", case.organisation)
    return [*(about.safe(word) for word in told if word), moment(case.created, about.now)]


def _answers(about: About) -> list[tuple[str, str]]:
    """Give each factor with its score in words; one that cannot change the outcome says so."""
    case, checklist = about.case, about.policy.checklist
    filled = scores(case, checklist, about.now)
    untold = needs_attempt(case, about.policy)
    left_to = about.explanation.advice.left_to
    open_ones = open_questions(filled, checklist.weights, left_to, needs_attempt=untold)
    told = []
    for factor, question, score in zip(FACTORS, checklist.questions, filled, strict=True):
        unknown = f"{about.glyphs.ask} unknown" if factor in open_ones else f"{about.glyphs.nothing} not needed"
        answer = unknown if score is None else f"{score} {about.safe(question.answers[score])}"
        told.append((NAMES.get(factor, factor.capitalize()), answer))
    return told


def _factors(about: About, width: int) -> Row:
    answers = _answers(about)
    rooms = shared([len(name) + 1 + cell_len(answer) for name, answer in answers], width - 2, GAP)
    pieces = [Piece(" ")]
    for (name, answer), room in zip(answers, rooms, strict=True):
        words = cut(answer, room - len(name) - 1, about.glyphs.ellipsis)
        pieces += [Piece(f"{name} ", "label"), Piece(set_cell_size(words, room - len(name) - 1) + " " * GAP)]
    return tuple(pieces)


def shared(wanted: Sequence[int], width: int, gap: int) -> list[int]:
    """Share a width out among parts that want so much each; the longest give way first, what is left is spread."""
    rooms = list(wanted)
    width -= gap * (len(rooms) - 1)
    while sum(rooms) > width:
        rooms[rooms.index(max(rooms))] -= 1
    spare, rest = divmod(width - sum(rooms), len(rooms))
    return [room + spare + (place < rest) for place, room in enumerate(rooms)]


def _factors_in_pane(about: About, width: int) -> list[Row]:
    return [
        *(
            (Piece(f" {name:<9}", "label"), Piece(cut(answer, width - 11, about.glyphs.ellipsis)))
            for name, answer in _answers(about)
        ),
        (),
    ]


def _advice(about: About, width: int, *, is_pane: bool) -> list[Row]:
    advice = about.explanation.advice
    score = score_line(advice)
    words = f"{sign(advice.verdict, about.glyphs)} {about.safe(headline(advice, about.policy))}"
    if is_pane:
        lines = folded(words, width - 2)
        return [*((Piece(f" {line}", advice.verdict.value),) for line in lines), (Piece(f"   {score}", "muted"),)]
    if cell_len(words) + cell_len(score) + 5 > width:
        score = score.partition(",")[0]
    words = cut(words, max(width - cell_len(score) - 5, 12), about.glyphs.ellipsis)
    return [(Piece(f" {words}", advice.verdict.value), Piece(f"   {score}", "muted"))]


def _like(about: About, width: int) -> list[Row]:
    """Say which case it is most like, and why."""
    if about.like is None:
        return []
    words = told(about.like, width - INDENT - LABEL - 1, about.glyphs.ellipsis)
    tone = "mark" if about.like.is_likely else ""
    return [(Piece(f"{' ' * INDENT}{'like':<{LABEL}}", "label"), Piece(about.safe(words), tone))]


def _reasons(rows: Rows, about: About, width: int, *, is_pane: bool) -> None:
    """Say what happened here before, why, and what would turn it; the last thing said is what stands in the way.

    Where nothing is known yet of earlier cases, that is said where there is room only.
    """
    why = about.explanation
    tone = said_here(why)
    here = (why.here,) if why.here and (is_pane or not tone) else ()
    ahead = (about.ahead,) if about.ahead else ()
    said = (
        ("here", here),
        ("why", why.why),
        ("but", why.why_not if is_pane else ()),
        ("flips", why.would_change),
        ("next", ahead),
    )
    for label, reasons in said:
        for number, reason in enumerate(reasons[: REASONS if is_pane else 1]):
            name = "" if number else label
            text, said_in = about.safe(reason), tone if label == "here" else ""
            if is_pane:
                rows.told(name, text, said_in, column=LABEL)
            else:
                room = width - INDENT - LABEL - 1
                text = text if cell_len(text) <= room else text.removesuffix(NOBODY)
                text = cut(text, room, about.glyphs.ellipsis)
                rows.append((Piece(f"{' ' * INDENT}{name:<{LABEL}}", "label"), Piece(text, said_in)))


def _body(about: About, width: int) -> list[Row]:
    """Give the first words of the case; blank lines are left out, since every row counts."""
    lines = [
        line
        for line in safe_block(about.body, lines=MOST_LINES, ascii_only=about.glyphs is ASCII).split("\n")
        if line.strip()
    ]
    return [(Piece(f" {part}", "muted"),) for line in lines for part in folded(line.strip(), width - 2)]
