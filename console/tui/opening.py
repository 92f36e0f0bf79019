"""What the queue shows, read from the desk in one go; the first of it before Textual is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from console.desk import inbox, queues, views
from console.desk.desk import Desk
from console.desk.queues import Glance, Stretch
from console.domain.case import CaseId
from console.domain.errors import Refused
from console.domain.kin import Like
from console.domain.people import Actor
from console.domain.views import BUILT_IN, View, Window

HOME = next(view for view in BUILT_IN if view.name == "Tier")
FIRST_LINES = 60
NEW, OPEN, LATE, DONE = "status:new", "live:yes", "late:yes", "live:no"
EXHAUSTED = "escalation:exhausted"
"""Queries whose counts are always told, whatever views a person has saved."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A window of a view as it was at a time, with its groups, and everything about the case the cursor will be on.

    `groups` is None where a window was only read on, and they are what they were; `views` are told at the start only.
    """

    view: View
    window: Window
    now: datetime
    first: Glance | None = None
    groups: tuple[tuple[str, int], ...] | None = None
    views: tuple[View, ...] | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """One case as the preview shows it: what happens next to it, and what it is most like."""

    glance: Glance
    ahead: str = ""
    like: Like | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the list: the views a person sees, how many cases each query has, and past searches.

    `news` is how much is new in their inbox.
    """

    views: tuple[View, ...] = BUILT_IN
    counts: Mapping[str, int] | None = None
    searches: tuple[str, ...] = ()
    news: int = 0


def opening(desk: Desk, actor: Actor, view: View) -> Seen:
    """Read the top of the view that has this one's key, with the case at its head."""
    known = views.views_for(desk, actor)
    home = next((each for each in known if each.key == view.key), view)
    try:
        seen = top(desk, actor, home, FIRST_LINES)
    except Refused:  # the policy or another view has changed since it was saved
        seen = top(desk, actor, view, FIRST_LINES)
    lines = seen.window.lines
    first = queues.glance(desk, actor, lines[0].case.id) if lines else None
    return Seen(seen.view, seen.window, seen.now, first, seen.groups, known)


def around(desk: Desk, actor: Actor) -> Around:
    """Read the views of a person, the counts of their queries, and what the person has searched for."""
    known = views.views_for(desk, actor)
    wanted = dict.fromkeys((*(view.query for view in known), NEW, OPEN, LATE, DONE, EXHAUSTED))
    return Around(known, counts(desk, actor, wanted), views.searches(desk, actor), inbox.count(desk, actor))


def counts(desk: Desk, actor: Actor, wanted: Iterable[str]) -> Mapping[str, int]:
    """Count the cases of queries; one that cannot be read any more has no count, and spoils no other."""
    asked = [View(text, "", text) for text in wanted]
    try:
        return queues.counts(desk, actor, asked)
    except Refused:
        found: dict[str, int] = {}
        for each in asked:
            try:
                found |= queues.counts(desk, actor, [each])
            except Refused:
                continue
        return found


def top(desk: Desk, actor: Actor, view: View, size: int) -> Seen:
    """Read a view from its first line on."""
    window = queues.window(desk, actor, view, Stretch(0, size))
    return Seen(view, window, desk.now(), groups=queues.groups(desk, actor, view))


def glance(desk: Desk, actor: Actor, case_id: CaseId, known: Glance | None = None) -> Looked:
    """Read a case for the preview, unless it is known, what happens next to it if nobody acts, and what it is like.

    The plan is loaded here, so that the first frame does not wait for it.
    """
    from console.desk import likeness, why

    seen = known or queues.glance(desk, actor, case_id)
    likes = likeness.similar(desk, actor, case_id, most=1)
    return Looked(seen, why.next_of(desk, actor, case_id), likes[0] if likes else None)


def stretch(desk: Desk, actor: Actor, view: View, wanted: Stretch) -> Seen:
    """Read more of a view."""
    return Seen(view, queues.window(desk, actor, view, wanted), desk.now())


def again(desk: Desk, actor: Actor, view: View, held: CaseId | None, wanted: Stretch) -> Seen:
    """Read a view again, around the case the cursor is on wherever that stands now."""
    if held is None:
        window = queues.window(desk, actor, view, wanted)
    else:
        window = queues.around(desk, actor, view, held, wanted)
    return Seen(view, window, desk.now(), groups=queues.groups(desk, actor, view))
