"""The headings of osTicket's export in the languages it is set up in, and where they stand in one that is not known."""

from __future__ import annotations

import csv
import re
from dataclasses import replace

from console.intake.source import Head
from console.intake.ticket_table import Columns, plain

_NAMES = {
    "number": "ticket number|ticket #|ticketnummer|ticket-nummer|ticket-nr.|numéro du ticket|numéro de ticket|"
    "n° du ticket|número de ticket|número del ticket|número do ticket|número do chamado|numero ticket|"
    "numero del ticket|numero di ticket|numer zgłoszenia|numer biletu|номер заявки|номер тикета|номер билета|"
    "ärendenummer|biljettnummer|číslo tiketu|ticket-id",
    "created": "date created|create date|created|erstellungsdatum|erstellt am|datum erstellt|erstelldatum|"
    "date de création|fecha de creación|fecha creada|data de criação|data criação|data creazione|data di creazione|"
    "aanmaakdatum|datum aangemaakt|gemaakt op|data utworzenia|дата создания|skapad|skapat datum|datum vytvoření",
    "subject": "subject|issue summary|betreff|thema|problemzusammenfassung|sujet|objet|asunto|resumen del problema|"
    "assunto|oggetto|onderwerp|temat|тема|ämne|předmět",
    "from": "from|user|von|absender|de|expéditeur|remitente|da|mittente|van|od|от|от кого|från|uživatel|benutzer",
    "mail": "from email|email|e-mail|von e-mail|von email|absender-e-mail|e-mail-adresse|e-mail von|"
    "email de l'expéditeur|e-mail de l'expéditeur|de l'adresse de courriel|email de|correo|correo electrónico|"
    "correo del remitente|de correo electrónico|e-mail do remetente|do e-mail|email mittente|da email|van e-mail|"
    "e-mail afzender|e-mail nadawcy|от email|email отправителя|från e-post|od e-mailu",
    "priority": "priority|priorität|priorité|prioridad|prioridade|priorità|prioriteit|priorytet|приоритет|prioritet|"
    "priorita",
    "department": "department|abteilung|département|service|departamento|dipartimento|afdeling|dział|отдел|avdelning|"
    "oddělení",
    "topic": "help topic|hilfethema|hilfe-thema|rubrique d'aide|sujet d'aide|tema de ayuda|tópico de ajuda|"
    "argomento di aiuto|argomento|hulponderwerp|help onderwerp|temat pomocy|раздел помощи|тема обращения|hjälpämne|"
    "téma nápovědy",
    "source": "source|quelle|provenance|fuente|origen|origem|fonte|sorgente|bron|źródło|источник|källa|zdroj",
    "status": "current status|status|aktueller status|statut actuel|état actuel|statut|estado actual|estado|"
    "status atual|stato attuale|stato|huidige status|bieżący status|aktualny status|текущий статус|статус|"
    "aktuell status|nuvarande status|současný stav|ticket status|ticketstatus",
    "updated": "last updated|last update|letzte aktualisierung|zuletzt aktualisiert|dernière mise à jour|"
    "última actualización|última atualização|ultimo aggiornamento|laatst bijgewerkt|laatste update|"
    "ostatnia aktualizacja|последнее обновление|senast uppdaterad|naposledy aktualizováno",
    "sla due": "sla due date|sla-fälligkeitsdatum|sla fälligkeitsdatum|date d'échéance sla|"
    "fecha de vencimiento del sla|fecha de vencimiento sla|data de vencimento do sla|data scadenza sla|sla vervaldatum",
    "plan": "sla plan|sla-plan|plan sla|plano de sla|piano sla|план sla",
    "due": "due date|fälligkeitsdatum|fällig am|date d'échéance|fecha de vencimiento|data de vencimento|"
    "data scadenza|data di scadenza|vervaldatum|einddatum|termin|срок исполнения|förfallodatum|termín",
    "closed": "closed date|date closed|close date|schließdatum|geschlossen am|abschlussdatum|date de clôture|"
    "date de fermeture|fecha de cierre|data de fechamento|data chiusura|data di chiusura|sluitingsdatum|"
    "gesloten op|data zamknięcia|дата закрытия|stängningsdatum|datum uzavření",
    "overdue": "overdue|überfällig|en retard|vencido|atrasado|scaduto|achterstallig|te laat|po terminie|просрочено",
    "merged": "merged|zusammengeführt|fusionné|fusionado|mesclado|unito|samengevoegd",
    "linked": "linked|verknüpft|lié|vinculado|enlazado|collegato|gekoppeld",
    "agent": "agent assigned|assigned to|zugewiesener agent|zugewiesener mitarbeiter|agent zugewiesen|agent assigné|"
    "agente asignado|agente atribuído|agente assegnato|toegewezen agent|agent toegewezen|przypisany agent|"
    "назначенный агент|tilldelad handläggare",
    "team": "team assigned|zugewiesenes team|team zugewiesen|équipe assignée|equipo asignado|equipe atribuída|"
    "team assegnato|toegewezen team|team toegewezen|przypisany zespół|назначенная команда",
    "messages": "thread count|anzahl beiträge|nombre de messages|cantidad de hilos",
    "reopens": "reopen count|anzahl wiedereröffnungen|nombre de réouvertures|cantidad de reaperturas",
    "files": "attachment count|anzahl anhänge|nombre de pièces jointes|cantidad de adjuntos",
    "tasks": "task count|anzahl aufgaben|nombre de tâches|cantidad de tareas",
    "message": "issue details|problemdetails|détails du problème|detalles del problema|details van het probleem",
}  # fmt: skip
COLUMNS = Columns(
    headings={plain(heading): name for name, headings in _NAMES.items() for heading in headings.split("|")},
    needed=frozenset({"number", "subject"}),
    times=("created", "updated", "closed"),
    others=("due", "sla due"),
)
_PLACES = (
    "number", "created", "subject", "from", "mail", "priority", "department", "topic", "source", "status", "updated",
    "sla due", "plan", "due", "closed", "overdue", "merged", "linked", "", "agent", "team", "messages", "reopens",
    "files", "tasks",
)  # fmt: skip
_NUMBER = re.compile(r"[#\w.-]{0,12}\d{3,20}")
_TIME = re.compile(r"\d{1,4}[-/.]\s?\d{1,2}[-/.]\s?\d{1,4}")


def placed(head: Head) -> Columns:
    """Give the columns of a heading in a language that is not known, where the row below it proves the usual order.

    An export names all its columns in one order unless somebody chose others: the number comes first, then the time,
    and the fifth is the address of who asks. Where the row does not bear that out, there are no columns.
    """
    for delimiter in ";,\t":
        rows = [next(csv.reader([line], delimiter=delimiter), []) for line in head.lines[:2]]
        if len(rows) > 1 and _proves(rows[1]) and len(rows[0]) >= len(_PLACES) - 5:
            names = {plain(heading): name for heading, name in zip(rows[0], _PLACES, strict=False) if name}
            return replace(COLUMNS, headings=names)
    return replace(COLUMNS, headings={})


def _proves(cells: list[str]) -> bool:
    """Say whether a row begins as a ticket does in the usual order."""
    return (
        len(cells) > len(_PLACES) - 5 - 1
        and _NUMBER.fullmatch(cells[0].strip()) is not None
        and _TIME.match(cells[1].strip()) is not None
        and "@" in cells[4]
    )
