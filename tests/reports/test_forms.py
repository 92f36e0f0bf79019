"""Every form of a report, compared with a file that a reviewer can read; foreign text acts in none of them.

`TRIAGE_GOLDEN=write` writes the files anew; look at the difference before you keep it.
"""

from __future__ import annotations

import csv
import io
import json
import os
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from console.domain.figures import Sought, Subject
from console.domain.safe import width
from console.reports.forms import FORMS, Paper
from console.reports.report import Asked, Column, Drill, Holds, Report, Row
from tests.builders import MORNING, at
from tests.domain.test_cells import is_run
from tests.hostile.corpus import PAYLOADS

FOLDER = Path(__file__).parent / "golden"
ASKED = Asked(now=MORNING, since=at(days=-7), until=MORNING, view="Late")
COLUMNS = (
    Column("team", "team"), Column("count", "count", Holds.COUNT), Column("share", "share", Holds.SHARE),
    Column("median", "half in", Holds.SPAN),
)  # fmt: skip
EVIL = "=HYPERLINK(\"x\") | `a` <script>alert('&')</script> @all"
ENDINGS = {"table": "txt", "csv": "csv", "json": "json", "markdown": "md", "html": "html"}


def a_report(*names: str, **facts: object) -> Report:
    """Give a report with a row for each name."""
    way = Drill(Sought(subject=Subject.OPEN), (), 'team:"a <b>"')
    rows = [
        Row(name, (name, 12 * 9**place, 0.5 / (place + 1), timedelta(hours=place) if place else None), {"count": way})
        for place, name in enumerate(names)
    ]
    given = {
        "name": "teams", "title": "Teams & more", "said": "3 things", "asked": ASKED, "columns": COLUMNS,
        "rows": tuple(rows), "plots": ("count",),
    }  # fmt: skip
    return Report(**(given | facts))  # type: ignore[arg-type]


def written(report: Report, form: str, paper: Paper = Paper()) -> str:  # noqa: B008 - a value
    """Give a report in a form."""
    return "".join(FORMS[form](report, paper))


def must_be_golden(name: str, text: str) -> None:
    """Compare a text with the golden one of this name."""
    path = FOLDER / name
    if os.environ.get("TRIAGE_GOLDEN") == "write":
        path.write_bytes(text.encode())
    assert path.read_bytes().decode() == text


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_as_it_was(form: str) -> None:
    must_be_golden(f"teams.{ENDINGS[form]}", written(a_report("database", EVIL, "none"), form))


def test_without_rows_every_form_still_says_what_it_is_about() -> None:
    for form in FORMS:
        assert form == "csv" or "3 things" in written(a_report(), form)


def test_a_table_fits_the_width_in_ascii_too() -> None:
    for wide in (60, 80, 120):
        for ascii_only in (True, False):
            text = written(a_report("database", EVIL * 3, "日本語" * 9), "table", Paper(wide, ascii_only=ascii_only))
            assert max(map(width, text.splitlines())) <= wide
    assert "#" * 10 in written(a_report("a", "b"), "table", Paper(ascii_only=True))


def test_several_drawn_columns_share_what_is_left() -> None:
    columns = (Column("a", "a"), Column("b", "b", Holds.COUNT), Column("c", "c", Holds.COUNT))
    report = a_report(columns=columns, rows=(Row("x", ("x", 1, 2)), Row("y", ("y", 0, 4))), plots=("b", "c"))
    lines = written(report, "table", Paper(30)).splitlines()[-2:]
    assert lines == ["x  1  ██▎        2  ████▌", "y  0             4  █████████"]
    page = written(report, "html")
    assert (page.count('class="b0"'), page.count('class="b1"')) == (1 + 1, 2 + 1)
    assert written(a_report("a", plots=()), "html").count("<svg") == 0
    assert "\u2588" not in written(a_report("a", plots=()), "table")


class Tags(HTMLParser):
    """The tags, attributes and words of a document."""

    def __init__(self, text: str) -> None:
        """Read the document."""
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        """Note the words."""
        self.words.append(data)


PAGE = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "span", "ul", "li", "code"}
TABLE = {"table", "thead", "tbody", "tr", "th", "td"}
PLOT = {"svg", "g", "rect", "line", "text"}


@pytest.mark.parametrize("harm", [EVIL, *(each.harm for each in PAYLOADS)])
def test_foreign_text_acts_in_no_form(harm: str) -> None:
    report = a_report(harm, "x")
    page = Tags(written(report, "html"))
    assert page.tags <= PAGE | TABLE | PLOT
    assert {name for name in page.attributes if name.startswith("on") or name in {"href", "src"}} == set()
    cells = [cell for row in csv.reader(io.StringIO(written(report, "csv"))) for cell in row]
    assert not any(map(is_run, cells))
    assert json.loads(written(report, "json"))["rows"][0]["team"] == harm
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(written(report, "markdown"))
    inline = {child.type for token in tokens for child in token.children or ()}
    assert inline <= {"text", "code_inline"}
    assert sum(token.type == "tr_open" for token in tokens) == 3
    assert sum(token.type == "td_open" for token in tokens) == 8
    table = written(report, "table")
    assert table.replace("\n", "").isprintable() or "\u2028" not in table
