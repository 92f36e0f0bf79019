"""What is to be said about rules, ladders and the brake of a policy."""

from __future__ import annotations

from collections.abc import Iterator

from console.domain.policy import Policy
from console.domain.policy_finding import Finding


def rule_findings(policy: Policy) -> Iterator[Finding]:
    """Give what is wrong, or could be better."""
    del policy
    yield from ()
