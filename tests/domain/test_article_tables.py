"""Tests of the articles that a policy file names, and of what is wrong with them."""

from __future__ import annotations

import pytest

from console.domain.article_tables import is_below
from console.domain.articles import Article
from console.domain.policy import GuardKind
from console.domain.policy_file import faults, read
from tests.domain.test_policy_file import SAMPLE, changed

WHOLE = """
[article.KB9]
title = "Pool"
categories = ["checkout"]
items = ["Ledgerline"]
words = ["pool"]
tier = 2
url = "https://kb.example/9?a=b"
"""

NO_URL = "article.KB9.url: This is not the address of a page; write https://... or http://..., without blanks."


def told(article: str) -> set[str]:
    """Give what is said of an article that is added to the sample."""
    return {f"{each.key}: {each.sentence}" for each in faults(f"{SAMPLE}\n{article}", "p.toml")}


def test_an_article_is_read_with_all_it_says() -> None:
    found = read(f"{SAMPLE}\n{WHOLE}", "p.toml").articles[-1]
    assert found == Article("KB9", "Pool", ("checkout",), ("Ledgerline",), ("pool",), 2, url="https://kb.example/9?a=b")
    assert told(WHOLE) == set()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "KB9]", '"KB 9"]',
            "article.\"KB 9\": 'KB 9' is not an id of an article; use letters, digits, '.', '-' and '_', 60 at most.",
        ),
        ("KB9]", "kb-0101]", "article.kb-0101: 'kb-0101' and 'KB-0101' are one name; capitals do not tell them apart."),
        ('"checkout"', '"chekout"', "article.KB9.categories: There is no category 'chekout'; did you mean 'checkout'?"),
        ('"pool"', '" "', "article.KB9.words: One of the words is empty; remove it."),
        ("tier = 2", "tier = 9", "article.KB9.tier: There is no tier 9; the tiers are 1, 2, 3, 4."),
        ("https", "ftp", NO_URL),
        ("9?a=b", "9 b", NO_URL),
        ('url = "https://kb.example/9?a=b"', "", "article.KB9: It has no text; name its file, or its url."),
        (
            "tier = 2", 'file = "a.md"',
            "article.KB9.url: It has a file and a url; name the one that people are to read.",
        ),
        (
            'url = "https://kb.example/9?a=b"', 'file = "../a.md"',
            "article.KB9.file: '../a.md' leads out of the folder of articles; name a file in it, such as kb/KB0042.md.",
        ),
        ('title = "Pool"', "", "article.KB9.title: This is missing; it takes a text in quotation marks."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_article_is_told_at_its_key(old: str, new: str, sentence: str) -> None:
    assert WHOLE.count(old) == 1
    assert {each.replace("[0]:", ":") for each in told(WHOLE.replace(old, new))} == {sentence}


@pytest.mark.parametrize("file", ["/a", "../a", "a/../b", "a//b", "./a", "a\\b", "c:a", "a\nb", ""])
def test_a_file_stays_in_the_folder_of_articles(file: str) -> None:
    assert not is_below(file)
    assert is_below("kb/KB0042.md")


def test_a_file_that_is_not_there_is_a_doubt() -> None:
    found = [str(each) for each in faults(SAMPLE, "p.toml", is_there=lambda file: file != "articles/KB-0101.md")]
    line = SAMPLE[: SAMPLE.index('file = "articles/KB-0101.md"')].count("\n") + 1
    assert found == [
        f"p.toml:{line}: article.KB-0101.file: There is no file articles/KB-0101.md in the folder of articles."
    ]


def test_the_guard_says_from_what_on_a_fix_is_known() -> None:
    stricter = changed("solved = 5\nof_percent = 60\n", "solved = 9\nof_percent = 80\n")
    known = {each.kind: each for each in read(stricter, "p").guards}
    assert (known[GuardKind.KNOWN_FIX].solved, known[GuardKind.KNOWN_FIX].of_percent) == (9, 80)
    (fault,) = faults(changed("of_percent = 60", "of_percent = 101"), "p")
    assert fault.sentence == "This is 101; it is a percentage from 1 to 100."
