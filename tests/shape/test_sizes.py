"""The figures at which a thing is too big; the aims are well below them."""

import ast

from tests.shape.source import CONSOLE, TESTS, functions, modules, place, tree

MODULE_LINES = 300
FUNCTION_LINES = 40
CLASS_METHODS = 20
STYLESHEET_LINES = 150
MOST_PARAMETERS = 6
MOST_IMPORTS = 25


def test_a_module_has_fewer_than_300_lines() -> None:
    sizes = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules(CONSOLE, TESTS)}

    assert {name: lines for name, lines in sizes.items() if lines >= MODULE_LINES} == {}


def test_a_function_has_fewer_than_40_lines() -> None:
    sizes = {
        f"{place(path, node.lineno)} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in modules(CONSOLE, TESTS)
        for node in functions(path)
    }

    assert {name: lines for name, lines in sizes.items() if lines >= FUNCTION_LINES} == {}


def test_a_screen_has_fewer_than_20_methods() -> None:
    methods = {
        f"{place(path, node.lineno)} {node.name}": sum(
            isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) for part in node.body
        )
        for path in modules(CONSOLE / "tui")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and ("screens" in path.parts or node.name.endswith("Screen"))
    }

    assert {name: count for name, count in methods.items() if count >= CLASS_METHODS} == {}


def test_a_function_has_at_most_6_parameters() -> None:
    def parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
        named = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        return sum(argument.arg not in ("self", "cls") for argument in named)

    counts = {
        f"{place(path, node.lineno)} {node.name}": parameters(node)
        for path in modules(CONSOLE)
        for node in functions(path)
    }

    assert {name: count for name, count in counts.items() if count > MOST_PARAMETERS} == {}


def test_a_module_has_at_most_25_imports() -> None:
    counts = {
        place(path): sum(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(tree(path)))
        for path in modules(CONSOLE, TESTS)
    }

    assert {name: count for name, count in counts.items() if count > MOST_IMPORTS} == {}


def test_a_stylesheet_has_fewer_than_150_lines() -> None:
    sizes = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in CONSOLE.rglob("*.tcss")}

    assert {name: lines for name, lines in sizes.items() if lines >= STYLESHEET_LINES} == {}
