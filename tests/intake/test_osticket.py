"""osTicket: its table in any separator and many languages; one in another is known by the row below its heading."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.domain.errors import Refused
from tests.intake.files import stands, take, told
from tests.intake.tickets import OSTICKET_TABLE

ENGLISH = (
    '\ufeff"Ticket Number","Date Created",Subject,From,"From Email",Priority,Department,"Help Topic",Source,'
    '"Current Status","Last Updated","SLA Due Date","SLA Plan","Due Date","Closed Date",Overdue,Merged,Linked,Answered,'
    '"Agent Assigned","Team Assigned","Thread Count","Reopen Count","Attachment Count","Task Count"\n'
    '100234,"1/9/24, 3:54\u202fPM",Printer,"Ada Holm",ada@example.org,Emergency,Support,"Report a Problem",Web,Open,'
    '"1/31/24, 4:00\u202fPM",,"Default SLA","2/1/24, 4:00\u202fPM",,0,0,0,1,"Bo Lind",,3,1,0,0\n'
)


def test_the_usual_export_is_found_and_read(tmp_path: Path) -> None:
    found = take(tmp_path, ENGLISH)

    assert found.format == "osticket"
    (case,) = found.arrivals
    assert (case.source, case.ref, case.title, case.requester) == ("osticket", "100234", "Printer", "ada@example.org")
    assert (case.status, case.severity, case.category, case.channel) == ("open", "S1", "Report a Problem", "web")
    assert case.created == datetime(2024, 1, 9, 15, 54, tzinfo=UTC)
    assert case.due == datetime(2024, 2, 1, 16, tzinfo=UTC)
    facts = case.messages[-1].text
    assert case.handler == "Bo Lind"
    assert "Reopened: 1" in facts
    assert "Overdue" not in facts


def test_a_german_export_with_semicolons_is_found_and_read(tmp_path: Path) -> None:
    found = take(tmp_path, OSTICKET_TABLE)

    assert found.format == "osticket"
    first, second = found.arrivals
    assert (first.title, first.status, first.severity, first.channel) == ("Drucker", "open", "S1", "mail")
    assert "Overdue: yes" in first.messages[-1].text
    assert (stands(second)[0], second.severity, second.channel) == ("closed", "S3", "phone")
    assert told(second) == [
        "created | Support",
        "osTicket | closed | closed",
        "osTicket | closed | S3 | Support",
    ]
    assert second.steps[1].at == datetime(2026, 5, 4, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        ("Número de Ticket;Fecha de Creación;Asunto;De;Estado Actual;Prioridad", "1001;2026-05-01;a;b;Cerrado;Alta"),
        ("Numéro du ticket;Date de création;Sujet;De;Statut actuel;Priorité", "1001;2026-05-01;a;b;Fermé;Haute"),
        ("Número do Ticket;Data de Criação;Assunto;De;Status Atual;Prioridade", "1001;2026-05-01;a;b;Fechado;Alta"),
        ("Ticketnummer;Aanmaakdatum;Onderwerp;Van;Huidige status;Prioriteit", "1001;2026-05-01;a;b;Gesloten;Hoog"),
        ("Numero Ticket\tData Creazione\tOggetto\tDa\tStato\tPriorità", "1001\t2026-05-01\ta\tb\tChiuso\tAlta"),
    ],
)  # fmt: skip
def test_other_languages_and_separators_are_found(tmp_path: Path, heading: str, row: str) -> None:
    found = take(tmp_path, f"\ufeff{heading}\n{row}\n")

    (case,) = found.arrivals
    assert (found.format, case.ref, case.status, case.severity) == ("osticket", "1001", "closed", "S2")


def test_a_language_nobody_knows_is_read_by_its_places(tmp_path: Path) -> None:
    _, _, rows = ENGLISH.partition("\n")
    heading = ",".join(f"見出し{number}" for number in range(25))

    found = take(tmp_path, f"\ufeff{heading}\n{rows}")

    (case,) = found.arrivals
    assert (found.format, case.ref, case.title, case.requester) == ("osticket", "100234", "Printer", "ada@example.org")
    assert case.handler == "Bo Lind"


def test_other_tables_are_not_taken_for_it(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is not known"):
        take(tmp_path, "a,b,c\n1001,2026-05-01,x\n")
    with pytest.raises(Refused, match="has no column"):
        take(tmp_path, "a,b,c\n1001,2026-05-01,x\n", "osticket")


def test_a_row_without_a_number_is_rejected_with_its_line(tmp_path: Path) -> None:
    found = take(tmp_path, "Ticket Number,Date Created,Subject\n,2026-05-01,x\n1001,soon,y\n")

    assert [(reject.place, reject.number, reject.reason) for reject in found.rejects] == [
        ("line", 2, "The row has no ticket number."),
        ("line", 3, "created is 'soon', but takes a time such as 2026-03-01 09:30:00."),
    ]
