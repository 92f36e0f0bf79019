"""Attachments: kept in a folder of their own, under a name made of what they hold, and never opened again from here.

Nothing of a mail decides a path: the name a file came with is only shown. The same bytes are kept once.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from console.domain.envelope import Attached
from console.intake.private_folder import put, why_unfit

LARGEST = 25 * 1024 * 1024
"""Bytes of one attachment that is kept."""
LEAST_FREE = 256 * 1024 * 1024
"""Bytes that stay free on the disk, whatever comes: the database is on it too."""
_FORBIDDEN = re.compile(
    r"\.(?:exe|com|scr|pif|bat|cmd|ps1|psm1|vb[se]?|jse?|wsf|wsh|hta|msi|msp|cpl|dll|sys|lnk|url|reg|scf|jar|class|"
    r"iso|img|vhdx?|one|docm|xlsm|pptm|apk|appx?|dmg|pkg|deb|rpm|desktop|application|gadget)[\s.]*$",
    re.IGNORECASE,
)
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"#!")


@dataclass(frozen=True, slots=True)
class AttachmentStore:
    """A folder of attachments, made when the first one comes."""

    folder: Path
    largest: int = LARGEST
    least_free: int = LEAST_FREE

    def keep(self, name: str, kind: str, data: bytes) -> Attached:
        """Keep an attachment's bytes where they may be kept; what is not kept is told with the reason."""
        told = described(name, kind, data)
        place = self.folder / told.sha256[:2]
        try:
            why = self._why_not(name, data) or why_unfit(self.folder) or why_unfit(place) or self._why_full(len(data))
            if not why:
                put(place / told.sha256, data)
        except OSError as error:
            why = f"it cannot be written ({error.strerror})"
        return replace(told, why=why) if why else replace(told, kept=told.sha256)

    def _why_not(self, name: str, data: bytes) -> str:
        """Say why an attachment is not one to be kept; empty where it is."""
        if not data:
            return "it is empty"
        if len(data) > self.largest:
            return f"it is larger than {self.largest:,} bytes"
        return "programs are not kept" if _FORBIDDEN.search(name) or data.startswith(_PROGRAMS) else ""

    def _why_full(self, size: int) -> str:
        """Say that there is no room, where there is none."""
        has_room = shutil.disk_usage(self.folder).free - size >= self.least_free
        return "" if has_room else "the disk is nearly full"


def described(name: str, kind: str, data: bytes) -> Attached:
    """Give what is told of an attachment where nothing keeps any."""
    return Attached(name, kind, len(data), hashlib.sha256(data).hexdigest())
