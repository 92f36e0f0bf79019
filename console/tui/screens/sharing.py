"""The key that shares cases out: which ones are meant, the plan for them, and doing it once somebody has agreed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from console.desk import queues, share_out
from console.desk.share_out import Plan
from console.domain.case import CaseId
from console.domain.words import counted
from console.tui.screens.confirm import ConfirmDialog
from console.tui.screens.meant import MeantCases

FREE = "tier:mine handler:none live:yes -status:waiting"
"""What is shared out where nothing is marked."""


class Sharing(MeantCases):
    """A queue whose cases can be shared out."""

    @property
    def queried(self) -> str:
        """The query of what is in view."""
        raise NotImplementedError

    @property
    def queried_only(self) -> frozenset[CaseId] | None:
        """The cases that alone are in view of what the query finds; None where all are."""
        return None

    def action_share_out(self) -> None:
        """Plan who takes the marked cases; without marks, the free ones of one's tier in view, once that is meant."""
        if self.chosen:
            self._plan(tuple(self.chosen))
            return
        query = f"({self.queried}) {FREE}" if self.queried else FREE
        free = partial(queues.every, self.desk, self.actor, query, self.queried_only)
        self.fetch(free, lambda ids: self._ask_for(tuple(ids)), "free")

    def _ask_for(self, ids: Sequence[CaseId]) -> None:
        tier = self.actor.person.tier
        if not ids:
            self.say(f"No case of tier {tier} in this view is free; Space and V mark what is to be shared out.")
            return
        question = f"Plan how to share out {counted(len(ids), 'free case')} of tier {tier} in this view?"
        self.app.push_screen(ConfirmDialog(question), lambda sure: self._plan(ids) if sure else None)

    def _plan(self, ids: Sequence[CaseId]) -> None:
        self.fetch(partial(share_out.proposed, self.desk, self.actor, ids), self._propose, "plan")

    def _propose(self, plan: Plan) -> None:
        from console.tui.screens.share_out import ShareOutScreen

        self.app.push_screen(ShareOutScreen(plan), self._do)

    def _do(self, plan: Plan | None) -> None:
        if plan is not None:
            act = partial(share_out.share_out, self.desk, self.actor, plan)
            self.ask_many(act, self.all_done, len(plan.wanted))
