"""articles: list knowledge articles and what they solved, those for a case, or read one."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping

from console.cli.call import Call
from console.cli.output import columns, document, say
from console.domain.articles import Article, Fix
from console.domain.safe import safe_block

DESCRIPTION = """
List the knowledge articles of the policy, with how many cases each solved of those it was tried on, by category and
tier; what people followed besides is listed after them. With a case: the articles for cases like it, the likeliest to
help first. With the name of an article: its text, or the address where it is. What is counted is what attempts say
(`triage attempt 4711 "..." --article KB0042 --worked`), and articles that are named in how a case was resolved;
confidential cases are in no count.
"""
EXAMPLES = ("triage articles", "triage articles 4711", "triage articles KB0042", "triage articles --json")
Known = Mapping[str, Mapping[tuple[str, int], Fix]]
"""What came of each article, by category and tier."""
_CASE = re.compile(r"[1-9]\d*")


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("of", nargs="?", metavar="CASE|ARTICLE", help="the number of a case, or the name of an article")


def run(call: Call) -> int:
    """List all, those for a case, or show one."""
    said = call.options.of
    if said is None:
        _all(call)
    elif _CASE.fullmatch(said) and call.policy.article(said) is None:
        _for_case(call, int(said))
    else:
        _one(call, said)
    return 0


def _all(call: Call) -> None:
    """List every article."""
    known = _known(call)
    others = [name for name in known if call.policy.article(name) is None]
    if call.is_json:
        document([*(_form(each, known) for each in call.policy.articles), *(_other(name, known) for name in others)])
        return
    for each in call.policy.articles:
        say(f"{each.id}  {each.title}", *_counted(known.get(each.id, {})))
    for name in others:
        say(f"{name}  (not in the policy)", *_counted(known[name]))
    if not call.policy.articles and not others:
        say("The policy names no articles yet; write [article.ID] in it.")


def _for_case(call: Call, number: int) -> None:
    """List the articles for cases like one."""
    from console.cli.kin_page import article_form, fitting
    from console.desk import articles
    from console.domain.case import CaseId

    found = articles.for_case(call.desk, call.actor, CaseId(number))
    if call.is_json:
        document([article_form(each) for each in found])
    else:
        say(*(list(fitting(found, columns())) or [f"There is no article for cases like {number}."]))


def _one(call: Call, name: str) -> None:
    """Show an article: what came of it, and its text."""
    from console.desk import articles

    article, known = articles.named(call.desk, name), _known(call)
    text = articles.text_of(call.desk, article)
    if call.is_json:
        document(_form(article, known) | {"text": text or None})
        return
    say(f"{article.id}  {article.title}", *_counted(known.get(article.id, {})), *([article.url] if article.url else []))
    if text:
        say("", *safe_block(text.strip("\n"), lines=len(text)).splitlines())


def _known(call: Call) -> Known:
    """Give what came of each article."""
    from console.desk import articles

    found: dict[str, dict[tuple[str, int], Fix]] = {}
    for each in articles.solving(call.desk):
        found.setdefault(each.fix.article, {})[each.fix.category, each.tier] = each.fix
    return found


def _counted(known: Mapping[tuple[str, int], Fix]) -> Iterator[str]:
    """Tell what came of an article, a line for each category and tier."""
    for (category, tier), fix in known.items():
        yield f"  solved {fix.worked:,} of {fix.of:,} {category or 'uncategorised'} cases in tier {tier}"
    if not known:
        yield "  never tried"


def _form(article: Article, known: Known) -> dict[str, object]:
    return {
        "id": article.id, "title": article.title, "categories": list(article.categories), "words": list(article.words),
        "tier": article.tier or None, "file": article.file or None, "url": article.url or None,
        "counts": _counts(known.get(article.id, {})),
    }  # fmt: skip


def _other(name: str, known: Known) -> dict[str, object]:
    return {"id": name, "title": None, "counts": _counts(known[name])}


def _counts(known: Mapping[tuple[str, int], Fix]) -> list[dict[str, object]]:
    return [
        {"category": category or None, "tier": tier, "solved": fix.worked, "of": fix.of}
        for (category, tier), fix in known.items()
    ]
