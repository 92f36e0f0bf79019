"""Mailing: what a desk says about the mail it takes: which addresses are its own, and where attachments go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from console.domain.envelope import Attached
from console.intake.attachment_store import described

Keep = Callable[[str, str, bytes], Attached]
"""What becomes of an attachment of this name, type and bytes."""


@dataclass(frozen=True, slots=True)
class Mailing:
    """Addresses in small letters, and what keeps attachments; as usual they are told of and not kept."""

    own: frozenset[str] = field(default_factory=frozenset)
    keep: Keep = described


USUAL = Mailing()
"""No addresses known for the desk's own, and no attachments kept."""
