"""What leaves: a table that no spreadsheet runs and intake reads back, and Markdown that holds nothing but text."""

from __future__ import annotations

import csv
import io
import json
import random
from datetime import UTC, datetime
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from console.cli.native import NATIVE_TEXTS
from console.domain.markdown import block, code, plain
from console.domain.safe import safe_line
from tests.cli.conftest import Shell
from tests.domain.test_cells import RUN, WITHIN, is_run
from tests.figures import figure
from tests.hostile.corpus import PAYLOADS

LONG = {"title", "body", "resolution"}
MARKUP = (
    "# heading", "[a](javascript:alert(1))", "![](http://evil.example/pixel.gif)", "<img src=x onerror=alert(1)>",
    "<!-- hidden", "```\n# out\n```", "````\nx", "a ``` b `` c ` d", "`", "``", "` `", "@ada and #123", "GH-1",
    "http://evil.example www.evil.example a@evil.example", "| a | b |\n|---|---|", "* item\n  * item", "1. one",
    "> quote", "a\n===\nb\n---", "~~~\nx\n~~~", "[x]: http://evil.example", "&lt;b&gt; &#35;", "\\` \\",
    "---\ntitle: x\n---",
    "    indented", "\ttab", "<details><summary>x", "$x$ $$y$$", ":smile:", "- [ ] task", "line  \nbreak\\\nline",
)  # fmt: skip
ALLOWED = {
    "heading_open", "heading_close", "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close",
    "paragraph_open", "paragraph_close", "inline", "fence",
}  # fmt: skip


def rows_of(text: str) -> list[dict[str, str]]:
    """Give the rows of a table by heading."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def lines_of(cases: list[dict[str, Any]]) -> str:
    """Write cases as JSON Lines."""
    return "".join(json.dumps(case) + "\n" for case in cases)


def taken_back(shell: Shell, table: str, name: str) -> list[dict[str, Any]]:
    """Take a table into a new database, and give the native cases there."""
    other = Shell(shell.folder / name, shell.capture)
    other.folder.mkdir()
    said = other.done("intake", shell.write(f"{name}.csv", table), "--json").json
    assert (said["rejected"], said["warnings"]) == (0, [])
    return [json.loads(line) for line in other.done("export").out.splitlines()]


def facts(case: dict[str, Any]) -> dict[str, Any]:
    """Give what a table tells of a native case."""
    return {name: case.get(name) for name in NATIVE_TEXTS}


def test_no_cell_of_a_table_is_run_and_every_text_comes_back(empty: Shell) -> None:
    hostile = [text.strip() for text in RUN + WITHIN if text.strip()]
    cases = [
        {"source": "x", "ref": f"{at}", "title": text, "body": f"{text}\n\n- a list\n{text}", "requester": text,
         "organisation": text, "category": text, "item": text, "status": "resolved", "resolution": text,
         "tags": ["vip", text], "created": "2026-01-01T00:00:00Z", "severity": "S2", "affected": at}
        for at, text in enumerate(hostile)
    ]  # fmt: skip
    empty.done("intake", empty.write("hostile.jsonl", lines_of(cases)))
    before = [json.loads(line) for line in empty.done("export").out.splitlines()]

    table = empty.done("export", "--format", "csv").out

    rows = rows_of(table)
    assert [row["triage"] for row in rows] == [str(case["triage"]["id"]) for case in before]
    assert not [cell for row in rows for cell in row.values() if is_run(cell)]
    assert list(map(facts, taken_back(empty, table, "again"))) == list(map(facts, before))


def test_ten_thousand_texts_are_neutral_and_come_back(empty: Shell) -> None:
    chosen = random.Random(27)
    signs = [*"=+-@\t\n,;|\"'\\ a1\uff1d\uff20\u200b\u00a0(!"]
    made = ["".join(chosen.choices(signs, k=chosen.randint(1, 12))) + "x" for _ in range(10_000)]
    cases = [
        {"source": "x", "ref": str(at), "title": "t", "body": "\n".join(part), "requester": part[0],
         "resolution": part[1], "status": "closed"}
        for at, part in enumerate(zip(*[iter(made)] * 4, strict=True))
    ]  # fmt: skip
    empty.done("intake", empty.write("many.jsonl", lines_of(cases)))
    before = [facts(json.loads(line)) for line in empty.done("export").out.splitlines()]
    table = empty.done("export", "--format", "csv").out

    bad = [cell for row in rows_of(table) for cell in row.values() if is_run(cell)]
    after = list(map(facts, taken_back(empty, table, "again")))

    lost = sum(one != other for one, other in zip(before, after, strict=True))
    figure(
        27, "10,000 texts exported as CSV and read back", f"{len(bad)} could be run, {lost} cases came back otherwise"
    )
    assert (bad, lost) == ([], 0)


def test_a_table_is_utf8_with_the_mark_where_it_is_wanted(shell: Shell) -> None:
    path = shell.folder / "cases.csv"
    shell.done("add", "Zürich – 東京", "--body", 'one, "two"\nthree')
    shell.done("export", "--format", "csv", "--bom", "--to", str(path))
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfsource,ref,title,")
    assert data.endswith(b"\r\n")
    assert data[3:].decode() == shell.done("export", "--format", "csv").out
    assert '"one, ""two""\nthree"' in data.decode()
    assert "--bom goes with --format csv" in shell("export", "--bom").err
    assert "--brief goes with --format markdown" in shell("export", "--brief").err


def test_a_table_that_is_not_of_an_export_is_read_as_it_stands(empty: Shell) -> None:
    empty.done("intake", empty.write("x.csv", "title,requester\n'\\=1,'\\-1\n"))
    assert json.loads(empty.done("export").out)["title"] == "'\\=1"


def test_a_case_as_markdown_tells_everything(shell: Shell) -> None:
    shell.done("claim", "1")
    shell.done("attempt", "1", "restart", "--result", "nothing", "--error", "E 502")
    shell.done("note", "1", "--to-requester", "we are on it")
    shell.done("escalate", "1", "--to", "2/database", "--incomplete", "at night", "--reason", "other: urgent")
    told = shell.done("export", "id:1", "--format", "markdown").out
    assert told.startswith("# Case 1: `")
    for part in (
        "## Checklist",
        "## Recommendation",
        "## Tried",
        "## Notes",
        "## Escalation 1001",
        "## Brief",
        "## History",
    ):
        assert f"\n{part}\n" in told
    for said in ("`restart`", "error: `E 502`", "we are on it", "* state: `sent`", "escalated it to"):
        assert said in told
    brief = shell.done("export", "id:1", "--format", "markdown", "--brief").out
    assert brief.startswith("# Brief for case 1: `")
    assert "Nobody has said." in brief
    assert shell.done("export", "id:2", "--format", "markdown", "--brief").out.startswith("# Brief for case 2")


def test_several_cases_follow_one_another(shell: Shell) -> None:
    path = shell.folder / "cases.md"
    shell.done("export", "--format", "markdown", "--to", str(path))
    assert path.read_text().count("\n# Case ") + path.read_text().startswith("# Case ") == 2


@pytest.mark.parametrize("text", [*MARKUP, *(each.harm for each in PAYLOADS)])
def test_foreign_text_in_markdown_is_text(text: str) -> None:
    lines = [
        f"# A `case`: {code(text)}",
        "",
        f"* said: {code(text)}",
        "",
        *block(text, "  "),
        "",
        "## End",
        "",
        *block(text),
    ]
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse("\n".join(lines))
    assert {token.type for token in tokens} <= ALLOWED
    inline = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inline} <= {"text", "code_inline"}
    words = [child.content for child in inline if child.type == "text"]
    assert {word.strip() for word in words} <= {"A", "", ":", "said:", "End"}
    wanted = safe_line(text).strip()
    spans = [child.content for child in inline if child.type == "code_inline"]
    assert spans == (["case", wanted, wanted] if wanted else ["case"])
    assert [token.content for token in tokens if token.type == "fence"] == _blocks(text)


def _blocks(text: str) -> list[str]:
    said = [line.removeprefix("  ") for line in block(text, "  ")][1:-1]
    return ["".join(f"{line}\n" for line in said)] * 2 if said else []


def test_words_of_our_own_are_escaped() -> None:
    (heading,) = [t for t in MarkdownIt().parse(f"# {plain('a *b* [c](d) <e> `f`')}") if t.type == "inline"]
    assert _text(heading) == "a *b* [c](d) <e> `f`"


def _text(token: Token) -> str:
    return "".join(child.content for child in token.children or ())


def test_an_export_holds_no_confidential_case_of_others(shell: Shell) -> None:
    shell.done("add", "About somebody", "--confidential")
    for form in ("jsonl", "csv", "events-csv", "markdown"):
        assert "About somebody" in shell.done("export", "--format", form).out
        assert "About somebody" not in shell.done("export", "--format", form, person="eve").out
        assert "About somebody" not in shell("export", "confidential:yes", "--format", form, person="eve").out


def test_times_are_in_utc(shell: Shell) -> None:
    (row, *_) = rows_of(shell.done("export", "--format", "csv").out)
    assert datetime.fromisoformat(row["created"]).tzinfo == UTC
