"""Where the disk is full or fails, a command does all or nothing and says so in sentences; what was there is read."""

from __future__ import annotations

import pytest

from tests.faults.conftest import Placed
from tests.faults.place import Fault
from tests.faults.scripts import SCRIPTS
from tests.faults.trials import trials
from tests.figures import figure

SHORT = ("claim", "escalate")
EVERY = 23
FULL, FAILING = "error=ENOSPC", "error=EIO"
ERRORS = (FULL, FAILING)


@pytest.mark.parametrize("name", SHORT)
def test_a_disk_that_fails_here_and_there_leaves_no_half_change(name: str, placed: Placed) -> None:
    tried = trials(placed(SCRIPTS[name]), SCRIPTS[name])

    number = sum(tried.failed(Fault(how), EVERY) for how in ERRORS)

    figure(4, f"`{name}`: ENOSPC and EIO at every {EVERY}th call that writes", f"{number} points, all consistent")
    assert number > 4


@pytest.mark.full
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("how", ERRORS)
@pytest.mark.parametrize("name", [name for name in SCRIPTS if name != "demo"])
def test_a_disk_that_fails_anywhere_leaves_no_half_change(name: str, how: str, placed: Placed) -> None:
    number = trials(placed(SCRIPTS[name]), SCRIPTS[name]).failed(Fault(how))

    figure(4, f"`{name}`: {how} at every call that writes", f"{number} points, all consistent", is_full=True)


@pytest.mark.full
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("how", ERRORS)
@pytest.mark.parametrize("name", [name for name in SCRIPTS if name != "demo"])
def test_a_disk_that_fails_from_somewhere_on_leaves_no_half_change(name: str, how: str, placed: Placed) -> None:
    number = trials(placed(SCRIPTS[name]), SCRIPTS[name]).failed(Fault(how), lasts=True)

    figure(4, f"`{name}`: {how} from every call that writes on", f"{number} points, all consistent", is_full=True)
