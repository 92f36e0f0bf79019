"""No text from outside reaches a place that reads markup: there it could act, or end the program."""

import ast

import pytest

from tests.shape.source import CONSOLE, modules, place, tree

SINKS = {
    "Static",
    "Label",
    "Button",
    "Option",
    "Checkbox",
    "notify",
    "from_markup",
    "update",
    "Markdown",
    "Collapsible",
}
TITLES = {"border_title", "border_subtitle", "tooltip"}


def _built(node: ast.expr) -> bool:
    """Whether an expression puts values into a text."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp):
        texts = (ast.JoinedStr, ast.Constant)
        return isinstance(node.op, ast.Mod | ast.Add) and isinstance(node.left, texts) and _is_text(node.left)
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"


def _is_text(node: ast.expr) -> bool:
    """Whether an expression is a written text."""
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def unsafe(source: ast.AST) -> list[int]:
    """The lines that hand a text with values in it to something that reads markup."""
    lines = []
    for node in ast.walk(source):
        if isinstance(node, ast.Call) and node.args and _built(node.args[0]):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            plain = any(word.arg == "markup" and ast.unparse(word.value) == "False" for word in node.keywords)
            if name in SINKS and not plain:
                lines.append(node.lineno)
        if isinstance(node, ast.Assign) and _built(node.value):
            lines += [goal.lineno for goal in node.targets if isinstance(goal, ast.Attribute) and goal.attr in TITLES]
    return lines


def test_no_screen_builds_markup_from_values() -> None:
    found = [place(path, line) for path in modules(CONSOLE / "tui") for line in unsafe(tree(path))]

    assert found == []


@pytest.mark.parametrize(
    ("line", "caught"),
    [
        ("Static(f'{case.title}')", True),
        ("self.notify('No %s' % name)", True),
        ("Label('Case ' + title)", True),
        ("Content.from_markup('[b]{}'.format(title))", True),
        ("self.border_title = f'{title}'", True),
        ("Static(f'{case.title}', markup=False)", False),
        ("Static(Content(f'{case.title}'))", False),
        ("Content.from_markup('[b]$title', title=title)", False),
        ("Label('No case')", False),
    ],
)
def test_the_lint_tells_built_texts_from_written_ones(line: str, caught: bool) -> None:  # noqa: FBT001
    assert bool(unsafe(ast.parse(line))) is caught
