"""What the queue shows, read from the desk in one go; the first of it before Textual is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from console.desk import queues
from console.desk.desk import Desk
from console.desk.queues import Glance, Stretch
from console.domain.case import CaseId
from console.domain.people import Actor
from console.domain.views import BUILT_IN, View, Window

HOME = next(view for view in BUILT_IN if view.name == "Tier")
FIRST_LINES = 60


@dataclass(frozen=True, slots=True)
class Seen:
    """A window of a view as it was at a time, and everything about the case the cursor will be on."""

    view: View
    window: Window
    now: datetime
    first: Glance | None = None


def opening(desk: Desk, actor: Actor, view: View) -> Seen:
    """Read the top of a view, with the case at its head."""
    window = queues.window(desk, actor, view, Stretch(0, FIRST_LINES))
    first = queues.glance(desk, actor, window.lines[0].case.id) if window.lines else None
    return Seen(view, window, desk.now(), first)


def stretch(desk: Desk, actor: Actor, view: View, wanted: Stretch) -> Seen:
    """Read more of a view."""
    return Seen(view, queues.window(desk, actor, view, wanted), desk.now())


def again(desk: Desk, actor: Actor, view: View, held: CaseId | None, wanted: Stretch) -> Seen:
    """Read a view again, around the case the cursor is on wherever that stands now."""
    if held is None:
        return stretch(desk, actor, view, wanted)
    return Seen(view, queues.around(desk, actor, view, held, wanted), desk.now())
