"""The house rules: who may come how often, and what becomes of a delivery on its way from the door to the answer."""

from __future__ import annotations

import asyncio
import ipaddress
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil

from console.log import Level, Note
from console.receiver.allowance import Allowances
from console.receiver.delivery import Answer, Delivery, Endpoint, refusal
from console.receiver.proof import is_shown

PLACES = "/in/"
QUEUE = 64
"""How many deliveries may wait for their turn."""
HELD = 32_000_000
"""Bytes of bodies that are held at once, about, whatever anybody sends."""
SOON = 5
"""Seconds after which to try again where nobody knows better."""
ANSWERS_IN = 8.0
"""Seconds after which a delivery is to be sent again that has not been taken in: GitHub waits for ten."""
STRANGERS = 600
"""How many requests a minute an address has besides those that all sources may make."""
REFUSES_AFTER = 0.2
"""Seconds after which whoever cannot show the secret hears so, whatever was wrong: time tells nothing either."""
TOLD_EVERY = 60.0
"""Seconds between two lines in the log about strangers."""
FORMS = ("multipart/", "application/x-www-form-urlencoded")
_PACKED = (b"\x1f\x8b", b"\xfd7zXZ\x00", b"BZh")


@dataclass
class House:
    """Everything that connections have in common; `take` is called in a thread, for one delivery at a time.

    `make_room` has done with one that is still sending.
    """

    endpoints: Mapping[str, Endpoint]
    take: Callable[[Delivery], Answer]
    now: Callable[[], datetime]
    note: Note
    is_ending: bool = False
    waiting: int = 0
    held: int = 0
    make_room: Callable[[], None] = lambda: None
    strangers: int = 0
    told_at: float = float("-inf")
    sources: Allowances = field(default_factory=lambda: Allowances(time.monotonic))
    addresses: Allowances = field(default_factory=lambda: Allowances(time.monotonic))
    writer: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "taking"))

    @property
    def largest(self) -> int:
        """Give how many bytes anybody may send: before the secret is shown, all addresses are alike."""
        return max((each.size for each in self.endpoints.values()), default=0)

    def hold(self, size: int) -> None:
        """Hold so many bytes more; where that is too much, whoever has taken longest to send gives way."""
        self.held += size
        if self.held > max(HELD, 2 * self.largest):
            self.make_room()

    def admitted(self, address: str) -> Answer | None:
        """Give the refusal of one who comes too often, or None."""
        rate = STRANGERS + sum(each.rate for each in self.endpoints.values())
        wait = self.addresses.spend(_network(address), rate)
        return _too_often(wait) if wait else None

    async def answer(self, target: str, headers: Mapping[str, str], body: bytes, address: str) -> Answer:
        """Give the answer to what was posted."""
        begun = time.monotonic()
        endpoint = self.endpoints.get(target.removeprefix(PLACES)) if target.startswith(PLACES) else None
        if endpoint is None or not is_shown(endpoint, headers, body, self.now()):
            self._strange(address)
            await asyncio.sleep(begun + REFUSES_AFTER - time.monotonic())
            return refusal(401, "Nothing is taken here without the right secret; check the address and the secret.")
        refused = self._unfit(endpoint, headers, body)
        if refused is not None:
            self.note(Level.WARNING, f"receive: {endpoint.name}: {refused.status}: {refused.told['error']}")
            return refused
        return await self._taken(Delivery(endpoint, headers, body))

    def _unfit(self, endpoint: Endpoint, headers: Mapping[str, str], body: bytes) -> Answer | None:
        """Give the refusal of what is not even looked into, or None."""
        if wait := self.sources.spend(endpoint.name, endpoint.rate):
            return _too_often(wait)
        if not body.strip():
            return refusal(400, "There is nothing in the body; send what is to be taken in.")
        if len(body) > endpoint.size:
            return too_large(endpoint.size)
        if headers.get("content-encoding", "identity").lower() != "identity" or body.startswith(_PACKED):
            return refusal(415, "Nothing packed is taken here; send it as it is.")
        if headers.get("content-type", "").lower().startswith(FORMS):
            return refusal(415, "No form is taken here; set the content type of the webhook to application/json.")
        return None

    async def _taken(self, delivery: Delivery) -> Answer:
        """Have a delivery taken in, one after another."""
        if self.waiting >= QUEUE:
            return refusal(503, "Too much is waiting here already; try again.", SOON)
        self.waiting += 1
        taking = asyncio.get_running_loop().run_in_executor(self.writer, self.take, delivery)
        taking.add_done_callback(self._one_less)
        await asyncio.wait({taking}, timeout=ANSWERS_IN)
        return taking.result() if taking.done() else refusal(503, "This takes too long; send it again.", SOON)

    def _one_less(self, _: asyncio.Future[Answer]) -> None:
        """One that was waiting has had its turn."""
        self.waiting -= 1

    def _strange(self, address: str) -> None:
        """Have it written down that somebody has not shown a secret: at once, and then a count each minute."""
        self.strangers += 1
        if time.monotonic() - self.told_at >= TOLD_EVERY:
            times = "once" if self.strangers == 1 else f"{self.strangers:,} times"
            self.note(Level.WARNING, f"receive: denied {times}: no right secret; the last time to {address}")
            self.strangers, self.told_at = 0, time.monotonic()


def too_large(most: int) -> Answer:
    """Give the refusal of what is too large."""
    return refusal(413, f"At most {most:,} bytes are taken in one delivery; send less at once.")


def _too_often(wait: float) -> Answer:
    return refusal(429, "This comes too often; try again later.", ceil(wait))


def _network(address: str) -> str:
    """Give whom an address stands for: itself, and in IPv6 the network of one customer."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        return str(found.ipv4_mapped or ipaddress.IPv6Network((found, 64), strict=False))
    return str(found)
