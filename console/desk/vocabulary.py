"""The words of this desk that a query may name: what completion offers besides the language's own."""

from __future__ import annotations

from console.desk.desk import Desk
from console.desk.views import views_for
from console.domain.people import Actor
from console.domain.query import Vocabulary
from console.store import groupings, people


def vocabulary(desk: Desk, actor: Actor) -> Vocabulary:
    """Give people, tiers, teams, categories, items, tags, articles and views.

    Items and tags are those of the newest cases that the actor may see.
    """
    policy, known = desk.policy, views_for(desk, actor)
    with desk.read(actor) as tx:
        everybody, items, tags = people.everybody(tx), groupings.items(tx), groupings.tags(tx)
    return Vocabulary(
        people=tuple(person.id for person in everybody),
        tiers=tuple(tier.level for tier in policy.tiers),
        teams=tuple(team.id for team in policy.teams),
        categories=tuple(category.id for category in policy.categories),
        items=items,
        tags=tags,
        articles=tuple(article.id for article in policy.articles),
        views=tuple(view.name for view in known),
    )
