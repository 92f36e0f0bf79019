"""Knowledge gaps: what goes up of each category, and how little of it is written down."""

from __future__ import annotations

from console.desk.desk import Desk
from console.desk.figures import figures
from console.domain.figures import Dimension, Name, Sought, Subject
from console.domain.people import Actor
from console.domain.words import counted
from console.reports.grouped import key_of, shown
from console.reports.report import ESCALATIONS, Asked, Column, Definition, Drill, Holds, Report, Row

COUNTED = {
    "sent": Subject.ESCALATED,
    "below": Subject.SOLVABLE_BELOW,
    "wanted": Subject.ARTICLE_WANTED,
    "arrived": Subject.ARRIVED,
}
"""What is counted of each category; of the last only a share is told."""

COLUMNS = (
    Column("name", "category"),
    Column("sent", "sent up", Holds.COUNT),
    Column("share", "of all", Holds.SHARE),
    Column("below", "solvable below", Holds.COUNT),
    Column("wanted", "asked for", Holds.COUNT),
    Column("articles", "articles", Holds.COUNT),
)


def gaps(desk: Desk, actor: Actor, asked: Asked) -> Report:
    """Give the categories that escalate, those that no article is written for first."""
    sought = {
        key: Sought(subject=subject, by=(Dimension.CATEGORY,), since=asked.since, until=asked.until, now=asked.now)
        for key, subject in COUNTED.items()
    }
    found = figures(desk, actor, asked.query, sought.values())
    count = {
        key: {each.names[0]: each.count for each in every} for key, every in zip(sought, found, strict=True)
    }  # fmt: skip
    written = {name: _articles(desk, name) for name in count["sent"] | count["wanted"]}
    order = sorted(written, key=lambda name: (written[name] > 0, *(-count[key].get(name, 0) for key in COUNTED), name))
    without = sum(count["sent"].get(name, 0) for name, articles in written.items() if not articles)
    said = (
        f"{sum(count['sent'].values()):,} sent up, {without:,} of them where no article is written;"
        f" {counted(sum(count['wanted'].values()), 'review')} asked for one"
    )
    return Report(
        name=GAPS.name, title=GAPS.title, said=said, asked=asked, columns=COLUMNS,
        rows=tuple(_row(desk, name, count, sought, written[name]) for name in order), plots=("sent",),
    )  # fmt: skip


def _row(desk: Desk, name: Name, count: dict[str, dict[Name, int]], sought: dict[str, Sought], articles: int) -> Row:
    """Give the row of a category."""
    sent, below, wanted, arrived = (count[key].get(name, 0) for key in COUNTED)
    share = min(sent / arrived, 1.0) if arrived else None
    cells = (shown(desk.policy, Dimension.CATEGORY, name), sent, share, below, wanted, articles)
    drills = {key: Drill(sought[key], (name,)) for key in ("sent", "below", "wanted")}
    return Row(key_of(Dimension.CATEGORY, name), cells, drills)


def _articles(desk: Desk, category: Name) -> int:
    """Count the articles that are written for a category."""
    return sum(category in each.categories for each in desk.policy.articles)


GAPS = Definition(
    "gaps",
    "Knowledge gaps",
    "what was sent up by category, where no article is written for it first",
    gaps,
    ESCALATIONS,
)
