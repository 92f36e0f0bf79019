"""Policies drawn at random that say much of time: calendars, clocks, rules and ladders, as texts that are read."""

from __future__ import annotations

from functools import lru_cache

from hypothesis import strategies as st

from console.domain import policy_file
from console.domain.policy import Policy

PLACES = """
name = "drawn"
[tier.1]
name = "Service desk"
[tier.2]
name = "Technical support"
[tier.3]
name = "Engineering"
[tier.4]
name = "Management"
kind = "hierarchical"
[team.desk]
name = "Desk"
tier = 1
manager = "lena"
[team.database]
name = "Databases"
tier = 2
manager = "max"
[team.network]
name = "Networks"
tier = 2
[team.lab]
name = "Laboratory"
tier = 3
manager = "ina"
[party.vendor]
name = "Oracle"
contact = "help@oracle.example"
[category.checkout]
name = "Checkout"
words = ["checkout"]
[category.network]
name = "Network"
words = ["cable"]
[severity]
default = "S3"
matrix = [["S1", "S1", "S2", "S3"], ["S1", "S2", "S3", "S3"], ["S2", "S3", "S3", "S4"], ["S3", "S3", "S4", "S4"]]
[checklist]
version = "1"
threshold = 6
[checklist.scope]
asks = "How widely?"
answers = ["a", "b", "c", "d"]
affected = [2, 10, 50]
[checklist.impact]
asks = "What does it cost?"
answers = ["a", "b", "c", "d"]
severity = [3, 2, 1, 0]
[checklist.attempts]
asks = "What was tried?"
answers = ["a", "b", "c", "d"]
failed = [1, 2, 3]
[checklist.expectations]
asks = "Would they expect more?"
answers = ["a", "b", "c", "d"]
[matrix."*"]
S1 = ["2/database", "3@vendor", "4"]
S2 = ["2/database", "3/lab", "4"]
S3 = ["2/network", "3/lab"]
S4 = ["2/network"]
[decision.reasons]
vip = "an important customer"
[calendar.office]
zone = "Europe/Berlin"
hours = ["mo-fr 08:00-12:30", "mo-fr 13:15-18:00", "sa 09:00-13:00"]
closed = ["2026-11-25"]
[calendar.late]
zone = "America/New_York"
hours = ["mo-su 06:00-22:00"]
"""
"""All that these policies have in common; the clocks of the world change to winter before the tests' week begins."""

CALENDARS = st.sampled_from(["office", "always", "late"])
SPANS = st.sampled_from(["5min", "15min", "1h", "90min", "4h", "9h", "2d"])
COUNTS = st.sampled_from(["wall", "business"])
FLAGS = st.sampled_from(["true", "false"])
TO = st.sampled_from(
    [
        ["handler"],
        ["owner"],
        ["team"],
        ["manager"],
        ["receiver"],
        ["escalated-by"],
        ["up"],
        ["bo"],
        ["2/database"],
        ["3@vendor"],
        ["handler", "manager", "kim"],
        ["cy", "receiver"],
    ]
)
UP = st.sampled_from([["2/database"], ["4"], ["3@vendor"]])
WHEN = st.sampled_from(
    [
        "live:yes",
        "status:new",
        "severity:S1 status:new",
        "severity<=S2 handler:none",
        "late:yes",
        "age>90min",
        "updated>2h live:yes",
        "status:waiting",
        "waiting_for:vendor",
        "tier:2 or tag:vip",
        "escalation:sent",
        "escalation:exhausted",
        "has:note -tag:overdue",
        "promised<1h",
        "reopened>0",
        "advice:escalate",
        "returned<1d",
    ]
)


def _listed(words: list[str]) -> str:
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"


@st.composite
def clocks(draw: st.DrawFn) -> str:
    """Draw targets for some clocks, with exceptions."""
    warn = draw(st.sampled_from(["[]", "[50, 75, 100]", "[80]"]))
    lines = ["[clocks]", f'calendar = "{draw(CALENDARS)}"', f"warn = {warn}"]
    names = ["response", "update", "resolution", "acceptance", "review", "closure"]
    for name in draw(st.lists(st.sampled_from(names), unique=True, min_size=2, max_size=5)):
        lines.append(f"[clock.{name}]")
        lines += [f'{severity} = "{draw(SPANS)}"' for severity in ("S1", "S3")]
        lines += [f'{severity} = "{draw(SPANS)}"' for severity in ("S2", "S4") if draw(st.booleans())]
        if draw(st.booleans()):
            lines.append('always = ["S1"]')
        if draw(st.booleans()):
            lines += [
                f"[[clock.{name}.for]]",
                'category = "network"',
                f'within = "{draw(SPANS)}"',
                'calendar = "always"',
            ]
    return "\n".join(lines)


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Draw one rule after its header."""
    do = draw(st.sampled_from(["escalate", "remind", "notify", "reassign", "raise", "tag"]))
    lines = ['says = "drawn"', f'when = "{draw(WHEN)}"', f'do = "{do}"', f'count = "{draw(COUNTS)}"']
    lines += [f'for = "{draw(SPANS)}"'] if draw(st.booleans()) else []
    if do in {"remind", "notify"}:
        lines.append(f"to = {_listed(draw(TO))}")
    if do == "reassign":
        lines.append(f"to = {_listed(draw(st.sampled_from([['bo'], ['2/network'], ['manager'], ['kim']])))}")
    if do == "escalate":
        lines += [f'remind = "{draw(SPANS)}"'] if draw(st.booleans()) else []
        lines += [f"to = {_listed(draw(UP))}"] if draw(st.booleans()) else []
    if do == "tag":
        lines.append(f"tags = {_listed(draw(st.sampled_from([['overdue'], ['vip', 'slow']])))}")
    if draw(st.booleans()):
        lines += [f'every = "{draw(SPANS)}"', f"times = {draw(st.integers(1, 3))}"]
    return "\n".join(lines)


@st.composite
def ladders(draw: st.DrawFn) -> str:
    """Draw one ladder after its name."""
    lines = [f"rounds = {draw(st.integers(1, 3))}"]
    lines += [f'gentle = "{draw(SPANS)}"'] if draw(st.booleans()) else []
    lines += ['severities = ["S1", "S2"]'] if draw(st.integers(0, 3)) == 3 else []
    lines += [f'calendar = "{draw(CALENDARS)}"'] if draw(st.booleans()) else []
    for _ in range(draw(st.integers(1, 3))):
        lines += ["[[ladder.NAME.step]]", f"to = {_listed(draw(TO))}", f'after = "{draw(SPANS)}"']
        lines += [f'count = "{draw(COUNTS)}"', f"skip_if_absent = {draw(FLAGS)}", f"everyone = {draw(FLAGS)}"]
        lines += ["repeat = 1", f'every = "{draw(SPANS)}"'] if draw(st.booleans()) else []
    return "\n".join(lines)


@st.composite
def policy_texts(draw: st.DrawFn) -> str:
    """Draw the text of a policy."""
    parts = [PLACES, draw(clocks())]
    for number, rule in enumerate(draw(st.lists(rules(), min_size=1, max_size=4))):
        parts.append(f"[rule.r{number}]\n{rule}")
    for name, ladder in zip(("first", "second"), draw(st.lists(ladders(), min_size=1, max_size=2)), strict=False):
        parts.append(f"[ladder.{name}]\n{ladder}".replace("NAME", name))
    if draw(st.booleans()):
        parts.append(f'[ping_pong]\nbounces = {draw(st.integers(1, 2))}\nwithin = "7d"')
    return "\n".join(parts)


@lru_cache(maxsize=512)
def read(text: str) -> Policy:
    """Read a policy's text."""
    return policy_file.read(text, "drawn")
