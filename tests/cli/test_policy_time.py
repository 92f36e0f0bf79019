"""What the policy says of time, as it is shown."""

from __future__ import annotations

from datetime import timedelta

from console.cli.policy_time import time_form, time_page
from console.domain.calendar import ALWAYS, Calendar
from console.domain.case import Severity
from console.domain.timing import ClockName, Count, Ladder, LadderStep, PingPong, Rule, RuleAct, Target, Timing

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
S1 = frozenset({Severity.S1})
TIMING = Timing(
    calendars={"always": ALWAYS, "office": Calendar("office", week=(((480, 1020),),) * 7)},
    calendar="office",
    targets=(
        Target(clock=ClockName.RESPONSE, within=90 * MINUTE, calendar="", severity=Severity.S2, organisation="ACME"),
        Target(clock=ClockName.RESPONSE, within=50 * HOUR, calendar="", tier=2),
        Target(clock=ClockName.CLOSURE, within=720 * HOUR, calendar="always"),
    ),
    rules=(
        Rule(id="up", says="Old", when="age>1d", do=RuleAct.ESCALATE, held=HOUR, calendar="", remind=5 * MINUTE),
        Rule(id="there", says="Odd", when="", do=RuleAct.REASSIGN, held=HOUR, count=Count.WALL, to=("2/database",)),
        Rule(id="nag", says="Slow", when="asks>0", do=RuleAct.REMIND, to=("owner", "bo"), every=24 * HOUR, times=3),
        Rule(id="mark", says="VIP", when="title:boss", do=RuleAct.TAG, tags=("vip",)),
    ),
    ladders=(
        Ladder(
            id="urgent", gentle=MINUTE, rounds=2, severities=S1, categories=frozenset({"checkout"}), calendar="",
            steps=(
                LadderStep(to=("team",), after=timedelta(0), everyone=True, repeat=2, every=5 * MINUTE),
                LadderStep(to=("up",), after=30 * MINUTE, skip_if_absent=True),
            ),
        ),
        Ladder(id="rest", steps=(LadderStep(to=("up",), after=HOUR),)),
    ),
    ping_pong=PingPong(3, timedelta(days=7)),
)  # fmt: skip


def test_the_page_says_it_in_words() -> None:
    assert list(time_page(TIMING)) == [
        "",
        "Clocks (warned at 50 %, 75 % and 100 %)",
        "  response      S2, ACME: 1 h 30 min of office",
        "  response      tier 2: 50 h of office",
        "  closure       every case: 4 w 2 d",
        "",
        "Rules",
        "  up                  Old: age>1d for 1 h of office -> escalate, with a reminder 5 min before",
        "  there               Odd: always for 1 h -> reassign to 2/database",
        "  nag                 Slow: asks>0 -> remind owner and bo, 3 times, 1 d apart",
        "  mark                VIP: title:boss -> tag vip",
        "",
        "Ladder urgent, S1 of checkout; 2 rounds",
        "  reminder after 1 min",
        "  1 at once: team; all must respond; said again twice, 5 min apart",
        "  2 after 30 min of office: up; passed over where nobody is there",
        "",
        "Ladder rest, every severity; 1 round",
        "  1 after 1 h: up",
        "",
        "Brake: 3 times back within 1 w",
    ]


def test_a_policy_that_says_nothing_of_time_has_no_page_of_it() -> None:
    assert list(time_page(Timing())) == []


def test_the_form_says_everything_in_seconds() -> None:
    form = time_form(TIMING)

    assert form["clocks"][0] == {
        "clock": "response", "within": 5400, "calendar": "office", "severity": "S2", "category": None,
        "organisation": "ACME", "tier": None,
    }  # fmt: skip
    assert form["rules"][0]["for"] == 3600
    assert form["rules"][0]["remind"] == 300
    assert form["ladders"][0]["steps"][0]["every"] == 300
    assert form["ladders"][0]["severities"] == ["S1"]
    assert form["ping_pong"] == {"bounces": 3, "within": 604800}
