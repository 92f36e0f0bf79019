"""What the policy's screen sends to a terminal of 80x24: hundreds of bytes for a line and for a letter typed in one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.benchmarks.probe import started
from tests.benchmarks.test_screens import command_for, pressed


@pytest.mark.benchmark
def test_a_line_of_the_policy_and_a_letter_in_it_cost_hundreds_of_bytes(tmp_path: Path) -> None:
    environ = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    with started(command_for(1_000), environ=environ)[0] as probe:
        probe.send("B")
        probe.quiet(2)
        probe.send("jjj")
        probe.quiet(1)
        still, scrolling = pressed(probe, "kj", 10), pressed(probe, "j", 20)
        probe.send("\r")
        probe.quiet(2)
        typing = pressed(probe, "a", 10)
        idle = probe.quiet(2)

    print(f"\n{'the policy, 80x24':18}{'paint ms p95':>15} {'CPU ms p95':>15} {'bytes max':>17}")
    for name, found in (("j, not scrolling", still), ("j, scrolling", scrolling), ("a letter", typing)):
        print(f"{name:18}{found.told}")
    assert max(still.sizes) <= 1_000
    assert max(scrolling.sizes) <= 5_200
    assert max(typing.sizes) <= 1_000
    assert idle == 0
