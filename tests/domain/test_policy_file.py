"""Tests of reading a policy file."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from console.domain.case import Severity
from console.domain.errors import RefusalCode, Refused
from console.domain.matrix import Target
from console.domain.policy import GuardKind, TierKind
from console.domain.policy_file import faults, read
from console.domain.policy_finding import Grade

SAMPLE = (Path(__file__).parents[2] / "sample_data" / "policy.toml").read_text(encoding="utf-8")


def line_of(text: str, beginning: str) -> int:
    """Give the line on which a text's first line with this beginning stands."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if line.startswith(beginning))


def changed(old: str, new: str) -> str:
    """Give the sample with one piece of text put in place of another."""
    assert SAMPLE.count(old) == 1, old
    return SAMPLE.replace(old, new)


def told(text: str) -> list[str]:
    """Give what is said about a policy, as it is printed."""
    return [str(fault) for fault in faults(text, "p.toml")]


def test_every_part_of_the_file_is_in_the_policy() -> None:
    policy = read(SAMPLE, "policy.toml")

    assert policy.name == "Halden Living service desk"
    assert [tier.level for tier in policy.tiers] == [1, 2, 3, 4]
    assert policy.tier(4).kind is TierKind.HIERARCHICAL
    assert policy.team("database").manager == "lena"
    assert policy.parties[0].reference == "merchant 884-20117"
    privacy = policy.category("privacy")
    assert privacy is not None
    assert privacy.duty is not None
    assert privacy.duty.within == timedelta(hours=72)
    assert policy.severity(1, 1) is Severity.S1
    assert policy.severity(4, 4) is Severity.S4
    assert policy.labels["outage"] is Severity.S1
    assert policy.checklist.weights == (2, 2, 1, 1)
    assert policy.checklist.scope_steps == (2, 10, 50)
    assert policy.stops[0].id == "safety"
    assert policy.stops[-1].manager_asks == 2
    assert {guard.kind: guard.within for guard in policy.guards}[GuardKind.RETURNED] == timedelta(hours=4)
    assert policy.matrix.path("network", Severity.S2)[1] == Target(3, party="telvia")
    assert policy.matrix.path("unheard of", Severity.S4) == (Target(2, "workplace"),)
    assert policy.skip_level == frozenset()
    assert "vendor-working" in policy.override_reasons
    assert policy.brief_requires == ("issue", "consequences")


def test_the_version_follows_what_the_file_says_and_not_how_it_is_laid_out() -> None:
    version = read(SAMPLE, "a").version

    assert read("# another comment\n" + SAMPLE.replace("\n", "\r\n"), "b").version == version
    assert read("\ufeff" + SAMPLE, "c").version == version
    assert read(changed("threshold = 9", "threshold = 7"), "a").version != version
    assert len(version) == 12


def test_the_order_of_stop_conditions_is_part_of_the_version() -> None:
    first, second = "[stop.supervisor]", "[stop.conduct]"
    swapped = SAMPLE[: SAMPLE.index(second)] + SAMPLE[SAMPLE.index(first) : SAMPLE.index("# Guards say")]
    swapped += SAMPLE[SAMPLE.index(second) : SAMPLE.index(first)] + SAMPLE[SAMPLE.index("# Guards say") :]

    assert [stop.id for stop in read(swapped, "p").stops][-1] == "conduct"
    assert read(swapped, "p").version != read(SAMPLE, "p").version


def test_an_unknown_key_is_named_with_its_line_and_the_nearest_known_key() -> None:
    text = changed('reference = "merchant 884-20117"', 'referense = "merchant 884-20117"')

    line = line_of(text, "referense")
    assert told(text) == [
        f"p.toml:{line}: party.nordpay.referense: There is no key 'referense' here; did you mean 'reference'?"
    ]


def test_an_unknown_key_near_nothing_is_told_what_there_is() -> None:
    (fault,) = told(changed("[skip]", "[skip]\nzzz = 1"))

    assert fault.endswith("skip.zzz: There is no key 'zzz' here; known are severities.")


def test_all_errors_are_told_at_once_in_the_order_of_the_file() -> None:
    text = SAMPLE.replace('name = "Engineering"', "name = 3").replace("threshold = 9", "threshold = -6")
    text = text.replace('asks = "How widely does it reach?"\n', "").replace('within = "4h"', 'within = "soon"')
    text = text.replace('"S1", "S2", "S2", "S3"', '"S1", "S2", "S5", "S3"').replace('"consequences"]', '"outlook"]')

    found = faults(text, "p.toml")

    assert [(fault.key, fault.sentence.split(";")[0]) for fault in found] == [
        ("tier.3.name", "This must be a text in quotation marks."),
        ("severity.matrix[0][2]", "'S5' is not a severity"),
        ("checklist.threshold", "This is -6"),
        ("checklist.scope.asks", "This is missing"),
        ("guard.returned.within", "'soon' is not a time such as 30min, 4h, 3d or 1w."),
        ("brief.requires[1]", "A brief has no part 'outlook'"),
    ]
    assert found[3].line == line_of(text, "[checklist.scope]")
    with pytest.raises(Refused) as refused:
        read(text, "p.toml")
    assert refused.value.code is RefusalCode.POLICY
    assert refused.value.sentence.startswith(f"p.toml:{found[0].line}: tier.3.name: ")
    assert refused.value.sentence.endswith("There are 5 more; `policy check` shows them all.")


def test_a_single_error_is_refused_without_a_count() -> None:
    with pytest.raises(Refused, match=r"^p:\d+: checklist.threshold: This is -6; it must be 0 or more.$"):
        read(changed("threshold = 9", "threshold = -6"), "p")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("name = 'x'\n\n[tier.1\nname = 1\n", 3),
        ("a = 1\nb = 'open\n", 2),
        ("a = 1\na = 2\n", 2),
        ("a = 1\nb = [1,\n2,\n", 3),
        ("", 1),
    ],
)
def test_a_text_that_is_no_toml_or_empty_is_told_where(text: str, line: int) -> None:
    found = faults(text, "p.toml")

    assert found[0].line == line
    if text:
        assert str(found[0]).startswith(f"p.toml:{line}: This is not TOML: ")
        with pytest.raises(Refused, match="not TOML"):
            read(text, "p.toml")


def test_a_number_or_a_nesting_too_long_to_read_is_a_fault_and_no_crash() -> None:
    assert "not TOML" in told("a = " + "1" * 5000)[0]
    assert told("a = " + "[" * 100_000)[0].startswith("p.toml:1: This is ")


def test_an_empty_file_is_told_each_table_it_lacks() -> None:
    missing = {fault.key for fault in faults("", "p") if "missing" in fault.sentence}

    assert missing == {"name", "tier", "team", "category", "severity", "checklist", "matrix"}


@pytest.mark.parametrize(
    ("old", "new", "key", "sentence"),
    [
        ('name = "Halden Living service desk"', 'name = " "', "name", "This must not be empty."),
        ("[tier.4]", "[tier.0]", "tier.0", "'0' is not a level; tiers are numbered from 1."),
        ('kind = "hierarchical"', 'kind = "hierarchic"', "tier.4.kind", "did you mean 'hierarchical'?"),
        ("[team.people]", '[team."Ou R"]', 'team."Ou R"', "is not an id; use small letters"),
        ('skills = ["accounts", "office", "first response"]', "skills = [1]", "team.desk.skills[0]", "must be a text"),
        ('default = "S3"', 'default = ""', "severity.default", "This must not be empty."),
        ('default = "S3"', 'default = "s3"', "severity.default", "'s3' is not a severity"),
        (
            'labels = { "outage" = "S1",',
            'labels = { "outage" = "P1",',
            "severity.labels.outage",
            "those are S1, S2, S3, S4.",
        ),
        ('weight = 2\nanswers = ["one', 'weight = true\nanswers = ["one', "checklist.scope.weight", "a whole number"),
        ('"cosmetic" = "S4"', '"cosmetic" = 4', "severity.labels.cosmetic", "must be a text"),
        ("affected = [2, 10, 50]", "affected = [2, 10]", "checklist.scope.affected", "must have 3 items; it has 2."),
        ("affected = [2, 10, 50]", "affected = [-2, 1, 5]", "checklist.scope.affected", "These must be 0 or more."),
        ('    ["S3", "S3", "S4", "S4"],\n', "", "severity.matrix", "This must be 4 lists of 4."),
        ("[guard.known-fix]", "[guard.known-fixes]", "guard.known-fixes", "did you mean 'known-fix'?"),
        ("[skip]\nseverities = []", '[skip]\nseverities = ["S1", "S9"]', "skip.severities[1]", "'S9' is not a"),
        ('within = "72h"', 'within = "0h"', "category.privacy.duty.within", "'0h' is not a time such as"),
        ('within = "72h", ', "", "category.privacy.duty.within", "This is missing"),
        ('target = "3/platform"', 'target = "platform"', "stop.data-loss.target", "is not a target such as 2, 2/datab"),
        ('target = "3/platform"', 'target = ""', "stop.data-loss.target", "This must not be empty."),
        ("[decision.reasons]", "[decision]\nreasons = 1\n[brief.x]", "decision.reasons", "This must be a table."),
        ('target = "3/platform"', 'target = "3/"', "stop.data-loss.target", "names no team after the slash"),
    ],
)
def test_each_kind_of_error_is_told_at_its_key(old: str, new: str, key: str, sentence: str) -> None:
    found = faults(changed(old, new), "p")

    assert [fault for fault in found if fault.key == key and sentence in fault.sentence], found
    assert all(fault.line > 1 for fault in found if fault.key != "name")
    assert found[0].grade is Grade.ERROR


def test_an_empty_group_of_tables_is_an_error() -> None:
    assert told(SAMPLE[: SAMPLE.index("[matrix.")] + "[matrix]\n")[0].endswith("matrix: This must not be empty.")


def test_a_name_that_leads_nowhere_is_an_error_with_the_line_of_its_cell() -> None:
    text = changed('S2 = ["2/database", "3/erp", "4/duty"]\nS3 = ["2/database", "3/erp"]\nS4 = ["2/database"]\n\n'
                   "[matrix.accounts]", 'S2 = ["2/databse"]\nS3 = ["2/database", "3/erp"]\nS4 = ["2/database"]\n\n'
                   "[matrix.accounts]")  # fmt: skip

    line = line_of(text, 'S2 = ["2/databse"]')
    assert told(text) == [f"p.toml:{line}: matrix.payroll.S2: There is no team 'databse'; did you mean 'database'?"]
    with pytest.raises(Refused, match="did you mean 'database'"):
        read(text, "p.toml")


def test_names_that_lead_nowhere_are_told_together_with_other_errors() -> None:
    text = changed("[matrix.payroll]", "[matrix.payrol]").replace("threshold = 9", "threshold = -1")

    errors = [fault.key for fault in faults(text, "p")]
    assert errors == ["checklist.threshold", "matrix.payrol"]


def test_no_name_is_doubted_while_the_names_themselves_are_wrong() -> None:
    text = changed("[team.people]", "[team.people]\nnmae = 3").replace('"4/people"', '"4/nobody"')

    assert [fault.key for fault in faults(text, "p")] == ["team.people.nmae"]


def test_lint_and_notes_do_not_stop_a_policy_from_being_read() -> None:
    text = changed("threshold = 9", "threshold = 19")

    (fault,) = faults(text, "p")
    assert (fault.grade, fault.line) == (Grade.LINT, line_of(text, "threshold"))
    assert read(text, "p").checklist.threshold == 19


def test_what_may_be_left_out_has_a_default() -> None:
    start, end = (
        SAMPLE.index("[stop.safety]"),
        SAMPLE.index("# ---------------------------------------------------------------- where"),
    )
    text = SAMPLE[:start] + SAMPLE[end : SAMPLE.index("[skip]")]
    text = text.replace("labels = {", 'labels = { "x" = "S4" } # {')

    policy = read(text, "p")

    assert (policy.stops, policy.guards, policy.skip_level) == ((), (), frozenset())
    assert (dict(policy.override_reasons), policy.brief_requires) == ({}, ())
    assert dict(policy.labels) == {"x": Severity.S4}


def test_a_row_of_the_matrix_may_leave_severities_to_the_row_for_all_others() -> None:
    text = changed('[matrix.printing]\nS1 = ["2/workplace", "3/platform", "4/duty"]\n', "[matrix.printing]\n")

    assert told(text) == []
    assert read(text, "p").matrix.path("printing", Severity.S1) == read(SAMPLE, "p").matrix.path("", Severity.S1)
