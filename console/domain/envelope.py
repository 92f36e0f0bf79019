"""Envelopes: what a mail says besides its text, kept in the event that tells of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from console.domain.events import Plain


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with a mail. `kept` is the name its bytes are stored under, empty where they are not: `why`."""

    name: str
    kind: str
    size: int
    sha256: str
    kept: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """A mail that could not be delivered: to whom, with which status (`5.1.1`), and whether trying again is no use."""

    address: str
    status: str = ""
    is_permanent: bool = False


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a mail says besides its text.

    `copied` are the others it went to, each once, without the desk itself; `unanswered` says why no machine may answer
    it, empty where one may.
    """

    attached: tuple[Attached, ...] = ()
    copied: tuple[str, ...] = ()
    unanswered: str = ""
    failed: tuple[Failed, ...] = ()

    def told(self) -> dict[str, Plain]:
        """Give what of it an event keeps; nothing where there is nothing."""
        every: dict[str, Plain] = {
            "attached": [asdict(each) for each in self.attached],
            "copied": [*self.copied],
            "unanswered": self.unanswered,
            "failed": [asdict(each) for each in self.failed],
        }
        return {name: value for name, value in every.items() if value}
