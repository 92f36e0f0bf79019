"""The recommendation: what to do, how sure that is, why, why not the other, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len

from console.domain.explanation import Explanation, headline, score_line
from console.domain.policy import Policy
from console.domain.recommendation import Verdict
from console.domain.safe import safe_line
from console.tui.terminal.glyphs import UNICODE, Glyphs
from console.tui.widgets.sheet import Piece, Row, Rows, Section, Sheet
from console.tui.widgets.wrapping import cut

MOST_REASONS = 8


def advice(explanation: Explanation, policy: Policy, glyphs: Glyphs = UNICODE, most: int = 0) -> Section:
    """Give the recommendation with its reasons; `most` limits how many of each kind, 0 gives all.

    Where there is nothing to recommend now, a limited one says just why.
    """

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        standing = explanation.advice.standing
        if standing and most:
            written.append((Piece(f" {glyphs.waiting} {cut(safe_line(standing.capitalize()), width - 4)}", "strong"),))
            return written
        written.append(_headline(explanation, policy, glyphs, width))
        if explanation.here:
            written.told("here", explanation.here, said_here(explanation), column=9)
        for label, reasons in (
            ("why", explanation.why),
            ("why not", explanation.why_not),
            ("flips", explanation.would_change),
        ):
            shown = reasons[:most] if most else reasons
            for number, reason in enumerate(shown):
                written.told("" if number else label, reason, column=9)
        return written

    return rows


def said_here(explanation: Explanation) -> str:
    """Give the tone for what earlier cases came to: quiet where they say nothing yet."""
    evidence = explanation.advice.evidence
    return "" if evidence and evidence.rate is not None else "muted"


def sign(verdict: Verdict, glyphs: Glyphs) -> str:
    """Give the symbol of a verdict, which says it without colour."""
    signs: Mapping[Verdict, str] = {
        Verdict.ESCALATE: glyphs.escalate,
        Verdict.HANDLE: glyphs.handle,
        Verdict.ASK: glyphs.ask,
    }
    return signs[verdict]


def _headline(explanation: Explanation, policy: Policy, glyphs: Glyphs, width: int) -> Row:
    told = explanation.advice
    score = safe_line(score_line(told))
    words = f" {sign(told.verdict, glyphs)} {safe_line(headline(told, policy))}"
    if cell_len(words) + cell_len(score) + 3 > width:
        score = score.partition(",")[0]
    words = cut(words, max(width - cell_len(score) - 3, 12))
    gap = max(width - cell_len(words) - cell_len(score) - 1, 2)
    return Piece(words, told.verdict.value), Piece(" " * gap), Piece(score, "muted")


class AdviceBox(Sheet):
    """Shows one recommendation, the same height whatever it says, so that nothing jumps while answers change."""

    def tell(self, explanation: Explanation, policy: Policy, glyphs: Glyphs = UNICODE) -> None:
        """Show this recommendation, with as many reasons of each kind as there is room for."""

        def fitting(width: int) -> Sequence[Row]:
            rows: Sequence[Row] = ()
            for most in range(MOST_REASONS, 0, -1):
                rows = advice(explanation, policy, glyphs, most)(width)
                if len(rows) <= self.size.height:
                    break
            return rows[: self.size.height]

        self.show(fitting)
