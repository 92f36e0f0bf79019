"""How the policy's screen changes the draft: line by line, each change a step that can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from console.desk.holiday_library import unknown
from console.domain.policy_draft import Drafted, Line, Mark, joined, table_of
from console.domain.policy_file import Fault, faults
from console.tui.screens.confirm import ConfirmDialog
from console.tui.screens.policy_line import Edited, PolicyLineDialog
from console.tui.screens.policy_seeking import PolicySeeking
from console.tui.screens.policy_trial import DRAFT
from console.tui.widgets.status_line import Tone
from console.tui.widgets.text_entry import LONGEST_LINE


class PolicyEditing(PolicySeeking):
    """A screen whose lines can be edited; the text in force stays as it is."""

    def action_edit_line(self) -> None:
        """Edit the line where it stands."""
        line = self.line
        if line is None:
            return
        if line.mark is Mark.REMOVED:
            self.say("This line is not in your draft; x puts it back.", Tone.REFUSED)
        elif len(line.text) > LONGEST_LINE:
            told = f"This line has {len(line.text):,} characters, too many to edit here; `triage policy use FILE`"
            self.say(f"{told} takes a file from an editor.", Tone.REFUSED)
        else:
            self._edit(line, self.drafted)

    def action_add_line(self) -> None:
        """Add a line below and write it."""
        line = self.line
        if line is None:
            return
        place = line.place + (line.mark is not Mark.REMOVED)
        before = self.drafted
        self.stand(before.insert(place, ""), place)
        self._edit(Line(place, Mark.ADDED, ""), before)

    def action_remove_line(self) -> None:
        """Take the line out; one that is out already comes back."""
        line = self.line
        if line is None:
            return
        is_out = line.mark is Mark.REMOVED
        drafted = self.drafted.insert(line.place, line.text) if is_out else self.drafted.without(line.place)
        self.change_to(drafted, line.place)

    def action_undo(self) -> None:
        """Take the last change back."""
        self._step(self.drafted.undo(), "There is nothing to take back.")

    def action_redo(self) -> None:
        """Make the change again that was taken back."""
        self._step(self.drafted.redo(), "There is nothing to do again.")

    def action_drop_draft(self) -> None:
        """Drop the whole draft, once that is meant."""
        if not self.drafted.is_changed:
            self.say("You have no draft; this is what is in force.", Tone.REFUSED)
            return
        dialog = ConfirmDialog("Drop your draft? What you changed in it is lost.")
        self.app.push_screen(dialog, lambda sure: self._drop() if sure else None)

    def change_to(self, drafted: Drafted, place: int | None = None) -> None:
        """Show a changed draft, and keep it."""
        self.stand(drafted, place)
        if self.console_app.is_readonly:
            self.say("With --readonly your draft is kept only as long as this screen is open.")
        elif drafted.is_changed:
            self.keeper.typed(drafted.text)
        else:
            self.keeper.drop()

    def _edit(self, line: Line, before: Drafted) -> None:
        """Edit a line of the draft; `before` is the draft without what is typed."""
        lines = self.drafted.lines

        def text(typed: str) -> str:
            return joined((*lines[: line.place], typed, *lines[line.place + 1 :]))

        def remark(typed: str) -> Sequence[Fault]:
            return faults(text(typed), DRAFT, unknown)

        def kept(typed: str) -> None:
            self.keeper.typed(text(typed))

        edited = Edited(line, lambda: self.list.region.y + self.list.top_row, table_of(lines, line.place), remark, kept)
        self.app.push_screen(PolicyLineDialog(edited), partial(self._was_edited, line, before))

    def _was_edited(self, line: Line, before: Drafted, typed: str | None) -> None:
        if typed is None:
            self.change_to(before, line.place)
        elif before is self.drafted:
            self.change_to(before.put(line.place, typed), line.place)
        else:
            self.change_to(before.insert(line.place, typed), line.place)

    def _step(self, drafted: Drafted, otherwise: str) -> None:
        if drafted is self.drafted:
            self.say(otherwise, Tone.REFUSED)
            return
        pairs = enumerate(zip(drafted.lines, self.drafted.lines, strict=False))
        place = next((place for place, (one, other) in pairs if one != other), None)
        self.change_to(drafted, place)

    def _drop(self) -> None:
        self.keeper.drop()
        self.stand(Drafted(self.drafted.base, self.drafted.base), 0)
        self.say("Your draft is dropped.", Tone.DONE)
