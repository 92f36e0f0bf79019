"""Who may deliver, as the config file says it in its `[receive.NAME]` tables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from console.domain.errors import RefusalCode, Refused
from console.domain.notify_tables import CHANNEL
from console.domain.toml_table import Table
from console.notify.setup import read_tables, secret_of
from console.receiver.delivery import LARGEST, USUAL_RATE, Endpoint, Scheme

KINDS: Mapping[str, tuple[str, Scheme]] = {
    "alertmanager": ("alertmanager", Scheme.BEARER),
    "freshdesk": ("freshdesk", Scheme.BASIC),
    "github": ("github", Scheme.GITHUB),
    "jira": ("jira", Scheme.JIRA),
    "native": ("native-jsonl", Scheme.BEARER),
    "pagerduty": ("pagerduty", Scheme.PAGERDUTY),
    "servicenow": ("servicenow", Scheme.BASIC),
    "zendesk": ("zendesk", Scheme.ZENDESK),
}
"""What each kind of source delivers, and how it shows its secret where nothing else is said."""
SHORTEST = 16
"""Characters of a secret."""
MOST_BYTES = 16_000_000
_USUAL_USER = "triage"
_USUAL_HEADER = "X-Triage-Secret"


def endpoints(file: Path) -> Mapping[str, Endpoint]:
    """Give who may deliver. Refused: what cannot be used, naming file, line and key; a file that names nobody."""
    found = read_tables(file, "receive", lambda name, table: _endpoint(name, table, file.parent))
    if not found:
        told = f"{file} names nobody who may deliver; add a table such as [receive.github], and see the README."
        raise Refused(told, RefusalCode.BAD_INPUT)
    return found


def _endpoint(name: str, table: Table, folder: Path) -> Endpoint:
    if not CHANNEL.fullmatch(name):
        table.note(f"'{name}' is not a name for an address; use small letters, digits, '-' and '_'.")
    form, usual = KINDS[table.word("kind", KINDS)]
    scheme = Scheme(table.word("scheme", [each.value for each in Scheme], usual.value))
    endpoint = Endpoint(
        name=name,
        format=form,
        scheme=scheme,
        secrets=_secrets(table, folder),
        user=table.text("user", _USUAL_USER),
        header=table.text("header", _USUAL_HEADER).lower(),
        rate=table.whole("rate", USUAL_RATE, 1),
        size=table.whole("size", LARGEST, 1),
    )
    if endpoint.size > MOST_BYTES:
        table.note(f"This is {endpoint.size}; it must be at most {MOST_BYTES}.", "size")
    table.done()
    return endpoint


def _secrets(table: Table, folder: Path) -> tuple[str, ...]:
    """Give the secrets: the one that stands there, or each line of a file, while an old one is still good."""
    found = tuple(line.strip() for line in secret_of(table, "secret", folder).splitlines() if line.strip())
    key = "secret_file" if "secret_file" in table.values else "secret"
    if not found and not table.wrong:
        table.note("Nobody may deliver without a secret; give one, or secret_file.")
    if any(len(each) < SHORTEST or not (each.isascii() and each.isprintable()) for each in found):
        table.note(f"A secret here has at least {SHORTEST} characters, all of them ASCII; make a longer one.", key)
    return found
