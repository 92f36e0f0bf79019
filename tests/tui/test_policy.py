"""The policy's screen: drafted line by line, kept as it is typed, turned on and back."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from console.desk import policies
from console.domain.people import Role
from console.tui.screens import policy_line
from console.tui.screens.policy import PolicyScreen
from console.tui.screens.policy_line import PolicyLineDialog
from tests.tui.at_desk import LARGE, SMALL, Bench
from tests.tui.at_policy import LINES, TEXT, THRESHOLD, ada_is, under_its_text
from tests.tui.at_queue import AtQueue, at_queue
from tests.tui.golden import must_be_golden


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy_line, "LINTED_AFTER", 0.001)


class AtPolicy(AtQueue):
    """A session at the policy's screen."""

    @property
    def screen(self) -> PolicyScreen:
        """The screen, whatever lies over it."""
        return next(each for each in self.app.screen_stack if isinstance(each, PolicyScreen))

    @property
    def here(self) -> str:
        """The line under the cursor."""
        line = self.screen.line
        assert line is not None
        return f"{line.mark}{line.text}"

    async def go_to_threshold(self) -> None:
        """Go to the line of the threshold."""
        await self.press("slash")
        await self.write("threshold =")
        await self.press("enter")
        assert "threshold = " in self.here

    async def set_threshold(self, number: int) -> None:
        """Change the threshold."""
        await self.go_to_threshold()
        await self.press("enter", "end", "backspace", *str(number), "enter")


@asynccontextmanager
async def at_policy(at: Bench, size: tuple[int, int] = SMALL, *, is_readonly: bool = False) -> AsyncIterator[AtPolicy]:
    """Run the console of ada, with the policy open."""
    async with at_queue(at, size, is_readonly=is_readonly) as console:
        console.__class__ = AtPolicy
        await console.press("B")
        yield console  # type: ignore[misc]


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_text_in_force_is_shown_by_line_and_a_changed_one_beside_what_is_in_force(
    at: Bench, size: tuple[int, int]
) -> None:
    under_its_text(at)
    async with at_policy(at, size) as console:
        must_be_golden(console.app, f"policy-{size[0]}x{size[1]}")
        await console.set_threshold(9)
        await console.press("k", "k", "x", "j", "a")
        await console.write("weight = twice")
        must_be_golden(console.app, f"policy-line-{size[0]}x{size[1]}")
        await console.press("enter")
        must_be_golden(console.app, f"policy-draft-{size[0]}x{size[1]}")


async def test_words_tables_and_changes_are_jumped_to(at: Bench) -> None:
    under_its_text(at)
    async with at_policy(at) as console:
        await console.press("n")
        await console.write("ENGINEERING")
        await console.press("enter")
        assert console.here == ' name = "Engineering"'
        await console.press("n")
        assert console.here == ' name = "Engineering"'
        await console.press("slash", "ctrl+u")
        await console.write("tier = 2")
        await console.press("enter", "n", "N", "n")
        assert console.screen.list.place == LINES.index("tier = 2", LINES.index("tier = 2") + 1)
        await console.press("right_square_bracket")
        assert console.here == " [team.lab]"
        await console.press("left_square_bracket", "left_square_bracket")
        assert console.here == " [team.database]"
        await console.press("slash", "ctrl+u")
        await console.write("nowhere")
        await console.press("enter")
        assert console.said == "Nothing in the policy says nowhere."


async def test_a_change_is_a_step_that_is_taken_back_and_made_again(at: Bench) -> None:
    under_its_text(at)
    async with at_policy(at) as console:
        await console.press("u")
        assert console.said == "There is nothing to take back."
        await console.set_threshold(8)
        assert console.here == "~threshold = 8"
        await console.press("k", "full_stop")
        assert console.here == "~threshold = 8"
        await console.press("j", "comma")
        assert console.here == "~threshold = 8"
        await console.press("x")
        assert "-threshold = 6" in [f"{line.mark}{line.text}" for line in console.screen.lines]
        await console.press("k", "enter")
        assert console.said == "This line is not in your draft; x puts it back."
        await console.press("x")
        assert console.screen.drafted.text == TEXT

        await console.press("u", "u")
        assert console.here == "~threshold = 8"
        await console.press("u")
        assert not console.screen.drafted.is_changed
        await console.press("U")
        assert console.here == "~threshold = 8"
        await console.press("U", "U", "U")
        assert console.said == "There is nothing to do again."


async def test_a_line_that_is_left_by_escape_stays_as_it_was(at: Bench) -> None:
    under_its_text(at)
    async with at_policy(at) as console:
        await console.go_to_threshold()
        await console.press("enter", "7")
        assert isinstance(console.app.screen, PolicyLineDialog)
        await console.press("f1", "tab", "shift+tab", "escape", "a", "7", "f8")

        assert not console.screen.drafted.is_changed
        assert console.screen.drafted.done == ()
        await console.press("q")
        assert policies.draft(at.desk, at.ada) is None


async def test_a_draft_is_there_again_until_it_is_dropped(at: Bench) -> None:
    under_its_text(at)
    async with at_policy(at) as console:
        await console.set_threshold(8)
        await console.press("q", "B")
        assert console.said == "Your draft of 10:30 is back; F8 drops it."
        assert "1 line changed" in console.text
        await console.press("f8", "n", "f8", "y")
        assert "You have no draft" in console.text
        await console.press("f8")
        assert console.said == "You have no draft; this is what is in force."
        await console.press("q")
    assert policies.draft(at.desk, at.ada) is None


async def test_what_is_typed_into_a_line_is_kept_when_the_line_drops(at: Bench) -> None:
    under_its_text(at)
    async with at_policy(at) as console:
        await console.go_to_threshold()
        await console.press("enter", "7")
        console.app.hang_up(129)

    draft = policies.draft(at.desk, at.ada)
    assert draft is not None
    assert "threshold = 67\n" in draft.text


async def test_a_read_only_console_keeps_no_draft(at: Bench) -> None:
    under_its_text(at)
    async with at_policy(at, is_readonly=True) as console:
        await console.set_threshold(8)
        assert console.said == "With --readonly your draft is kept only as long as this screen is open."
        await console.press("q")
    assert policies.draft(at.desk, at.ada) is None


async def test_a_lead_turns_a_draft_on_and_back(at: Bench) -> None:
    under_its_text(at)
    ada_is(at, Role.LEAD)
    async with at_policy(at) as console:
        await console.press("O")
        assert console.said == "The policy in force is what its file says; there is nothing to turn back from."
        await console.press("o")
        assert console.said == "Your draft says what is in force; change a line first."
        await console.set_threshold(8)
        await console.press("o")
        await console.write("too much goes up")
        await console.press("enter")
        must_be_golden(console.app, "policy-turn-on-80x24")
        await console.press("n", "o", "enter", "y")
        assert console.said == "ada turned on another policy: checklist.threshold 8 instead of 6."
        assert console.app.desk.policy.checklist.threshold == 8
        assert "You have no draft" in console.text
        assert policies.draft(at.desk, at.ada) is None

        await console.press("O")
        await console.write("it was better before")
        await console.press("enter", "y", "h")
        must_be_golden(console.app, "policies-80x24")
        await console.press("q", "q")
        assert console.app.screen is console.queue
    assert policies.in_force(at.desk).text == TEXT


async def test_a_draft_with_an_error_is_not_turned_on_and_the_cursor_goes_to_it(at: Bench) -> None:
    under_its_text(at)
    async with at_policy(at) as console:
        await console.go_to_threshold()
        await console.press("enter", *"up", "enter", "g", "o")

        assert console.here == "~threshold = 6up"
        assert console.said.startswith(f"Line {THRESHOLD + 1} is in the way: ")


async def test_an_agent_tries_a_draft_and_turns_none_on(at: Bench) -> None:
    under_its_text(at)
    ada_is(at, Role.AGENT)
    async with at_policy(at) as console:
        await console.set_threshold(8)
        await console.press("o")
        assert "a lead or an admin may turn a policy on" in console.said
        await console.press("O")
        assert "a lead or an admin may turn a policy on" in console.said


async def test_what_was_turned_on_meanwhile_is_said_unchanged_and_shown(at: Bench) -> None:
    under_its_text(at)
    async with at_policy(at) as console:
        await console.set_threshold(8)
        await console.press("o", *"why", "enter")
        seen = policies.in_force(at.desk).version
        policies.turn_on(at.desk, at.bo, TEXT.replace("affected = [2,", "affected = [3,"), "sites", seen)
        await console.press("y")
        assert re.match("bo (was first and )?turned on another policy", console.said)
        assert "2 lines changed" in console.text


async def test_hostile_text_in_a_line_is_shown_and_edited_as_what_it_is(at: Bench) -> None:
    evil = TEXT.replace("# The policy", "# \u202ethe\x7f policy").replace("threshold = 6", "threshold\t= 6")
    under_its_text(at)
    policies.keep_draft(at.desk, at.ada, evil)
    async with at_policy(at) as console:
        assert "\u202e" not in console.text
        await console.press("enter", "enter")
        assert console.screen.drafted.text == evil
        await console.press("enter")
        assert "\u202e" not in console.text
        await console.press("end", "1", "enter")
        assert "\u202e" not in console.screen.drafted.lines[0]
        await console.press("slash", *"threshold", "enter", "enter", "end", "backspace", "7", "enter")
        assert console.here == "~threshold    = 7"


async def test_a_line_that_is_too_long_is_left_to_an_editor(at: Bench) -> None:
    under_its_text(at)
    policies.keep_draft(at.desk, at.ada, f"# {'long ' * 300}\n{TEXT}")
    async with at_policy(at) as console:
        await console.press("enter")
        assert "too many to edit here" in console.said


async def test_a_line_is_edited_where_it_stands_at_any_size(at: Bench) -> None:
    under_its_text(at)
    async with at_policy(at) as console:
        await console.go_to_threshold()
        await console.press("enter", "7")
        for size in (SMALL, (100, 30), (60, 20), SMALL):
            await console.resize(*size)
            shown = [line for line in console.text.splitlines() if f" {THRESHOLD + 1}  " in line]
            assert shown == [f"▌{THRESHOLD + 1:>5}   threshold = 67"]
