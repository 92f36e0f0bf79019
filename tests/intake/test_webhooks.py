"""Webhooks of Alertmanager and PagerDuty become cases, and what tells of the same incident is one case."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from console.domain.events import Kind
from console.intake import reports
from console.intake.moments import moment
from tests.intake.files import take

FIRING = {
    "status": "firing", "labels": {"alertname": "HighLoad", "instance": "db1", "severity": "critical"},
    "annotations": {"summary": "Load is high", "runbook": "look"}, "startsAt": "2020-02-06T00:17:58.432911368Z",
    "endsAt": "0001-01-01T00:00:00Z", "fingerprint": "a1", "generatorURL": "http://x/graph",
}  # fmt: skip
ENDED = FIRING | {"status": "resolved", "endsAt": "2020-02-06T01:00:00Z"}


def a_group(*alerts: object, **facts: Any) -> dict[str, Any]:  # noqa: ANN401 - any key
    return {"version": "4", "groupKey": "{}", "receiver": "ops", "status": "firing", "alerts": list(alerts)} | facts


def an_event(kind: str, at: str, **data: Any) -> dict[str, Any]:  # noqa: ANN401 - any key of an incident
    incident = {
        "id": "Q1", "title": "Checkout slow", "created_at": "2026-04-01T02:07:30Z", "service": {"summary": "Shop"},
        "priority": {"summary": "P1"}, "urgency": "high", "html_url": "https://x/Q1",
    }  # fmt: skip
    return {"event": {
        "event_type": kind, "occurred_at": at, "agent": {"summary": "Ann"}, "data": incident | data,
    }}  # fmt: skip


def test_an_alert_is_a_case(tmp_path: Path) -> None:
    found = take(tmp_path, json.dumps(a_group(FIRING, FIRING | {"fingerprint": "b2"})))

    assert found.format == "alertmanager"
    first, second = found.arrivals
    assert (first.source, first.ref) == ("alertmanager", "a1@2020-02-06T00:17:58.432911+00:00")
    assert (first.title, first.severity, first.requester) == ("HighLoad: Load is high (db1)", "S1", "ops")
    assert first.body.splitlines() == [
        "summary: Load is high", "runbook: look", "alertname: HighLoad", "instance: db1", "severity: critical",
        "http://x/graph",
    ]  # fmt: skip
    assert [step.kind for step in first.steps] == [Kind.OPENED]
    assert second.ref.startswith("b2@")


def test_its_end_resolves_it_and_what_fires_anew_is_another_case(tmp_path: Path) -> None:
    again = FIRING | {"startsAt": "2020-02-07T00:00:00Z"}
    found = take(tmp_path, json.dumps([a_group(FIRING), a_group(ENDED), a_group(again)]))

    first, second = found.arrivals
    assert [(step.kind, step.at) for step in first.steps][1:] == [(Kind.RESOLVED, moment("2020-02-06T01:00:00Z"))]
    assert len(second.steps) == 1


def test_an_alert_that_fires_anew_is_about_the_same_and_one_that_says_no_end_ends_all_the_same(tmp_path: Path) -> None:
    again = FIRING | {"startsAt": "2020-02-07T00:00:00Z"}
    found = take(tmp_path, json.dumps([a_group(FIRING), a_group(again), a_group(again | {"status": "resolved"})]))

    first, second = found.arrivals
    assert first.about == second.about == "alert a1"
    assert [step.kind for step in second.steps] == [Kind.OPENED, Kind.RESOLVED]


def test_who_an_incident_was_reassigned_to_is_noted(tmp_path: Path) -> None:
    people = [{"summary": "Bo"}, {"summary": ""}, "nobody"]
    found = take(tmp_path, json.dumps([
        an_event("incident.reassigned", "2026-04-01T02:09:00Z", assignees=people),
        an_event("incident.reassigned", "2026-04-01T02:10:00Z", assignees="nobody"),
    ]))  # fmt: skip

    assert [step.text for step in found.arrivals[0].steps] == ["", "assigned to Bo", ""]


def test_older_versions_without_status_fingerprint_or_times_are_read(tmp_path: Path) -> None:
    bare = {"labels": {"job": "statsd"}, "annotations": {"name": 7, "x": True, "y": ""}, "startsAt": ""}
    group = a_group(bare, bare, version=0, groupKey=0, commonLabels={"zone": "1"}, status="resolved")
    (case,) = take(tmp_path, json.dumps(group)).arrivals
    assert (case.title, case.created, case.steps, case.status) == ("7 (statsd)", None, (), "resolved")
    assert case.item == "statsd"
    nameless = {"labels": {"zone": "1"}, "endsAt": "2020-01-01T00:00:00Z", "status": "resolved"}
    (case,) = take(tmp_path, json.dumps(a_group(nameless))).arrivals
    assert case.title.startswith("Alert ")
    assert [step.kind for step in case.steps] == [Kind.RESOLVED]


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"alerts": {}, "receiver": "x"}, "This is no webhook of Alertmanager: it holds no list of alerts."),
        (a_group("x"), "An alert here has no labels, so nothing tells it from others."),
        (a_group(*[{}] * 10_001), "This holds more than 10,000 alerts."),
    ],
)
def test_what_is_no_group_of_alerts_is_rejected(tmp_path: Path, document: object, reason: str) -> None:
    (reject,) = take(tmp_path, json.dumps(document), "alertmanager").rejects
    assert (reject.place, reject.number, reject.reason) == ("item", 1, reason)


def test_one_bad_alert_does_not_take_the_others_along(tmp_path: Path) -> None:
    found = take(tmp_path, json.dumps(a_group(FIRING, {}, FIRING | {"fingerprint": "b2"})))

    assert [case.ref[:2] for case in found.arrivals] == ["a1", "b2"]
    assert [reject.number for reject in found.rejects] == [1]


ACTIVE = FIRING | {"status": {"state": "active"}, "receivers": [{"name": "ops"}], "endsAt": "2020-02-06T00:22:00Z"}


@pytest.mark.parametrize(
    "answer",
    [
        [ACTIVE],
        {"status": "success", "data": [ACTIVE]},
        [{"labels": {"alertname": "HighLoad"}, "receiver": {"name": "ops"}, "alerts": [ACTIVE]}],
        {"alerts": [FIRING]},
    ],
)
def test_lists_of_alerts_are_read_as_a_webhook_is(tmp_path: Path, answer: object) -> None:
    found = take(tmp_path, json.dumps(answer))

    assert found.format == "alertmanager"
    (case,) = found.arrivals
    assert (case.ref, case.severity) == ("a1@2020-02-06T00:17:58.432911+00:00", "S1")
    assert [step.kind for step in case.steps] == [Kind.OPENED]


def test_alerts_that_prometheus_lists_have_their_own_words_for_the_same(tmp_path: Path) -> None:
    alert = {"labels": {"alertname": "Full"}, "annotations": {}, "state": "firing", "activeAt": "2020-02-06T00:17:58Z"}
    found = take(tmp_path, json.dumps({"status": "success", "data": {"alerts": [alert]}}))

    assert (found.format, found.arrivals[0].created) == ("alertmanager", moment("2020-02-06T00:17:58Z"))


INCIDENT = {
    "id": "Q1", "incident_number": 7, "title": "Checkout slow", "created_at": "2026-04-01T02:07:30Z",
    "status": "resolved", "last_status_change_at": "2026-04-01T03:00:00Z", "urgency": "high",
    "last_status_change_by": {"summary": "Ann"}, "service": {"summary": "Shop"}, "summary": "[#7] Checkout slow",
    "acknowledgements": [{"at": "2026-04-01T02:10:00Z", "acknowledger": {"summary": "Bo"}}],
}  # fmt: skip
NOW_TAKEN = INCIDENT | {"id": "Q2", "status": "acknowledged", "acknowledgements": []}


@pytest.mark.parametrize("answer", [{"incidents": [INCIDENT, NOW_TAKEN], "more": False}, [INCIDENT, NOW_TAKEN]])
def test_incidents_that_are_listed_have_the_past_that_the_list_tells(tmp_path: Path, answer: object) -> None:
    found = take(tmp_path, json.dumps(answer))

    assert found.format == "pagerduty"
    first, second = found.arrivals
    assert (first.ref, first.title, first.item) == ("Q1", "Checkout slow", "Shop")
    assert [(step.kind, step.by) for step in first.steps][1:] == [
        (Kind.OPENED, ""), (Kind.RESUMED, "Bo"), (Kind.RESOLVED, "Ann"),
    ]  # fmt: skip
    assert [step.kind for step in second.steps][1:] == [Kind.OPENED, Kind.RESUMED]
    assert take(tmp_path, json.dumps({"incident": INCIDENT})).arrivals[0].ref == "Q1"


def test_older_webhooks_of_pagerduty_tell_the_same(tmp_path: Path) -> None:
    entry = {"agent": {"summary": "Ann"}, "channel": {"details": "It burns"}}
    second = {"event": "incident.trigger", "incident": INCIDENT, "log_entries": [entry]}
    subject = {"id": "Q9", "incident_number": 9, "trigger_summary_data": {"subject": "Old"}, "service": {"name": "S"}}
    first = {"type": "incident.resolve", "data": {"incident": subject}, "created_on": "2026-04-01T04:00:00Z"}
    messages = [second | {"created_on": "2026-04-01T02:07:30Z"}, first, {"event": "incident.trigger"}]
    found = take(tmp_path, json.dumps({"messages": [*messages, {"event": "service.x", "incident": {"id": "Q0"}}]}))

    assert (found.format, len(found.rejects)) == ("pagerduty", 1)
    one, other = found.arrivals
    assert (one.title, [(step.kind, step.by, step.text) for step in one.steps][1:]) == (
        "Checkout slow", [(Kind.OPENED, "Ann", "It burns")],
    )  # fmt: skip
    assert (other.title, other.item, other.steps[-1].kind) == ("Old", "S", Kind.RESOLVED)


def test_the_log_of_an_incident_is_its_past(tmp_path: Path) -> None:
    about = {"incident": {"id": "Q1", "summary": "[#7] Checkout slow"}, "service": {"summary": "Shop"}}
    told = ("trigger", "notify", "acknowledge", "escalate", "annotate")
    entries = [
        about | {"type": f"{kind}_log_entry", "created_at": f"2026-04-01T02:0{at}:00Z", "channel": {"summary": "x"}}
        for at, kind in enumerate(told)
    ]
    found = take(tmp_path, json.dumps({"log_entries": [*entries, {"type": "other"}]}))

    assert (found.format, [reject.number for reject in found.rejects]) == ("pagerduty", [1])
    (case,) = found.arrivals
    assert (case.title, [(step.kind, step.text) for step in case.steps][1:]) == (
        "Checkout slow", [(Kind.OPENED, "x"), (Kind.RESUMED, ""), (Kind.ESCALATED, ""), (Kind.NOTED, "x")],
    )  # fmt: skip
    assert take(tmp_path, json.dumps(entries[0]), "pagerduty").arrivals[0].ref == "Q1"


def test_a_list_of_too_many_incidents_is_refused_whole(tmp_path: Path) -> None:
    found = take(tmp_path, json.dumps({"incidents": [{}] * 10_001}), "pagerduty")

    assert [reject.reason for reject in found.rejects] == [
        "This holds more than 10,000 of them; ask for them in pages."
    ]


def test_a_table_of_incidents_is_read(tmp_path: Path) -> None:
    table = (
        "id,incident_number,description,service_name,created_on,resolved_on,resolved_by_user_name,urgency\n"
        "Q1,7,Checkout slow,Shop,2026-04-01T02:07:30+00:00,2026-04-01T03:00:00+00:00,Ann,high\n"
        ",8,No id,Shop,2026-04-01T02:07:30+00:00,,,low\n"
        "Q3,9,,Shop,,2026-04-01T02:07:30+00:00,,low\n"
    )
    found = take(tmp_path, table)

    assert (found.format, [reject.number for reject in found.rejects]) == ("pagerduty", [3])
    first, third = found.arrivals
    assert (first.title, first.item, first.urgency, first.steps[-1].by) == ("Checkout slow", "Shop", 1, "Ann")
    assert (third.title, [step.kind for step in third.steps]) == ("Incident Q3", [Kind.RESOLVED])


def test_an_incident_is_a_case_with_its_past(tmp_path: Path) -> None:
    note = {"incident": {"id": "Q1", "summary": "Checkout slow"}, "content": "We look into it"}
    events = [
        an_event("incident.resolved", "2026-04-01T03:00:00Z", resolve_reason="fixed"),
        an_event("incident.triggered", "2026-04-01T02:07:31Z"),
        an_event("incident.escalated", "2026-04-01T02:20:00Z"),
        an_event("incident.acknowledged", "2026-04-01T02:10:00Z"),
        an_event("incident.annotated", "2026-04-01T02:11:00Z") | {},
        an_event("incident.priority_updated", "2026-04-01T02:12:00Z", priority={"summary": "P2"}),
        an_event("service.updated", "2026-04-01T02:12:00Z"),
    ]
    events[4]["event"]["data"] = note
    found = take(tmp_path, "\n".join(map(json.dumps, events)))

    assert (found.format, found.rejects) == ("pagerduty", [])
    (case,) = found.arrivals
    assert (case.source, case.ref, case.title, case.item) == ("pagerduty", "Q1", "Checkout slow", "Shop")
    assert (case.severity, case.urgency, case.created) == ("S1", 1, moment("2026-04-01T02:07:30Z"))
    assert [(step.kind, step.text, step.severity) for step in case.steps] == [
        (Kind.OPENED, "", ""), (Kind.OPENED, "", ""), (Kind.RESUMED, "", ""), (Kind.NOTED, "We look into it", ""),
        (None, "", "S2"), (Kind.ESCALATED, "", ""), (Kind.RESOLVED, "fixed", ""),
    ]  # fmt: skip
    assert {step.by for step in case.steps} == {"", "Ann"}
    assert case.body == "Shop\nhttps://x/Q1"


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"event": {"data": {}}}, "This is no webhook of PagerDuty: it holds no event with an event_type."),
        (an_event("incident.x", "2026-04-01T02:10:00Z", id=None), "The incident has no id"),
        (an_event("incident.x", "soon"), "No event of incident Q1 says when it occurred."),
    ],
)
def test_what_is_no_event_of_an_incident_is_rejected(tmp_path: Path, document: object, reason: str) -> None:
    (reject,) = take(tmp_path, json.dumps(document), "pagerduty").rejects
    assert reject.reason.startswith(reason)


def test_an_incident_without_a_title_is_called_by_its_number(tmp_path: Path) -> None:
    bare = an_event(
        "incident.triggered", "2026-04-01T02:10:00Z", title=None, created_at=None, service=None, html_url=None
    )
    (case,) = take(tmp_path, json.dumps(bare)).arrivals
    assert (case.title, case.body, case.created) == ("Incident Q1", "", moment("2026-04-01T02:10:00Z"))


def test_what_is_told_too_often_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "MOST", 1)
    found = take(tmp_path, json.dumps([a_group(FIRING), a_group(ENDED), a_group(FIRING | {"fingerprint": "b"})]))
    assert (len(found.arrivals), found.rejects[0].reason[:36]) == (1, "Incident a1@2020-02-06T00:17:58.4329")


def test_a_document_that_is_none_is_rejected_in_its_place(tmp_path: Path) -> None:
    found = take(tmp_path, f"[{json.dumps(a_group(FIRING))}, NaN, 7]", "alertmanager")
    assert len(found.arrivals) == 1
    assert [reject.number for reject in found.rejects] == [2, 3]
