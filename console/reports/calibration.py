"""Calibration: whether what was recommended and what was decided agree with each other and with what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from console.desk.calibration import decided
from console.desk.desk import Desk
from console.domain.calibration import Agreement, Decision, told_apart
from console.domain.checklist import FACTORS
from console.domain.figures import Dimension, Name
from console.domain.measures import Measure, ranged, share
from console.domain.people import Actor, Role
from console.domain.policy import Policy
from console.domain.words import counted
from console.reports.grouped import NOBODY, key_of, shown
from console.reports.report import ADVICE, Asked, Cell, Column, Definition, Drill, Holds, Report, Row

Key = tuple[Name, ...]
Counted = tuple[Agreement, dict[Key, Agreement]]
"""All decisions of a report, and those of each of its rows."""
SHARED = "decisions"
"""Under which name, with their reader, reports that are asked for in one go share what they count."""
NOT_KNOWN = "not known"


def _value(measure: Measure | None) -> float | None:
    return None if measure is None else measure.value


def _summed(every: Agreement, _: Mapping[Key, Agreement]) -> str:
    """Say how often advice was followed, and how often it and the decisions turned out right."""
    if not every.decisions:
        return counted(0, "decision")
    return (
        f"{counted(every.decisions, 'decision')}, advice followed {ranged(every.share('followed'))}, right"
        f" {ranged(every.share('advised'))}, decided right {ranged(every.share('right'))}"
    )


def _ranked(every: Agreement, groups: Mapping[Key, Agreement]) -> str:
    """Say how well each factor alone tells what needed a higher tier from what did not."""
    found = []
    for place, factor in enumerate(FACTORS):
        of_it = {key[1]: group for key, group in groups.items() if key[0] == place}
        auc = told_apart({None if score is None else int(score): group for score, group in of_it.items()})
        found.append(f"{factor} {'-' if auc is None else f'{auc.value:.2f}'}")
    return f"{counted(every.decisions, 'decision')}, AUC of each factor alone: {', '.join(found)}"


CELLS: dict[str, tuple[str, Callable[[Agreement], Cell], str]] = {
    "decisions": ("decisions", lambda each: each.decisions, "all"),
    "needed": ("needed", lambda each: each.counts["needed"], "needed"),
    "spared": ("did not", lambda each: each.counts["needed of"] - each.counts["needed"], "not needed"),
    "unsettled": ("unknown", lambda each: each.decisions - each.counts["needed of"], "unsettled"),
    "followed": ("followed", lambda each: _value(each.share("followed")), ""),
    "advised": ("advice right", lambda each: _value(each.share("advised")), ""),
    "right": ("decided right", lambda each: _value(each.share("right")), ""),
    "held": ("right", lambda each: _value(each.share("right")), ""),
    "up": ("share", lambda each: _value(each.share("needed")), ""),
}
"""What a column is called, what stands in it, and which cases stand behind that; none behind a share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibrated:
    """One report on decisions: what each one counts under, the headings of that, and the columns that follow.

    What is told of single people is told to themselves, and to those who lead or audit.
    """

    name: str
    title: str
    says: str
    heads: tuple[str, ...]
    under: Callable[[Decision], Iterable[Key]]
    called: Callable[[Policy, Key], tuple[str, tuple[str, ...]]]
    cells: tuple[str, ...] = ("decisions", "followed", "advised", "right")
    sums: Callable[[Agreement, Mapping[Key, Agreement]], str] = _summed
    is_in_order: bool = False
    is_of_people: bool = False

    @property
    def columns(self) -> tuple[Column, ...]:
        """Give its columns."""
        names = (Column(head, head) for head in self.heads)
        return (*names, *(Column(key, CELLS[key][0], _holds(key)) for key in self.cells))


def definition(calibrated: Calibrated) -> Definition:
    """Give the report."""

    def make(desk: Desk, actor: Actor, asked: Asked) -> Report:
        if (SHARED, actor) not in asked.shared:
            asked.shared[SHARED, actor] = _counted(desk, actor, asked)
        every, groups = asked.shared[SHARED, actor][calibrated.name]
        order = _in_order if calibrated.is_in_order else lambda key: (-groups[key].decisions, *map(str, key))
        rows = (_row(calibrated, desk.policy, key, groups[key]) for key in sorted(groups, key=order))
        return Report(
            name=calibrated.name, title=calibrated.title, said=calibrated.sums(every, groups), asked=asked,
            columns=calibrated.columns, rows=tuple(rows), plots=(calibrated.cells[-1],),
        )  # fmt: skip

    return Definition(calibrated.name, calibrated.title, calibrated.says, make, ADVICE)


def _counted(desk: Desk, actor: Actor, asked: Asked) -> Mapping[str, Counted]:
    """Count the decisions of a period for every report on them, in one go through the histories."""
    found: dict[str, Counted] = {each.name: (Agreement(), {}) for each in CALIBRATION}
    for decision in decided(desk, actor, asked.query, asked.since, asked.until):
        for each in CALIBRATION:
            if each.is_of_people and actor.person.role is Role.AGENT and decision.who != actor.id:
                continue
            every, groups = found[each.name]
            every.add(decision)
            for key in each.under(decision):
                groups.setdefault(key, Agreement()).add(decision)
    return found


def _in_order(key: Key) -> tuple[int, ...]:
    """Sort numbers upwards, what is not known first."""
    return tuple(-1 if each is None else int(each) for each in key)


def _row(calibrated: Calibrated, policy: Policy, key: Key, group: Agreement) -> Row:
    word, names = calibrated.called(policy, key)
    drills = {
        cell: Drill(None, ids=group.behind(CELLS[cell][2])) for cell in calibrated.cells if CELLS[cell][2]
    }  # fmt: skip
    return Row(word, (*names, *(CELLS[cell][1](group) for cell in calibrated.cells)), drills)


def _holds(cell: str) -> Holds:
    return Holds.COUNT if CELLS[cell][2] else Holds.SHARE


def _overruled(every: Agreement, groups: Mapping[Key, Agreement]) -> str:
    """Say how often advice was not followed, and how often that was right."""
    number = sum(each.decisions for each in groups.values())
    right, known = (sum(each.counts[name] for each in groups.values()) for name in ("right", "right of"))
    told = f"{number:,} of {counted(every.decisions, 'decision')} against the advice"
    return f"{told}, right {ranged(share(right, known))}"


def _named(dimension: Dimension) -> Callable[[Policy, Key], tuple[str, tuple[str, ...]]]:
    """Give what calls a row as other reports do."""
    return lambda policy, key: (key_of(dimension, key[0]), (shown(policy, dimension, key[0]),))


def _plainly(_: Policy, key: Key) -> tuple[str, tuple[str, ...]]:
    """Call a row by its words."""
    words = tuple(str(each or NOBODY) for each in key)
    return "/".join(words), words


def _factored(_: Policy, key: Key) -> tuple[str, tuple[str, ...]]:
    """Call a row by its factor and answer."""
    factor, said = FACTORS[int(str(key[0]))].value, NOT_KNOWN if key[1] is None else str(key[1])
    return f"{factor}/{said.replace(' ', '-')}", (factor, said)


def _overriding(decision: Decision) -> Iterator[Key]:
    """Give what an override counts under: why, and what was done instead."""
    if decision.was_followed is False:
        yield decision.reason, decision.choice.value


CALIBRATION = (
    Calibrated(
        name="calibration", title="Calibration", heads=("advised", "decided"), called=_plainly,
        says="what was advised, what was decided, and whether the case needed a higher tier",
        under=lambda each: [(each.verdict.value, each.choice.value)],
        cells=("decisions", "needed", "spared", "unsettled", "held"),
    ),
    Calibrated(
        name="factors", title="Factors", heads=("factor", "answer"), called=_factored, is_in_order=True, sums=_ranked,
        says="what each answer to the checklist came to: how many of the cases needed a higher tier",
        under=lambda each: enumerate(each.filled), cells=("decisions", "needed", "spared", "up"),
    ),
    Calibrated(
        name="agreement", title="Agreement by category", heads=("category",), called=_named(Dimension.CATEGORY),
        says="whether advice was followed and right, and decisions right, by category",
        under=lambda each: [(each.case.category,)],
    ),
    Calibrated(
        name="agreement-tiers", title="Agreement by tier", heads=("tier",), called=_named(Dimension.TIER),
        says="the same by the tier in which it was decided", under=lambda each: [(each.case.tier,)], is_in_order=True,
    ),
    Calibrated(
        name="agreement-people", title="Agreement by person", heads=("who",), called=_named(Dimension.PERSON),
        says="the same by who decided; agents see themselves", under=lambda each: [(each.who,)], is_of_people=True,
    ),
    Calibrated(
        name="overrides", title="Overrides", heads=("reason", "decided"), called=_plainly, under=_overriding,
        says="why advice was not followed, and how often that was right", sums=_overruled,
        cells=("decisions", "needed", "spared", "unsettled", "held"),
    ),
)  # fmt: skip
"""What is told of decisions. Who returned what, and why, is told by the report on returns."""
