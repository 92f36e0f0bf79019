"""Proof: whether a delivery was made by somebody who has the secret, by the scheme of each system.

Everything is compared in constant time and against every secret, so that time tells nothing of what would be right.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta

from console.receiver.delivery import Endpoint, Scheme

STALE = timedelta(minutes=15)
"""How far from now the time may be that a signature is made of."""
_LONGEST = 4_000
_MOST = 20
"""Signatures in one header that are looked at."""
Headers = Mapping[str, str]


def is_shown(endpoint: Endpoint, headers: Headers, body: bytes, now: datetime) -> bool:
    """Say whether a delivery shows a secret of its endpoint; the names of headers are in small letters."""
    secrets = [each for each in endpoint.secrets if each]
    return _SCHEMES[endpoint.scheme](endpoint, headers, secrets, body, now)


def _of_github(_: Endpoint, headers: Headers, secrets: list[str], body: bytes, __: datetime) -> bool:
    """GitHub: `sha256=` and the digest of the body."""
    return _is_among(_prefixed(_said(headers, "x-hub-signature-256"), "sha256="), _digests(secrets, body))


def _of_jira(_: Endpoint, headers: Headers, secrets: list[str], body: bytes, __: datetime) -> bool:
    """Jira and Bitbucket: the same, in the header of the WebSub recommendation."""
    return _is_among(_prefixed(_said(headers, "x-hub-signature"), "sha256="), _digests(secrets, body))


def _of_pagerduty(_: Endpoint, headers: Headers, secrets: list[str], body: bytes, __: datetime) -> bool:
    """PagerDuty, version 3: `v1=` and the digest of the body, one for each secret while secrets are changed."""
    given = _said(headers, "x-pagerduty-signature").split(",")[:_MOST]
    return _is_among([one for each in given for one in _prefixed(each.strip(), "v1=")], _digests(secrets, body))


def _of_zendesk(_: Endpoint, headers: Headers, secrets: list[str], body: bytes, now: datetime) -> bool:
    """Zendesk: the digest of the time and the body, in base64."""
    stamp = _said(headers, "x-zendesk-webhook-signature-timestamp")
    try:
        at = datetime.fromisoformat(stamp)
    except ValueError:
        return False
    made = (hmac.new(secret.encode(), stamp.encode() + body, hashlib.sha256).digest() for secret in secrets)
    right = [base64.b64encode(each).decode() for each in made]
    is_right = _is_among([_said(headers, "x-zendesk-webhook-signature")], right)
    return is_right and _is_fresh(at if at.tzinfo else at.replace(tzinfo=UTC), now)


def _of_triage(_: Endpoint, headers: Headers, secrets: list[str], body: bytes, now: datetime) -> bool:
    """Give what Triage's own webhooks send: `sha256=` and the digest of the time in seconds, a dot, and the body."""
    stamp = _said(headers, "x-triage-timestamp")
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= 11):  # noqa: PLR2004 - until the year 5138
        return False
    right = _digests(secrets, stamp.encode() + b"." + body)
    is_right = _is_among(_prefixed(_said(headers, "x-triage-signature"), "sha256="), right)
    return is_right and _is_fresh(datetime.fromtimestamp(int(stamp), UTC), now)


def _of_bearer(_: Endpoint, headers: Headers, secrets: list[str], __: bytes, ___: datetime) -> bool:
    """Compare a token in `Authorization: Bearer TOKEN`."""
    return _is_among(_authorized(headers, "bearer"), secrets)


def _of_header(endpoint: Endpoint, headers: Headers, secrets: list[str], _: bytes, __: datetime) -> bool:
    """Compare a secret that stands in a header of its own."""
    return _is_among([_said(headers, endpoint.header)], secrets)


def _of_basic(endpoint: Endpoint, headers: Headers, secrets: list[str], _: bytes, __: datetime) -> bool:
    """Compare a user and a password in `Authorization: Basic`."""
    given = []
    for each in _authorized(headers, "basic"):
        try:
            given.append(base64.b64decode(each, validate=True).decode())
        except (binascii.Error, UnicodeDecodeError, ValueError):
            continue
    return _is_among(given, [f"{endpoint.user}:{secret}" for secret in secrets])


_SCHEMES: Mapping[Scheme, Callable[[Endpoint, Headers, list[str], bytes, datetime], bool]] = {
    Scheme.GITHUB: _of_github,
    Scheme.JIRA: _of_jira,
    Scheme.PAGERDUTY: _of_pagerduty,
    Scheme.ZENDESK: _of_zendesk,
    Scheme.TRIAGE: _of_triage,
    Scheme.BEARER: _of_bearer,
    Scheme.HEADER: _of_header,
    Scheme.BASIC: _of_basic,
}


def _said(headers: Headers, name: str) -> str:
    """Give a header, or nothing for one that is not there or too long to be a proof."""
    said = headers.get(name, "")
    return said if len(said) <= _LONGEST else ""


def _authorized(headers: Headers, scheme: str) -> list[str]:
    """Give what stands behind the word of a scheme in `Authorization`."""
    word, _, rest = _said(headers, "authorization").partition(" ")
    return [rest.strip()] if word.casefold() == scheme else []


def _prefixed(said: str, prefix: str) -> list[str]:
    """Give what follows a prefix, in small letters, where it stands there."""
    return [said.removeprefix(prefix).lower()] if said.startswith(prefix) else []


def _digests(secrets: Iterable[str], signed: bytes) -> list[str]:
    """Sign with every secret: HMAC-SHA256, in hexadecimal."""
    return [hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest() for secret in secrets]


def _is_among(given: Iterable[str], right: Iterable[str]) -> bool:
    """Say whether one of those given is one of the right ones; how long they are tells nothing either."""
    known = [hashlib.sha256(each.encode()).digest() for each in right]
    shown = [hashlib.sha256(each.encode()).digest() for each in given if each]
    return sum(hmac.compare_digest(one, other) for one in shown for other in known) > 0


def _is_fresh(at: datetime, now: datetime) -> bool:
    """Say whether a time is near now."""
    return abs(now - at) <= STALE
