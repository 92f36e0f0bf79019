"""The facts of every subject as SQL, over the alias `c` of the case table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from console.domain.figures import Dimension, Subject

NO_LENGTH = "NULL"


def _stands(event: str) -> str:
    return (
        f"NOT EXISTS (SELECT 1 FROM event u WHERE u.case_id = {event}.case_id AND u.annuls = {event}.version AND NOT"
        " EXISTS (SELECT 1 FROM event v WHERE v.case_id = u.case_id AND v.annuls = u.version))"
    )


STANDS = _stands("e")
"""The condition that an event was not undone, or that this was undone in turn."""

WHO = (
    "CASE WHEN e.cause = 'intake triage' THEN coalesce(json_extract(e.detail, '$.as_written.on_behalf_of'),"
    " json_extract(e.detail, '$.as_written.actor'), e.actor) ELSE coalesce(e.on_behalf_of, e.actor) END"
)
"""Whose act an event is, as `domain.events` has it."""


CAME_IN = 'c.id NOT IN (SELECT a.id FROM "case" a WHERE a.action_of IS NOT NULL)'
"""The condition that a case came in, and is no action of a review; those are few, with an index of their own."""

ACTION, EITHER = "c.action_of IS NOT NULL", "1"
MONTH = 30 * 86_400_000_000
"""After how many microseconds an action is old."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a subject: where they are read, when each was, its length, what else it has, `of` which cases."""

    source: str
    where: str
    at: str
    length: str = NO_LENGTH
    of_its_own: Mapping[Dimension, str] = field(default_factory=dict)
    of: str = CAME_IN


def _events(kinds: str, length: str = NO_LENGTH, **of_its_own: str) -> Facts:
    """Give the facts that are events of some kinds."""
    return Facts(
        'event e JOIN "case" c ON c.id = e.case_id',
        f"e.kind {kinds} AND {STANDS}",
        "e.at",
        length,
        {Dimension.PERSON: WHO} | {Dimension(name): said for name, said in of_its_own.items()},
    )


KIND = Dimension.KIND
TIERS = 1_000
"""More than any tier's number."""

ENDS = (
    "IN ('resolved', 'closed', 'merged') AND json_extract(e.changes, '$.status[0]') IN ('new', 'open', 'waiting')"
    " AND json_extract(e.changes, '$.status[1]') IN ('resolved', 'closed')"
)


def _is_an_answer(event: str) -> str:
    return f"{event}.kind = 'noted' AND json_extract({event}.detail, '$.voice') = 'outbound' AND {_stands(event)}"


IS_FIRST = (
    "NOT EXISTS (SELECT 1 FROM event f WHERE f.case_id = e.case_id AND (f.at, f.version) < (e.at, e.version)"
    f" AND {_is_an_answer('f')})"
)
"""The condition that no answer was given before: looked up for each of the period, not for all there are."""

BOUNCES = (
    "(SELECT e.case_id, max(e.at) AS at, count(*) AS times FROM event e WHERE e.kind = 'returned'"
    f" AND {STANDS} GROUP BY e.case_id HAVING count(*) > 1)"
)
OF_ESCALATIONS = 'escalation x JOIN "case" c ON c.id = x.case_id'
TURNS = (
    "SELECT e.case_id, e.version, e.at, CASE WHEN e.kind = 'reopened' THEN 'reopened' ELSE 'ended' END AS what,"
    " json_extract(e.changes, '$.tier[0]') AS was_in, json_extract(e.changes, '$.tier[1]') AS is_in FROM event e"
    " WHERE e.kind IN ('escalated', 'returned', 'moved', 'updated', 'changed', 'reopened', 'resolved', 'closed',"
    " 'merged')"
    " AND (e.kind = 'reopened' OR json_extract(e.changes, '$.tier[0]') IS NOT NULL OR"
    " (json_extract(e.changes, '$.status[0]') IN ('new', 'open', 'waiting')"
    f" AND json_extract(e.changes, '$.status[1]') IN ('resolved', 'closed'))) AND {STANDS}"
    " AND e.case_id IN (SELECT p.case_id FROM event p WHERE p.at >= :figure_since AND +p.kind IN ('escalated',"
    " 'returned', 'moved', 'updated', 'changed', 'resolved', 'closed', 'merged'))"
)
"""Where a stay in a tier ends or begins: the tier changes, the case ends, or is taken up again.

Only of cases of which one may have ended in the period, since these turns must be sorted. Those are found by reading
the events as they lie: by their kind it would be a step to each row, for a third of all there are.
"""
STAYS = (
    "(SELECT case_id, at, what, lag(at) OVER one AS since, coalesce(was_in,"
    f" max(CASE WHEN is_in IS NOT NULL THEN version * {TIERS} + is_in END) OVER before % {TIERS},"
    f" min(CASE WHEN was_in IS NOT NULL THEN version * {TIERS} + was_in END) OVER behind % {TIERS}) AS tier"
    f" FROM ({TURNS})"
    " WINDOW one AS (PARTITION BY case_id ORDER BY version),"
    " before AS (one ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),"
    " behind AS (one ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING))"
)
"""The stays: in which tier, and since when; the tier is the one entered last before, else the one left next."""

NEED = (
    "CASE x.state WHEN 'closed' THEN 'not yet' ELSE coalesce((SELECT json_extract(r.detail, '$.need') FROM event r"
    " WHERE r.case_id = x.case_id AND r.kind = 'reviewed' AND json_extract(r.detail, '$.escalation') = x.id"
    " ORDER BY r.version DESC LIMIT 1), 'elsewhere') END"
)
"""What kind of thing the review of an escalation says that the tier below needs; some were reviewed elsewhere."""


def _open_actions(which: str) -> Facts:
    """Give the facts that are open actions."""
    return Facts(
        '"case" c', f"c.live = 1 AND {which}", "c.created", ":figure_now - c.created", {Dimension.PERSON: "c.owner"},
        ACTION,
    )  # fmt: skip


def _reviewable(which: str) -> Facts:
    """Give the facts that are escalations that were closed."""
    return Facts(
        OF_ESCALATIONS, f"x.state IN ('closed', 'reviewed') AND {which}", "x.closed_at", of_its_own={KIND: NEED}
    )


FACTS: Mapping[Subject, Facts] = {
    Subject.OPEN: Facts('"case" c', "c.live = 1", "c.created", ":figure_now - c.created"),
    Subject.ARRIVED: Facts('"case" c', "1", "c.created"),
    Subject.FINISHED: _events(ENDS, "e.at - c.created", kind="e.kind"),
    Subject.ANSWERED: Facts(
        'event e JOIN "case" c ON c.id = e.case_id',
        f"{_is_an_answer('e')} AND {IS_FIRST}",
        "e.at",
        "max(e.at - c.created, 0)",
    ),
    Subject.REOPENED: _events("= 'reopened'"),
    Subject.ESCALATED: _events("= 'escalated'", kind="json_extract(e.detail, '$.kind')", reason="e.reason"),
    Subject.RETURNED: _events("= 'returned'", reason="e.reason"),
    Subject.BREACHED: _events("= 'breached'", kind="json_extract(e.detail, '$.clock')"),
    Subject.EXHAUSTED: _events("= 'exhausted'"),
    Subject.SOLVABLE_BELOW: _events("= 'returned' AND e.reason = 'solvable-below'"),
    Subject.BOUNCED: Facts(f'{BOUNCES} e JOIN "case" c ON c.id = e.case_id', "1", "e.at", of_its_own={KIND: "e.times"}),
    Subject.UP: Facts(
        OF_ESCALATIONS, "x.closed_at IS NULL AND x.state <> 'withdrawn'", "x.sent_at", ":figure_now - x.sent_at"
    ),
    Subject.CAME_DOWN: Facts(
        OF_ESCALATIONS, "x.closed_at IS NOT NULL AND x.state <> 'withdrawn'", "x.closed_at", "x.closed_at - x.sent_at"
    ),
    Subject.STAYED: Facts(
        f'{STAYS} e JOIN "case" c ON c.id = e.case_id',
        "e.what <> 'reopened'",
        "e.at",
        "e.at - coalesce(e.since, c.created)",
        {Dimension.TIER: "coalesce(e.tier, c.tier)"},
    ),
    Subject.TOUCHED: Facts('event e JOIN "case" c ON c.id = e.case_id', "1", "e.at"),
    Subject.DECIDED: _events("IN ('decided', 'escalated') AND json_extract(e.detail, '$.verdict') IS NOT NULL"),
    Subject.TAKEN: _events("= 'claimed'"),
    Subject.PICKED: _events("= 'claimed' AND json_extract(e.detail, '$.passed_over') > 0"),
    Subject.WITHHELD: Facts(
        'delivery d JOIN "case" c ON c.id = d.case_id',
        "d.state IN ('held', 'cancelled', 'dead')",
        "d.at",
        of_its_own={KIND: "d.state", Dimension.REASON: "d.channel", Dimension.PERSON: "d.person"},
        of=EITHER,
    ),
    Subject.ACTIONS: _open_actions("1"),
    Subject.ACTIONS_OLD: _open_actions(f":figure_now - c.created >= {MONTH}"),
    Subject.ACTIONS_OVERDUE: _open_actions("c.due < :figure_now"),
    Subject.ACTIONS_DONE: Facts(
        'event e JOIN "case" c ON c.id = e.case_id',
        f"e.kind {ENDS} AND {STANDS}",
        "e.at",
        "e.at - c.created",
        {Dimension.PERSON: "c.owner"},
        ACTION,
    ),
    Subject.REVIEWABLE: _reviewable("1"),
    Subject.ARTICLE_WANTED: _events("= 'reviewed' AND json_extract(e.detail, '$.need') = 'article'"),
    Subject.REVIEWED: _reviewable("x.state = 'reviewed'"),
    Subject.REVIEWED_LATE: _reviewable(
        "EXISTS (SELECT 1 FROM event b WHERE b.case_id = x.case_id AND b.kind = 'breached'"
        " AND json_extract(b.detail, '$.clock') = 'review' AND json_extract(b.detail, '$.key') = 'escalation.' || x.id)"
    ),
}
"""The facts of every subject."""
