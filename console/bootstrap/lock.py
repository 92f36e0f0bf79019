"""requirements.lock and its parts, each of which holds the ones before it."""

from __future__ import annotations

from importlib.machinery import PathFinder
from importlib.util import find_spec
from pathlib import Path

LOCK = "requirements.lock"

# A part's name, and the modules by which its presence is told without importing any.
PARTS = {
    "run": ("alembic", "platformdirs", "shtab", "sqlmodel", "textual"),
    "test": (
        "flit_core",
        "hypothesis",
        "imapclient",
        "importlinter",
        "pymap",
        "pyte",
        "pytest",
        "pytest_asyncio",
        "pytest_timeout",
        "xdist",
    ),
    "quality": ("mypy", "pytest_cov", "ruff"),
}


def checkout() -> Path | None:
    """The checkout that this package stands in, or None when it is installed."""
    root = Path(__file__).resolve().parents[2]
    return root if (root / LOCK).is_file() and (root / "pyproject.toml").is_file() else None


def locked(root: Path, part: str) -> str:
    """The lock from its first line to the end of the part."""
    text = (root / LOCK).read_text(encoding="utf-8")
    end = text.find("\n# part ", text.index(f"# part {part}:"))
    return text if end < 0 else text[: end + 1]


def missing(part: str, path: list[str] | None = None) -> list[str]:
    """The modules of a part, and of those before it, that are not to be found: here, or in the folders of `path`."""
    names = list(PARTS)[: list(PARTS).index(part) + 1]
    modules = [module for name in names for module in PARTS[name]]
    return [module for module in modules if (PathFinder.find_spec(module, path) if path else find_spec(module)) is None]
