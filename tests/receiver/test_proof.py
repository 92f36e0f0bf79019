"""A secret is shown in the way of each system, and in no other."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.notify import webhook
from console.receiver.delivery import Endpoint, Scheme
from console.receiver.proof import is_shown
from tests.builders import MORNING

SECRET, OLD, BODY = "a secret of many words", "the secret before it", b'{"event": {}}'
STAMP = "2026-11-23T08:59:00Z"


def digest(secret: str, signed: bytes = BODY) -> str:
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def of_zendesk(secret: str, stamp: str = STAMP, body: bytes = BODY) -> dict[str, str]:
    made = hmac.new(secret.encode(), stamp.encode() + body, hashlib.sha256).digest()
    return {
        "x-zendesk-webhook-signature": base64.b64encode(made).decode(), "x-zendesk-webhook-signature-timestamp": stamp,
    }  # fmt: skip


def basic(user: str, password: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


def shown(scheme: Scheme, headers: Mapping[str, str], body: bytes = BODY, *secrets: str) -> bool:
    endpoint = Endpoint("x", "github", scheme, secrets or (SECRET, OLD), user="triage")
    return is_shown(endpoint, headers, body, MORNING)


RIGHT = [
    (Scheme.GITHUB, lambda secret: {"x-hub-signature-256": f"sha256={digest(secret)}"}),
    (Scheme.JIRA, lambda secret: {"x-hub-signature": f"sha256={digest(secret)}"}),
    (Scheme.PAGERDUTY, lambda secret: {"x-pagerduty-signature": f"v1={'0' * 64}, v1={digest(secret)}"}),
    (Scheme.ZENDESK, of_zendesk),
    (Scheme.BEARER, lambda secret: {"authorization": f"bearer {secret}"}),
    (Scheme.HEADER, lambda secret: {"x-triage-secret": secret}),
    (Scheme.BASIC, lambda secret: basic("triage", secret)),
]


@pytest.mark.parametrize(("scheme", "made"), RIGHT, ids=lambda value: getattr(value, "value", ""))
def test_each_secret_is_good_and_no_other(scheme: Scheme, made: object) -> None:
    assert callable(made)
    assert shown(scheme, made(SECRET))
    assert shown(scheme, made(OLD))
    assert not shown(scheme, made("some other secret"))
    assert not shown(scheme, made(""), BODY, "")
    assert not shown(scheme, {})
    assert not shown(scheme, {name: f"{value}x" for name, value in made(SECRET).items()})
    assert not shown(scheme, dict.fromkeys(made(SECRET), "é" * 5000))


@pytest.mark.parametrize(("scheme", "made"), RIGHT[:4], ids=lambda value: getattr(value, "value", ""))
def test_a_signature_is_of_this_body(scheme: Scheme, made: object) -> None:
    assert callable(made)
    assert not shown(scheme, made(SECRET), BODY + b" ")


def test_a_signature_of_another_time_is_stale() -> None:
    assert shown(Scheme.ZENDESK, of_zendesk(SECRET, "2026-11-23T09:14:00+00:00"))
    assert shown(Scheme.ZENDESK, of_zendesk(SECRET, "2026-11-23T09:14:00"))
    assert not shown(Scheme.ZENDESK, of_zendesk(SECRET, "2026-11-23T08:30:00Z"))
    assert not shown(Scheme.ZENDESK, of_zendesk(SECRET, "2026-11-23T09:30:00Z"))
    assert not shown(Scheme.ZENDESK, of_zendesk(SECRET, "soon"))


def test_what_triage_sends_triage_takes() -> None:
    stamp = str(int(MORNING.timestamp()))
    headers = {"x-triage-timestamp": stamp, "x-triage-signature": f"sha256={webhook.signature(SECRET, stamp, BODY)}"}
    endpoint = Endpoint("x", "native-jsonl", Scheme.TRIAGE, (SECRET,))

    assert is_shown(endpoint, headers, BODY, MORNING)
    assert not is_shown(endpoint, headers, BODY, MORNING + timedelta(hours=1))
    assert not is_shown(replace(endpoint, secrets=(OLD,)), headers, BODY, MORNING)
    assert not is_shown(endpoint, headers | {"x-triage-timestamp": "٣"}, BODY, MORNING)


def test_a_user_has_to_be_the_right_one() -> None:
    assert not shown(Scheme.BASIC, basic("root", SECRET))
    assert not shown(Scheme.BASIC, {"authorization": f"Basic {SECRET}"})
    assert not shown(Scheme.BASIC, {"authorization": "Basic /w=="})


@given(st.sampled_from(list(Scheme)), st.text(max_size=80), st.text(max_size=80), st.binary(max_size=40))
def test_no_chance_header_is_a_proof_and_none_fails(scheme: Scheme, one: str, other: str, body: bytes) -> None:
    names = (
        "x-hub-signature-256", "x-hub-signature", "x-pagerduty-signature", "x-triage-signature", "x-triage-secret",
        "x-zendesk-webhook-signature",
    )  # fmt: skip
    heads = ("", "sha256=", "v1=", "Basic ", "Bearer ")
    for head in heads:
        headers = dict.fromkeys((*names, "authorization"), head + one)
        for stamp in (other, STAMP, str(int(MORNING.timestamp()))):
            headers |= {"x-zendesk-webhook-signature-timestamp": stamp, "x-triage-timestamp": stamp}
            assert not shown(scheme, headers, body)
