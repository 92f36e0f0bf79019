"""Native tables: separators, encodings, ragged rows and quotes; every record whole or rejected with its line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.domain.errors import Refused
from console.intake import table_rows
from console.intake.native_fields import FIELDS
from tests.intake.files import take


def test_every_documented_field_is_read(tmp_path: Path) -> None:
    values = (
        "jira,R-1,Printer on fire,It burns,Ada <ada@x.org>,ACME,hardware,lp-0,phone,1,2,s1,40,"
        "2026-03-01T09:30:00+02:00,2026-03-02,Waiting,2,db,bo,cy,vendor,2026-03-03 10:00,Put out,vip; fire ;vip"
    )

    taken = take(tmp_path, ",".join(FIELDS) + "\n" + values + "\n")

    assert taken.format == "native-csv"
    (case,) = taken.arrivals
    assert (case.source, case.ref, case.title, case.body) == ("jira", "R-1", "Printer on fire", "It burns")
    assert (case.requester, case.organisation) == ("Ada <ada@x.org>", "ACME")
    assert (case.category, case.item, case.channel) == ("hardware", "lp-0", "phone")
    assert (case.impact, case.urgency, case.severity, case.affected) == (1, 2, "S1", 40)
    assert case.created == datetime(2026, 3, 1, 7, 30, tzinfo=UTC)
    assert case.updated == datetime(2026, 3, 2, tzinfo=UTC)
    assert case.due == datetime(2026, 3, 3, 10, tzinfo=UTC)
    assert (case.status, case.tier, case.team, case.owner, case.handler) == ("waiting", 2, "db", "bo", "cy")
    assert (case.waiting_for, case.resolution, case.tags) == ("vendor", "Put out", ("vip", "fire"))
    assert case.derived == frozenset()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found(tmp_path: Path, separator: str) -> None:
    rows = [["Tags", "TITLE", "Waiting for"], ["a", "One, two; three", "vendor"]]
    text = "\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows)

    (case,) = take(tmp_path, text).arrivals

    assert (case.title, case.tags, case.waiting_for) == ("One, two; three", ("a",), "vendor")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_byte_order_marks_are_understood(tmp_path: Path, encoding: str) -> None:
    (case,) = take(tmp_path, "title;ref\nZürich – 東京;7\n".encode(encoding)).arrivals

    assert (case.title, case.ref) == ("Zürich – 東京", "7")


def test_bytes_that_are_not_utf8_are_read_as_windows_1252_and_said(tmp_path: Path) -> None:
    taken = take(tmp_path, b"title,body\nM\xfcller,a \x81 b\nZ\xc3\xbcrich,\n")

    assert [case.title for case in taken.arrivals] == ["Müller", "Zürich"]
    assert taken.arrivals[0].body == "a <81> b"
    assert taken.warnings == ["Some bytes were not UTF-8 and were read as Windows-1252."]


def test_control_characters_become_visible(tmp_path: Path) -> None:
    (case,) = take(tmp_path, b"title,body\nred \x1b[31m\x00,\xc2\x9b2J\n").arrivals

    assert (case.title, case.body) == ("red ␛[31m␀", "<U+009B>2J")


def test_columns_that_are_not_known_are_named_once(tmp_path: Path) -> None:
    taken = take(tmp_path, "Colour,title,Colour\nred,One,x\nblue,Two,y\n")

    assert len(taken.arrivals) == 2
    assert taken.warnings == ["Columns that are not read: Colour, Colour."]


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        ("name,body\n", "The table has no column title; name the columns in its first row."),
        ("title,ref,Title\n", "The table has more than one column title; keep one of each."),
        ("", "The table has no column title; name the columns in its first row."),
    ],
)
def test_a_heading_that_cannot_be_used_is_refused(tmp_path: Path, heading: str, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        take(tmp_path, heading, "native-csv")

    assert refusal.value.sentence == sentence


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("impact", "5", "impact is '5', but takes 1 (highest) to 4."),
        ("urgency", "1.5", "urgency is '1.5', but takes 1 (highest) to 4."),
        ("severity", "high", "severity is 'high', but takes S1 to S4."),
        ("affected", "-3", "affected is '-3', but takes a whole number from 0 to 2,000,000,000."),
        ("affected", "9" * 50, f"affected is '{'9' * 39}…', but takes a whole number from 0 to 2,000,000,000."),
        ("tier", "0", "tier is '0', but takes the number of a tier, 1 or more."),
        ("status", "done", "status is 'done', but takes new, open, waiting, resolved, closed."),
        ("created", "09/Jan/24", "created is '09/Jan/24', but takes an ISO 8601 time such as 2026-03-01T09:30:00Z."),
        ("due", "0001-01-01T00:00+02:00", None),
        ("team", "x" * 1001, "team has 1,001 characters, but takes at most 1,000; put the text into body."),
    ],
)
def test_a_value_that_does_not_fit_is_rejected_with_its_line(
    tmp_path: Path, column: str, value: str, sentence: str | None
) -> None:
    taken = take(tmp_path, f'title,{column}\n"Two\nlines",\nBad,{value}\nGood,\n')

    assert [case.title for case in taken.arrivals] == ["Two lines", "Good"]
    (reject,) = taken.rejects
    assert (reject.place, reject.number, reject.raw) == ("line", 4, f"Bad,{value}")
    assert sentence is None or reject.reason == sentence


def test_rows_wider_or_narrower_than_the_heading_are_rejected(tmp_path: Path) -> None:
    taken = take(tmp_path, "title,body,ref\nA,b,1,x\nB,b\n\nC,b,2,,\n,,\n,b,3\n")

    assert [case.title for case in taken.arrivals] == ["C"]
    assert [(reject.number, reject.reason) for reject in taken.rejects] == [
        (2, "The row has 4 cells, but the heading has 3 columns."),
        (3, "The row has 2 cells, but the heading has 3 columns; is it cut off?"),
        (7, "title is empty; every case needs one."),
    ]


def test_a_quote_left_open_costs_one_row_where_the_others_are_whole(tmp_path: Path) -> None:
    taken = take(tmp_path, 'title,body,ref\nA,a,1\nB,"b,2\nC,c,3\nD,d,4\n')

    assert [case.title for case in taken.arrivals] == ["A", "C", "D"]
    (reject,) = taken.rejects
    assert reject.number == 3
    assert reject.reason.startswith("A quote opens in this row and is not closed; close it")


def test_a_text_cut_off_inside_quotes_is_one_reject_and_no_case(tmp_path: Path) -> None:
    taken = take(tmp_path, 'title,body,ref\nA,a,1\nB,"line one\nline, two\nline three')

    assert [case.title for case in taken.arrivals] == ["A"]
    (reject,) = taken.rejects
    assert reject.number == 3
    assert reject.reason == "A quote opens in this row and is not closed before the end of the file (line 5)."


def test_a_text_of_many_characters_is_cut_and_says_so(tmp_path: Path) -> None:
    taken = take(tmp_path, "title,body\nLong," + "x" * 1_500_000 + "\nNext,y\n")

    assert [case.title for case in taken.arrivals] == ["Long", "Next"]
    assert taken.arrivals[0].body.endswith("x\n[cut here: 500,000 more characters were left at the source]")


def test_a_row_that_is_too_long_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_rows, "MAX_RECORD", 200)
    long = "x" * 90

    taken = take(tmp_path, f'title,body\nA,"{long}\n{long}\n{long}"\nB,b\nC,{long * 3}\nD,d\n')

    assert [case.title for case in taken.arrivals] == ["B", "D"]
    assert [reject.number for reject in taken.rejects] == [2, 6]
    assert all("is a quote left open?" in reject.reason for reject in taken.rejects)


def test_a_long_title_stands_whole_on_top_of_the_body(tmp_path: Path) -> None:
    title = "word " * 300

    (case,) = take(tmp_path, f"title,body\n{title},rest\n").arrivals

    assert len(case.title) == 1_000
    assert case.title.endswith("…")
    assert case.body == f"{title.strip()}\n\nrest"


def test_records_without_a_reference_keep_theirs_when_read_again(tmp_path: Path) -> None:
    text = "title,body\nSame,x\nSame,y\nSame,x\n"

    first, again = take(tmp_path, text), take(tmp_path, "body;title\nx;Same\ny;Same\nx;Same\n")

    refs = [case.ref for case in first.arrivals]
    assert len(set(refs)) == 3
    assert refs[2] == f"{refs[0]}-2"
    assert [case.ref for case in again.arrivals] == refs
    assert {case.source for case in first.arrivals} == {"csv"}


def test_the_separator_line_of_spreadsheets_is_passed_over(tmp_path: Path) -> None:
    (case,) = take(tmp_path, "sep=;\ntitle;ref\nA, b;1\n").arrivals

    assert (case.title, case.ref) == ("A, b", "1")


def test_a_history_of_events_is_not_taken_for_cases(tmp_path: Path) -> None:
    found = take(tmp_path, "case,time,event,title\n1,2026-01-01,opened,A\n")
    assert (found.format, len(found.arrivals[0].steps)) == ("events-csv", 1)
