"""The sections of the policy's screens, told one text wherever text can stand."""

from __future__ import annotations

from collections.abc import Iterator

from console.desk.policies import Standing
from console.domain.case import CaseId
from console.domain.flipped import Flip, Turn, Way
from console.domain.policy_draft import Line, Mark
from console.domain.policy_file import Fault
from console.domain.turned import Turn as Turned
from console.tui.screens.policy_words import Shown, headed, turns_in_words
from console.tui.terminal.glyphs import ASCII, UNICODE
from console.tui.widgets import flip_rows, policy_rows
from console.tui.widgets.sheet import Section
from tests.hostile.drawn import NOW


def of_policy(text: str) -> Iterator[Section]:
    """Give every section that shows a line of a policy, a fault of it, a case that flips, or who turned one on."""
    line, fault = Line(3, Mark.CHANGED, text, text), Fault("draft", 4, text, text)
    for glyphs in (ASCII, UNICODE):
        yield policy_rows.rows(line, [fault], glyphs)
        flip = Flip(CaseId(7), text, Way(text, NOW, text), Way(f"up to {text}", NOW, text), text, Turn.WORSE)
        widths = flip_rows.sizes([flip])
        yield flip_rows.heads(widths)
        yield flip_rows.row(flip, widths, glyphs)
        yield flip_rows.foot(flip, NOW, glyphs)
    yield policy_rows.foot(policy_rows.under(line, text, [fault]))
    standing = Standing(text, text, text, NOW, text)
    yield headed(Shown(text, standing, [line], [fault], "not back-tested", NOW))
    turn = Turned(version=text, name=text, before=text, instead_of=text, at=NOW, by=text, on_behalf_of=text, why=text)
    yield turns_in_words([(turn, [text] * 9)], standing, NOW)
