"""A person's decision on a recommendation: agreeing needs no reason, overriding needs a coded one."""

from __future__ import annotations

from difflib import get_close_matches

from console.domain.case import Choice
from console.domain.errors import RefusalCode, Refused
from console.domain.events import Plain
from console.domain.policy import Policy
from console.domain.recommendation import Advice, Verdict

OTHER = "other"
"""The code every policy has: it says its reason in words."""


def has_agreed(advice: Advice, choice: Choice) -> bool | None:
    """Say whether the choice is what was recommended; None where the recommendation was still to ask."""
    return None if advice.verdict is Verdict.ASK else advice.verdict.value == choice.value


def must_have_reason(advice: Advice, choice: Choice, code: str, policy: Policy) -> tuple[str, str]:
    """Give the coded reason and its text for a decision, read from `CODE`, `CODE: text` or `other: text`.

    Agreeing, or acting while a question is open, needs none. Refused: overriding without a reason (INCOMPLETE), and a
    code that the policy does not have.
    """
    name, _, said = (part.strip() for part in code.partition(":"))
    if not name and not said:
        if has_agreed(advice, choice) is not False:
            return "", ""
        raise Refused(
            f"The recommendation is to {advice.verdict}; to {choice} instead needs a reason: {_codes(policy)}.",
            RefusalCode.INCOMPLETE,
        )
    if name == OTHER:
        if not said:
            raise Refused("The reason 'other' needs its text: other: what speaks for it.", RefusalCode.INCOMPLETE)
        return OTHER, said
    if name not in policy.override_reasons:
        near = get_close_matches(name, policy.override_reasons, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"it is one of {_codes(policy)}."
        raise Refused(f"There is no reason '{name}'; {hint}", RefusalCode.BAD_INPUT)
    return name, said


def decision_told(policy: Policy, advice: Advice, choice: Choice, code: str) -> tuple[dict[str, Plain], str, str]:
    """Give what an event tells of a decision, and its reason. Refused: as `must_have_reason`."""
    name, text = must_have_reason(advice, choice, code, policy)
    detail: dict[str, Plain] = {
        "choice": choice.value, "verdict": advice.verdict.value, "low": advice.low, "high": advice.high,
        "target": str(advice.target) if advice.target else None, "policy": policy.version,
        "agreed": has_agreed(advice, choice),
    }  # fmt: skip
    return detail, name, text


def _codes(policy: Policy) -> str:
    return ", ".join([*policy.override_reasons, f"'{OTHER}: text'"])
