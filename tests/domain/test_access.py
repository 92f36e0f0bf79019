"""Who may do what."""

from __future__ import annotations

import pytest

from console.domain.access import Deed, may, must
from console.domain.case import PersonId
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Actor, Role
from tests.builders import a_person, an_actor, an_open_case


@pytest.mark.parametrize("deed", [deed for deed in Deed if deed is not Deed.SEE])
def test_an_auditor_changes_nothing(deed: Deed) -> None:
    with pytest.raises(Refused, match="auditor") as refused:
        must(an_actor(role=Role.AUDITOR), deed)
    assert refused.value.code is RefusalCode.NOT_ALLOWED


@pytest.mark.parametrize("role", [Role.AGENT, Role.LEAD, Role.ADMIN])
def test_only_an_admin_changes_people(role: Role) -> None:
    assert may(an_actor(role=role), Deed.PEOPLE) is (role is Role.ADMIN)


def test_an_agent_releases_only_their_own_case() -> None:
    theirs, free = an_open_case(handler=PersonId("bo")), an_open_case(handler=None)
    assert not may(an_actor("ada"), Deed.RELEASE, theirs)
    assert may(an_actor("bo"), Deed.RELEASE, theirs)
    assert may(an_actor("ada"), Deed.RELEASE, free)
    assert may(an_actor("ada"), Deed.RELEASE)
    assert may(an_actor("ada", Role.LEAD), Deed.RELEASE, theirs)


def test_an_actor_is_known_by_the_persons_id() -> None:
    actor = Actor(a_person("ada"), hand=PersonId("bo"))
    assert (actor.id, actor.signature) == ("ada", ("bo", "ada"))
    must(actor, Deed.CLAIM, an_open_case())
