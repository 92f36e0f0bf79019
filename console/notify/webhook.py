"""Webhooks: JSON to an address, with its key and, where there is a secret, a signature."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import http.client
import ssl
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from console.desk.deliveries import Parcel
from console.domain.delivering import Came, Result
from console.notify.channels import USUAL, Webhook
from console.notify.forms import as_json

LATER = frozenset({408, 425, 429})
"""Answers of 4xx that ask for another try."""
READ = 1_000
"""How many bytes of an answer are read."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent to an address."""

    url: str
    body: bytes
    headers: Mapping[str, str] = field(repr=False)
    method: str = "POST"
    timeout: int = USUAL


def send(setup: Webhook, parcel: Parcel, now: datetime) -> Result:
    """Send one letter to an address."""
    body = as_json(parcel)
    return sent(Request(setup.url, body, headers(setup.secret, parcel.key, body, now), timeout=setup.timeout))


def sent(request: Request, later: Collection[int] = LATER) -> Result:
    """Send a request; `later` are the answers of 4xx that are worth another try.

    Redirections are not followed: what is signed goes where the config says.
    """
    parts = urlsplit(request.url)
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    connection = _connection(request)
    try:
        connection.request(request.method, path, request.body, dict(request.headers))
        answer = connection.getresponse()
        said = answer.read(READ).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        return Result(Came.LATER, f"{parts.hostname}: {error or type(error).__name__}", is_down=True)
    finally:
        with contextlib.suppress(OSError):
            connection.close()
    return _result(answer.status, later, " ".join(f"{answer.reason} {said}".split()))


def headers(secret: str, key: str, body: bytes, now: datetime) -> dict[str, str]:
    """Give the headers; the signature is of the time in seconds, a dot, and the body."""
    stamp = str(int(now.timestamp()))
    told = {
        "Content-Type": "application/json", "User-Agent": "triage-console", "Idempotency-Key": key,
        "X-Triage-Timestamp": stamp,
    }  # fmt: skip
    return told | ({"X-Triage-Signature": f"sha256={signature(secret, stamp, body)}"} if secret else {})


def signature(secret: str, stamp: str, body: bytes) -> str:
    """Sign a body as of a time: HMAC-SHA256, in hexadecimal."""
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _connection(request: Request) -> http.client.HTTPConnection:
    parts = urlsplit(request.url)
    host = str(parts.hostname)
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, parts.port, timeout=request.timeout, context=context)
    return http.client.HTTPConnection(host, parts.port, timeout=request.timeout)


def _result(status: int, later: Collection[int], said: str) -> Result:
    if 200 <= status < 300:  # noqa: PLR2004 - the answers that mean done
        return Result(Came.SENT)
    is_later = status in later or status >= 500  # noqa: PLR2004 - the server's own failures
    return Result(Came.LATER if is_later else Came.NEVER, f"{status} {said}")
