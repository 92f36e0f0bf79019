"""Knowledge articles on the command line: what they solved, those for a case, and their text."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Shell
from tests.domain.test_policy_file import SAMPLE


@pytest.fixture
def kept(shell: Shell) -> Shell:
    """A shell whose policy has two articles for the checkout, one of them solved a case."""
    policy = shell.write(
        "policy.toml",
        f'{SAMPLE}\n[article.KB1]\ntitle = "Pool"\ncategories = ["checkout"]\nfile = "kb/1.md"\n'
        '[article.KB2]\ntitle = "Cards"\ncategories = ["checkout"]\nurl = "https://kb.example/2"\n',
    )
    shell.write("config.toml", f'policy = "{policy}"\n')
    (shell.folder / "kb").mkdir()
    shell.write("kb/1.md", "# Pool\n\nRestart it.\x1b[2J\n")
    config = shell.folder / "home" / ".config" / "triage"
    config.mkdir(parents=True)
    (config / "config.toml").write_text(f'policy = "{policy}"\n', encoding="utf-8")
    shell.done("attempt", "1", "followed it", "--article", "kb1", "--worked")
    shell.done("attempt", "2", "my way", "--article", "notes")
    return shell


def test_all_articles_are_listed_with_what_they_solved_and_those_nobody_named(kept: Shell) -> None:
    said = kept.done("articles").out
    assert "KB1  Pool\n  solved 1 of 1 checkout cases in tier 1\nKB2  Cards\n  never tried\n" in said
    assert said.endswith("notes  (not in the policy)\n  solved 0 of 1 printing cases in tier 1\n")

    *_, cards, notes = kept.done("articles", "--json").json
    assert cards["url"] == "https://kb.example/2"
    assert notes == {
        "id": "notes", "title": None, "counts": [{"category": "printing", "tier": 1, "solved": 0, "of": 1}]
    }  # fmt: skip


def test_a_case_has_the_articles_for_cases_like_it(kept: Shell) -> None:
    assert kept.done("articles", "1").out == "  KB2  Cards: not tried yet\n  KB1  Pool: solved 1 of 1, tried here\n"
    assert [each["id"] for each in kept.done("articles", "1", "--json").json] == ["KB2", "KB1"]
    kept.done("add", "Charged twice", "--category", "payments")
    assert kept.done("articles", "3").out == "There is no article for cases like 3.\n"
    assert "Articles\n  KB2  Cards: not tried yet\n" in kept.done("show", "1").out
    shown = kept.case()
    assert shown["followed"] == ["KB1"]
    assert shown["articles"][1] == {
        "id": "KB1", "title": "Pool", "file": "kb/1.md", "url": None, "solved": 1, "of": 1, "tried": True, "meant": True
    }  # fmt: skip


def test_an_article_is_read_by_its_name_in_any_spelling(kept: Shell) -> None:
    said = kept.done("articles", "kb1").out
    head = "KB1  Pool\n  solved 1 of 1 checkout cases in tier 1\n"
    assert said == f"{head}\n# Pool\n\nRestart it.\N{SYMBOL FOR ESCAPE}[2J\n"
    assert kept.done("articles", "KB2").out == "KB2  Cards\n  never tried\nhttps://kb.example/2\n"
    assert kept.done("articles", "KB1", "--json").json["text"].startswith("# Pool")
    assert "did you mean 'KB2'?" in kept("articles", "KB22").err


def test_an_article_that_the_policy_does_not_have_is_kept_and_the_nearest_is_told(kept: Shell) -> None:
    told = kept.done("attempt", "1", "again", "--article", "KB11").err
    assert "The policy has no article 'KB11', so it is kept as it is written; did you mean 'KB1'?" in told
    assert kept.case()["followed"] == ["KB1", "KB11"]


def test_the_folder_of_articles_may_be_another(kept: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIAGE_ARTICLES", str(kept.folder / "home"))
    assert "Article KB1 cannot be read: kb/1.md in" in kept("articles", "KB1").err
    checked = kept.done("policy", "check").out
    assert "article.KB1.file: There is no file kb/1.md in the folder of articles. (lint)" in checked


def test_a_desk_without_articles_says_how_to_have_some(empty: Shell) -> None:
    empty.done("add", "It is slow")
    policy = empty.write("bare.toml", SAMPLE[: SAMPLE.index("[article.KB-0101]")] + SAMPLE[SAMPLE.index("[matrix.") :])
    assert empty.done("articles", "--policy", policy).out == (
        "The policy names no articles yet; write [article.ID] in it.\n"
    )


def test_cases_are_found_by_the_article_that_was_followed(kept: Shell) -> None:
    assert [each["id"] for each in kept.done("list", "article:KB1", "--json").json] == [1]
