"""A spool that is watched: files are taken whole, once and in order, and what fails is kept aside with the reason."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from console.cli import live_taking, taking
from console.cli.taking import take_reading
from console.desk.taking import take_in
from console.intake.spool import EMPTY_FOR, Spool
from tests.cli.conftest import Shell
from tests.cli.watching import Watch, nothing
from tests.intake.files import a_mail, a_mailbox
from tests.template import a_copy

BAD = "title,impact\nOne,1\nTwo,99\n"


@pytest.fixture
def watch(empty: Shell, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Give a desk that stands, and a spool."""
    a_copy(empty.database)
    folder = empty.folder / "spool"
    folder.mkdir()
    return Watch(empty, monkeypatch, folder)


def test_files_of_every_kind_are_taken_in_the_order_of_their_times_and_go(watch: Watch) -> None:
    watch.put("b.csv", "title\nFirst\n", 1)
    watch.put("a.jsonl", '{"title": "Third"}\n', 3)
    watch.put("c.mbox", a_mailbox(a_mail(message_id="<a@x>", subject="Second")), 2)

    said = watch.once()

    assert said.code == 0, said.err
    assert watch.titles() == ["First", "Second", "Third"]
    assert watch.lies() == watch.lies(".done") == watch.lies(".failed") == []
    assert said.out.splitlines()[0] == "b.csv: 1 new, 0 joined, 0 known already, 0 notes"


def test_a_file_is_taken_once_it_does_not_change_any_more(watch: Watch) -> None:
    path = watch.put("a.csv", "title\nOne\n")

    def more() -> None:
        with path.open("a") as file:
            file.write("Two\n")

    seen = []
    watch(more, more, nothing, lambda: seen.append(path.exists()))

    assert watch.titles() == ["One", "Two", "Two"]
    assert seen == [False]


def test_a_file_that_gets_its_name_when_it_is_complete_is_taken_at_once(watch: Watch) -> None:
    path = watch.put(".a.csv", "title\nOne\n")
    later = watch.put("b.csv.part", "title\nTwo\n")

    watch(lambda: path.rename(watch.folder / "a.csv"))

    assert watch.titles() == ["One"]
    assert watch.lies() == ["b.csv.part"]
    assert later.exists()


def test_rows_that_are_rejected_keep_their_file_aside_and_the_others_are_taken(watch: Watch) -> None:
    watch.put("a.csv", BAD)
    watch.put("b.csv", "title\nThree\n", 1)

    said = watch.once()

    assert said.code == 1
    assert watch.titles() == ["One", "Three"]
    assert watch.lies(".failed") == ["a.csv", "a.csv.reason.json"]
    told = json.loads((watch.folder / ".failed" / "a.csv.reason.json").read_text())
    assert (told["file"], told["rejected"], told["rejects"][0]["number"]) == ("a.csv", 1, 3)
    assert "impact is '99'" in told["rejects"][0]["reason"]
    assert "a.csv is put aside: impact is '99'" in said.err


def test_what_failed_is_tried_again_by_moving_it_back_and_its_reason_goes(watch: Watch) -> None:
    watch.put("a.csv", BAD)
    watch.once()
    (watch.folder / ".failed" / "a.csv").write_text(BAD.replace("99", "2"))
    (watch.folder / ".failed" / "a.csv").rename(watch.folder / "a.csv")

    said = watch.once("--keep")

    assert said.code == 0
    assert watch.titles() == ["One", "Two"]
    assert (watch.lies(".failed"), watch.lies(".done")) == ([], ["a.csv"])


def test_files_of_one_name_are_kept_beside_each_other(watch: Watch) -> None:
    long = "x" * 250 + ".csv"
    for _ in range(2):
        watch.put("a.csv", "garbage")
        watch.put(long, "garbage")
        watch.once()

    names = [name for name in watch.lies(".failed") if not name.endswith(".json")]
    assert [name[-5:] for name in names] == ["x.csv", "csv.2", "a.csv", "csv.2"] or names[:2] == ["a.csv", "a.csv.2"]
    assert len(names) == 4
    assert len(watch.lies(".failed")) == 8


@pytest.mark.parametrize("name", [b"a\n\x1b[31mb.csv", b"\xff\xfe.csv", "ü ä.csv".encode(), b"-", b"--once", b"%s{}"])
def test_names_are_only_names(watch: Watch, name: bytes) -> None:
    watch.put(name, b"garbage")
    said = watch.once()

    assert said.code == 1
    assert "\x1b" not in said.err + said.out
    assert os.fsdecode(name) in watch.lies(".failed")


def test_what_is_no_plain_file_is_left_where_it_is_and_told_of_once(watch: Watch) -> None:
    secret = watch.shell.folder / "secret.csv"
    secret.write_text("title\nSecret\n")
    (watch.folder / "link.csv").symlink_to(secret)
    os.link(secret, watch.folder / "hard.csv")
    os.mkfifo(watch.folder / "pipe.csv")
    (watch.folder / "folder.csv").mkdir()

    said, _ = watch(nothing, nothing, nothing)

    assert watch.titles() == []
    assert sorted(said.err.splitlines()[1:]) == [
        "folder.csv is a folder, and is left where it is.",
        "hard.csv has a second name elsewhere (a hard link), and is left where it is.",
        "link.csv is a link, and is left where it is.",
        "pipe.csv is no plain file, and is left where it is.",
    ]


def test_a_link_in_the_place_of_our_own_folder_is_not_followed(watch: Watch) -> None:
    (watch.shell.folder / "other").mkdir()
    (watch.folder / ".taking").symlink_to(watch.shell.folder / "other")
    watch.put("a.csv")

    said = watch.once()

    assert said.code == 1
    assert "is not a folder of its own" in said.err
    assert watch.lies() == ["a.csv"]


def test_an_empty_file_is_waited_for_and_then_is_one_that_failed(watch: Watch) -> None:
    watch.put("a.csv", "")
    assert watch.once().code == 0
    assert watch.lies() == ["a.csv"]

    watch(*[nothing] * (EMPTY_FOR + 2))
    assert watch.lies(".failed") == ["a.csv", "a.csv.reason.json"]


def test_mails_that_lie_there_together_are_threaded_first(watch: Watch) -> None:
    watch.put("1.eml", a_mail("third", message_id="<c@x>", in_reply_to="<b@x>", subject="Re: Hi"), 1)
    watch.put("2.eml", a_mail("second", message_id="<b@x>", in_reply_to="<a@x>", subject="Re: Hi"), 2)
    watch.put("3.eml", "nonsense", 3)
    watch.put("4.eml", a_mail("first", message_id="<a@x>", subject="Hi"), 4)

    watch.once("--format", "mail")

    assert watch.titles() == ["Hi"]
    assert watch.shell.case()["ref"] == "a@x"
    assert [note["text"].strip() for note in watch.shell.case()["notes"]] == ["second", "third"]
    assert watch.lies(".failed") == ["3.eml", "3.eml.reason.json"]


def test_a_mail_that_is_none_is_put_aside_alone(watch: Watch) -> None:
    watch.put("1.eml", a_mail("first", message_id="<a@x>"), 1)
    watch.put("2.eml", "no mail at all\n", 2)

    watch.once("--format", "mail")

    assert len(watch.titles()) == 1
    assert watch.lies(".failed") == ["2.eml", "2.eml.reason.json"]


def test_a_mail_the_program_fails_on_stops_no_other(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(desk: object, actor: object, arrivals: list[object]) -> object:
        if any("poison" in repr(each) for each in arrivals):
            raise ZeroDivisionError
        return take_in(desk, actor, arrivals)  # type: ignore[arg-type]

    monkeypatch.setattr(taking, "take_in", failing)
    for number, word in enumerate(("good", "poison", "fine")):
        watch.put(f"{word}.eml", a_mail(word, message_id=f"<{word}@x>", subject=word), number)
    watch.put("poison.csv", "title\npoison\n", 5)
    watch.put("z.csv", "title\nlast\n", 6)

    said = watch.once()

    assert said.code == 1
    assert watch.titles() == ["good", "fine", "last"]
    assert [name for name in watch.lies(".failed") if "reason" not in name] == ["poison.csv", "poison.eml"]
    assert "poison" not in (watch.folder / ".failed" / "poison.eml.reason.json").read_text().replace("poison.eml", "")


def test_a_busy_database_is_tried_again_with_longer_and_longer_pauses_and_nothing_is_lost(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch.put("a.csv", "title\nOne\n")
    watch.put("b.eml", a_mail(message_id="<a@x>", subject="Two"), 1)
    monkeypatch.setattr(live_taking, "take_reading", _busy(3))

    said, sleeper = watch(*[nothing] * 6)

    assert said.err.count("is not taken in now: The database is kept busy") == 1
    assert "is looked at again" in said.err
    assert sleeper.slept[1:4] == [4.0, 8.0, 16.0]
    assert watch.titles() == ["One", "Two"]
    assert (watch.lies(), watch.lies(".failed")) == ([], [])


def _busy(times: int) -> object:
    """Let the database be busy this many times."""
    from console.store.faults import busy

    left = [times]

    def taking_in(*given: object) -> None:
        if left[0]:
            left[0] -= 1
            raise busy(Path("triage.db"))
        take_reading(*given)  # type: ignore[arg-type]

    return taking_in


def test_a_database_that_is_away_is_waited_for(watch: Watch) -> None:
    watch.put("a.csv", "title\nOne\n")
    away = watch.shell.database.rename(watch.shell.folder / "away.db")

    said, _ = watch(nothing, nothing, lambda: away.rename(watch.shell.database), nothing)

    assert "There is no database at" in said.err
    assert watch.titles() == ["One"]


def test_what_somebody_had_picked_up_who_was_killed_is_taken(watch: Watch) -> None:
    watch.put("a.csv", "title\nOne\n")
    spool = Spool(watch.folder)
    spool.ready()
    (name,) = spool.ready()
    picked = spool.pick_up(name)
    assert picked
    assert Spool(watch.folder).pick_up(name) is None
    assert list(Spool(watch.folder).left_behind()) == []
    os.close(picked.turn)

    assert watch.once().code == 0
    assert watch.titles() == ["One"]
    assert list((watch.folder / ".taking").iterdir()) == []


def test_a_file_that_is_written_to_while_it_is_taken_is_taken_again(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch.put("a.csv", "ref,title\n1,One\n")
    writes = ["2,Two\n"]

    def slow(*given: object) -> None:
        take_reading(*given)  # type: ignore[arg-type]
        if writes:
            (taken,) = (watch.folder / ".taking").glob("*/a.csv")
            with taken.open("a") as file:
                file.write(writes.pop())

    monkeypatch.setattr(live_taking, "take_reading", slow)
    said = watch.once()

    assert "a.csv was still being written" in said.err
    assert watch.titles() == ["One", "Two"]
    assert watch.lies() == []
