"""Every shape of every format, with bytes changed anywhere: no reader raises, and every reject says where and why."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.reading_bytes import read_all, read_mapped, suggest
from tests.intake.seeds import MAPPED, SEEDS
from tests.intake.test_hostile_files import PIECES, spoiled
from tests.intake.test_ticket_fuzz import VALUES, spots

SHAPES = [(name, place) for name, seeds in SEEDS.items() for place in range(len(seeds))]
PLACES = st.integers(0, 3000)
CHANGES = st.lists(st.tuples(PLACES, st.integers(0, 20), st.sampled_from(PIECES) | st.binary(max_size=8)), max_size=6)
EXAMPLES = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def changed(seed: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    """Give a good file with pieces put in anywhere."""
    return spoiled(seed, [(spot % (len(seed) + 1), cut, piece) for spot, cut, piece in changes])


@pytest.mark.parametrize(("format_", "place"), SHAPES)
def test_every_shape_is_read_as_what_it_is(format_: str, place: int) -> None:
    seed = SEEDS[format_][place]

    assert read_all(seed, None) >= 1
    assert read_all(seed, format_) == read_all(seed, None)


@pytest.mark.parametrize(("format_", "place"), SHAPES)
def test_no_change_of_a_shape_makes_a_reader_raise(format_: str, place: int) -> None:
    @EXAMPLES
    @given(CHANGES)
    def check(changes: list[tuple[int, int, bytes]]) -> None:
        data = changed(SEEDS[format_][place], changes)
        read_all(data, format_)
        read_all(data, None)

    check()


DOCUMENTS = [(name, place) for name, place in SHAPES if SEEDS[name][place][:1] in (b"{", b"[")]


@pytest.mark.parametrize(("format_", "place"), DOCUMENTS)
def test_no_value_anywhere_in_a_document_makes_a_reader_raise(format_: str, place: int) -> None:
    seed = [json.loads(line) for line in SEEDS[format_][place].splitlines()]

    @EXAMPLES
    @given(st.lists(st.tuples(PLACES, VALUES), min_size=1, max_size=4))
    def check(changes: list[tuple[int, object]]) -> None:
        document = deepcopy(seed)
        for number, value in changes:
            found = spots(document)
            where, key = found[number % len(found)]
            where[key] = deepcopy(value)
        data = "\n".join(map(json.dumps, document)).encode("utf-8", "replace")
        read_all(data, format_)
        read_all(data, None)

    check()


@pytest.mark.parametrize("seed", MAPPED)
def test_no_change_makes_a_map_or_the_suggestion_of_one_raise(seed: bytes) -> None:
    assert read_mapped(seed) >= 1

    @EXAMPLES
    @given(CHANGES)
    def check(changes: list[tuple[int, int, bytes]]) -> None:
        data = changed(seed, changes)
        read_mapped(data)
        suggest(data)

    check()
