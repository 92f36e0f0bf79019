"""Jira's document format as plain text: the tree of nodes that its newer interfaces write for long texts."""

from __future__ import annotations

from console.intake.json_facts import mapping

_LINES = frozenset({"paragraph", "heading", "codeBlock", "blockquote", "rule", "tableRow", "panel", "mediaSingle"})
_MOST_NODES = 200_000


def long_text(value: object) -> str:
    """Give a long text, as it stands or out of a document."""
    if isinstance(value, str):
        return value
    return _written(value) if isinstance(value, dict) else ""


def _written(document: object) -> str:
    """Give the words of a document in order, a line for each block."""
    pieces: list[str] = []
    stack: list[object] = [document]
    seen = 0
    while stack and seen < _MOST_NODES:
        seen += 1
        node = stack.pop()
        if isinstance(node, str):
            pieces.append(node)
            continue
        kind = mapping(node).get("type")
        content = mapping(node).get("content")
        kind = kind if isinstance(kind, str) else ""
        pieces.append(_own(kind, mapping(node)))
        stack.extend(["\n"] if kind in _LINES else [" "] if kind in {"tableCell", "tableHeader"} else [])
        stack.extend(reversed(content if isinstance(content, list) else []))
    return "".join(pieces).strip("\n")


def _own(kind: str, node: dict[str, object]) -> str:
    """Give what a node says itself."""
    attributes = mapping(node.get("attrs"))
    if kind == "text":
        return str(node.get("text") or "")
    if kind in {"mention", "status"}:
        return str(attributes.get("text") or "")
    if kind == "emoji":
        return str(attributes.get("text") or attributes.get("shortName") or "")
    if kind in {"inlineCard", "blockCard", "embedCard"}:
        return str(attributes.get("url") or "")
    return {"hardBreak": "\n", "listItem": "- ", "rule": "----", "media": f"[{attributes.get('alt') or 'file'}]"}.get(
        kind, ""
    )
