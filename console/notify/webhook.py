"""Webhooks: JSON to an address, with its key and, where there is a secret, a signature."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import http.client
import ssl
from datetime import datetime
from urllib.parse import urlsplit

from console.desk.deliveries import Parcel
from console.domain.delivering import Came, Result
from console.notify.channels import Webhook
from console.notify.forms import as_json

LATER = frozenset({408, 425, 429})
"""Answers of 4xx that ask for another try."""
READ = 1_000
"""How many bytes of an answer are read."""


def send(setup: Webhook, parcel: Parcel, now: datetime) -> Result:
    """Send one letter to an address. Redirections are not followed: what is signed goes where the config says."""
    parts = urlsplit(setup.url)
    body = as_json(parcel)
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    connection = _connection(setup)
    try:
        connection.request("POST", path, body, headers(setup, parcel, body, now))
        answer = connection.getresponse()
        said = answer.read(READ).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        return Result(Came.LATER, f"{parts.hostname}: {error or type(error).__name__}", is_down=True)
    finally:
        with contextlib.suppress(OSError):
            connection.close()
    return _result(answer.status, " ".join(f"{answer.reason} {said}".split()))


def headers(setup: Webhook, parcel: Parcel, body: bytes, now: datetime) -> dict[str, str]:
    """Give the headers; the signature is of the time in seconds, a dot, and the body."""
    stamp = str(int(now.timestamp()))
    told = {
        "Content-Type": "application/json", "User-Agent": "triage-console", "Idempotency-Key": parcel.key,
        "X-Triage-Timestamp": stamp,
    }  # fmt: skip
    return told | ({"X-Triage-Signature": f"sha256={signature(setup.secret, stamp, body)}"} if setup.secret else {})


def signature(secret: str, stamp: str, body: bytes) -> str:
    """Sign a body as of a time: HMAC-SHA256, in hexadecimal."""
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _connection(setup: Webhook) -> http.client.HTTPConnection:
    parts = urlsplit(setup.url)
    host = str(parts.hostname)
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, parts.port, timeout=setup.timeout, context=context)
    return http.client.HTTPConnection(host, parts.port, timeout=setup.timeout)


def _result(status: int, said: str) -> Result:
    if 200 <= status < 300:  # noqa: PLR2004 - the answers that mean done
        return Result(Came.SENT)
    is_later = status in LATER or status >= 500  # noqa: PLR2004 - the server's own failures
    return Result(Came.LATER if is_later else Came.NEVER, f"{status} {said}")
