"""Rules, ladders and the brake as a policy file has them; every fault with its line."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.domain.case import Severity
from console.domain.policy_file import faults, read
from console.domain.timing import Count, Ladder, LadderStep, PingPong, Rule, RuleAct, Timing
from tests.domain.test_policy_file import SAMPLE, line_of

PLAIN = SAMPLE[: SAMPLE.index("# ---------------------------------------------------------------- when time counts")]
"""The sample without anything about time."""

RULE = """
[rule.silent]
says = "Nobody says anything"
when = "severity:S1 status:new"
for = "15min"
do = "escalate"
"""
LADDER = """
[ladder.one]
severities = ["S1", "S2", "S3", "S4"]
[[ladder.one.step]]
to = ["team"]
after = "10min"
[[ladder.one.step]]
to = ["up"]
after = "1h"
"""


def timing(text: str) -> Timing:
    """Give what a policy with these tables says of time."""
    return read(PLAIN + text, "p.toml").timing


def told(text: str) -> list[str]:
    """Give what is said about these tables, without the file's name; lines count from their first."""
    above = PLAIN.count("\n")
    return [f"{fault.line - above}: {fault.key}: {fault.sentence}" for fault in faults(PLAIN + text, "p.toml")]


def test_a_policy_that_says_nothing_has_no_rules() -> None:
    found = timing("")
    assert (found.rules, found.ladders, found.ping_pong) == ((), (), PingPong())


def test_a_rule_is_read_whole() -> None:
    text = """
    [rule.nag]
    says = "Nag"
    when = "status:waiting"
    for = "2h"
    count = "wall"
    calendar = "always"
    do = "remind"
    to = ["owner", "2/database"]
    every = "1d"
    times = 3
    """
    assert timing(text).rules == (
        Rule(
            id="nag", says="Nag", when="status:waiting", do=RuleAct.REMIND, held=timedelta(hours=2), count=Count.WALL,
            calendar="always", to=("owner", "2/database"), every=timedelta(days=1), times=3,
        ),
    )  # fmt: skip


def test_what_a_rule_does_not_say_has_its_usual_value() -> None:
    (rule,) = timing(RULE).rules
    assert (rule.count, rule.calendar, rule.remind, rule.times) == (Count.BUSINESS, "", timedelta(0), 1)


def test_a_ladder_is_read_with_its_steps() -> None:
    text = """
    [ladder.steep]
    severities = ["S1"]
    categories = ["checkout"]
    gentle = "5min"
    rounds = 2
    calendar = "always"
    [[ladder.steep.step]]
    to = ["team", "manager"]
    after = "10min"
    count = "wall"
    skip_if_absent = true
    everyone = true
    repeat = 2
    every = "3min"
    """
    step = LadderStep(
        to=("team", "manager"), after=timedelta(minutes=10), count=Count.WALL, skip_if_absent=True, everyone=True,
        repeat=2, every=timedelta(minutes=3),
    )  # fmt: skip
    assert timing(text + LADDER).ladders[0] == Ladder(
        id="steep", steps=(step,), severities=frozenset({Severity.S1}), categories=frozenset({"checkout"}),
        gentle=timedelta(minutes=5), rounds=2, calendar="always",
    )  # fmt: skip


def test_rules_and_ladders_stand_in_the_order_of_the_file() -> None:
    found = timing(RULE + LADDER + RULE.replace("silent", "again") + LADDER.replace("one", "another"))
    assert [rule.id for rule in found.rules] == ["silent", "again"]
    assert [ladder.id for ladder in found.ladders] == ["one", "another"]


def test_the_brake_is_on_once_it_says_after_how_many() -> None:
    assert timing("[ping_pong]\nbounces = 3").ping_pong == PingPong(3, timedelta(days=7))
    assert timing('[ping_pong]\nbounces = 2\nwithin = "2d"').ping_pong == PingPong(2, timedelta(days=2))


RULE_FAULTS = [
    ('says = "Nobody says anything"', "", 2, "rule.silent.says", "This is missing"),
    ('when = "severity:S1 status:new"', "", 2, "rule.silent.when", "This is missing"),
    ("severity:S1", "severty:S1", 4, "rule.silent.when", "there is no field severty; did you mean severity?"),
    ("status:new", "(status:new", 4, "rule.silent.when", "this bracket is not closed"),
    ("status:new", "in:mine", 4, "rule.silent.when", "A rule cannot name a saved view"),
    ("15min", "soon", 5, "rule.silent.for", "'soon' is not a time"),
    ("15min", "0min", 5, "rule.silent.for", "'0min' is not a time"),
    ('"escalate"', '"excalate"', 6, "rule.silent.do", "'excalate' is not known here; did you mean 'escalate'?"),
    ('do = "escalate"', "", 2, "rule.silent.do", "This is missing"),
    ('do = "escalate"', 'do = "escalate"\ncount = "busy"', 7, "rule.silent.count", "known are business, wall."),
    ('do = "escalate"', 'do = "escalate"\ncalendar = "of"', 7, "rule.silent.calendar", "There is no calendar 'of'"),
    ('do = "escalate"', 'do = "escalate"\ntimes = 0', 7, "rule.silent.times", "This is 0; it must be 1 or more."),
    ('do = "escalate"', 'do = "escalate"\nto = [7]', 7, "rule.silent.to[0]", "This must be a text"),
    ('do = "escalate"', 'do = "escalate"\nfro = ""', 7, "rule.silent.fro", "There is no key 'fro' here"),
    ("[rule.silent]", "[rule.Silent]", 2, "rule.Silent", "'Silent' is not an id"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "key", "sentence"), RULE_FAULTS)
def test_a_fault_in_a_rule_is_told_at_its_line(old: str, new: str, line: int, key: str, sentence: str) -> None:
    assert RULE.count(old) == 1
    (fault,) = told(RULE.replace(old, new))
    assert fault.startswith(f"{line}: {key}: ")
    assert sentence in fault


LADDER_FAULTS = [
    ('"S4"]', '"S5"]', 3, "ladder.one.severities[3]", "'S5' is not known here; known are S1, S2, S3, S4."),
    ('to = ["up"]', "", 7, "ladder.one.step[1].to", "This is missing; it takes a list."),
    ('"1h"', '"1 hour"', 9, "ladder.one.step[1].after", "'1 hour' is not a time"),
    ('to = ["up"]', 'to = ["up"]\neveryone = "yes"', 9, "ladder.one.step[1].everyone", "This must be true or false."),
    ('to = ["up"]', 'to = ["up"]\nrepeat = -1', 9, "ladder.one.step[1].repeat", "This is -1; it must be 0 or more."),
    ('to = ["up"]', 'to = ["up"]\nnow = 1', 9, "ladder.one.step[1].now", "There is no key 'now' here"),
    ("[ladder.one]", "[ladder.one]\nrounds = 0", 3, "ladder.one.rounds", "This is 0; it must be 1 or more."),
    ("[ladder.one]", "[ladder.one]\ncalendar = 'x'", 3, "ladder.one.calendar", "There is no calendar 'x'"),
    ("[ladder.one]", "[ladder.one]\ntop = 1", 3, "ladder.one.top", "There is no key 'top' here"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "key", "sentence"), LADDER_FAULTS)
def test_a_fault_in_a_ladder_is_told_at_its_line(old: str, new: str, line: int, key: str, sentence: str) -> None:
    assert LADDER.count(old) == 1
    (fault,) = told(LADDER.replace(old, new))
    assert fault.startswith(f"{line}: {key}: ")
    assert sentence in fault


OTHER_FAULTS = [
    ("[ladder.one]\nstep = [1]", "3: ladder.one.step[0]: This must be a table."),
    ("[ladder.one]\nstep = 1", "3: ladder.one.step: This must be a list."),
    ("[ping_pong]\nwithin = '1d'", "2: ping_pong.bounces: This is missing; it takes a whole number."),
    ("[ping_pong]\nbounces = 0", "3: ping_pong.bounces: This is 0; it must be 1 or more."),
    ("[ping_pong]\nbounces = 1\nwithin = 'x'", "4: ping_pong.within: 'x' is not a time such as 30min, 4h, 3d or 1w."),
    (
        "[ping_pong]\nbounces = 1\nbounce = 1",
        "4: ping_pong.bounce: There is no key 'bounce' here; did you mean 'bounces'?",
    ),
]


@pytest.mark.parametrize(("text", "fault"), OTHER_FAULTS)
def test_other_faults_have_their_lines_too(text: str, fault: str) -> None:
    assert fault in told(f"\n{text}")


def test_the_sample_has_rules_of_every_useful_kind() -> None:
    found = read(SAMPLE, "p.toml").timing

    assert {rule.do for rule in found.rules} >= {RuleAct.ESCALATE, RuleAct.REMIND, RuleAct.NOTIFY, RuleAct.TAG}
    assert [ladder.id for ladder in found.ladders] == ["urgent", "standard"]
    assert found.ping_pong.bounces == 3
    assert line_of(SAMPLE, "[ping_pong]") > line_of(SAMPLE, "[rule.")
