"""The fields of the query language and the case they read."""

from __future__ import annotations

from dataclasses import fields

import pytest

from console.domain.case import Case
from console.domain.query import parse
from console.domain.query.fields import FIELDS, Kind, near

CONCLUDED = {"live", "late", "merged", "advice", ""}
VALUES = {
    Kind.NUMBER: "1", Kind.SEVERITY: "S1", Kind.FLAG: "yes", Kind.AGE: "2026-12-01", Kind.AHEAD: "2026-12-01",
}  # fmt: skip


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_reads_one_of_the_case_and_takes_a_value(name: str) -> None:
    field = FIELDS[name]
    assert field.column in {each.name for each in fields(Case)} | CONCLUDED
    assert field.says
    value = field.words[0] if field.words else VALUES.get(field.kind, "x")
    views = {"x": "status:new"}
    assert parse(f"{name}:{value}", lambda: views).node == parse(f"{name.upper()}:{value}", lambda: views).node


def test_the_nearest_word_is_one_that_begins_so_or_looks_so() -> None:
    known = ("severity", "status", "owner")
    assert near("sev", known) == "did you mean severity?"
    assert near("onwer", known) == "did you mean owner?"
    assert near("zzz", known) == "it is one of severity, status, owner."
    assert near("zzz", tuple(FIELDS)) == ""
    assert near("", known) == "it is one of severity, status, owner."
