"""What `python3 -m tests` hands to pytest."""

from tests.choice import pytest_arguments
from tests.shape.source import TESTS


def test_without_words_every_light_test_runs_on_every_core() -> None:
    told = pytest_arguments([])

    assert told[-1] == str(TESTS)
    assert told[told.index("-m") + 1] == "not benchmark and not full"
    assert told[told.index("-n") + 1] == "auto"


def test_full_adds_the_heavy_runs() -> None:
    told = pytest_arguments(["--full", "-x"])

    assert told[told.index("-m") + 1] == "not benchmark"
    assert "--full" not in told
    assert "-x" in told


def test_benchmarks_run_alone_and_show_what_they_print() -> None:
    told = pytest_arguments(["--benchmarks"])

    assert told[told.index("-m") + 1] == "benchmark"
    assert told[told.index("-n") + 1] == "0"
    assert "-s" in told


def test_a_named_file_is_run_in_place_of_everything() -> None:
    assert str(TESTS) not in pytest_arguments([f"{__file__}::test_full_adds_the_heavy_runs"])
    assert str(TESTS) in pytest_arguments(["-k", "escalate"])
