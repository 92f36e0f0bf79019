"""Clients that are slow, large, many or sly."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.receiver import connection, house, server
from console.receiver.delivery import Answer, Delivery
from tests.receiver.givens import TOKEN, Served, chunked, heard, request

BEARER = f"Authorization: {TOKEN['Authorization']}"


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """Give a receiver with one source, for all of these."""
    with Served() as begun:
        begun.house.addresses.clock = _hours()
        begun.house.sources.clock = _hours()
        yield begun


def _hours() -> Callable[[], float]:
    """Give a clock by which each look is an hour later, so that nobody comes too often."""
    hours = iter(range(0, 10**9, 3600))
    return lambda: float(next(hours))


def a_head(*lines: str, first: str = "POST /in/alerts HTTP/1.1") -> bytes:
    """Give a request's head with these lines besides."""
    return "\r\n".join([first, "Host: x", BEARER, *lines, "", ""]).encode()


SMUGGLED = request(b"smuggled")
SLY = {
    "two lengths in two ways": a_head("Content-Length: 4", "Transfer-Encoding: chunked") + b"0\r\n\r\n" + SMUGGLED,
    "the other way round": a_head("Transfer-Encoding: chunked", "Content-Length: 4") + b"0\r\n\r\n" + SMUGGLED,
    "two different lengths": a_head("Content-Length: 4", "Content-Length: 5") + SMUGGLED,
    "a list of lengths": a_head("Content-Length: 4, 5") + SMUGGLED,
    "a length with a sign": a_head("Content-Length: +4") + SMUGGLED,
    "a length with an underscore": a_head("Content-Length: 1_0") + SMUGGLED,
    "a negative length": a_head("Content-Length: -1") + SMUGGLED,
    "a length in hexadecimal": a_head("Content-Length: 0x4") + SMUGGLED,
    "a coding that is none": a_head("Transfer-Encoding: xchunked") + SMUGGLED,
    "two codings": a_head("Transfer-Encoding: identity, chunked") + SMUGGLED,
    "the coding twice": a_head("Transfer-Encoding: chunked", "Transfer-Encoding: chunked") + SMUGGLED,
    "a blank before the colon": a_head("Content-Length : 4") + SMUGGLED,
    "a folded coding": a_head("Transfer-Encoding:\r\n chunked", "Content-Length: 4") + b"0\r\n\r\n" + SMUGGLED,
    "a bare carriage return": a_head("X: a\rContent-Length: 4") + SMUGGLED,
    "a NUL": a_head("X: a\0b", "Content-Length: 0") + SMUGGLED,
    "chunks in old HTTP": a_head("Transfer-Encoding: chunked", first="POST /in/alerts HTTP/1.0") + b"0\r\n\r\n",
    "no host": b"POST /in/alerts HTTP/1.1\r\nContent-Length: 0\r\n\r\n" + SMUGGLED,
    "two hosts": a_head("Host: y", "Content-Length: 0") + SMUGGLED,
    "a chunk of no length": a_head("Transfer-Encoding: chunked") + b"\r\nsmuggled\r\n0\r\n\r\n" + SMUGGLED,
    "a chunk of a sly length": a_head("Transfer-Encoding: chunked") + b"0x1\r\na\r\n0\r\n\r\n" + SMUGGLED,
    "a chunk that goes on": a_head("Transfer-Encoding: chunked") + b"1\r\nabc\r\n0\r\n\r\n" + SMUGGLED,
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + SMUGGLED,
    "TLS": bytes.fromhex("16030100a5010000a10303") + b"\0" * 40 + b"\r\n\r\n",
}


@pytest.mark.parametrize("sly", SLY, ids=str)
def test_nothing_is_smuggled_in(served: Served, sly: str) -> None:
    answers = served.said(SLY[sly])

    assert [each.status // 100 for each in answers] in ([4], [5])
    assert answers[0].headers["connection"] == "close"
    assert not any(b"smuggled" in body for body in served.taken)


def test_what_is_too_large_is_refused_before_it_is_read(served: Served) -> None:
    (answer,) = served.said(a_head("Content-Length: 1000001"))
    assert (answer.status, "1,000,000 bytes" in answer.told["error"]) == (413, True)
    (answer,) = served.said(a_head(f"Content-Length: {10**19}"))
    assert answer.status == 413
    (answer,) = served.said(a_head("Content-Length: " + "9" * 100))
    assert answer.status == 400
    (answer,) = served.said(chunked(*[b"x" * 200_000] * 6))
    assert answer.status == 413
    (answer,) = served.said(a_head("Transfer-Encoding: chunked") + b"ffffffffffffffffff\r\n" + b"x" * 1_100_000)
    assert answer.status == 413


def test_no_question_after_the_length_is_answered_with_go_on(served: Served) -> None:
    (answer,) = served.said(a_head("Content-Length: 2000000", "Expect: 100-continue"))
    assert answer.status == 413


def test_a_bomb_of_chunks_is_refused(served: Served) -> None:
    (answer,) = served.said(chunked(*[b"x"] * 20_000))
    assert (answer.status, "pieces" in answer.told["error"]) == (400, True)
    (answer,) = served.said(a_head("Transfer-Encoding: chunked") + b"1;" + b"x" * 40_000)
    assert answer.status in {400, 431}


def test_a_head_has_its_limit(served: Served) -> None:
    for head in (b"GET /" + b"x" * 60_000, a_head(*[f"X-{number}: x" for number in range(9_000)])[:-4] + b"\r\nX: "):
        (answer,) = served.said(head)
        assert answer.status == 431


def test_a_client_that_does_not_come_to_the_point_is_left(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "HEAD_IN", 0.3)
    with served.connect() as client:
        begun = time.monotonic()
        client.sendall(b"POST /in/alerts HTTP/1.1\r\n")
        data = b"x"
        while data and time.monotonic() - begun < 5:
            try:
                client.sendall(b"X: y\r\n")
                client.settimeout(0.05)
                data = client.recv(10)
            except TimeoutError:
                continue
            except OSError:
                break
        assert 0.2 < time.monotonic() - begun < 3


def test_a_body_has_its_time(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BODY_IN", 0.3)
    with served.connect() as client:
        client.sendall(a_head("Content-Length: 10") + b"x")
        (answer,) = heard(client)
    assert answer.status == 408


def test_whoever_breaks_off_is_not_taken(served: Served) -> None:
    before = len(served.taken)
    for whole in (request(b"x" * 50), chunked(b"x" * 50)):
        served.said(whole[:-10])
    assert len(served.taken) == before


def test_many_that_only_hang_on_do_not_keep_others_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "CONNECTIONS", 10)
    with Served() as served:
        hanging: list[socket.socket] = []
        for _ in range(40):
            client = served.connect()
            client.sendall(b"POST /in/alerts HTTP/1.1\r\nX-Slow: ")
            hanging.append(client)
        assert served.post().status == 200
        assert len(served.receiver.served) <= 10
        for client in hanging:
            client.close()


def test_many_that_send_slowly_do_not_keep_others_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "CONNECTIONS", 5)
    with Served() as served, ExitStack() as open_ones:
        for _ in range(20):
            open_ones.enter_context(served.connect()).sendall(a_head("Content-Length: 300000") + b"x" * 200_000)
        assert served.post().status == 200
        assert len(served.receiver.served) <= 5


def test_what_is_held_at_once_has_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house, "HELD", 2_000_000)
    with Served() as served, ExitStack() as open_ones:
        for _ in range(20):
            open_ones.enter_context(served.connect()).sendall(a_head("Content-Length: 900000") + b"x" * 200_000)
        while served.house.held < 1_500_000:
            time.sleep(0.01)
        assert served.post(b"x" * 100_000).status == 200
        assert served.house.held <= 2_000_000
    assert served.house.held == 0


def test_where_all_wait_for_their_answer_a_new_one_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "CONNECTIONS", 2)
    goes_on = threading.Event()

    def slowly(_: Delivery) -> Answer:
        goes_on.wait(10)
        return Answer(200)

    with Served(answers=slowly) as served:
        clients = [served.connect() for _ in range(2)]
        for client in clients:
            client.sendall(request())
        while served.house.waiting < 2:
            time.sleep(0.01)
        assert _is_cut_off(served)
        goes_on.set()
        for client in clients:
            client.shutdown(socket.SHUT_WR)
            assert [each.status for each in heard(client)] == [200]
            client.close()


def _is_cut_off(served: Served) -> bool:
    """Say whether a new client is let go without an answer."""
    with served.connect() as client:
        try:
            client.sendall(request())
            return client.recv(10) == b""
        except OSError:
            return True


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.integers(0, 300), st.sampled_from([request(b'{"a": 1}'), chunked(b"{}", b"x")]))
def test_no_bytes_end_it(served: Served, noise: bytes, at: int, whole: bytes) -> None:
    for data in (noise, whole[:at] + noise + whole[at:], whole[:at] + noise):
        try:
            answers = served.said(data)
        except ConnectionResetError:
            continue
        assert all(each.status in {200, 400, 401, 404, 405, 411, 413, 415, 431, 501} for each in answers)
    assert served.thread.is_alive()
    assert not [told for _, told in served.notes if "error" in told.lower() and "415" not in told]
