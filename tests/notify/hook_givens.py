"""Hooks of real systems that lead to a local server, and what puts something on their way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from console.desk import taking
from console.desk.desk import Desk
from console.domain.arrival import Arrival
from console.domain.case import CaseId
from console.domain.events import Kind
from console.domain.write_back import Hook as Listens
from console.notify.hook_setup import outlets
from console.notify.hooks import Outlet
from console.notify.writing_back import WrittenBack, write_back_due
from tests.notify.givens import LENA
from tests.notify.servers import Hook
from tests.notify.test_setup import config

CONFIG = "config.toml"
JIRA = """
[hook.jira]
kind = "webhook"
on = ["escalated", "returned", "resolved", "noted"]
source = "jira"
url = "{host}/rest/api/2/issue/{{case.ref}}/comment"
body = {{ body = "{{event.sentence}}\\n{{mark}}" }}
authorization = "Bearer s3cret"
"""
ZENDESK = """
[hook.zendesk]
kind = "webhook"
on = ["escalated"]
source = "zendesk"
method = "PUT"
url = "{host}/api/v2/tickets/{{case.ref}}.json"
[hook.zendesk.body.ticket]
comment = {{ body = "{{event.sentence}} {{mark}}", public = false }}
tags = ["tier-{{case.tier}}"]
"""
GITHUB = """
[hook.github]
kind = "webhook"
on = ["escalated"]
source = "github"
ref = '(?P<owner>[^/]+)/(?P<repo>[^#]+)#(?P<number>\\d+)'
url = "{host}/repos/{{ref.owner}}/{{ref.repo}}/issues/{{ref.number}}/comments"
body = {{ body = "{{event.sentence}} {{mark}}" }}
headers = {{ Accept = "application/vnd.github+json", X-GitHub-Api-Version = "2022-11-28" }}
"""


def hooked(folder: Path, text: str, hook: Hook) -> tuple[Outlet, ...]:
    """Read hooks that lead to a server."""
    return outlets(config(folder, text.format(host=f"http://127.0.0.1:{hook.port}")))


def deliver(desk: Desk, *ways: Outlet) -> WrittenBack:
    """Write back what is due."""
    return write_back_due(desk, ways, CONFIG, lambda: 0.5)


def brought(desk: Desk, source: str, ref: str, **facts: Any) -> CaseId:  # noqa: ANN401 - an arrival's
    """Take a case in from a source."""
    facts = {"severity": "S2", "category": "checkout"} | facts
    (taken,) = taking.take_in(desk, LENA, [Arrival("Checkout returns 502", source, ref, **facts)])
    assert taken.case is not None
    return taken.case


def ours(name: str = "all", *kinds: Kind, **said: Any) -> Listens:  # noqa: ANN401 - any field of a hook
    """Give what a hook listens to."""
    return Listens(name=name, kinds=frozenset(kinds or (Kind.OPENED,)), **said)
