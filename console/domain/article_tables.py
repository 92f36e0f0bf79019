"""The `[article.ID]` tables of a policy file, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from console.domain.articles import Article
from console.domain.policy_finding import Finding, Grade
from console.domain.toml_table import Table, nearest

if TYPE_CHECKING:
    from console.domain.policy import Policy

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
_URL = re.compile(r"https?://[^\s/][^\s\x00-\x1f\x7f-\x9f]*")
LONGEST_URL = 2_000


def articles_of(root: Table) -> tuple[Article, ...]:
    """Read `[article.ID]`; each is a file in the folder of articles, or a URL."""
    found: dict[str, Article] = {}
    for name, table in root.tables("article", required=False):
        if not _ID.fullmatch(name):
            table.note(f"'{name}' is not an id of an article; use letters, digits, '.', '-' and '_', 60 at most.")
        elif name.casefold() in found:
            table.note(f"'{name}' and '{found[name.casefold()].id}' are one name; capitals do not tell them apart.")
        found[name.casefold()] = Article(
            id=name,
            title=table.text("title"),
            categories=table.texts("categories"),
            items=table.texts("items"),
            words=table.texts("words"),
            tier=table.whole("tier", 0),
            file=_file(table),
            url=_url(table),
        )
        _has_one_place(table)
        table.done()
    return tuple(found.values())


def _file(table: Table) -> str:
    """Read where its file is: below the folder of articles, whatever system reads it."""
    said = table.text("file", "")
    if said and not is_below(said):
        table.note(f"'{said}' leads out of the folder of articles; name a file in it, such as kb/KB0042.md.", "file")
        return ""
    return said


def is_below(file: str) -> bool:
    """Say whether a path stays in the folder it is taken from."""
    path = PurePosixPath(file)
    parts = file.split("/")
    return not path.is_absolute() and not {"", ".", ".."} & {*parts} and not re.search(r"[\\:\x00-\x1f\x7f-\x9f]", file)


def _url(table: Table) -> str:
    said = table.text("url", "")
    if said and (not _URL.fullmatch(said) or len(said) > LONGEST_URL):
        table.note("This is not the address of a page; write https://... or http://..., without blanks.", "url")
        return ""
    return said


def _has_one_place(table: Table) -> None:
    """Note where an article has no text, or two."""
    has = [key for key in ("file", "url") if table.values.get(key)]
    if not has:
        table.note("It has no text; name its file, or its url.")
    elif len(has) > 1:
        table.note("It has a file and a url; name the one that people are to read.", "url")


def article_findings(policy: Policy) -> Iterator[Finding]:
    """Give what articles name that does not exist, and words that never count."""
    known = {category.id for category in policy.categories}
    levels = {tier.level for tier in policy.tiers}
    for article in policy.articles:
        at = ("article", article.id)
        for place, category in enumerate(article.categories):
            if category not in known:
                sentence = f"There is no category '{category}'; {nearest(category, known)}"
                yield Finding((*at, "categories", place), sentence, Grade.ERROR)
        if article.tier and article.tier not in levels:
            tiers = ", ".join(map(str, sorted(levels)))
            yield Finding((*at, "tier"), f"There is no tier {article.tier}; the tiers are {tiers}.", Grade.ERROR)
        if any(not word.strip() for word in article.words):
            yield Finding((*at, "words"), "One of the words is empty; remove it.")


def missing(policy: Policy, is_there: Callable[[str], bool]) -> Iterator[Finding]:
    """Give the articles whose file is not there, which only whoever looks into their folder can say."""
    for article in policy.articles:
        if article.file and not is_there(article.file):
            yield Finding(
                ("article", article.id, "file"), f"There is no file {article.file} in the folder of articles."
            )
