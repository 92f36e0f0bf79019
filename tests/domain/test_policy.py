"""What a policy knows by name."""

from __future__ import annotations

import pytest

from console.domain.case import Severity
from console.domain.errors import RefusalCode, Refused
from console.domain.matrix import Target
from tests.builders import a_policy


def test_tiers_and_teams_are_found_by_name() -> None:
    assert a_policy().tier(2).name == "Technical support"
    assert a_policy().team("network").tier == 2
    assert a_policy().category("network") == a_policy().categories[1]
    assert a_policy().category("unknown") is None


def test_unknown_tiers_and_teams_are_refused_with_the_known_ones() -> None:
    with pytest.raises(
        Refused, match="There is no tier 9; the policy has 1 Service desk, 2 Technical support"
    ) as refused:
        a_policy().tier(9)
    assert refused.value.code is RefusalCode.NOT_FOUND
    with pytest.raises(Refused, match="There is no team 'x'; the policy has database, network, lab"):
        a_policy().team("x")


def test_severity_is_impact_times_urgency_and_unknown_where_one_is() -> None:
    assert a_policy().severity(1, 1) is Severity.S1
    assert a_policy().severity(4, 4) is Severity.S4
    assert a_policy().severity(1, 4) is Severity.S3
    assert a_policy().severity(None, 1) is a_policy().severity(1, None) is None


def test_a_place_is_named_in_words() -> None:
    assert a_policy().place(Target(2, "database")) == "tier 2 database"
    assert a_policy().place(Target(4)) == "tier 4 Management"
    assert a_policy().place(Target(3, party="vendor")) == "tier 3, Oracle"
    assert a_policy().place(Target(3, party="agency")) == "tier 3, agency"
