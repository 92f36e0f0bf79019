"""The policy's words for intake: what makes a category, a severity or a stop condition of an arrival's text."""

from __future__ import annotations

from console.domain.policy import Policy
from console.intake import Rules


def rules_of(policy: Policy) -> Rules:
    """Make the policy's words ready for many arrivals."""
    return Rules.of(
        [(category.id, category.words) for category in policy.categories],
        policy.labels,
        [(stop.id, stop.words) for stop in policy.stops],
    )
