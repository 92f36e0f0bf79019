"""The few symbols the screens draw with, in Unicode and in ASCII."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One set of symbols; each is one cell wide, except the ellipsis in ASCII."""

    cursor: str
    escalate: str
    handle: str
    ask: str
    waiting: str
    ellipsis: str
    rule: str
    bullet: str
    warning: str
    mark: str
    nothing: str
    block: str
    confided: str


UNICODE = Glyphs(
    cursor="▌",
    escalate="▲",
    handle="=",
    ask="?",
    waiting="·",
    ellipsis="…",
    rule="─",
    bullet="·",
    warning="!",
    mark="*",
    nothing="–",
    block="█",
    confided="◆",
)
ASCII = Glyphs(
    cursor=">",
    escalate="^",
    handle="=",
    ask="?",
    waiting=".",
    ellipsis="...",
    rule="-",
    bullet="-",
    warning="!",
    mark="*",
    nothing="-",
    block="#",
    confided="%",
)
