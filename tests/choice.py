"""Which tests a command line asks for."""

from pathlib import Path

_TESTS = Path(__file__).parent


def wants_figures(given: list[str]) -> bool:
    """Say whether the table of figures is asked for, in place of a run."""
    return "--figures" in given


def pytest_arguments(given: list[str]) -> list[str]:
    """What pytest is told, from what the person typed: later words win, so that `-n 0` or `-m MARK` still can."""
    rest = [word for word in given if word not in ("--full", "--benchmarks")]
    told = ["--rootdir", str(_TESTS.parent), "-c", str(_TESTS.parent / "pyproject.toml")]
    if "--benchmarks" in given:
        return [*told, "-n", "0", "-s", "-m", "benchmark", "--timeout", "0", str(_TESTS / "benchmarks"), *rest]
    chosen = "not benchmark" if "--full" in given else "not benchmark and not full"
    told += ["-n", "auto", "--dist", "worksteal", "-m", chosen]
    named = any(Path(word.split("::")[0]).exists() for word in rest if not word.startswith("-"))
    return [*told, *rest] if named else [*told, *rest, str(_TESTS)]
