"""Events as sentences: who did what to the case, and why; when it was stands beside the sentence.

What an event's `detail` holds, by kind; a key marked ? may be absent, and kinds that are not listed hold nothing:

| kind       | detail |
|------------|--------|
| opened     | `body`? |
| claimed    | `passed_over`? (more urgent free cases of that tier, where it was chosen by hand; at most 100) |
| answered   | score or none by factor |
| decided    | `choice`, `verdict`, `low`, `high`, `target` (`2/database`, or none), `policy`, `agreed` (none for ASK) |
| escalated  | what `decided` holds, and `escalation`, `target`, `kind`, `why`? (`matrix, S1`), `incomplete`, `told`?, |
|            | `skipped` ([[target, reason]…]) |
| accepted   | `escalation`, `outcome_to` |
| returned   | `escalation`, `outcome_to`; the coded reason and its text stand in the event's `reason`, `reason_text` |
| asked      | `text`, `escalation`, `outcome_to` |
| replied    | `text`, `question`, `escalation` |
| attempted  | `what`, `result`, `error`, `article`, `worked` |
| noted      | `text`, `voice`, `by`? (who wrote, where it was not the actor), `ref`?, `with`? (for a conversation), |
|            | `asks_for_supervisor`?, `by_way_of`? (the merged case that it came for) |
| waiting    | `told`?, `promised`? (ISO 8601); for whom and until when stand in `changes` |
| resolved   | `outcome_to`? |
| merged     | `into`, `title`, `outcome_to`? |
| updated    | `source`?, `said`? (what the source said anew, by field), `heard`? (how new it was), `body_before`? |
| handed-over | `standing`, `promised`? (ISO 8601), `asks`?, `to`? |
| taken-over | `handed` (the version of the event above), `giver` |
| undone     | `kind` and `actor` of the event that was taken back; `again`? (a redo: the kind done again), `left`? |

What a source tells of the past holds `by`? (who did it then), `activity`? (what the source calls it) and `team`? (one
that the policy does not have) as well, what an export brought `as_written`; for the clock side see `sentences_of_time`.

`changes` hold the fields of the case as old and new value. `cause` is `manual`, or says what made the actor act.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from console.domain import sentences_of_time as of_time
from console.domain import sentences_of_words as of_words
from console.domain.checklist import FACTORS
from console.domain.events import Event, Kind, as_written
from console.domain.people import is_rule
from console.domain.phrases import (
    Titles,
    change_told,
    circle_told,
    moment,
    new_value,
    news_told,
    old_value,
    ordinal,
    pairs,
    place_after,
    possessive,
    target_named,
    why,
    word,
)
from console.domain.words import counted, listed, quoted


def sentence(event: Event, *, titles: Titles | None = None) -> str:
    """Tell the event in one past-tense sentence without its time; total: an event of any shape has one."""
    if (first := as_written(event)) is not event:
        return f"{sentence(first, titles=titles)} ({event.cause})"
    told = SENTENCES[event.kind](event, titles or {})
    cause = "" if event.cause in {"", "manual"} else f" ({event.cause})"
    return f"{who(event)} {told}{of_time.behind(event) if of_time.is_of_time(event) else cause}"


def who(event: Event) -> str:
    """Name the actor, and for whom they acted; a rule is named as one; of what came in, who did or wrote it."""
    event = as_written(event)
    if did_it := of_words.told_by(event):
        return did_it
    rule = event.actor.removeprefix("rule:")
    actor = event.actor if rule == event.actor else of_time.NAMES.get(event.actor, f"Rule {quoted(rule)}")
    return f"{actor} (for {event.on_behalf_of})" if event.on_behalf_of else actor


def _opened(event: Event, _: Titles) -> str:
    source, ref = new_value(event, "source"), new_value(event, "ref")
    if (original := event.changes.get("action_of")) is not None:
        return f"asked for it in the review of case {original[1]}"
    return f"brought it in from {source}{f' {ref}' if ref else ''}" if source else "opened it"


def _claimed(event: Event, _: Titles) -> str:
    passed = event.detail.get("passed_over")
    past = f", past {counted(passed, 'more urgent case')}" if isinstance(passed, int) and passed else ""
    return ("claimed it and became its owner" if event.changes.get("owner") else "claimed it") + past


def _released(event: Event, _: Titles) -> str:
    before = old_value(event, "handler")
    whose = f" from {before}" if before and before != event.person else ""
    return f"released it{whose}{why(event)}"


def _assigned(event: Event, _: Titles) -> str:
    before, after = old_value(event, "handler"), new_value(event, "handler") or "nobody"
    source = f" from {before}" if before else ""
    if after == event.person:
        return (f"took it over{source}" if before else "assigned it to themselves") + why(event)
    return f"assigned it{source} to {after}{why(event)}"


def _moved(event: Event, titles: Titles) -> str:
    return f"moved it to {place_after(event, titles)}{why(event)}"


def _answered(event: Event, _: Titles) -> str:
    old, new = (value if isinstance(value, list) else [] for value in event.changes.get("answers", ((), ())))
    changed = list(zip(FACTORS, old, new, strict=False))
    given = [f"{factor} {after}" for factor, before, after in changed if after is not None and after != before]
    taken = [factor.value for factor, before, after in changed if after is None and before is not None]
    told = [f"answered {listed(given)}"] if given else []
    told += [f"took back the answer to {listed(taken)}"] if taken else []
    return (listed(told) or "answered the checklist") + why(event)


def _decided(event: Event, _: Titles) -> str:
    choice, verdict = word(event, "choice") or new_value(event, "decision"), word(event, "verdict")
    told = f"decided to {choice or 'go on'}"
    if verdict == "ask":
        return f"{told} while a question was still open{why(event)}"
    if event.detail.get("agreed") is True:
        return f"{told}, as recommended{why(event)}"
    return f"{told} against the recommendation{f' to {verdict}' if verdict else ''}{why(event)}"


def _escalated(event: Event, titles: Titles) -> str:
    told = f"escalated it to {target_named(word(event, 'target'), titles) or place_after(event, titles)}"
    chosen_by, lacking = word(event, "why"), word(event, "incomplete")
    told += f" ({chosen_by})" if chosen_by else ""
    passed = [f"{target_named(str(place), titles)} ({reason})" for place, reason in pairs(event.detail.get("skipped"))]
    told += f", passing over {listed(passed)}" if passed else ""
    told += f", with an incomplete brief: {quoted(lacking)}" if lacking else ""
    return told + why(event)


def _accepted(event: Event, _: Titles) -> str:
    sender = word(event, "outcome_to")
    return f"accepted it from {sender}{why(event)}" if sender and not is_rule(sender) else f"accepted it{why(event)}"


def _returned(event: Event, titles: Titles) -> str:
    return f"returned it to {place_after(event, titles)}{why(event)}"


def _waiting(event: Event, _: Titles) -> str:
    until, promised, told = moment(new_value(event, "resume_at")), moment(word(event, "promised")), word(event, "told")
    said = f"set it waiting for {new_value(event, 'waiting_for') or 'an answer'}"
    said += f" until {until}" if until else ""
    said += f", told them {quoted(told)}" if told else ""
    said += f", promised news by {promised}" if promised else ""
    return said + why(event)


def _resolved(event: Event, _: Titles) -> str:
    how = new_value(event, "resolution")
    return f"resolved it: {quoted(how)}{why(event)}" if how else f"resolved it{why(event)}"


def _reopened(event: Event, _: Titles) -> str:
    number = new_value(event, "reopened")
    again = f" for the {ordinal(number)} time" if number.isdecimal() and int(number) > 1 else ""
    return f"reopened it{again}{why(event)}"


def _merged(event: Event, _: Titles) -> str:
    title = word(event, "title")
    into = word(event, "into") or new_value(event, "duplicate_of") or "another case"
    return f"merged it into {into}{f' {quoted(title, 60)}' if title else ''}{why(event)}"


def _changed(event: Event, _: Titles) -> str:
    told = [change_told(name, old, new) for name, (old, new) in sorted(event.changes.items()) if name not in NO_NEWS]
    circle = circle_told(event)
    said = [f"changed {listed(told) or 'it'}"] if told or not circle else []
    return "; ".join([*said, *circle]) + why(event)


def _updated(event: Event, _: Titles) -> str:
    source, told = word(event, "source"), news_told(event, NO_NEWS)
    return f"brought news{f' from {source}' if source else ''}{f': {told}' if told else ''}{why(event)}"


def _undone(event: Event, _: Titles) -> str:
    again = NOUNS.get(word(event, "again"))
    if again:
        return f"did the {again} again that they had undone{why(event)}"
    what, by, left = NOUNS.get(word(event, "kind"), "last change"), word(event, "actor"), word(event, "left")
    whose = "the" if not by else "their own" if by == event.person else by + possessive(by)
    return f"undid {whose} {what}{f'; {left}' if left else ''}{why(event)}"


def _plainly(words: str) -> Callable[[Event, Titles], str]:
    """Give a sentence that says the same of every event, with its reason."""
    return lambda event, _: words + why(event)


NO_NEWS = frozenset({"severity_from", "circle", "named", "subjects"})
"""Changed fields that are told in other words, or follow from another."""

SENTENCES: Mapping[Kind, Callable[[Event, Titles], str]] = {
    Kind.OPENED: _opened,
    Kind.CLAIMED: _claimed,
    Kind.RELEASED: _released,
    Kind.ASSIGNED: _assigned,
    Kind.MOVED: _moved,
    Kind.ANSWERED: _answered,
    Kind.DECIDED: _decided,
    Kind.ESCALATED: _escalated,
    Kind.ACCEPTED: _accepted,
    Kind.RETURNED: _returned,
    Kind.WAITING: _waiting,
    Kind.RESUMED: _plainly("resumed it"),
    Kind.RESOLVED: _resolved,
    Kind.CLOSED: _plainly("closed it"),
    Kind.REOPENED: _reopened,
    Kind.MERGED: _merged,
    Kind.CHANGED: _changed,
    Kind.UPDATED: _updated,
    Kind.UNDONE: _undone,
    **of_words.SENTENCES,
    **of_time.SENTENCES,
}
"""What each kind of event says after the actor's name."""

NOUNS: Mapping[str, str] = {
    Kind.OPENED: "request for it",
    Kind.CLAIMED: "claim",
    Kind.RELEASED: "release",
    Kind.ASSIGNED: "assignment",
    Kind.MOVED: "move",
    Kind.ANSWERED: "answer",
    Kind.DECIDED: "decision",
    Kind.ESCALATED: "escalation",
    Kind.ACCEPTED: "acceptance",
    Kind.RETURNED: "return",
    Kind.WAITING: "wait",
    Kind.RESUMED: "resumption",
    Kind.RESOLVED: "resolution",
    Kind.CLOSED: "closing",
    Kind.REOPENED: "reopening",
    Kind.MERGED: "merge",
    Kind.CHANGED: "change",
    Kind.UNDONE: "undo",
    **of_words.NOUNS,
    **of_time.NOUNS,
}
"""What an event is called when it is taken back; taking an undo back is a redo."""
