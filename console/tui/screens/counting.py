"""A screen that counts: what takes long is asked beside everything else, and dropped when it is not wanted any more."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from textual.worker import Worker

from console.tui.screens.desk_screen import DeskScreen
from console.tui.screens.list_moves import ListMoves

T = TypeVar("T")
COUNTING = "figures"


class Counting(ListMoves, DeskScreen):
    """A screen with a list of what is counted; no key waits for it."""

    def count_again(self) -> None:
        """Count everything again."""
        raise NotImplementedError

    def count(self, question: Callable[[], T], then: Callable[[T], object], failed: Callable[[], object]) -> None:
        """Ask what takes long; whatever this screen had asked for so is dropped. A refusal is said."""
        asked = partial(self._counted, question, then, failed)
        _: Worker[None] = self.run_worker(asked, group=COUNTING, exclusive=True)

    def drop(self) -> None:
        """Drop what is being counted."""
        self.workers.cancel_group(self, COUNTING)

    @property
    def is_counting(self) -> bool:
        """Whether something is being counted."""
        return any(
            worker.group == COUNTING and worker.node is self and not worker.is_finished for worker in self.workers
        )

    def action_refresh_view(self) -> None:
        """Count again, and draw everything anew."""
        self.count_again()
        self.console_app.repaint()

    async def _counted(
        self, question: Callable[[], T], then: Callable[[T], object], failed: Callable[[], object]
    ) -> None:
        try:
            answer = await self.console_app.count(question)
        except Exception as error:  # noqa: BLE001 - the console goes on; a refusal is said, an error logged
            self.console_app.work_failed(error)
            failed()
        else:
            then(answer)
