"""What is to be said about calendars of a policy."""

from __future__ import annotations

from collections.abc import Iterator

from console.domain.policy import Policy
from console.domain.policy_finding import Finding


def calendar_findings(policy: Policy) -> Iterator[Finding]:
    """Give what is wrong, or could be better."""
    del policy
    yield from ()
