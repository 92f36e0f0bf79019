"""What the lint finds in rules and ladders, and what it rightly leaves alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from console.domain.calendar import ALWAYS, Calendar
from console.domain.case import Severity
from console.domain.matrix import Matrix, Target
from console.domain.policy import Party, Policy, Team
from console.domain.policy_finding import Grade
from console.domain.rule_lint import rule_findings
from console.domain.timing import ClockName, Count, Ladder, LadderStep, Rule, RuleAct, Timing
from console.domain.timing import Target as ClockTarget
from tests.builders import a_policy

S1, S2, S3, S4 = Severity
HOUR = timedelta(hours=1)
OFFICE = Calendar("office", week=(((480, 1020),),) * 5 + ((), ()))
ROUND_THE_CLOCK = ClockTarget(clock=ClockName.RESPONSE, within=HOUR, calendar=ALWAYS.id, severity=S1)
CALENDARS = {each.id: each for each in (ALWAYS, OFFICE)}


def a_rule(when: str = "status:new", do: RuleAct = RuleAct.NOTIFY, **facts: Any) -> Rule:  # noqa: ANN401 - any field
    """Give a rule."""
    return Rule(id="r", says="r", when=when, do=do, **({"calendar": ""} | facts))


def a_step(*to: str, **facts: Any) -> LadderStep:  # noqa: ANN401 - any field of a step
    """Give a step, by default an hour after the one before it."""
    return LadderStep(to=to, **({"after": HOUR} | facts))


def a_ladder(*steps: LadderStep, **facts: Any) -> Ladder:  # noqa: ANN401 - any field of a ladder
    """Give a ladder."""
    return Ladder(steps=steps, **({"id": "l", "calendar": ""} | facts))


def a_desk(*parts: Rule | Ladder, targets: tuple[ClockTarget, ...] = (), **facts: Any) -> Policy:  # noqa: ANN401
    """Give a policy with these rules and ladders."""
    timing = Timing(
        calendars=CALENDARS, calendar=OFFICE.id, targets=targets,
        rules=tuple(each for each in parts if isinstance(each, Rule)),
        ladders=tuple(each for each in parts if isinstance(each, Ladder)),
    )  # fmt: skip
    return a_policy(timing=timing, **facts)


def found(policy: Policy) -> list[tuple[str, str, Grade]]:
    """Give what is said, with the key behind the id of the rule or ladder."""
    return [(".".join(map(str, each.path[2:])), each.sentence, each.grade) for each in rule_findings(policy)]


ACTS = [
    (a_rule(to=("owner", "2/database", "3@vendor")), "to.2", "The contact of vendor has no mail address", Grade.LINT),
    (a_rule(to=("owner", "owner")), "to.1", "'owner' stands here twice", Grade.LINT),
    (a_rule(to=("2/databse",)), "to.0", "There is no team 'databse'; did you mean 'database'?", Grade.ERROR),
    (a_rule(to=("2/lab",)), "to.0", "Team lab is in tier 3, not in tier 2; write 3/lab.", Grade.ERROR),
    (a_rule(to=("9",)), "to.0", "9 leads to tier 9, which does not exist", Grade.ERROR),
    (a_rule(to=("3@vender",)), "to.0", "There is no party 'vender'; did you mean 'vendor'?", Grade.ERROR),
    (
        a_rule(to=("Lena Brandt",)),
        "to.0",
        "'Lena Brandt' is nobody that can be told; write one of handler",
        Grade.ERROR,
    ),
    (a_rule(to=("Manager",)), "to.0", "'Manager' is nobody that can be told; did you mean 'manager'?", Grade.ERROR),
    (a_rule(to=("handeler",)), "to.0", "'handeler' is taken for a person's name; did you mean 'handler'?", Grade.LINT),
    (a_rule(do=RuleAct.ESCALATE, to=("owner",)), "to", "An escalation goes along the matrix, or to one", Grade.ERROR),
    (a_rule(do=RuleAct.ESCALATE, to=("2", "4")), "to", "An escalation goes along the matrix, or to one", Grade.ERROR),
    (a_rule(do=RuleAct.ESCALATE, to=("1",)), "to", "1 is where cases come in; an escalation goes up.", Grade.ERROR),
    (a_rule(do=RuleAct.REASSIGN), "to", "A case can be reassigned to one person or one place inside.", Grade.ERROR),
    (a_rule(do=RuleAct.REASSIGN, to=("ada", "bo")), "to", "A case can be reassigned to one person", Grade.ERROR),
    (a_rule(do=RuleAct.RAISE, to=("ada",)), "to", "To raise tells nobody; remove it", Grade.LINT),
    (a_rule(do=RuleAct.TAG), "", "It says no tags; name them in tags.", Grade.ERROR),
    (a_rule(tags=("x",)), "tags", "Tags are not set to notify", Grade.LINT),
    (a_rule(remind=HOUR), "remind", "Only before an escalation somebody is reminded", Grade.LINT),
    (a_rule(do=RuleAct.ESCALATE, held=HOUR, remind=HOUR), "remind", "The reminder needs time", Grade.LINT),
    (a_rule(every=HOUR), "every", "It fires once all the same; say how often in times.", Grade.LINT),
    (a_rule(times=2), "times", "It fires once all the same; say how long between in every.", Grade.LINT),
]


@pytest.mark.parametrize(("rule", "key", "sentence", "grade"), ACTS)
def test_what_a_rule_gets_wrong_is_found(rule: Rule, key: str, sentence: str, grade: Grade) -> None:
    ((where, says, weight),) = found(a_desk(rule))
    assert (where, weight) == (key, grade)
    assert says.startswith(sentence)


def test_reassigning_to_a_party_is_an_error() -> None:
    told = found(a_desk(a_rule(do=RuleAct.REASSIGN, to=("3@vendor",))))
    assert ("to", "A case can be reassigned to one person or one place inside.", Grade.ERROR) in told


@pytest.mark.parametrize("to", ["ada", "manager", "2/database", "2"])
def test_reassigning_to_one_person_or_place_is_right(to: str) -> None:
    assert found(a_desk(a_rule(do=RuleAct.REASSIGN, to=(to,)))) == []


QUERIES = [
    ("owner:me", "'owner:me' depends on who asks"),
    ("team:mine", "'team:mine' depends on who asks"),
    ("has:draft", "'has:draft' depends on who asks"),
    ("category:chekout", "There is no category 'chekout'; did you mean 'checkout'?"),
    ("-team:databse", "There is no team 'databse'; did you mean 'database'?"),
    ("tier:7", "There is no tier '7'; known are 1, 2, 3, 4."),
    ("stop:safty", "There is no stop 'safty'; did you mean 'safety'?"),
    ("status:new status:open", "meets 'status:new' and 'status:open'."),
    ("status:closed", "meets 'status:closed'."),
    ("live:no", "meets 'live:no'."),
    ("merged:yes", "meets 'merged:yes'."),
    ("severity:S1 (severity:S2 or severity:S3)", "meets 'severity:S1' and 'severity:S2'."),
    ("severity>=S2 -severity<=S2 severity:S2", "meets 'severity>=S2', '-severity<=S2' and 'severity:S2'."),
    ("tier>4", "meets 'tier>4'."),
    ("team:database -team:database", "meets 'team:database' and '-team:database'."),
    ("affected>50 affected<10", "meets 'affected>50' and 'affected<10'."),
    ("attempts<0", "meets 'attempts<0'."),
    ("impact:5", "meets 'impact:5'."),
    ("age>3d age<1d", "meets 'age>3d' and 'age<1d'."),
    ("age>3d created<1d", "meets 'age>3d' and 'created<1d'."),
    ("age<0min", "meets 'age<0min'."),
    ("due:none due<1h", "meets 'due:none' and 'due<1h'."),
    ("due:2026-12-01 due<2026-11-30", "meets 'due:2026-12-01' and 'due<2026-11-30'."),
    ("handler:none handler:bo", "meets 'handler:none' and 'handler:bo'."),
    ("tag:vip -tag:vip", "meets 'tag:vip' and '-tag:vip'."),
    ("title:disk -title:is", "meets 'title:disk' and '-title:is'."),
    ("sent:none sent:ada", "meets 'sent:none' and 'sent:ada'."),
    ("escalation:sent escalation:accepted", "meets 'escalation:sent' and 'escalation:accepted'."),
    ("confidential:yes confidential:no", "meets 'confidential:yes' and 'confidential:no'."),
    ("decision:escalate decision:none", "meets 'decision:escalate' and 'decision:none'."),
]


@pytest.mark.parametrize(("when", "sentence"), QUERIES)
def test_a_query_that_means_nothing_in_a_rule_is_an_error(when: str, sentence: str) -> None:
    told = found(a_desk(a_rule(when)))
    assert told
    assert {(where, grade) for where, _, grade in told} == {("when", Grade.ERROR)}
    assert sentence in told[0][1]


@pytest.mark.parametrize(
    "when",
    [
        "", "status:new or status:closed", "-status:new", "late:yes", "late:no status:waiting", "severity>=S2 tier:2",
        "age>1d age<3d", "created<2026-12-01", "created>=2026-11-01 age>1min", "due<2h -due<1h", "due>=2026-12-01",
        "affected:none", "affected>50 impact:1", "tag:vip tag:eu", "title:disk -title:tape", "requester:none",
        "handler:none owner:bo", "sent:ada", "sent:none", "has:brief -has:note", "advice:escalate", '"disk full"',
        "returned<1d", "-(status:new severity:S1)", "stop:none", "team:none category:none", "duplicate_of:none",
    ],
)  # fmt: skip
def test_a_query_that_may_hold_is_left_alone(when: str) -> None:
    assert found(a_desk(a_rule(when))) == []


def test_a_query_of_too_many_ways_is_taken_to_hold() -> None:
    either = " ".join(f"(affected:{number} or impact:{number % 4 + 1})" for number in range(10))
    assert found(a_desk(a_rule(f"{either} status:closed"))) == []


def test_an_escalation_without_a_way_up_for_some_cases_is_found() -> None:
    cells = {("*", severity): (Target(2, "database"),) for severity in Severity} | {("network", S4): ()}
    policy = a_desk(a_rule("tier<3", RuleAct.ESCALATE), matrix=Matrix(cells))
    low = a_desk(a_rule("category:network", RuleAct.ESCALATE), matrix=Matrix(cells))

    assert [says.split(";")[0] for _, says, _ in found(policy)] == [
        "There is no way up for no category S1, no category S2, no category S3, no category S4 and others"
    ]
    assert [says.split(";")[0] for _, says, _ in found(low)] == ["There is no way up for network S4"]
    assert found(a_desk(a_rule("-category:network", RuleAct.ESCALATE), matrix=Matrix(cells))) == []
    assert found(a_desk(a_rule("category:network severity<S4", RuleAct.ESCALATE), matrix=Matrix(cells))) != []
    assert found(a_desk(a_rule("category:network severity>S4", RuleAct.ESCALATE), matrix=Matrix(cells))) == []


def test_an_escalation_to_a_place_needs_no_way() -> None:
    cells = {("*", severity): () for severity in Severity}
    assert found(a_desk(a_rule("", RuleAct.ESCALATE, to=("4",)), matrix=Matrix(cells))) == []


def test_who_waits_for_opening_hours_where_a_severity_is_promised_round_the_clock_is_found() -> None:
    rule = a_rule("severity:S1", held=HOUR)
    policy = a_desk(rule, targets=(ROUND_THE_CLOCK,))

    assert [(where, grade) for where, _, grade in found(policy)] == [("", Grade.LINT)]
    assert found(policy)[0][1] == (
        "The response of S1 counts round the clock, but this waits for the hours of office, and until then nobody hears"
        ' of it; write count = "wall".'
    )
    for other in (
        a_rule("severity:S1", held=HOUR, count=Count.WALL), a_rule("severity:S1", held=HOUR, calendar=ALWAYS.id),
        a_rule("severity:S2", held=HOUR), a_rule("severity:S1"), a_rule("status:new", held=HOUR),
        a_rule("severity:S1", held=HOUR, calendar="unheard-of"),
    ):  # fmt: skip
        assert found(a_desk(other, targets=(ROUND_THE_CLOCK,))) == []


LADDERS = [
    (a_ladder(), "", "It has no steps; add one as [[ladder.l.step]].", Grade.ERROR),
    (a_ladder(a_step()), "step.0.to", "This names nobody.", Grade.ERROR),
    (a_ladder(a_step("up"), a_step("4", after=timedelta(0))), "step.1", "It comes together with the step", Grade.LINT),
    (
        a_ladder(a_step("up", after=timedelta(0)), gentle=HOUR),
        "step.0",
        "It comes together with the gentle",
        Grade.LINT,
    ),
    (a_ladder(a_step("receiver"), a_step("manager")), "", "Every step goes to whoever was asked already", Grade.LINT),
    (a_ladder(a_step("owner", everyone=True)), "step.0.everyone", "'owner' is one person", Grade.LINT),
    (a_ladder(a_step("bo", everyone=True)), "step.0.everyone", "'bo' is one person", Grade.LINT),
    (a_ladder(a_step("up", repeat=2)), "step.0.repeat", "How long between is missing", Grade.ERROR),
    (a_ladder(a_step("up", every=HOUR)), "step.0.every", "It is never said again", Grade.LINT),
    (a_ladder(a_step("upp")), "step.0.to.0", "'upp' is taken for a person's name; did you mean 'up'?", Grade.LINT),
]


@pytest.mark.parametrize(("ladder", "key", "sentence", "grade"), LADDERS)
def test_what_a_ladder_gets_wrong_is_found(ladder: Ladder, key: str, sentence: str, grade: Grade) -> None:
    told = [each for each in found(a_desk(ladder)) if not each[1].startswith("No ladder holds")]
    assert [(where, weight) for where, _, weight in told if where == key] == [(key, grade)]
    assert next(says for where, says, _ in told if where == key).startswith(sentence)


def test_a_ladder_without_faults_is_left_alone() -> None:
    first = a_step("receiver", after=timedelta(0))
    second = a_step("team", everyone=True, repeat=1, every=HOUR)
    assert found(a_desk(a_ladder(first, second, a_step("up", "4", "3/lab", everyone=True)))) == []


def test_a_ladder_behind_one_that_holds_for_all_of_its_cases_is_found() -> None:
    every = a_ladder(a_step("up"), id="every")
    urgent = a_ladder(a_step("4"), id="urgent", severities=frozenset({S1}))

    assert [says for _, says, _ in found(a_desk(every, urgent))] == [
        "No case is left for it: ladders before it hold for all of its own; put it before them."
    ]
    assert found(a_desk(urgent, every)) == []


def test_severities_and_categories_without_a_ladder_are_found() -> None:
    urgent = a_ladder(a_step("up"), severities=frozenset({S1, S2}))
    network = a_ladder(a_step("up"), id="n", severities=frozenset({S3}), categories=frozenset({"network"}))

    assert [says for _, says, _ in found(a_desk(urgent, network))] == [
        "No ladder holds for S3 checkout or no category, so what nobody answers goes quiet there.",
        "No ladder holds for S4, so what nobody answers goes quiet there.",
    ]
    assert found(a_desk()) == []


def test_a_ladder_for_a_category_that_does_not_exist_is_an_error() -> None:
    ladders = a_ladder(a_step("up"), categories=frozenset({"netwrok"})), a_ladder(a_step("up"), id="every")
    assert found(a_desk(*ladders))[0] == (
        "categories", "There is no category 'netwrok'; did you mean 'network'?", Grade.ERROR,
    )  # fmt: skip


def test_a_ladder_that_sleeps_at_night_is_found_where_the_clock_does_not() -> None:
    ladder = a_ladder(a_step("team", count=Count.WALL), a_step("up"), a_step("4", after=timedelta(0)))
    for other in (ladder, a_ladder(*ladder.steps, calendar="office")):
        told = [each for each in found(a_desk(other, targets=(ROUND_THE_CLOCK,))) if "round the clock" in each[1]]
        assert [where for where, _, _ in told] == ["step.1"]
    awake = a_ladder(*ladder.steps[:2], calendar=ALWAYS.id)
    mild = a_ladder(*ladder.steps[:2], severities=frozenset({S2}))
    for other in (awake, mild):
        told = found(a_desk(other, a_ladder(a_step("up", count=Count.WALL), id="x"), targets=(ROUND_THE_CLOCK,)))
        assert not [each for each in told if "round the clock" in each[1]]


def test_opening_hours_that_fall_short_of_those_of_the_clock_are_found() -> None:
    office = Calendar("office", "Europe/Berlin", OFFICE.week)
    short = Calendar("short", "Europe/Berlin", (((600, 900),), *OFFICE.week[1:]))
    saturdays = Calendar("long", "Europe/Berlin", (*OFFICE.week[:5], ((540, 780),), ()))
    target = replace(ROUND_THE_CLOCK, severity=None, calendar="long")
    calendars = {ALWAYS.id: ALWAYS, "office": office, "long": saturdays, "short": short}
    policy = a_desk(a_ladder(a_step("up", after=timedelta(0)), gentle=HOUR), targets=(target,))
    policy = replace(policy, timing=replace(policy.timing, calendars=calendars))

    told = [says for where, says, _ in found(policy) if where == "step.0" and "hours of office" in says]

    assert len(told) == 1
    assert told[0].startswith(
        "The response of S1 counts on Saturday at 09:00, for one, but this waits for the hours of"
    )
    for other in (
        replace(target, calendar="office"), replace(target, organisation="ACME"), replace(target, calendar="none"),
        replace(target, clock=ClockName.REVIEW), replace(target, calendar="short"),
    ):  # fmt: skip
        covered = replace(policy, timing=replace(policy.timing, targets=(other,)))
        assert not [says for _, says, _ in found(covered) if "hours of office" in says]


def test_a_party_with_a_mail_address_can_be_told_and_a_manager_may_be_called_anything() -> None:
    teams = (Team("database", "Databases", 2, manager="owners"), Team("network", "Networks", 2))
    policy = a_desk(a_rule(to=("3@vendor", "owners")), teams=teams, parties=(Party("vendor", "V", "help@v.example"),))
    assert found(policy) == []
