"""Who acts: the operating system's user, unless they may act as somebody else.

`--as PERSON` is for whoever has the database's file for their own, which is everybody on a database of one person, and
for admins. The act is then that person's, with their rights. If whoever types is known to the desk by name, history
says so: it names them as the actor, on the person's behalf. An owner who is not among the people signs as the person
alone, since then the names are parts one person plays. Confidential cases are seen that way by the owner, who could
read the file anyhow, and by no admin: else --as would open every circle to them.
"""

from __future__ import annotations

from dataclasses import replace

from console import visit
from console.desk.desk import Desk, actor, owner
from console.desk.people import everybody
from console.domain.case import PersonId
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Actor, Role


def acting(desk: Desk, user: str, named: str | None, *, is_owner: bool) -> Actor:
    """Give the person who acts. Refused: a stranger, --as by who may not, and as somebody nobody knows.

    On a shared server the first stranger to come is no owner, even while nobody has been added.
    """
    known = {person.id: person for person in everybody(desk)}
    if not known and not is_owner and visit.current():
        told = "Nobody has been added to this desk yet; whoever keeps the server runs `triage people add NAME`."
        raise Refused(told, RefusalCode.NOT_ALLOWED)
    me = known.get(PersonId(user))
    if named in {None, user}:
        return owner(user) if me is None and is_owner else actor(desk, user)
    if known and named not in known:
        told = f"Nobody is called '{named}'; people are {', '.join([*known][:12])}. `triage people add` adds one."
        raise Refused(told, RefusalCode.NOT_FOUND)
    if known and not is_owner and (me is None or me.role is not Role.ADMIN):
        desk.denied(f"{user} may not act as {named}")
        told = f"--as is for the owner of the database and for admins; you are {user}. Leave it out."
        raise Refused(told, RefusalCode.NOT_ALLOWED)
    hand = me.id if me else None
    return replace(actor(desk, str(named)), hand=hand, enters_circles=is_owner or not known)
