"""One connection: requests read within limits of size and time, and answered one after another."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import format_datetime
from http import HTTPStatus

import h11

from console.receiver.delivery import Answer, refusal
from console.receiver.house import House, too_large

HEAD = 16 * 1024
"""Bytes that the head of a request may have, about."""
HEAD_IN, BODY_IN, SENT_IN = 10.0, 20.0, 10.0
"""Seconds within which a head has to come, a body, and an answer has to be taken."""
REQUESTS = 1_000
"""Requests on one connection; then it is closed."""
PIECES = 5_000
"""Pieces in which a body may come."""
LINGERS, LEFT = 2.0, 2_000_000
"""Seconds, and bytes, for which a client that still sends is listened to, so that it gets to hear the answer."""
HEALTH = "/healthz"
_PIECE = 16 * 1024


class NotTakenError(Exception):
    """A request that is answered before it is read to its end; the connection ends with it."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before the body of a request; a header that stands there twice is joined by a comma."""

    method: str
    target: str
    headers: Mapping[str, str]
    is_old: bool


class Connection:
    """One client; `is_idle` while it asks nothing, `is_reading` until it has asked to the end."""

    def __init__(self, house: House, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.house, self.reader, self.writer = house, reader, writer
        self.wire = h11.Connection(h11.SERVER, max_incomplete_event_size=HEAD)
        self.address = str((writer.get_extra_info("peername") or ("",))[0])
        self.is_idle = True
        self.is_reading = True
        self.has_body = True
        self.held = 0

    async def serve(self) -> None:
        """Answer request by request, until either side has enough."""
        try:
            for number in range(REQUESTS):
                is_last = number == REQUESTS - 1
                if not await self._one(is_last=is_last):
                    return
                self.is_idle = self.is_reading = True
                self.let_go()
                self.wire.start_next_cycle()
        except asyncio.CancelledError:
            self.writer.transport.abort()
            raise
        except (OSError, TimeoutError, h11.LocalProtocolError):
            return  # a client that has gone, or does not take its answer
        finally:
            self.let_go()
            await self._leave()

    async def _one(self, *, is_last: bool) -> bool:
        """Answer one request; say whether there may be another."""
        try:
            async with asyncio.timeout(HEAD_IN):
                head = await self._head()
            if head is None:
                return False
            self.is_idle, self.has_body = False, head.method != "HEAD"
            answer = await self._answer(head)
        except NotTakenError as refused:
            return await self._refuse(refused.answer)
        except TimeoutError:
            return False if self.is_idle else await self._refuse(refusal(408, "The request did not come to its end."))
        except h11.RemoteProtocolError as error:
            return await self._refuse(refusal(error.error_status_hint, "This is no HTTP that is taken here."))
        ends = is_last or self.house.is_ending or self.wire.their_state is h11.MUST_CLOSE
        await self._send(answer, ends=ends)
        return not ends

    async def _answer(self, head: Head) -> Answer:
        """Read what follows a head, as far as it is wanted, and give the answer."""
        is_asked = head.method == "GET" and head.target == HEALTH
        refused = self.house.admitted(self.address) or _wrong(head, self.house.largest, is_asked=is_asked)
        if refused is not None:
            raise NotTakenError(refused)
        if self.wire.they_are_waiting_for_100_continue:
            self.writer.write(self.wire.send(h11.InformationalResponse(status_code=100, headers=[])) or b"")
        async with asyncio.timeout(BODY_IN):
            body = await self._body(0 if is_asked else self.house.largest)
        if is_asked:
            return Answer(204)
        self.is_reading = False
        return await self.house.answer(head.target, head.headers, body, self.address)

    async def _head(self) -> Head | None:
        """Wait for the head of a request; None where the client has left."""
        event = await self._event()
        if not isinstance(event, h11.Request):
            return None
        headers: dict[str, str] = {}
        for name, value in event.headers:
            key, said = name.decode("ascii"), value.decode("latin-1")
            headers[key] = f"{headers[key]}, {said}" if key in headers else said
        path = event.target.decode("latin-1").partition("?")[0]
        return Head(event.method.decode("ascii"), path, headers, event.http_version < b"1.1")

    async def _body(self, most: int) -> bytes:
        """Read a body, however it comes, but no more than so much."""
        body = bytearray()
        for _ in range(PIECES):
            event = await self._event()
            if isinstance(event, h11.EndOfMessage):
                return bytes(body)
            if not isinstance(event, h11.Data):
                raise ConnectionResetError
            body += event.data
            if len(body) > most:
                raise NotTakenError(too_large(most))
            self.held += len(event.data)
            self.house.hold(len(event.data))
        raise NotTakenError(refusal(400, "The body comes in too many pieces; send larger ones."))

    async def _event(self) -> object:
        """Give what the client sends next. Raises h11.RemoteProtocolError."""
        while (event := self.wire.next_event()) is h11.NEED_DATA:
            self.wire.receive_data(await self.reader.read(_PIECE))
            await asyncio.sleep(0)  # so that one who sends much does not keep the others waiting
        return event

    async def _refuse(self, answer: Answer) -> bool:
        """Answer before a request was read to its end, and have done with the client."""
        if self.wire.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            await self._send(answer, ends=True)
        return False

    async def _send(self, answer: Answer, *, ends: bool) -> None:
        """Send an answer."""
        body = b"" if answer.status == HTTPStatus.NO_CONTENT else json.dumps(dict(answer.told)).encode() + b"\n"
        headers = [
            ("Date", format_datetime(self.house.now(), usegmt=True)), ("Cache-Control", "no-store"),
            *([("Content-Type", "application/json"), ("Content-Length", str(len(body)))] if body else []),
            *([("Allow", "POST")] if answer.status == HTTPStatus.METHOD_NOT_ALLOWED else []),
            *([("Retry-After", str(answer.wait))] if answer.wait else []), *([("Connection", "close")] if ends else []),
        ]  # fmt: skip
        reason = HTTPStatus(answer.status).phrase.encode()
        head = h11.Response(status_code=answer.status, headers=headers, reason=reason)
        events = (head, h11.Data(body if self.has_body else b""), h11.EndOfMessage())
        self.writer.write(b"".join(self.wire.send(event) or b"" for event in events))
        async with asyncio.timeout(SENT_IN):
            await self.writer.drain()

    def let_go(self) -> None:
        """Hold nothing of a body any more."""
        self.house.held -= self.held
        self.held = 0

    async def _leave(self) -> None:
        """Close, but hear a client out that still sends: who is cut off in the middle does not read the answer."""
        try:
            if self.wire.their_state in {h11.SEND_BODY, h11.ERROR} and not self.writer.transport.is_closing():
                self.writer.write_eof()
                async with asyncio.timeout(LINGERS):
                    left = LEFT
                    while left > 0 and (piece := await self.reader.read(_PIECE)):
                        left -= len(piece)
        except (OSError, TimeoutError):
            pass
        finally:
            self.writer.close()


def _wrong(head: Head, largest: int, *, is_asked: bool) -> Answer | None:
    """Give what is wrong with a request by its head, the same at every address, or None; `is_asked`: how we are."""
    is_chunked, length = "transfer-encoding" in head.headers, head.headers.get("content-length")
    if is_chunked and (length is not None or head.is_old):
        return refusal(400, "The length of the body is told in two ways; tell it in one.")
    if is_asked:
        return None
    if head.method != "POST":
        return refusal(405, "Only POST is taken here.")
    if not is_chunked and length is None:
        return refusal(411, "The length of the body is missing; send a Content-Length.")
    if length is not None and int(length) > largest:
        return too_large(largest)
    return None
