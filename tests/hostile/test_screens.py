"""The hostile corpus through every screen of the real console, in a real terminal."""

from __future__ import annotations

import pytest

from tests.hostile.corpus import PAYLOADS, Payload, joined
from tests.hostile.givens import Hostile, make
from tests.hostile.tokens import foreign
from tests.hostile.walk import Walk, walking

SMALL, LARGE = (80, 24), (120, 40)
TYPED = joined([payload.storable for payload in PAYLOADS])


@pytest.mark.timeout(240)
@pytest.mark.parametrize(
    ("size", "places"),
    [(SMALL, (0, 1)), (SMALL, (2, 3)), pytest.param(LARGE, (0, 2), marks=pytest.mark.full)],
    ids=str,
)
def test_nothing_of_a_case_reaches_the_terminal_but_text(
    size: tuple[int, int], places: tuple[int, ...], hostile: Hostile
) -> None:
    with walking(hostile, size) as walk:
        for place in places:
            walk.case(hostile.deep[place])
        walk.leave()

        walk.must_be_clean()


@pytest.mark.timeout(240)
@pytest.mark.parametrize("size", [SMALL, LARGE], ids=str)
def test_nothing_of_a_queue_reaches_the_terminal_but_text(size: tuple[int, int], hostile: Hostile) -> None:
    with walking(hostile, size) as walk:
        walk.queue(len(PAYLOADS) + 5)
        walk.find(TYPED)
        walk.act(hostile.deep[1], TYPED[0])
        walk.leave()

        walk.must_be_clean()
        must_have_shown(walk, PAYLOADS)


@pytest.mark.full
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("size", [SMALL, LARGE], ids=str)
@pytest.mark.parametrize("first", range(0, len(PAYLOADS), 4))
def test_every_payload_by_itself_through_every_screen(
    first: int, size: tuple[int, int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    some = PAYLOADS[first : first + 4]
    hostile = make(tmp_path_factory.mktemp("one"), [payload.storable for payload in some])
    with walking(hostile, size) as walk:
        for case_id, payload in zip(hostile.deep, some, strict=True):
            walk.case(case_id)
            walk.find([payload.storable])
            walk.act(case_id, payload.storable)
        walk.leave()

        walk.must_be_clean(is_full=True)
        must_have_shown(walk, some)


def must_have_shown(walk: Walk, payloads: tuple[Payload, ...]) -> None:
    """Check that the harm was there to be shown: a test that looks at nothing finds nothing."""
    shown = bytes(walk.terminal.raw).decode()
    assert [payload.name for payload in payloads if payload.mark not in shown] == []
    assert foreign(shown.encode(), size=walk.size) == []
