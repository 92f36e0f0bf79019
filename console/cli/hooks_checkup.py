"""What `doctor` finds of the hooks in the config."""

from __future__ import annotations

from console.cli.call import Call
from console.desk.findings import Finding, Grade, Part
from console.domain.errors import Refused


def hooks_part(call: Call) -> Part:
    """Check the file that names channels and hooks: faults, secrets that others may read, hooks that write no mark."""
    from console.notify.hook_setup import outlets, unmarked
    from console.notify.setup import exposed

    file = call.channels_file
    try:
        said = (exposed(file), *unmarked(outlets(file)))
    except Refused as refused:
        return Part("hooks", (Finding(refused.sentence),))
    return Part("hooks", tuple(Finding(sentence, Grade.REMARK) for sentence in said if sentence))
