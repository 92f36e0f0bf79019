"""What is like a case, what was merged into it, what solved others like it, as parts of its page and as JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from datetime import datetime

from console.cli.forms import Form, when
from console.domain.articles import Fitting
from console.domain.case import Case, CaseId
from console.domain.folding import folded_away
from console.domain.kin import Kin, Like, Repeat
from console.domain.safe import safe_line
from console.domain.solved import Solved
from console.domain.spans import dated
from console.domain.words import shortened

LONGEST_TITLE = 60


def liked(case: Case, likes: Iterable[Like], wide: int) -> Iterator[str]:
    """Give each case that is like one, with the reason, and how the likeliest duplicate is merged."""
    first: CaseId | None = None
    for each in likes:
        other = each.case
        sure = "likely the same" if each.is_likely else "similar"
        said = f"{other.id}  {named(other)}{standing(other)}: {sure}, {each.likeness.reason}"
        yield from textwrap.wrap(safe_line(said), wide, initial_indent="  ", subsequent_indent="    ")
        first = first or (other.id if each.is_likely else None)
    if first is not None:
        older, newer = sorted((case.id, first))
        yield f"  `triage merge {newer} {older}` closes {newer} as a duplicate of {older}."


def solved(every: Iterable[Solved], wide: int) -> Iterator[str]:
    """Give each ended case that says much of what one says: how it was solved, where, how often so, and the article."""
    for each in every:
        case = each.case
        said = f"{case.id}  {named(case)} (tier {case.tier}{so_often(each)}): {' '.join(case.resolution.split())}"
        article = f"; article {each.article}" if each.article and each.article not in case.resolution else ""
        yield from textwrap.wrap(safe_line(said + article), wide, initial_indent="  ", subsequent_indent="    ")
        yield from textwrap.wrap(safe_line(each.reason), wide, initial_indent="    ", subsequent_indent="    ")


def fitting(every: Iterable[Fitting], wide: int) -> Iterator[str]:
    """Give the articles for cases like one: what came of each before, and where it is."""
    for each in every:
        said = f"{each.article.id}  {each.article.title}: {each.says}"
        yield from textwrap.wrap(safe_line(said), wide, initial_indent="  ", subsequent_indent="    ")


def article_form(each: Fitting) -> Form:
    """Give an article for a case as JSON."""
    return {
        "id": each.article.id, "title": each.article.title, "file": each.article.file or None,
        "url": each.article.url or None, "solved": each.fix.worked, "of": each.fix.of, "tried": each.was_tried,
        "meant": each.is_meant,
    }  # fmt: skip


def so_often(each: Solved) -> str:
    """Say how many of the cases that were compared were solved so, where it is more than one."""
    return f", {each.times} solved so" if each.times > 1 else ""


def merged(repeats: Iterable[Repeat], now: datetime, wide: int) -> Iterator[str]:
    """Give each case that was merged into one, with what was written, tried and noted there."""
    for each in repeats:
        case = each.case
        head = f"{case.id}  {named(case)}, of {case.requester or 'nobody named'}; {each.by} merged it"
        yield from textwrap.wrap(
            safe_line(f"{head} {dated(each.at, now).strip()}"), wide, initial_indent="  ", subsequent_indent="    "
        )
        said = [(case.created, case.requester or "the requester", each.body)]
        said += [(tried.at, tried.by, f"tried {tried.what}: {tried.result}") for tried in each.attempts]
        said += [(note.at, note.by, folded_away(note.text)) for note in each.notes]
        for at, by, text in sorted(said, key=lambda one: one[0]):
            if text.strip():
                line = f"{dated(at, now)}  {by}: {shortened(' '.join(text.split()), 300)}"
                yield from textwrap.wrap(safe_line(line), wide, initial_indent="    ", subsequent_indent="      ")


def named(case: Case) -> str:
    """Give the title of a case, cut where it is long."""
    return shortened(" ".join(case.title.split()), LONGEST_TITLE)


def standing(case: Case) -> str:
    """Say so where a case is over."""
    return "" if case.status.is_live else f" ({case.status})"


def kin_form(kin: Kin) -> Form:
    """Give all of it as JSON."""
    return {
        "similar": [similar_form(each) for each in kin.likes],
        "merged": [
            {"id": each.case.id, "title": each.case.title, "requester": each.case.requester, "at": when(each.at),
             "by": each.by, "body": each.body,
             "attempts": [{"at": when(one.at), "by": one.by, "what": one.what, "result": one.result}
                          for one in each.attempts],
             "notes": [{"at": when(one.at), "by": one.by, "text": one.text, "voice": one.voice.value}
                       for one in each.notes]}
            for each in kin.repeats
        ],
        "solved": [
            {"id": each.case.id, "title": each.case.title, "category": each.case.category, "tier": each.case.tier,
             "resolution": each.case.resolution, "solved_so": each.times, "what": each.what, "article": each.article,
             "reason": each.reason}
            for each in kin.solved
        ],
        "actions": [action_form(each) for each in kin.actions],
        "articles": [article_form(each) for each in kin.articles],
    }  # fmt: skip


def actions(every: Iterable[Case], now: datetime) -> Iterator[str]:
    """Give each action of a review in a line: its number, how it stands, whose it is, by when."""
    for each in every:
        due = f", due {dated(each.due, now).strip()}" if each.due and each.status.is_live else ""
        late = " (overdue)" if each.due and each.due < now and each.status.is_live else ""
        yield f"  {each.id}  {each.status}, {each.owner or 'nobody'}{due}{late}: {safe_line(each.title)}"


def action_form(action: Case) -> Form:
    """Give an action of a review as JSON."""
    return {
        "id": action.id, "title": action.title, "status": action.status.value, "owner": action.owner,
        "due": when(action.due),
    }  # fmt: skip


def similar_form(like: Like) -> Form:
    """Give one case that is like another as JSON."""
    how = like.likeness
    return {
        "id": like.case.id, "title": like.case.title, "status": like.case.status.value, "how": how.how.value,
        "likely": how.is_likely, "score": how.score, "reason": how.reason,
    }  # fmt: skip
