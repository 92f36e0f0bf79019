"""What a receiver answers, and how it ends."""

from __future__ import annotations

import hashlib
import hmac
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from console.domain.errors import Refused
from console.receiver import house
from console.receiver.delivery import Answer, Delivery, Scheme
from console.receiver.server import Place, bound, place_of
from tests.receiver.givens import ENDPOINT, SECRET, TOKEN, Served, chunked, heard, request


@pytest.fixture
def served() -> Iterator[Served]:
    """Give a receiver with one source."""
    with Served() as begun:
        yield begun


def test_a_delivery_is_taken_and_answered_with_what_became_of_it(served: Served) -> None:
    answer = served.post(b'{"a": 1}')

    assert (answer.status, answer.told) == (200, {"new": 1})
    assert answer.headers["date"] == "Mon, 23 Nov 2026 09:00:00 GMT"
    assert "server" not in answer.headers
    assert served.taken == [b'{"a": 1}']


def test_a_body_may_come_in_chunks_or_after_a_question(served: Served) -> None:
    (answer,) = served.said(chunked(b'{"a"', b": 1}"))
    assert answer.status == 200
    with served.connect() as client:
        client.sendall(request(b"123", TOKEN | {"Expect": "100-continue"})[:-3])
        assert client.recv(100).startswith(b"HTTP/1.1 100 ")
        client.sendall(b"123")
        client.shutdown(socket.SHUT_WR)
        assert [each.status for each in heard(client)] == [200]
    assert served.taken == [b'{"a": 1}', b"123"]


def test_several_requests_share_a_connection(served: Served) -> None:
    answers = served.said(request(b"1") + request(b"2"), request(b"3", TOKEN | {"Connection": "close"}), request(b"4"))

    assert [each.status for each in answers] == [200] * 3
    assert "connection" not in answers[0].headers
    assert served.taken == [b"1", b"2", b"3"]


def test_whoever_cannot_show_the_secret_learns_nothing(served: Served) -> None:
    wrong = [
        served.post(headers={}), served.post(headers={"Authorization": "Bearer nothing"}),
        served.post(path="/in/other"), served.post(path="/"), served.post(path="/in/"), served.post(path="http://x/y"),
        served.post(b"\x00" * 100_000, headers={}), served.post(path="/in/%61lerts"), served.post(path="/in/alerts/"),
    ]  # fmt: skip

    assert {each.status for each in wrong} == {401}
    assert len({each.body for each in wrong}) == 1
    assert len({frozenset(each.headers.items()) for each in wrong}) == 1
    assert served.taken == []


def test_it_takes_as_long_to_hear_so_whatever_was_wrong(served: Served) -> None:
    spans = []
    for path in ("/in/alerts", "/in/other") * 2:
        begun = time.monotonic()
        served.post(headers={}, path=path)
        spans.append(time.monotonic() - begun)

    assert min(spans) >= house.REFUSES_AFTER
    assert max(spans) < house.REFUSES_AFTER + 1


def test_strangers_are_written_down_by_count(served: Served) -> None:
    for _ in range(3):
        served.post(headers={})

    assert [told for _, told in served.notes] == [
        "receive: denied once: no right secret; the last time to 127.0.0.1",
    ]  # fmt: skip
    assert served.house.strangers == 2


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS", "HEAD", "BREW", "CONNECT"])
def test_only_post_is_taken_at_every_address(served: Served, method: str) -> None:
    for path in ("/in/alerts", "/other"):
        (answer,) = served.said(request(b"", TOKEN, path, method))
        assert (answer.status, answer.headers["allow"]) == (405, "POST")


def test_how_it_is_may_be_asked_by_anybody(served: Served) -> None:
    (answer,) = served.said(request(b"", {}, "/healthz", "GET"))
    assert (answer.status, answer.body) == (204, b"")
    assert served.said(request(b"x", {}, "/healthz", "GET"))[0].status == 413


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content-Encoding": "gzip"}, b"{}"),
        ({}, b"\x1f\x8b\x08"),
        ({"Content-Type": "application/x-www-form-urlencoded"}, b"payload=1"),
        ({"Content-Type": "multipart/form-data; boundary=x"}, b"--x--"),
    ],
)
def test_packed_bodies_and_forms_are_not_taken(served: Served, headers: dict[str, str], body: bytes) -> None:
    assert served.post(body, TOKEN | headers).status == 415
    assert served.taken == []


def test_nothing_is_no_delivery(served: Served) -> None:
    assert [served.post(body).status for body in (b"", b" \n")] == [400, 400]
    assert served.taken == []


def test_a_source_that_comes_too_often_is_told_when_to_come_again() -> None:
    with Served((replace(ENDPOINT, rate=2), replace(ENDPOINT, name="other"))) as served:
        answers = [served.post() for _ in range(3)]

        assert [each.status for each in answers] == [200, 200, 429]
        assert 25 <= int(answers[-1].headers["retry-after"]) <= 30
        assert served.post(path="/in/other").status == 200


def test_an_address_that_comes_too_often_is_told_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house, "STRANGERS", 2)
    with Served((replace(ENDPOINT, rate=1),)) as served:
        answers = [served.said(request(b"", {}, "/healthz", "GET"))[0].status for _ in range(3)]
        assert answers == [204] * 3
        assert served.said(request(b"x" * 50, {}))[0].status == 429


def test_a_source_has_its_own_size_and_nobody_hears_of_it_without_the_secret() -> None:
    with Served((replace(ENDPOINT, size=10), replace(ENDPOINT, name="other", size=100))) as served:
        assert served.post(b"x" * 11).status == 413
        assert served.post(b"x" * 11, {}).status == 401
        assert served.post(b"x" * 101, {}).status == 413


def test_a_replay_is_a_delivery_as_before_and_a_stale_one_is_none() -> None:
    body = b"{}"
    sign = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    with Served((replace(ENDPOINT, scheme=Scheme.GITHUB),)) as served:
        headers = {"X-Hub-Signature-256": f"sha256={sign}"}
        assert [served.post(body, headers).status for _ in range(2)] == [200, 200]
        assert served.post(body, headers | {"x-hub-signature-256": "sha256=00"}).status == 401


def test_one_is_taken_at_a_time_and_too_many_are_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house, "QUEUE", 2)
    goes_on, under_way, most = threading.Event(), [0], [0]

    def slowly(_: Delivery) -> Answer:
        under_way[0] += 1
        most[0] = max(most[0], under_way[0])
        goes_on.wait(10)
        under_way[0] -= 1
        return Answer(200)

    with Served(answers=slowly) as served:
        clients = [threading.Thread(target=served.post) for _ in range(2)]
        for client in clients:
            client.start()
        while served.house.waiting < 2:
            time.sleep(0.01)
        answer = served.post()
        assert (answer.status, answer.headers["retry-after"]) == (503, "5")
        goes_on.set()
        for client in clients:
            client.join(10)
        assert (most, len(served.taken)) == ([1], 2)


def test_what_takes_too_long_is_to_be_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house, "ANSWERS_IN", 0.1)
    goes_on = threading.Event()

    def slowly(_: Delivery) -> Answer:
        goes_on.wait(10)
        return Answer(200)

    with Served(answers=slowly) as served:
        answer = served.post(b"1")
        assert (answer.status, answer.headers["retry-after"], served.house.waiting) == (503, "5", 1)
        served.bell.set()
        while not served.house.is_ending:
            time.sleep(0.01)
        goes_on.set()
    assert (served.taken, served.house.waiting) == ([b"1"], 0)


def test_it_ends_after_what_is_under_way_and_takes_nothing_new() -> None:
    begun, goes_on = threading.Event(), threading.Event()

    def slowly(_: Delivery) -> Answer:
        begun.set()
        goes_on.wait(10)
        return Answer(200)

    with Served(answers=slowly) as served, served.connect() as idle, served.connect() as client:
        client.sendall(request(b"1"))
        assert begun.wait(10)
        served.bell.set()
        assert idle.recv(10) == b""
        with pytest.raises(OSError):  # noqa: PT011 - refused, or cut off
            served.post(b"2")
        goes_on.set()
        (answer,) = heard(client)
        assert (answer.status, answer.headers["connection"]) == (200, "close")
        served.end()
        assert served.taken == [b"1"]


@pytest.mark.parametrize(
    ("text", "shown", "is_near"),
    [
        ("127.0.0.1:8780", "127.0.0.1:8780", True), ("localhost:1", "127.0.0.1:1", True), (":5", "127.0.0.1:5", True),
        ("[::1]:8780", "[::1]:8780", True), ("0.0.0.0:80", "0.0.0.0:80", False), ("[::]:80", "[::]:80", False),
        ("10.0.0.1:65535", "10.0.0.1:65535", False),
    ],
)  # fmt: skip
def test_a_place_is_read(text: str, shown: str, is_near: bool) -> None:  # noqa: FBT001 - as parametrized
    place = place_of(text)
    assert (str(place), place.is_near) == (shown, is_near)


@pytest.mark.parametrize("text", ["", "8780", "x:80", "127.0.0.1:", "127.0.0.1:70000", "127.0.0.1:-1", "a b:1"])
def test_what_is_no_place_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        place_of(text)


def test_a_place_that_another_has_is_refused(served: Served) -> None:
    with pytest.raises(Refused, match="Nothing can listen at"):
        bound(Place("127.0.0.1", served.port))


def test_the_newer_internet_is_served() -> None:
    with bound(place_of("[::1]:0")) as listening:
        assert listening.family == socket.AF_INET6


def test_customers_of_the_newer_internet_have_one_bucket() -> None:
    assert house._network("2001:db8:1:2::1") == house._network("2001:db8:1:2:ffff::1")  # noqa: SLF001
    assert house._network("2001:db8:1:2::1") != house._network("2001:db8:1:3::1")  # noqa: SLF001
    assert house._network("::ffff:10.0.0.1") == "10.0.0.1"  # noqa: SLF001
    assert house._network("") == ""  # noqa: SLF001
