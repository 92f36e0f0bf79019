"""How long laws are tried, and which tests cover the domain and the desk where a run measures what is covered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

_TESTS = Path(__file__).parent
_WHY = ("cli/test_why.py", "cli/test_why_page.py", "cli/test_why_rules.py")
COVERING = ("domain", "desk", "notify", "cli/test_notices.py", *_WHY)
"""The tests that must reach every line and branch of the domain and the desk. The others run untraced: it is slow, and
what a screen happens to reach is not thereby tried."""


settings.register_profile("short", max_examples=100, deadline=None)
settings.register_profile("full", max_examples=300, deadline=None)
"""No law has a deadline: a machine that has much to do breaks none."""


def pytest_configure(config: pytest.Config) -> None:
    """Try every law on more examples where the heavy tests run too."""
    settings.load_profile("full" if config.option.markexpr == "not benchmark" else "short")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Trace what covers, and nothing else."""
    measured = item.config.pluginmanager.getplugin("_cov")
    place = item.path.relative_to(_TESTS)
    if measured is None or any(place.is_relative_to(covering) for covering in COVERING):
        return (yield)
    measured.cov_controller.pause()
    try:
        return (yield)
    finally:
        measured.cov_controller.resume()
