"""Keys of people: who may give and take them, and whose a key is."""

from __future__ import annotations

import base64

import pytest

from console.desk import people, staff_keys
from console.desk.desk import Desk, owner
from console.desk.key_owner import owner_of_all
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Actor, Role
from console.domain.public_keys import PublicKey, StaffKey, public_keys
from tests.builders import a_person
from tests.desk.conftest import Clock

ROOT = owner("root")
STAFF = {name: a_person(name, role) for name, role in (("bo", Role.AGENT), ("kim", Role.LEAD), ("eve", Role.AUDITOR))}


def a_key(number: int, comment: str = "") -> str:
    """Give the line of a key that no other number gives."""
    content = b"".join(len(part).to_bytes(4, "big") + part for part in (b"ssh-ed25519", number.to_bytes(32, "big")))
    return f"ssh-ed25519 {base64.b64encode(content).decode()} {comment}".rstrip()


def key_of(number: int) -> PublicKey:
    """Give that key."""
    return public_keys(a_key(number))[0]


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    """Give a desk with some people."""
    for person in STAFF.values():
        people.put(desk, ROOT, person)
    return desk


def numbers(keys: tuple[StaffKey, ...]) -> list[tuple[str, PublicKey]]:
    """Give whose keys these are, and which."""
    return [(key.person, key.public) for key in keys]


def test_keys_are_added_and_listed_with_who_added_them(staffed: Desk, clock: Clock) -> None:
    staff_keys.add_keys(staffed, ROOT, "bo", f"{a_key(1, 'laptop')}\n{a_key(2)}")

    first, second = staff_keys.keys_of(staffed, ROOT, "bo")

    assert {first.public.comment, second.public.comment} == {"laptop", ""}
    assert (first.person, first.added_at, first.added_by) == ("bo", clock.now, "root")


def test_a_key_that_is_theirs_already_only_gets_its_new_comment(staffed: Desk, clock: Clock) -> None:
    (before,) = staff_keys.add_keys(staffed, ROOT, "bo", a_key(1, "laptop"))
    clock.forward(hours=1)

    staff_keys.add_keys(staffed, owner("other"), "bo", a_key(1, "old laptop"))

    (after,) = staff_keys.keys_of(staffed, ROOT, "bo")
    assert after.public.comment == "old laptop"
    assert (after.added_at, after.added_by) == (before.added_at, "root")


def test_a_key_is_one_persons(staffed: Desk) -> None:
    staff_keys.add_keys(staffed, ROOT, "bo", a_key(1))

    with pytest.raises(Refused, match="is bo's; a key says who somebody is"):
        staff_keys.add_keys(staffed, ROOT, "kim", f"{a_key(2)}\n{a_key(1)}")
    assert numbers(staff_keys.keys_of(staffed, ROOT)) == [("bo", key_of(1))]


def test_a_person_has_only_so_many(staffed: Desk) -> None:
    with pytest.raises(Refused, match="more than 20 keys"):
        staff_keys.add_keys(staffed, ROOT, "bo", "\n".join(map(a_key, range(21))))
    assert staff_keys.keys_of(staffed, ROOT) == ()


@pytest.mark.parametrize("who", ["bo", "kim", "eve"])
def test_nobody_but_an_admin_gives_or_takes_keys_not_even_their_own(staffed: Desk, who: str) -> None:
    staff_keys.add_keys(staffed, ROOT, who, a_key(1))
    actor = Actor(STAFF[who])

    with pytest.raises(Refused) as added:
        staff_keys.add_keys(staffed, actor, who, a_key(2))
    with pytest.raises(Refused) as removed:
        staff_keys.remove_keys(staffed, actor, who, [])

    assert added.value.code is removed.value.code is RefusalCode.NOT_ALLOWED
    assert numbers(staff_keys.keys_of(staffed, actor, who)) == [(who, key_of(1))]


def test_others_keys_are_for_admins_and_auditors(staffed: Desk) -> None:
    staff_keys.add_keys(staffed, ROOT, "bo", a_key(1))

    for name in (None, "bo"):
        assert len(staff_keys.keys_of(staffed, Actor(STAFF["eve"]), name)) == 1
        with pytest.raises(Refused, match="kim is lead and sees their own keys only"):
            staff_keys.keys_of(staffed, Actor(STAFF["kim"]), name)


def test_keys_are_taken_one_by_one_or_all(staffed: Desk) -> None:
    staff_keys.add_keys(staffed, ROOT, "bo", "\n".join(map(a_key, range(4))))
    one, two = key_of(1).fingerprint, key_of(2).fingerprint

    assert len(staff_keys.remove_keys(staffed, ROOT, "bo", [one[:20], two, one[:20]])) == 2
    assert {key.public for key in staff_keys.keys_of(staffed, ROOT, "bo")} == {key_of(0), key_of(3)}
    assert len(staff_keys.remove_keys(staffed, ROOT, "bo", [])) == 2
    assert staff_keys.keys_of(staffed, ROOT, "bo") == ()


@pytest.mark.parametrize(
    ("name", "print_", "why"),
    [
        ("bo", "laptop", "no fingerprint"),
        ("bo", "SHA256:AAAAAAAAAAAA", "no key of which"),
        ("kim", key_of(1).fingerprint, "no key of which"),
        ("zoe", key_of(1).fingerprint, "Nobody is called 'zoe'"),
    ],
)
def test_what_means_no_key_of_theirs_takes_none(staffed: Desk, name: str, print_: str, why: str) -> None:
    staff_keys.add_keys(staffed, ROOT, "bo", a_key(1))

    with pytest.raises(Refused, match=why):
        staff_keys.remove_keys(staffed, ROOT, name, [print_])
    assert len(staff_keys.keys_of(staffed, ROOT)) == 1


def test_a_key_for_somebody_nobody_knows_is_refused(staffed: Desk) -> None:
    with pytest.raises(Refused, match="Nobody is called 'zoe'"):
        staff_keys.add_keys(staffed, ROOT, "zoe", a_key(1))
    with pytest.raises(Refused, match="Nobody is called 'zoe'"):
        staff_keys.keys_of(staffed, ROOT, "zoe")


def test_whose_keys_are_is_one_person_or_nobody(staffed: Desk) -> None:
    staff_keys.add_keys(staffed, ROOT, "bo", f"{a_key(1)}\n{a_key(2)}")
    staff_keys.add_keys(staffed, ROOT, "kim", a_key(3))
    path = staffed.store.path

    for asked, whose in (((1,), "bo"), ((1, 2), "bo"), ((3,), "kim"), ((1, 3), None), ((1, 4), None), ((4,), None)):
        assert owner_of_all(path, map(key_of, asked)) == whose
    assert owner_of_all(path, []) is None
