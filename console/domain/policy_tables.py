"""The tables of a policy file, each read into its part of the policy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

from console.domain.article_tables import articles_of
from console.domain.articles import USUAL_PERCENT, USUAL_SOLVED
from console.domain.brief import PARTS
from console.domain.case import Severity
from console.domain.checklist import FACTORS, Checklist, Factor, Question
from console.domain.evidence import weighing_of
from console.domain.follow_up import follow_up_of
from console.domain.matrix import Matrix, Path, Target
from console.domain.matrix import target as target_of
from console.domain.notify_tables import notify_of
from console.domain.policy import Category, Duty, Guard, GuardKind, Party, Policy, Stop, Team, Tier, TierKind
from console.domain.timing_tables import timing_of
from console.domain.toml_table import Table, nearest

_LEVEL = re.compile(r"[1-9]\d?")
_GRADES = ("S1", "S2", "S3", "S4")
_NO_SEVERITY = f"is not a severity; those are {', '.join(_GRADES)}."
_NOWHERE = Target(0)


def policy_of(root: Table, version: str) -> Policy:
    """Read the whole file; what is wrong is noted in `root.wrong`, and the policy then holds stand-ins."""
    severity = root.table("severity")
    timing, checklist = timing_of(root), _checklist(root.table("checklist"))
    policy = Policy(
        name=root.text("name"),
        version=version,
        tiers=_tiers(root),
        teams=_teams(root),
        parties=_parties(root),
        categories=_categories(root),
        severities=_grid(severity),
        default_severity=_severity(severity, "default", "S3"),
        labels=_labels(severity.table("labels", required=False)),
        checklist=checklist,
        stops=_stops(root),
        guards=_guards(root),
        articles=articles_of(root),
        matrix=_matrix(root),
        skip_level=_only(root, "skip", "severities"),
        override_reasons=_reasons(root),
        brief_requires=_brief(root),
        timing=timing,
        notify=notify_of(root, timing.calendars),
        follow_up=follow_up_of(root),
        evidence=weighing_of(root, checklist),
    )
    severity.done()
    root.done()
    return policy


def _tiers(root: Table) -> tuple[Tier, ...]:
    """Read `[tier.N]`, the lowest first."""
    tiers = []
    for level, table in root.tables("tier"):
        if not _LEVEL.fullmatch(level):
            table.note(f"'{level}' is not a level; tiers are numbered from 1.")
            continue
        kind = table.text("kind", TierKind.FUNCTIONAL)
        if kind not in tuple(TierKind):
            table.note(f"'{kind}' is not a kind of tier; {nearest(kind, TierKind)}", "kind")
        tiers.append(
            Tier(int(level), table.text("name"), TierKind(kind) if kind in tuple(TierKind) else TierKind.FUNCTIONAL)
        )
        table.done()
    return tuple(sorted(tiers, key=lambda tier: tier.level))


def _teams(root: Table) -> tuple[Team, ...]:
    """Read `[team.ID]`."""
    teams = []
    for team, table in root.named("team"):
        teams.append(
            Team(
                id=team,
                name=table.text("name"),
                tier=table.whole("tier"),
                skills=table.texts("skills"),
                manager=table.text("manager", ""),
                contact=table.text("contact", ""),
            )
        )
        table.done()
    return tuple(teams)


def _parties(root: Table) -> tuple[Party, ...]:
    """Read `[party.ID]`."""
    parties = []
    for party, table in root.named("party", required=False):
        parties.append(Party(party, table.text("name"), table.text("contact", ""), table.text("reference", "")))
        table.done()
    return tuple(parties)


def _categories(root: Table) -> tuple[Category, ...]:
    """Read `[category.ID]` with its words and its duty to notify."""
    categories = []
    for category, table in root.named("category"):
        duty = table.table("duty") if "duty" in table.values else None
        table.asked["duty"] = None
        categories.append(Category(category, table.text("name"), table.texts("words"), _duty(duty)))
        table.done()
    return tuple(categories)


def _duty(table: Table | None) -> Duty | None:
    if table is None:
        return None
    duty = Duty(table.text("recipient"), table.span("within"), table.text("proof", ""))
    table.done()
    return duty


def _grid(table: Table) -> tuple[tuple[Severity, Severity, Severity, Severity], ...]:
    """Read impact (rows) times urgency (columns)."""
    found = []
    for row, cells in enumerate(table.rows("matrix", len(Severity))):
        for column, cell in enumerate(cells):
            if cell not in _GRADES:
                table.note(f"'{cell}' {_NO_SEVERITY}", "matrix", row, column)
        a, b, c, d = (Severity[cell] if cell in _GRADES else Severity.S4 for cell in cells)
        found.append((a, b, c, d))
    return tuple(found)


def _labels(table: Table) -> Mapping[str, Severity]:
    return {label.casefold(): _severity(table, label) for label in table.values}


def _checklist(table: Table) -> Checklist:
    """Read the four questions and how facts fill them in."""
    version, threshold = table.text("version"), table.whole("threshold")
    scope, impact, attempts, expectations = (table.table(factor) for factor in FACTORS)
    a, b, c = scope.wholes("affected", 3)
    d, e, f, g = impact.wholes("severity", 4)
    h, i, j = attempts.wholes("failed", 3)
    asked = (scope, impact, attempts, expectations)
    k, m, n, o = (_question(each, factor) for each, factor in zip(asked, FACTORS, strict=True))
    table.done()
    return Checklist(version, threshold, (k, m, n, o), (a, b, c), (d, e, f, g), (h, i, j))


def _question(table: Table, factor: Factor) -> Question:
    a, b, c, d = table.exactly("answers", 4)
    question = Question(factor, table.text("asks"), table.whole("weight", 1), (a, b, c, d))
    table.done()
    return question


def _stops(root: Table) -> tuple[Stop, ...]:
    """Read `[stop.ID]` in the order of the file: the first that holds counts."""
    stops = []
    for stop, table in root.named("stop", required=False):
        stops.append(
            Stop(
                id=stop,
                says=table.text("says"),
                target=_target(table, table.text("target"), "target"),
                words=table.texts("words"),
                manager_asks=table.whole("manager_asks", 0),
            )
        )
        table.done()
    return tuple(stops)


def _guards(root: Table) -> tuple[Guard, ...]:
    """Read `[guard.KIND]` in the order of the file: the first that holds counts."""
    guards = []
    for kind, table in root.tables("guard", required=False):
        if kind not in tuple(GuardKind):
            table.note(f"There is no guard '{kind}'; {nearest(kind, GuardKind)}")
            continue
        within = table.span("within") if kind == GuardKind.RETURNED else timedelta(0)
        unless, proof = _severities(table, "unless"), _proof(table) if kind == GuardKind.KNOWN_FIX else {}
        guards.append(Guard(GuardKind(kind), table.text("says"), table.text("lifted_by"), within, unless, **proof))
        table.done()
    return tuple(guards)


def _proof(table: Table) -> dict[str, int]:
    """Read from what on an article is a known fix."""
    percent = table.whole("of_percent", USUAL_PERCENT, least=1)
    if percent > 100:  # noqa: PLR2004 - percent
        table.note(f"This is {percent}; it is a percentage from 1 to 100.", "of_percent")
    return {"solved": table.whole("solved", USUAL_SOLVED), "of_percent": percent}


def _matrix(root: Table) -> Matrix:
    """Read `[matrix.CATEGORY]`, one path for each severity."""
    cells: dict[tuple[str, Severity], Path] = {}
    for category, row in root.tables("matrix"):
        for grade in _GRADES:
            if grade in row.values:
                written = row.texts(grade)
                cells[category, Severity[grade]] = tuple(
                    _target(row, text, grade, place) for place, text in enumerate(written)
                )
            row.asked[grade] = None
        row.done()
    return Matrix(cells)


def _only(root: Table, key: str, listed: str) -> frozenset[Severity]:
    """Read a table that holds nothing but a list of severities."""
    table = root.table(key, required=False)
    found = _severities(table, listed)
    table.done()
    return found


def _reasons(root: Table) -> Mapping[str, str]:
    """Read the coded reasons for going against a recommendation."""
    decision = root.table("decision", required=False)
    reasons = decision.table("reasons", required=False)
    decision.done()
    return {code: reasons.text(code) for code in reasons.values}


def _brief(root: Table) -> tuple[str, ...]:
    """Read which parts of a brief must be filled."""
    table = root.table("brief", required=False)
    requires = table.texts("requires")
    for place, part in enumerate(requires):
        if part not in PARTS:
            table.note(f"A brief has no part '{part}'; {nearest(part, PARTS)}", "requires", place)
    table.done()
    return requires


def _severity(table: Table, key: str, default: str | None = None) -> Severity:
    said = table.text(key, default)
    if said in _GRADES:
        return Severity[said]
    if said:
        table.note(f"'{said}' {_NO_SEVERITY}", key)
    return Severity.S4


def _severities(table: Table, key: str) -> frozenset[Severity]:
    said = table.texts(key)
    for place, grade in enumerate(said):
        if grade not in _GRADES:
            table.note(f"'{grade}' {_NO_SEVERITY}", key, place)
    return frozenset(Severity[grade] for grade in said if grade in _GRADES)


def _target(table: Table, text: str, *key: str | int) -> Target:
    """Read a target such as `2/database` or `3@vendor`."""
    try:
        return target_of(text)
    except ValueError as error:
        if text:
            table.note(f"{error}.", *key)
    return _NOWHERE
