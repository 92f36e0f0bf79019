"""The checkup of the layout: who besides its owner can get at the database, and whether its disk can be trusted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from console.domain.errors import RefusalCode, Refused
from console.store import layout
from console.store.layout import Spot


def must_be_private(path: Path) -> None:
    """Refuse to serve a database that another account can open or replace, or whose locks cannot be trusted.

    One that is not there yet is judged by its folder. Refused: files or a folder that others may write to or open,
    that belong to another account, or that lie behind a link or on a network or FUSE file system.
    """
    own = layout.own_account()
    for sentence in (*linked(path), *exposed(path, own), *networked(path)):
        raise Refused(f"This database cannot be served: {sentence}", RefusalCode.NOT_ALLOWED)


def exposed(path: Path, owner: int) -> Iterator[str]:
    """Tell what gives a database to another account than its owner."""
    if not layout.can_tell():
        return
    folder, files = layout.folder(path), layout.files(path)
    if folder:
        yield from _shared(folder, owner)
    for spot in files:
        yield from _foreign(spot, owner, can_be_reached=folder is None or folder.is_passable_by_others)
    for spot in layout.above(path):
        yield from _replaceable(spot, owner)


def owner_of(path: Path) -> int:
    """Give the account that owns a database; of one that is not there yet, that of this program."""
    found = layout.spot(path)
    return found.owner if found else layout.own_account()


def looked_into(path: Path) -> Iterator[str]:
    """Tell that others can see what lies in the folder of the database."""
    folder = layout.folder(path) if layout.can_tell() else None
    if folder and folder.is_readable_by_others and not folder.is_writable_by_others:
        yield f"{folder.path} can be looked into by other accounts; {_closed(folder)}."


def copied(folder: Path, newest: Path | None) -> Iterator[str]:
    """Tell that others could read the backups, which hold everything, or put another one among them."""
    place = layout.spot(folder) if layout.can_tell() else None
    copy = layout.spot(newest) if newest else None
    if place and place.is_others_to_change:
        yield f"{folder} can be written by other accounts, who could put a backup there; {_closed(place)}."
    elif place and place.is_passable_by_others and copy and copy.is_readable_by_others:
        yield f"{copy.path} can be read by other accounts, past all rights; {_closed(place)}."


def steered(files: tuple[Path, ...], owner: int) -> Iterator[str]:
    """Tell which of the files that the program goes by could be changed by another account, which then acts by it."""
    for spot in filter(None, map(layout.spot, files if layout.can_tell() else ())):
        if spot.owner not in {owner, 0}:
            yield f"{spot.path} sets what Triage does and belongs to {layout.account(spot.owner)}; make it your own."
        if spot.is_others_to_change:
            yield f"{spot.path} sets what Triage does and can be written by other accounts; {_kept_from(spot)}."


def impersonable(socket: Path) -> Iterator[str]:
    """Tell that another account could listen where the host does, and so play it."""
    folder, own = layout.spot(socket.parent), layout.spot(socket)
    if folder and layout.can_tell():
        if folder.is_others_to_change:
            yield f"{folder.path} can be written by other accounts, who could play the host; {_kept_from(folder)}."
        if folder.owner not in {0, own.owner if own else folder.owner}:
            yield f"{folder.path} belongs to {layout.account(folder.owner)}, who could play the host; make it root's."


def networked(path: Path) -> Iterator[str]:
    """Tell that the disk is one whose locks cannot be trusted."""
    kind = layout.file_system(path)
    if layout.is_networked(kind):
        yield (
            f"{path} is on a file system of the kind {kind}, where locks cannot be trusted and writers can damage each "
            "other's work; move the database to a disk of this machine."
        )


def linked(path: Path) -> Iterator[str]:
    """Tell that the database is named by a link, so that what lies beside it is looked for in two places."""
    if path.is_symlink():
        yield (
            f"{path} is a link to {path.resolve()}, and whoever uses the other name waits in another queue; "
            "name the file itself."
        )


def _shared(folder: Spot, owner: int) -> Iterator[str]:
    """Tell that others may put files into the folder of the database."""
    right = layout.account(owner)
    if folder.owner != owner:
        whose = layout.account(folder.owner)
        yield f"{folder.path} belongs to {whose} and not to {right}; move the database to a folder of {right}'s own."
    elif folder.is_writable_by_others:
        yield f"{folder.path} can be written by other accounts, who can replace what is in it; {_closed(folder)}."


def _foreign(spot: Spot, owner: int, *, can_be_reached: bool) -> Iterator[str]:
    """Tell that a file of the database can be used by others, past all rights."""
    if spot.owner != owner:
        whose, right = layout.account(spot.owner), layout.account(owner)
        yield f"{spot.path} belongs to {whose} and not to {right}; as root, do `chown {right} {spot.path}`."
    if spot.is_writable_by_others:
        yield f"{spot.path} can be written by other accounts, past all rights; {_closed(spot)}."
    elif spot.is_readable_by_others and can_be_reached:
        yield f"{spot.path} can be read by other accounts, past all rights; {_closed(spot)}."


def _kept_from(spot: Spot) -> str:
    return f"do `chmod go-w {spot.path}`"


def _closed(spot: Spot) -> str:
    return f"do `chmod go-rwx {spot.path}`"


def _replaceable(spot: Spot, owner: int) -> Iterator[str]:
    """Tell that a folder further up lets another account put another one in place of the database's."""
    if spot.owner not in {owner, 0}:
        whose = layout.account(spot.owner)
        yield (
            f"{spot.path} belongs to {whose}, who can put another folder in place of the database's; "
            "move the database to a folder of its own."
        )
    elif spot.lets_others_replace:
        yield (
            f"{spot.path} can be written by other accounts, who can put another folder in place of the database's; "
            f"{_kept_from(spot)}."
        )
