"""Making and altering frozen values with slots, where the class itself takes too long: it sets one field at a time.

A twin of the class is filled instead, which has the same slots and is not frozen, and becomes one of the class.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, make_dataclass
from operator import attrgetter
from typing import Any, TypeVar

Kind = TypeVar("Kind")


def making(kind: type[Kind]) -> Callable[..., Kind]:
    """Give what makes values of a frozen class with slots, from all of its fields in their order or by their names."""

    def become(value: Any) -> None:  # noqa: ANN401 - a twin
        value.__class__ = kind

    return make_dataclass(
        kind.__name__, _names(kind), namespace={"__post_init__": become}, slots=True, eq=False, repr=False
    )


def altering(kind: type[Kind]) -> Callable[..., Kind]:
    """Give what alters values of a frozen class with slots; rounds and intake do so very often."""
    names = _names(kind)
    places = {name: place for place, name in enumerate(names)}
    read, made = attrgetter(*names), making(kind)

    def altered(value: Kind, /, **changes: Any) -> Kind:  # noqa: ANN401 - any field of the class
        values = list(read(value))
        for name, new in changes.items():
            values[places[name]] = new
        return made(*values)

    return altered


def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))
