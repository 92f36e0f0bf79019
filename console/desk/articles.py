"""Knowledge articles at the desk: what came of them is kept in step with every event, and none is counted twice."""

from __future__ import annotations

from collections.abc import Iterable

from console.desk.desk import Desk
from console.domain.articles import Article, Fitting, fitting
from console.domain.case import Case, CaseId
from console.domain.errors import RefusalCode, Refused
from console.domain.events import Event
from console.domain.people import Actor
from console.domain.toml_table import nearest
from console.domain.tries import tells_of_articles, tries_of
from console.store import articles, cases, events
from console.store.articles import Solving
from console.store.engine import Reading, Snapshot, Tx
from console.store.sight import WHOLE

LONGEST = 200_000
"""So many bytes of an article are read at most."""


def follow(tx: Tx, new: Iterable[Event]) -> None:
    """Count what events that were just written say of articles, each case by its whole history.

    Whole: what is counted does not depend on who acts. What is confidential is never counted.
    """
    told: dict[CaseId, list[Event]] = {}
    for event in new:
        told.setdefault(event.case, []).append(event)
    telling = {case: happened for case, happened in told.items() if any(map(tells_of_articles, happened))}
    if not telling:
        return
    whole = Snapshot(tx.driver, WHOLE)
    if known := [case for case, happened in telling.items() if happened[0].version > 1]:
        events.read_histories_ahead(whole, known)
    articles.put(
        tx,
        {
            case: tries_of(happened if happened[0].version == 1 else events.of_case(whole, case))
            for case, happened in telling.items()
        },
    )


def text_of(desk: Desk, article: Article) -> str:
    """Give the text of an article that is a file; of one at a URL nothing. Reads the disk.

    Refused: a file that is not there, cannot be read, or leads out of the folder of articles.
    """
    if not article.file:
        return ""
    told = f"Article {article.id} cannot be read: {article.file}"
    if desk.articles is None:
        raise Refused(f"{told} is in no folder that is known here.", RefusalCode.NOT_FOUND)
    try:
        path = (desk.articles / article.file).resolve(strict=True)
        if not path.is_relative_to(desk.articles.resolve()):
            raise Refused(f"{told} leads out of the folder of articles, {desk.articles}.", RefusalCode.NOT_FOUND)
        if not path.is_file():
            raise Refused(f"{told} is no file.", RefusalCode.NOT_FOUND)
        with path.open("rb") as file:
            found = file.read(LONGEST + 1)
    except OSError as error:
        raise Refused(f"{told} in {desk.articles} ({error.strerror}).", RefusalCode.NOT_FOUND) from None
    text = found[:LONGEST].decode("utf-8-sig", "replace")
    return text if len(found) <= LONGEST else f"{text}\n[The rest is left out: it is longer than {LONGEST:,} bytes.]"


def named(desk: Desk, name: str) -> Article:
    """Give an article by its id in any spelling. Refused: one that the policy does not have, with the nearest."""
    found = desk.policy.article(name)
    if found is None:
        hint = nearest(name, [each.id for each in desk.policy.articles])
        raise Refused(f"There is no article '{name}' in the policy; {hint}", RefusalCode.NOT_FOUND)
    return found


def for_case(desk: Desk, actor: Actor, case_id: CaseId) -> tuple[Fitting, ...]:
    """Give the articles for cases like one, the likeliest to help first. Refused: an id that no case has."""
    with desk.read(actor) as tx:
        return fitting_for(desk, tx, cases.get(tx, case_id))


def fitting_for(desk: Desk, tx: Reading, case: Case) -> tuple[Fitting, ...]:
    """Give the articles for cases like one, in the transaction at hand; see `for_case`."""
    if not desk.policy.articles:
        return ()
    place = case.category, case.tier
    return fitting(case, desk.policy.articles, articles.known(tx, [place])[place])


def solving(desk: Desk) -> tuple[Solving, ...]:
    """Give what came of every article by category and tier, those that the policy does not name among them."""
    with desk.store.read() as tx:
        return articles.every(tx)
