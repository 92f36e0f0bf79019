"""A query finds the same cases as SQL and as a predicate."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.case import Case, CaseId, CaseText
from console.domain.errors import Refused
from console.domain.query import Beside, matches, parse
from console.domain.query.tokens import tokens
from console.domain.stays import FACTS
from console.domain.views import Order
from console.store.ahead import Ahead
from console.store.codec import case_values
from console.store.query_sql import compiled, selected
from console.store.sight import Sight
from console.store.sqlite_driver import driver
from console.store.sqlite_search import match_expression
from console.store.windows import Selection, ids, total
from tests.builders import ADA, MORNING, a_case
from tests.domain.query.strategies import ASKING, BESIDE, CONDITIONS, IN_VIEWS, NOISE, conditions, read
from tests.domain.strategies import cases

OPERATORS = ["disk-full", "c++", "don't", '"a ""b"""', "NEAR(", "title:disk", "a AND b", "^x*", "-x"]
SEARCH = "CREATE VIRTUAL TABLE search USING fts5 (title, body, notes, tokenize='unicode61 remove_diacritics 2')"
UNKNOWN = {"Cn", "Co", "Cs"}
EXCEPTIONS = "Ǡǡ\u1885\u1886"
"""A letter with two accents of which the index folds none, and two that have become accents."""

DRAWN = st.tuples(cases(), BESIDE)


def a_database(stored: Iterable[tuple[Case, Beside]]) -> Any:  # noqa: ANN401 - a DB-API connection has no type
    """Give a database in memory with these cases."""
    connection = driver().connect(":memory:")
    columns = ", ".join(case_values(a_case()))
    connection.execute(f'CREATE TABLE "case" ({columns})')
    connection.execute('CREATE INDEX case_confidential ON "case" (id) WHERE confidential')
    connection.execute(SEARCH)
    connection.execute("CREATE TABLE case_text (case_id INTEGER PRIMARY KEY, body, notes)")
    connection.execute("CREATE TABLE draft (person, case_id)")
    connection.execute("CREATE TABLE circle (person, case_id)")
    connection.execute("CREATE TABLE escalation (case_id, state)")
    connection.execute("CREATE TABLE evidence_kept (handled_after, late DEFAULT 0, upto)")
    connection.execute(f"CREATE TABLE stay (case_id, tier, {', '.join(FACTS)}, came, counted, awaits)")
    for case, beside in stored:
        values = case_values(case)
        places = ", ".join(f":{name}" for name in values)
        connection.execute(f'INSERT INTO "case" VALUES ({places})', values)  # noqa: S608 - placeholders
        text = beside.text
        row = (case.id, case.title, text.body, text.notes)
        connection.execute("INSERT INTO search (rowid, title, body, notes) VALUES (?, ?, ?, ?)", row)
        connection.execute("INSERT INTO case_text VALUES (?, ?, ?)", (case.id, text.body, text.notes))
        connection.executemany("INSERT INTO draft VALUES (?, ?)", [(person, case.id) for person in beside.drafts_of])
        connection.execute("INSERT INTO circle VALUES (?, ?)", (ADA, case.id))
        state = "sent" if beside.has_brief else "withdrawn"
        connection.execute("INSERT INTO escalation VALUES (?, ?)", (case.id, state))
    return connection


class Rows:
    """Plain SQL on a connection."""

    sight = Sight(ADA)

    def __init__(self, driver: Any) -> None:  # noqa: ANN401
        self.driver = driver
        self.ahead = Ahead()

    def rows(self, sql: str, values: Any = None) -> Any:  # noqa: ANN401
        return self.driver.execute(sql, {"viewer": ADA, **(values or {})}).fetchall()


def selection(text: str, order: Order = Order.OLDEST) -> Selection:
    """Give what ada selects with a query."""
    return selected(read(text), ASKING, order)


def found(connection: Any, text: str) -> set[int]:  # noqa: ANN401
    """Give the ids a query finds by SQL, put where a longer condition could tear it apart."""
    tx, wanted = Rows(connection), selection(text)
    found = ids(tx, wanted)
    assert total(tx, wanted, 9) == total(tx, wanted) == len(found), text
    return set(found)


def numbered(drawn: list[tuple[Case, Beside]]) -> list[tuple[Case, Beside]]:
    """Give cases the ids 1, 2, 3 …."""
    return [(replace(case, id=CaseId(place)), beside) for place, (case, beside) in enumerate(drawn, start=1)]


def must_agree(drawn: list[tuple[Case, Beside]], queries: Iterable[str]) -> None:
    """Look for the same cases with SQL and with the predicate."""
    stored = numbered(drawn)
    with closing(a_database(stored)) as connection:
        for text in queries:
            query = read(text)
            expected = {case.id for case, beside in stored if matches(query, case, beside, ASKING)}
            assert found(connection, text) == expected, text


STORED = st.lists(DRAWN, min_size=1, max_size=5)
ASKED = st.lists(IN_VIEWS | conditions(), min_size=1, max_size=4)


@settings(deadline=None)
@given(STORED, ASKED)
def test_sql_and_the_predicate_agree(drawn: list[tuple[Case, Beside]], queries: list[str]) -> None:
    must_agree(drawn, queries)


@pytest.mark.full
@pytest.mark.timeout(1800)
@settings(deadline=None, max_examples=3_000)
@given(STORED, ASKED)
def test_sql_and_the_predicate_agree_on_thousands_of_queries(
    drawn: list[tuple[Case, Beside]], queries: list[str]
) -> None:
    must_agree(drawn, queries)


@settings(max_examples=25, deadline=None)
@given(st.lists(DRAWN, min_size=8, max_size=8))
def test_sql_and_the_predicate_agree_on_every_condition(drawn: list[tuple[Case, Beside]]) -> None:
    must_agree(drawn, [*CONDITIONS, *(f"-{each}" for each in CONDITIONS)])


@given(st.lists(NOISE, min_size=1, max_size=10))
def test_no_input_reaches_the_full_text_index_as_a_command(texts: list[str]) -> None:
    with closing(a_database([(a_case(), Beside(CaseText("disk")))])) as connection:
        for text in texts:
            with suppress(Refused):
                found(connection, text)


@pytest.mark.parametrize("text", OPERATORS)
def test_words_with_operators_in_them_are_searched_for_as_they_are(text: str) -> None:
    with closing(a_database([(a_case(title=text), Beside())])) as connection:
        sql = "SELECT rowid FROM search WHERE search MATCH ?"
        assert connection.execute(sql, (match_expression(text),)).fetchall() == [(7,)]


def test_the_last_word_may_be_only_begun() -> None:
    assert match_expression("disk fu") == '"disk" "fu" *'
    assert match_expression(" ") == ""
    assert match_expression("a\x00b") == '"a" "b" *'


def test_a_text_has_the_words_that_the_index_sees_in_it() -> None:
    """All characters of Unicode 3.2; of those that came later the index takes some for letters that are none."""
    known = [chr(code) for code in range(1, 0x110000) if unicodedata.ucd_3_2_0.category(chr(code)) not in UNKNOWN]
    with closing(driver().connect(":memory:")) as connection:
        connection.execute(SEARCH)
        connection.execute("CREATE VIRTUAL TABLE seen USING fts5vocab(search, 'instance')")
        texts = [(ord(char), f"q{char}Z {char}") for char in known]
        connection.executemany("INSERT INTO search (rowid, title) VALUES (?, ?)", texts)
        seen: dict[int, tuple[str, ...]] = {}
        for place, term in connection.execute("SELECT doc, term FROM seen ORDER BY doc, offset"):
            seen[place] = (*seen.get(place, ()), term)
    assert len(known) > 90_000
    assert {text for place, text in texts if tokens(text) != seen.get(place, ())} == {f"q{c}Z {c}" for c in EXCEPTIONS}


def test_words_side_by_side_are_searched_for_in_one_go() -> None:
    where, values = compiled(parse("disk tier:2 full"), ASKING)
    assert where.count("MATCH") == 1
    assert '"disk" "full" *' in values.values()


def test_the_words_of_partial_indexes_stand_in_the_sql_itself() -> None:
    assert compiled(parse("live:yes"), ASKING) == ("c.live = 1", {})
    assert compiled(parse("-live:yes"), ASKING) == ("c.live = 0", {})
    assert compiled(parse("status:new"), ASKING) == ("c.status = 'new'", {})
    assert compiled(parse(""), ASKING) == ("1", {})


def test_alternatives_stand_in_brackets_and_denials_count_what_has_no_value() -> None:
    assert compiled(parse("tier:1 or disk"), ASKING)[0].startswith("(c.tier = :q0 OR c.id IN (")
    assert compiled(parse("-(-tier:1)"), ASKING)[0] == "c.tier = :q0"
    assert compiled(parse("-impact>2"), ASKING)[0] == "(c.impact > :q0) IS NOT TRUE"


def test_the_indexes_of_live_cases_serve_whatever_only_those_can_be() -> None:
    assert compiled(parse("tier:2 status:open"), ASKING)[0] == "(c.tier = :q0 AND c.status = 'open' AND c.live = 1)"
    assert compiled(parse("(status:new or status:open) tier:2"), ASKING)[0].endswith("c.tier = :q0 AND c.live = 1)")
    assert "live" not in compiled(parse("(status:new or status:closed) tier:2"), ASKING)[0]
    assert "live" not in compiled(parse("tier:2 -status:open"), ASKING)[0]
    assert compiled(parse("live:yes status:open"), ASKING)[0].count("c.live = 1") == 1


def test_an_age_is_compared_with_the_time_it_began() -> None:
    where, values = compiled(parse("age>3d"), ASKING)
    assert where == "c.created < :q0"
    assert values == {"q0": (int(MORNING.timestamp()) - 3 * 86_400) * 1_000_000}
