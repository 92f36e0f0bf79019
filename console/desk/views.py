"""Saved views and past searches: what a person sees under the keys 1 to 9, and what they have looked for."""

from __future__ import annotations

from dataclasses import replace

from console.desk.desk import Desk
from console.domain import query
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Actor, Role
from console.domain.query.fields import near
from console.domain.views import BUILT_IN, Order, Shared, View, in_force, named
from console.store import views

LONGEST_NAME = 40
KEYS = frozenset("123456789") | {""}
SEARCHES = 50
"""How many searches of a person are remembered."""


def views_for(desk: Desk, actor: Actor) -> tuple[View, ...]:
    """Give the views a person sees, by key and then by name: their own go before their teams', those before all's."""
    with desk.read(actor) as tx:
        saved = views.seen_by(tx, actor.id, actor.person.teams)
    return in_force((*saved, *BUILT_IN))


def find(desk: Desk, actor: Actor, name: str) -> View:
    """Give the view of this key or name. Refused: one that nobody saved, with the nearest name."""
    known = views_for(desk, actor)
    for view in known:
        if name.lower() in {view.key, view.name.lower()}:
            return view
    hint = near(name, tuple(view.name for view in known)) or "`triage view` lists them."
    raise Refused(f"There is no view '{name}'; {hint}", RefusalCode.NOT_FOUND)


def usual_order(desk: Desk, actor: Actor, text: str) -> Order:
    """Give the order a query is read in where none is asked for: words newest first, which costs least; else urgent."""
    parsed = query.parse(text, lambda: named(views_for(desk, actor)))
    return Order.NEWEST if parsed.finds_text else Order.URGENT


def save(desk: Desk, actor: Actor, view: View) -> View:
    """Save a view, for the actor or for the team it names; give it as it was saved.

    Refused: a query that cannot be read or that holds the view itself, a name or key that cannot be one, a team's view
    by somebody who may not.
    """
    kept = _owned(desk, actor, replace(view, name=" ".join(view.name.split())))
    if not kept.name or len(kept.name) > LONGEST_NAME or '"' in kept.name or kept.name in KEYS:
        told = f"A view's name has 1 to {LONGEST_NAME} characters, no quotation marks, and is no key from 1 to 9."
        raise Refused(told, RefusalCode.BAD_INPUT)
    if kept.key not in KEYS:
        raise Refused(f"A view's key is one of 1 to 9, or none; '{kept.key}' is not.", RefusalCode.BAD_INPUT)
    others = [each for each in views_for(desk, actor) if each.name.lower() != kept.name.lower()]
    query.parse(f'in:"{kept.name}"', lambda: named([*others, kept]))
    with desk.write(actor) as tx:
        views.put(tx, kept)
    return kept


def drop(desk: Desk, actor: Actor, name: str, team: str = "") -> View:
    """Drop a view of the actor's own, or of a team; give what is dropped. Refused: one that was never saved."""
    wanted = _owned(desk, actor, View("", name, "", owner=team))
    with desk.read(actor) as tx:
        saved = views.seen_by(tx, actor.id, [team] if team else [])
    found = next((v for v in saved if v.owner == wanted.owner and name.lower() in {v.key, v.name.lower()}), None)
    if found is None:
        whose = f"Team {team} has" if team else "You have saved"
        raise Refused(f"{whose} no view '{name}'; `triage view` lists them.", RefusalCode.NOT_FOUND)
    with desk.write(actor) as tx:
        views.drop(tx, found)
    return found


def teams_of(desk: Desk, actor: Actor) -> tuple[str, ...]:
    """Give the teams whose views a person may save and drop: a lead their own, an admin all."""
    known = tuple(team.id for team in desk.policy.teams)
    match actor.person.role:
        case Role.ADMIN:
            return known
        case Role.LEAD:
            return tuple(team for team in known if team in actor.person.teams)
        case _:
            return ()


def searches(desk: Desk, actor: Actor) -> tuple[str, ...]:
    """Give what a person has searched for, newest first, each once."""
    with desk.read(actor) as tx:
        return views.searched(tx, actor.id)


def remember(desk: Desk, actor: Actor, text: str) -> None:
    """Remember a search. Refused: one that cannot be read; nothing is not remembered."""
    query.parse(text, lambda: named(views_for(desk, actor)))
    if text.strip():
        with desk.write(actor) as tx:
            views.keep_search(tx, actor.id, text.strip(), desk.now(), SEARCHES)


def _owned(desk: Desk, actor: Actor, view: View) -> View:
    """Give the view with whose it is: the team's that it names, else the actor's. Refused: a team of others."""
    team = view.owner
    if not team:
        return replace(view, shared=Shared.PERSON, owner=actor.id)
    desk.policy.team(team)
    if team not in teams_of(desk, actor):
        told = f"A view of team {team} is changed by its leads or an admin; leave the team out to save it for yourself."
        raise Refused(told, RefusalCode.NOT_ALLOWED)
    return replace(view, shared=Shared.TEAM, owner=team)
