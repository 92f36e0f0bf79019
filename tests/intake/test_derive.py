"""Derived facts: concluded from what stands there, never against it, and marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.arrival import Arrival
from console.domain.case import Severity
from console.intake import Rules, derive
from console.intake.affected import affected_in
from console.intake.derive import category_of, heard_in, severity_of

RULES = Rules.of(
    [("network", ["vpn", "wi-fi", "network down"]), ("payroll", ["payslip", "Lohn"]), ("other", ["printer", "vpn"])],
    {"Prod-Outage": Severity.S1, "nice to have": Severity.S4},
    [("safety", ["fire", "gas leak"]), ("breach", ["phishing"])],
)


@pytest.mark.parametrize(
    ("title", "body", "category"),
    [
        ("VPN drops", "", "network"),
        ("Hello", "the Wi-Fi is slow", "network"),
        ("Hello", "the network was down", ""),
        ("Hello", "our NETWORK DOWN again", "network"),
        ("Payslip missing", "vpn", "payroll"),
        ("Lohn", "", "payroll"),
        ("vpns lohnt payslips", "", ""),
        ("Nothing", "to see", ""),
    ],
)
def test_the_category_follows_from_whole_words(title: str, body: str, category: str) -> None:
    assert category_of(heard_in(Arrival(title, body=body)), RULES) == category


def test_labels_and_tags_speak_for_a_category_as_the_title_does() -> None:
    assert category_of(heard_in(Arrival("Help", body="vpn", labels=("payslip",))), RULES) == "payroll"


def test_ties_go_to_the_category_that_stands_first() -> None:
    assert category_of(heard_in(Arrival("vpn")), RULES) == "network"


@pytest.mark.parametrize(
    ("labels", "severity"),
    [
        (("bug",), ""),
        (("P1",), "S1"),
        (("p0",), "S1"),
        (("prio-3", "sev2"), "S2"),
        (("severity: high",), "S2"),
        (("priority/low",), "S4"),
        (("high-priority",), "S2"),
        (("critical",), "S1"),
        (("high",), ""),
        (("prod-OUTAGE", "P3"), "S1"),
        (("nice to have",), "S4"),
        (("S5", "p9", "priority: odd"), ""),
    ],
)
def test_severity_follows_from_labels_and_the_worst_counts(labels: tuple[str, ...], severity: str) -> None:
    assert severity_of(labels, RULES) == severity


@pytest.mark.parametrize(
    ("text", "affected"),
    [
        ("12 users cannot log in", 12),
        ("all 300 employees", 300),
        ("Outage affecting about 1,200 customers", 1200),
        ("3 of our 40 sites have no phone; 40 sites in all", 3),
        ("We have 500 employees, 12 users are affected", 12),
        ("We have 500 employees and 20 sites", None),
        ("Our 25 blue devices", 25),
        ("user 12 cannot log in", None),
        ("v2.12 users", None),
        ("-5 users", None),
        ("123456789012 users", None),
        ("Ticket 12\nusers wait", 12),
        ("nobody", None),
        ("99% of users", None),
    ],
)
def test_the_number_affected_is_taken_only_where_it_is_clear(text: str, affected: int | None) -> None:
    assert affected_in("Title", text) == affected


def test_the_title_says_it_before_the_body() -> None:
    assert affected_in("7 sites down", "12 users cannot log in") == 7


def test_what_is_derived_is_marked_and_what_is_stated_stays() -> None:
    bare = derive(Arrival("VPN down for 12 users", source="github", labels=("P2",)), RULES)
    stated = Arrival(
        "VPN down for 12 users", "jira", category="x", channel="phone", severity="S4", affected=1, tags=("P1",)
    )

    assert (bare.category, bare.channel, bare.severity, bare.affected) == ("network", "github", "S2", 12)
    assert bare.derived == {"category", "channel", "severity", "affected"}
    assert derive(stated, RULES) is stated


def test_stop_conditions_follow_from_their_words() -> None:
    found = derive(Arrival("Phishing", body="there is a Gas Leak, no gas", source="mail"), RULES)

    assert found.stops == ("breach", "safety")
    assert "stops" in found.derived
    assert derive(Arrival("gas"), RULES).stops == ()


def test_deriving_twice_changes_nothing() -> None:
    once = derive(Arrival("VPN down for 12 users", source="mail"), RULES)

    assert derive(once, RULES) == once


@given(st.text(max_size=300), st.text(max_size=300), st.lists(st.text(max_size=20)).map(tuple))
def test_no_text_makes_deriving_fail(title: str, body: str, labels: tuple[str, ...]) -> None:
    found = derive(Arrival(title, body=body, labels=labels), RULES)

    assert (found.title, found.body, found.labels) == (title, body, labels)
