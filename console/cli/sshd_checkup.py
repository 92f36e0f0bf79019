"""The checkup of sshd, by what `sshd -T` prints: what it allows whoever comes in to the account with the database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase

from console.desk.findings import Finding, Grade
from console.domain.errors import RefusalCode, Refused
from console.domain.words import listed

Said = Mapping[str, tuple[str, ...]]
"""What sshd prints, by the keyword in lower case: one value for each time it stands there."""

DANGEROUS = ("TRIAGE_DB", "TRIAGE_CONFIG", "PYTHONPATH", "LD_PRELOAD", "TEXTUAL_DRIVER", "PATH")
"""Variables that lead the program elsewhere, or let it run what it should not."""

FORWARDING = {
    "allowtcpforwarding": "AllowTcpForwarding",
    "allowagentforwarding": "AllowAgentForwarding",
    "allowstreamlocalforwarding": "AllowStreamLocalForwarding",
    "x11forwarding": "X11Forwarding",
}
"""What `DisableForwarding yes` switches off at once, by how sshd prints it."""

USUAL_STARTUPS = "10:30:100"
EXPECTED = ("allowtcpforwarding", "forcecommand", "maxstartups", "permittty")


def settings(text: str) -> Said:
    """Read what `sshd -T` printed. Refused: anything else, such as sshd_config itself."""
    found: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        keyword, _, value = line.strip().partition(" ")
        found[keyword] = (*found.get(keyword, ()), value.strip())
    if not all(keyword in found for keyword in EXPECTED):
        told = "That is not what sshd prints; hand in the answer of `sshd -T -C user=NAME`, run as root."
        raise Refused(told, RefusalCode.BAD_INPUT)
    return found


def is_forced(said: Said) -> bool:
    """Say whether sshd starts one command, whatever else is asked for."""
    return _of(said, "forcecommand", "none") != "none"


def examined(said: Said) -> Iterator[Finding]:
    """Tell what is wrong with what sshd allows."""
    for sentence in (*_ways_around(said), *_foreign_variables(said), *_identity(said)):
        yield Finding(sentence)
    for sentence in _better(said):
        yield Finding(sentence, Grade.REMARK)


def _ways_around(said: Said) -> Iterator[str]:
    """Tell what somebody could do besides Triage."""
    if not is_forced(said):
        yield "sshd starts no command of its own: a key can open a shell; set ForceCommand for this account."
    if _of(said, "disableforwarding", "no") != "yes":
        open_ways = [name for keyword, name in FORWARDING.items() if _of(said, keyword, "no") != "no"]
        if open_ways:
            yield f"sshd lets this account forward ({listed(open_ways)}); set DisableForwarding yes."
    if _of(said, "permittunnel", "no") != "no":
        yield "sshd lets this account open tunnels; set PermitTunnel no."
    if _of(said, "permittty", "yes") == "no":
        yield "sshd gives this account no terminal, and the console needs one; set PermitTTY yes."


def _foreign_variables(said: Said) -> Iterator[str]:
    """Tell which variables somebody could bring with them."""
    accepted = [pattern for value in said.get("acceptenv", ()) for pattern in value.split()]
    wide = [pattern for pattern in accepted if _lets_in(pattern, DANGEROUS)]
    if wide:
        yield f"sshd takes over variables that lead programs elsewhere (AcceptEnv {' '.join(wide)}); accept LANG LC_*."
    own = _of(said, "permituserenvironment", "no")
    if own == "yes" or any(_lets_in(pattern, DANGEROUS) for pattern in own.split(",")):
        yield f"sshd takes over variables of ~/.ssh (PermitUserEnvironment {own}); set PermitUserEnvironment no."


def _identity(said: Said) -> Iterator[str]:
    """Tell why nobody could know who comes in."""
    if _of(said, "exposeauthinfo", "no") != "yes" and _is_of_many(said):
        yield "sshd does not say whose key was used, so `triage door --key` lets nobody in; set ExposeAuthInfo yes."


def _better(said: Said) -> Iterator[str]:
    if _of(said, "permituserrc", "yes") != "no":
        yield "sshd runs ~/.ssh/rc before the command; set PermitUserRC no."
    by_word = ("passwordauthentication", "kbdinteractiveauthentication")
    if _is_of_many(said) and any(_of(said, keyword, "no") == "yes" for keyword in by_word):
        told = "set PasswordAuthentication no and KbdInteractiveAuthentication no for this account"
        yield f"sshd takes passwords, which do not tell one person of an account from another; {told}."
    if _of(said, "maxstartups", "") == USUAL_STARTUPS:
        yield "sshd drops people at random when many come at once (MaxStartups 10:30:100); set MaxStartups 300:30:400."
    if _of(said, "strictmodes", "yes") == "no":
        yield "sshd uses keys that others could write; set StrictModes yes."


def _is_of_many(said: Said) -> bool:
    """Say whether this account is everybody's, who then are known by their keys; else each has one of their own."""
    return not is_forced(said) or "--key" in _of(said, "forcecommand", "").split()


def _lets_in(pattern: str, names: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for name in names)


def _of(said: Said, keyword: str, usual: str) -> str:
    return next(iter(said.get(keyword, ())), usual)
