"""Tests of what the lint finds in a policy that can be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from console.domain.case import Severity
from console.domain.checklist import Factor
from console.domain.matrix import Matrix, Target
from console.domain.policy import Duty, GuardKind, Policy
from console.domain.policy_file import read
from console.domain.policy_finding import Finding, Grade
from console.domain.policy_lint import lint

SAMPLE = Path(__file__).parents[2] / "sample_data" / "policy.toml"
POLICY = read(SAMPLE.read_text(encoding="utf-8"), "policy.toml")
S1, S2, S3, S4 = Severity


def cells(rows: Mapping[str, Mapping[Severity, tuple[Target, ...]]]) -> Policy:
    """Give the sample with other cells in some rows of the matrix."""
    changed = dict(POLICY.matrix.cells)
    for row, paths in rows.items():
        changed |= {(row, severity): path for severity, path in paths.items()}
    return replace(POLICY, matrix=Matrix(changed))


def without_row(*rows: str) -> Policy:
    """Give the sample without some rows of the matrix."""
    return replace(
        POLICY, matrix=Matrix({key: path for key, path in POLICY.matrix.cells.items() if key[0] not in rows})
    )


def one(kind: str, name: str, **facts: Any) -> Policy:  # noqa: ANN401 - the facts of any part
    """Give the sample with one team, category, stop condition or guard changed."""
    parts = getattr(POLICY, kind)
    assert sum(name in {getattr(each, "id", ""), getattr(each, "kind", "")} for each in parts) == 1
    changed = tuple(
        replace(each, **facts) if name in {getattr(each, "id", ""), getattr(each, "kind", "")} else each
        for each in parts
    )
    part: Any = {kind: changed}
    return replace(POLICY, **part)


def checklist(**facts: Any) -> Policy:  # noqa: ANN401 - the facts of any part
    """Give the sample with another checklist."""
    return replace(POLICY, checklist=replace(POLICY.checklist, **facts))


def weights(*weights: int) -> Policy:
    """Give the sample with other weights."""
    pairs = zip(POLICY.checklist.questions, weights, strict=True)
    return checklist(questions=tuple(replace(question, weight=weight) for question, weight in pairs))


def test_the_sample_has_nothing_to_be_said_about() -> None:
    assert lint(POLICY) == ()


def test_a_cell_without_a_path_is_found_unless_the_row_for_all_others_has_one() -> None:
    assert lint(without_row("payroll")) == ()

    (found,) = lint(cells({"payroll": {S2: ()}}))

    assert found.path == ("matrix", "payroll", "S2")
    assert "can go nowhere" in found.sentence


def test_without_a_row_for_all_others_each_missing_cell_is_found() -> None:
    found = lint(without_row("*", "payroll"))

    empty = [each.path for each in found if len(each.path) == 3]
    assert empty == [("matrix", "payroll", severity.name) for severity in Severity]
    assert Finding(("matrix",), "There is no row '*', so a case without a category can go nowhere.") in found


def test_an_empty_cell_for_all_others_is_found() -> None:
    (found,) = lint(cells({"*": {S4: ()}}))

    assert found.path == ("matrix", "*", "S4")


UP = Target(3, "platform")


@pytest.mark.parametrize(
    ("path", "sentence", "grade"),
    [
        ((Target(2, "database"), Target(2, "database")), "comes back to 2/database; a path is no loop", Grade.LINT),
        ((Target(2, "network"), UP, Target(2, "network")), "The path comes back to 2/network", Grade.LINT),
        ((UP, Target(2, "database")), "2/database does not lead up from 3/platform", Grade.LINT),
        ((Target(2, "database"), Target(2, "network")), "2/network does not lead up from 2/database", Grade.LINT),
        ((Target(1, "desk"), UP), "1/desk is where cases come in", Grade.LINT),
        ((Target(7),), "7 leads to tier 7, which does not exist; the tiers are 1, 2, 3, 4", Grade.ERROR),
        ((Target(2, "erp"),), "Team erp is in tier 3, not in tier 2; write 3/erp", Grade.ERROR),
        ((Target(2, "databse"),), "There is no team 'databse'; did you mean 'database'?", Grade.ERROR),
        ((Target(3, party="nordpya"),), "There is no party 'nordpya'; did you mean 'nordpay'?", Grade.ERROR),
    ],
)
def test_a_path_must_lead_up_to_places_that_exist(path: tuple[Target, ...], sentence: str, grade: Grade) -> None:
    (found,) = lint(cells({"payroll": {S3: path}}))

    assert found.path == ("matrix", "payroll", "S3")
    assert sentence in found.sentence
    assert found.grade is grade


def test_a_row_for_a_category_that_does_not_exist_is_an_error() -> None:
    (found,) = lint(cells({"payrol": {S1: (Target(2, "database"),)}}))

    assert (found.path, found.grade) == (("matrix", "payrol"), Grade.ERROR)
    assert "did you mean 'payroll'?" in found.sentence


@pytest.mark.parametrize(
    ("policy", "path", "sentence"),
    [
        (
            checklist(threshold=19),
            "checklist.threshold",
            "The threshold 19 can't be reached; all worst answers give 18.",
        ),
        (checklist(threshold=0), "checklist.threshold", "The threshold is always reached"),
        (weights(0, 0, 0, 0), "checklist", "All weights are 0"),
        (checklist(scope_steps=(2, 50, 10)), "checklist.scope.affected", "must each be higher than the last"),
        (checklist(attempts_steps=(0, 1, 2)), "checklist.attempts.failed", "must start at 1"),
        (checklist(attempts_steps=(1, 1, 2)), "checklist.attempts.failed", "must start at 1"),
        (checklist(impact_by_severity=(3, 2, 1, 2)), "checklist.impact.severity", "never rise from S1 to S4"),
        (checklist(impact_by_severity=(4, 2, 1, 0)), "checklist.impact.severity", "must be 3 to 0"),
        (replace(POLICY, severities=(POLICY.severities[1], *POLICY.severities[:3])), "severity.matrix", "milder"),
        (replace(POLICY, severities=((S2, S1, S3, S4),) * 4), "severity.matrix", "milder"),
        (replace(POLICY, skip_level=frozenset(Severity)), "skip.severities", "Every severity skips a level"),
        (one("guards", GuardKind.RETURNED, unless=frozenset(Severity)), "guard.returned.unless", "never holds"),
        (one("guards", GuardKind.RETURNED, within=timedelta(0)), "guard.returned", "Without a time"),
        (one("stops", "fraud", target=Target(1, "desk")), "stop.fraud.target", "must lead up"),
        (one("stops", "fraud", words=("fraud", " ")), "stop.fraud.words", "empty"),
        (one("categories", "privacy", duty=Duty(" ", timedelta(hours=1))), "category.privacy.duty", "names nobody"),
        (one("categories", "privacy", duty=Duty("x", timedelta(0))), "category.privacy.duty", "has no time"),
        (one("categories", "privacy", words=("gdpr", "")), "category.privacy.words", "empty"),
        (one("categories", "privacy", words=("VPN",)), "category.privacy.words", "already leads to network"),
        (replace(POLICY, override_reasons={}), "decision.reasons", "no coded reasons"),
    ],
)
def test_a_part_that_never_or_always_counts_is_found(policy: Policy, path: str, sentence: str) -> None:
    (found,) = lint(policy)

    assert ".".join(map(str, found.path)) == path
    assert sentence in found.sentence
    assert found.grade is Grade.LINT


@pytest.mark.parametrize(
    ("policy", "path"),
    [
        (one("categories", "privacy", words=()), "category.privacy"),
        (one("stops", "fraud", words=()), "stop.fraud"),
        (one("teams", "erp", manager=""), "team.erp"),
        (weights(1, 1, 1, 0), "checklist.expectations"),
    ],
)
def test_what_may_well_be_meant_is_only_a_note(policy: Policy, path: str) -> None:
    (found,) = lint(policy)

    assert ".".join(map(str, found.path)) == path
    assert found.grade is Grade.NOTE


def test_a_stop_condition_that_goes_by_its_count_needs_no_words() -> None:
    assert lint(one("stops", "fraud", words=(), manager_asks=3)) == ()


@pytest.mark.parametrize(
    ("target", "sentence"),
    [(Target(4, "dutty"), "There is no team 'dutty'"), (Target(9), "tier 9, which does not exist")],
)
def test_a_stop_condition_that_leads_nowhere_is_an_error(target: Target, sentence: str) -> None:
    (found,) = lint(one("stops", "fraud", target=target))

    assert (found.path, found.grade) == (("stop", "fraud", "target"), Grade.ERROR)
    assert sentence in found.sentence


def test_a_team_in_a_tier_that_does_not_exist_is_an_error() -> None:
    found = lint(one("teams", "desk", tier=8))

    assert [(each.path, each.grade) for each in found] == [(("team", "desk", "tier"), Grade.ERROR)]


def only_to(keep: Callable[[Target], bool]) -> Policy:
    """Give the sample with only those targets in paths and stop conditions that `keep` lets pass."""
    kept = {key: tuple(filter(keep, path)) or (Target(2, "database"),) for key, path in POLICY.matrix.cells.items()}
    stops = tuple(stop for stop in POLICY.stops if keep(stop.target))
    return replace(POLICY, matrix=Matrix(kept), stops=stops)


def test_a_top_tier_that_no_path_leads_to_is_found() -> None:
    (found,) = lint(only_to(lambda target: target.tier < 4))

    assert found.path == ("tier", "4")
    assert found.sentence == "No path ever leads to tier 4 Management."


def test_a_team_and_a_party_that_no_path_leads_to_are_found() -> None:
    found = lint(only_to(lambda target: target.team != "erp" and not target.party))

    assert [each.path for each in found] == [("team", "erp"), ("party", "nordpay"), ("party", "telvia")]


def test_a_path_to_a_whole_tier_leads_to_each_of_its_teams() -> None:
    policy = only_to(lambda target: target.team != "erp")

    assert lint(replace(policy, matrix=Matrix({**policy.matrix.cells, ("payroll", S1): (Target(3),)}))) == ()


def test_a_single_tier_can_escalate_nothing() -> None:
    policy = replace(POLICY, tiers=POLICY.tiers[:1])

    assert ("tier",) in {each.path for each in lint(policy)}


def test_a_policy_without_tiers_is_linted_without_a_crash() -> None:
    assert all(each.sentence for each in lint(replace(POLICY, tiers=())))


def test_a_factor_without_weight_is_named_by_its_key() -> None:
    (found,) = lint(weights(0, 1, 1, 1))

    assert found.path == ("checklist", Factor.SCOPE)
