"""Forms: a letter as JSON, for webhooks and commands."""

from __future__ import annotations

import json

from console.desk.deliveries import Parcel


def as_json(parcel: Parcel) -> bytes:
    """Give a letter as one JSON object in ASCII: key, recipient, subject, text, and its facts."""
    delivery, letter = parcel.delivery, parcel.letter
    told = {
        "key": parcel.key, "try": delivery.tries, "person": delivery.person, "outside": delivery.outside or None,
        "address": parcel.address or None, "subject": letter.subject, "text": letter.body, "facts": dict(letter.facts),
    }  # fmt: skip
    return json.dumps(told, separators=(",", ":"), sort_keys=True).encode("ascii")
