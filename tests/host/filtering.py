"""Runs a filter of system calls as the kernel would, on any machine."""

from __future__ import annotations

from console.host.seccomp import ABOVE, AND, ARCHITECTURES, FROM, HAS, IS, LOAD, RETURN, Step


def answered(steps: list[Step], kind: str, number: int, *arguments: int) -> int:
    """Give the filter's answer to one call on a machine."""
    words = [number, ARCHITECTURES[kind], 0, 0]
    for argument in (*arguments, 0, 0, 0, 0, 0, 0)[:6]:
        words += [argument & 0xFFFFFFFF, argument >> 32 & 0xFFFFFFFF]
    at, held = 0, 0
    while True:
        code, value, yes, no = steps[at]
        at += 1
        match code:
            case _ if code == RETURN:
                return value
            case _ if code == LOAD:
                held = words[value // 4]
            case _ if code == AND:
                held &= value
            case _:
                holds = {IS: held == value, ABOVE: held > value, FROM: held >= value, HAS: bool(held & value)}[code]
                at += yes if holds else no
