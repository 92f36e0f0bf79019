"""The source as data: files, and their syntax trees."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONSOLE = ROOT / "console"
TESTS = ROOT / "tests"
LEFT = ("uv.lock", ".coverage", ".git")
"""How files begin that tools leave in a checkout; git ignores them."""


def modules(*folders: Path) -> list[Path]:
    """Every Python file below the folders."""
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    """A file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def place(path: Path, line: int | None = None) -> str:
    """A place as a person would look it up."""
    name = path.relative_to(ROOT).as_posix()
    return name if line is None else f"{name}:{line}"


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """The modules that a module imports, and the line; imports here are absolute."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ".", node.lineno


def text_files() -> list[Path]:
    """Every file that a checkout holds, without what tools leave behind."""
    folders = [ROOT / name for name in ("console", "tests", "sample_data", ".build", ".ci", ".github")]
    below = [path for folder in folders for path in folder.rglob("*") if "__pycache__" not in path.parts]
    return sorted(path for path in (*ROOT.iterdir(), *below) if path.is_file() and not path.name.startswith(LEFT))
