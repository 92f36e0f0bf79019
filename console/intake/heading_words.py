"""Words by which headings and values are known, in several languages; the first that fits counts.

English, German, French, Spanish, Italian, Dutch, Portuguese, and a few of others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

HEADINGS: Mapping[str, str] = {
    "ref": (
        "ref|reference|id|key|nr|no|num|issue key|issue id|request id|request number|ticket no|ticket nr|case no|"
        "problem number|incident number|number|ticket|ticket number|ticket id|case id|case number|incident|"
        "incident id|nummer|ticketnummer|vorgangsnummer|fallnummer|numéro|numéro de ticket|référence|identifiant|"
        "número|numero|número de ticket|numero ticket|referencia|riferimento|id ticket|meldingsnummer|zaaknummer|"
        "referência|номер"
    ),
    "title": (
        "title|subject|summary|headline|short description|problem statement|issue summary|ticket subject|betreff|"
        "titel|kurzbeschreibung|zusammenfassung|"
        "sujet|objet|titre|résumé|asunto|título|resumen|oggetto|titolo|onderwerp|assunto|temat|ämne|emne|тема|件名|"
        "主题|标题"
    ),
    "body": (
        "description|details|body|long description|text|beschreibung|langbeschreibung|descripción|detalle|"
        "descrizione|omschrijving|descrição|opis|beskrivning|beskrivelse|описание|内容|描述"
    ),
    "requester": (
        "requester|user login|author login|author|reporter name|reporter email|raised by|logged by|reporter|caller|"
        "caller id|customer|contact|opened by|requested for|from|from email|submitter|"
        "creator|requester name|requester email|anforderer|melder|kunde|absender|von|gemeldet von|demandeur|"
        "rapporteur|client|appelant|de|solicitante|cliente|informador|richiedente|segnalatore|aanvrager|"
        "aanmelder|от"
    ),
    "organisation": (
        "organisation|organization|company|account|customer name|firma|unternehmen|entreprise|société|empresa|"
        "organización|azienda|organizzazione|bedrijf|organisatie"
    ),
    "category": (
        "category|issue type|help topic|type|kategorie|thema|hilfethema|typ|catégorie|rubrique d'aide|categoría|"
        "categoria|categorie|tipo"
    ),
    "item": (
        "item|configuration item|cmdb ci|ci|ci name|ci name aff|affected ci|affected item|asset|asset name|product|"
        "product name|component|service|service name|business service|affected service|affected services|application|"
        "konfigurationselement|produkt|komponente|dienst|anwendung|elément de configuration|"
        "élément de configuration|produit|composant|elemento de configuración|producto|componente|servicio|aplicación|"
        "elemento di configurazione|prodotto|servizio|applicazione|configuratie item|dienstverlening|applicatie|"
        "item de configuração|produto|serviço|aplicação"
    ),
    "channel": ("channel|contact type|source|via|kanal|quelle|herkunft|canal|origine|origen|canale|kanaal|bron|fonte"),
    "severity": (
        "severity|priority|prio|priority level|priority name|schweregrad|priorität|prioritaet|dringlichkeitsstufe|"
        "sévérité|priorité|gravité|"
        "severidad|prioridad|gravità|priorità|prioriteit|prioridade|приоритет|優先度|优先级"
    ),
    "impact": "impact|auswirkung|impacto|impatto",
    "urgency": "urgency|dringlichkeit|urgence|urgencia|urgenza|urgentie|urgência",
    "affected": (
        "affected|affected users|users affected|number of users|betroffene|betroffene benutzer|utilisateurs touchés"
    ),
    "created": (
        "created|opened|date opened|open date|reported|reported on|logged|submitted|created on|opened at|created at|"
        "date created|created date|creation date|created time|erstellt|"
        "erstellt am|erstelldatum|eröffnet|eröffnet am|angelegt am|datum erstellt|créé|créé le|date de création|"
        "ouvert le|creado|fecha de creación|fecha de apertura|creato|creato il|data creazione|aperto il|"
        "aangemaakt|aanmaakdatum|criado|criado em|data de criação|создано|作成日|创建时间"
    ),
    "updated": (
        "updated|last updated|updated at|modified|last modified|sys updated on|aktualisiert|zuletzt aktualisiert|"
        "geändert|letzte änderung|mis à jour|mise à jour|modifié|dernière mise à jour|actualizado|"
        "última actualización|aggiornato|ultimo aggiornamento|bijgewerkt|gewijzigd|atualizado"
    ),
    "due": (
        "due|due date|due by|due at|sla due date|fällig|fällig am|fälligkeitsdatum|échéance|vencimiento|scadenza|"
        "vervaldatum"
    ),
    "status": (
        "status|state|incident state|incident status|case status|problem state|"
        "current status|ticket status|zustand|aktueller status|statut|état|estado|stato|toestand|"
        "situação|статус|ステータス|状态"
    ),
    "team": (
        "team|assignment group|group|department|queue|team assigned|org group|bearbeitergruppe|abteilung|gruppe|"
        "groupe|équipe|département|equipo|grupo|departamento|gruppo|reparto|squadra|afdeling|groep"
    ),
    "handler": (
        "assignee|assigned to|agent|agent assigned|owner|bearbeiter|zuständig|zugewiesen an|assigné à|attribué à|"
        "asignado a|asignado|assegnatario|assegnato a|toegewezen aan|behandelaar|responsável|atribuído a"
    ),
    "resolution": (
        "resolution|close notes|resolution notes|solution|lösung|résolution|resolución|solución|risoluzione|"
        "soluzione|oplossing"
    ),
    "tier": (
        "tier|level|support tier|support level|support line|line|ebene|stufe|support ebene|niveau|nivel|livello|"
        "escalation level|eskalationsstufe"
    ),
    "tags": "tags|labels|schlagworte|schlagwörter|étiquettes|etiquetas|etichette|marcadores",
}
"""By field of a case, what its heading may be."""

LATE: Mapping[str, str] = {
    "yes": "late|sla violated|sla violation|violated sla|sla breached|sla breach|has breached|sla missed|missed sla",
    "no": "made sla|sla made|sla met|met sla|within sla|in sla",
}
"""What a heading says under which it is said of a case that it was late, and under which that it was not."""

OF_EVENTS: Mapping[str, str] = {
    "case": "case|case id|caseid|case concept name|fall|vorgang|cas|caso|zaak",
    "time": (
        "time|timestamp|complete timestamp|time timestamp|start timestamp|event time|zeit|zeitpunkt|zeitstempel|"
        "horodatage|date et heure|fecha y hora|marca de tiempo|data e ora|tijdstip|date|datum|fecha|data"
    ),
    "event": (
        "event|activity|action|concept name|activity name|ereignis|aktivität|événement|activité|evento|actividad|"
        "attività|gebeurtenis|activiteit|atividade"
    ),
    "late": "|".join(LATE.values()),
    "person": (
        "person|resource|user|org resource|actor|by|benutzer|mitarbeiter|utilisateur|usuario|utente|risorsa|gebruiker"
    ),
}
"""By field of an event."""

STATUSES: Mapping[str, str] = {
    "closed": (
        "closed|close|cancelled|canceled|rejected|geschlossen|abgeschlossen|storniert|fermé|clos|clôturé|annulé|"
        "cerrado|cancelado|chiuso|annullato|gesloten|afgesloten|fechado|zamknięte|закрыт"
    ),
    "resolved": (
        "resolved|solved|resolve|resolve ticket|done|fixed|completed|complete|gelöst|erledigt|behoben|fertig|résolu|"
        "terminé|resuelto|solucionado|risolto|completato|opgelost|resolvido|решен"
    ),
    "new": "new|to do|todo|backlog|queued|unassigned|triage|neu|nouveau|nouvelle|nuevo|nuovo|nieuw|novo|новый",
    "waiting": (
        "pending|on hold|hold|waiting|awaiting|wait|deferred|wartend|wartet|warten|ausstehend|zurückgestellt|"
        "en attente|suspendu|en espera|pendiente|in attesa|sospeso|wachten|wacht|in de wacht|pendente|aguardando|"
        "ожидание"
    ),
    "open": (
        "open|opened|reopened|in progress|progress|active|assigned|accepted|work in progress|started|offen|"
        "in bearbeitung|in arbeit|zugewiesen|ouvert|en cours|assigné|abierto|en curso|en progreso|aperto|"
        "in corso|in lavorazione|in behandeling|toegewezen|aberto|em andamento|открыт|в работе"
    ),
}
"""By status, what a value may say; one that says two things is the first of them."""

KINDS_SAID: Mapping[str, str] = {
    "escalated": (
        "escalated|escalate|escalation|require upgrade|upgrade|eskaliert|eskalation|escaladé|escalade|escalado|"
        "escalato|geëscaleerd"
    ),
    "returned": "returned|handed back|de escalated|deescalated|zurückgegeben|renvoyé|devuelto|restituito|teruggegeven",
    "reopened": "reopened|reopen|re opened|wiedereröffnet|rouvert|réouvert|reabierto|riaperto|heropend|reaberto",
    "claimed": "take in charge ticket|take in charge|claimed|übernommen|pris en charge|tomado|preso in carico|opgepakt",
}
"""By kind of an event, what its name may say."""

GRADES: Mapping[str, str] = {
    "1": (
        "critical|blocker|urgent|highest|emergency|very high|kritisch|dringend|sehr hoch|notfall|critique|"
        "urgente|très haute|crítica|crítico|critica|critico|muy alta|altissima|kritiek|spoed"
    ),
    "2": "high|major|severe|hoch|haute|élevée|élevé|alta|alto|hoog",
    "3": ("medium|moderate|normal|standard|mittel|moyenne|moyen|normale|media|medio|gemiddeld|normaal|média|médio"),
    "4": "low|minor|trivial|lowest|planning|niedrig|gering|basse|faible|baja|bajo|bassa|basso|laag|baixa",
}
"""By grade, what a value may say; a digit in front says more than its words."""
_DIGIT = re.compile(r"^(?:p|prio|sev|s)?[-_ ]?([1-5])(?!\d)")
_LINE = re.compile(r"(?:^|\s)([1-9])(?:st|nd|rd|th)$", re.IGNORECASE)
_YES_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_WORD = re.compile(r"\w+")


def plain_words(text: str) -> str:
    """Give the words of a heading or value, without capitals, marks and doubled blanks."""
    return " ".join(_WORD.findall(text[:200].casefold().replace("_", " ")))


def field_of(heading: str, words: Mapping[str, str]) -> tuple[str, bool]:
    """Give the field a heading stands for, and whether it says exactly that; empty where it says none."""
    said = plain_words(heading)
    for name, known in words.items():
        if said in known.split("|"):
            return name, True
    found = [(len(word), name) for name, known in words.items() for word in known.split("|") if _holds(said, word)]
    return (max(found)[1], False) if found else ("", False)


def status_of(value: str) -> str:
    """Give the status that a value stands for, or nothing."""
    return _meant(plain_words(value), STATUSES)


def kind_of(value: str) -> str:
    """Give the kind of event that a name stands for, or nothing."""
    return _meant(plain_words(value), KINDS_SAID)


def late_of(heading: str, value: str) -> str:
    """Give whether a value under a heading says that a case was late: `yes`, `no`, or nothing."""
    is_late, says = _YES_NO.get(plain_words(value)), _meant(plain_words(heading), LATE)
    if is_late is None or not says:
        return ""
    return "yes" if is_late is (says == "yes") else "no"


def line_of(value: str) -> str:
    """Give the support line that a value ends in, as `V32 2nd` does, or nothing."""
    found = _LINE.search(value)
    return found[1] if found else ""


def grade_of(value: str) -> str:
    """Give the grade that a value stands for, 1 (worst) to 4, or nothing."""
    said = plain_words(value)
    digit = _DIGIT.match(said)
    return str(min(int(digit[1]), 4)) if digit else _meant(said, GRADES)


def _meant(said: str, words: Mapping[str, str]) -> str:
    for meaning, known in words.items():
        if any(word == said for word in known.split("|")):
            return meaning
    return next((meaning for meaning, known in words.items() if any(_holds(said, w) for w in known.split("|"))), "")


def _holds(said: str, word: str) -> bool:
    """Say whether a word of some length stands in a text on its own."""
    return len(word) > 3 and f" {word} " in f" {said} "  # noqa: PLR2004 - short words stand in too many others
