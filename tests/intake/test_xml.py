"""XML exports of Jira and ServiceNow are read record by record; what is hostile or broken in them is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.domain.arrival import Voice
from console.intake import xml_records
from console.intake.moments import moment
from tests.intake.files import take

ISSUE = """<item><title>[OPS-7] Login fails</title><project id="1" key="OPS">Operations</project>
<description>&lt;p&gt;Nobody can &lt;b&gt;sign&lt;/b&gt; in.&lt;/p&gt;</description><environment/>
<key id="10">OPS-7</key><summary>Login fails &amp; hangs</summary><type id="1">Incident</type>
<priority id="1">Highest</priority><status id="1">Done</status><statusCategory id="3" key="done"/>
<resolution id="1">Fixed</resolution><assignee username="-1">Unassigned</assignee>
<reporter username="ada">Ada Holm</reporter><labels><label>vpn</label></labels><component>Gateway</component>
<created>Mon, 5 Jan 2026 08:00:00 +0100</created><updated>Tue, 6 Jan 2026 09:30:00 +0000</updated><due/>
<comments><comment id="21" author="bo" created="Mon, 5 Jan 2026 09:00:00 +0000">&lt;p&gt;On it&lt;/p&gt;</comment>
<comment id="22" author="ada" grouplevel="" created="Mon, 5 Jan 2026 10:00:00 +0000">Thanks</comment>
<comment id="23" author="bo" grouplevel="staff" created="Mon, 5 Jan 2026 11:00:00 +0000">Inside</comment>
</comments></item>"""
JIRA = f'<?xml version="1.0" encoding="UTF-8"?><rss version="0.92"><channel><title>x</title>{ISSUE}</channel></rss>'
RECORD = """<incident action="INSERT_OR_UPDATE"><number>INC7</number><short_description>Mail down</short_description>
<caller_id display_value="Ada">6816</caller_id><state>2</state><impact>1</impact><urgency>2</urgency>
<opened_at>2026-01-05 08:00:00</opened_at></incident>"""
UNLOAD = f'<?xml version="1.0"?><unload unload_date="x">{RECORD}<sys_journal_field/>{RECORD}</unload>'


def test_issues_that_jira_exports_as_xml_come_in_as_those_of_its_interface(tmp_path: Path) -> None:
    found = take(tmp_path, JIRA)

    assert (found.format, found.rejects) == ("jira", [])
    (case,) = found.arrivals
    assert (case.ref, case.title, case.body) == ("OPS-7", "Login fails & hangs", "Nobody can sign in.")
    assert (case.requester, case.severity, case.status, case.resolution) == ("Ada Holm", "S1", "closed", "Fixed")
    assert (case.created, case.labels) == (moment("2026-01-05T07:00:00Z"), ("vpn", "Gateway"))
    assert [(each.by, each.voice, each.text) for each in case.messages][:3] == [
        ("bo", Voice.OUTBOUND, "On it"),
        ("Ada Holm", Voice.REQUESTER, "Thanks"),
        ("bo", Voice.INTERNAL, "Inside"),
    ]


def test_a_time_that_is_none_is_told_with_its_issue(tmp_path: Path) -> None:
    (reject,) = take(tmp_path, JIRA.replace("Tue, 6 Jan 2026 09:30:00 +0000", "soon")).rejects

    assert (reject.number, reject.reason) == (1, "updated is 'soon', but takes an ISO 8601 time.")


def test_an_unload_of_servicenow_shows_people_by_name_and_times_as_stored(tmp_path: Path) -> None:
    found = take(tmp_path, UNLOAD.replace("INC7", "INC8", 1))

    assert (found.format, [case.ref for case in found.arrivals]) == ("servicenow", ["INC8", "INC7"])
    case = found.arrivals[0]
    assert (case.requester, case.status, case.impact) == ("Ada", "open", 1)
    assert case.created == moment("2026-01-05T08:00:00Z")


def test_what_was_deleted_is_passed_over(tmp_path: Path) -> None:
    assert take(tmp_path, UNLOAD.replace("INSERT_OR_UPDATE", "DELETE")).arrivals == []


@pytest.mark.parametrize(
    ("text", "count", "reason"),
    [
        (UNLOAD[:-60], 1, "This is not XML: it cannot be read at line"),
        (UNLOAD.replace("<unload", '<!DOCTYPE a [<!ENTITY b "c">]><unload'), 0, "This XML declares a type"),
        (UNLOAD.replace('"1.0"', '"1.0" encoding="x-y"'), 0, "This"),
        (UNLOAD.replace("<state>", "<state>" + "<a>" * 60), 0, "This XML is nested more than 50"),
    ],
)
def test_broken_and_hostile_xml_ends_with_a_reason(tmp_path: Path, text: str, count: int, reason: str) -> None:
    found = take(tmp_path, text, "servicenow")

    assert len(found.arrivals) == count
    assert [reject.number for reject in found.rejects] == [count + 1]
    assert found.rejects[0].reason.startswith(reason)


def test_a_record_without_end_is_not_held_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_records, "MAX_RECORD", 600)
    monkeypatch.setattr(xml_records, "_PIECE", 100)
    long = UNLOAD.replace("Mail down", "Mail down" * 100, 1)

    (reject,) = take(tmp_path, long, "servicenow").rejects
    assert reject.reason == "A record is longer than 600 characters."
    assert len(take(tmp_path, UNLOAD, "servicenow").arrivals) == 2
