"""The words of ticket systems for status, priority and channel, in the languages they are set up in."""

from __future__ import annotations

import re

from console.domain.case import Status

CUSTOMER = "customer"
OTHERS = "third party"
_LEADING = re.compile(r"^\s*(-?\d{1,2})\s*(?:[-–—.:]\s*(.*))?$", re.DOTALL)


def _spread(table: dict[str, str]) -> dict[str, str]:
    """Give a table of word to meaning from one of meaning to words."""
    return {word: meaning for meaning, words in table.items() for word in words.split("|")}


_STATUSES = _spread({
    "new": "new|neu|nouveau|nuevo|nuovo|novo|nieuw|nowy|новый|ny|to do|todo|backlog|selected for development|"
    "zu erledigen|à faire|por hacer|da completare|tarefas pendentes|te doen|do zrobienia|сделать|"
    "unassigned|draft|submitted",
    "open": "open|opened|offen|ouvert|abierto|aperto|aberto|otwarte|otwarty|открыт|öppen|in progress|work in progress|"
    "in bearbeitung|wird bearbeitet|en cours|en curso|en proceso|in corso|em andamento|in behandeling|w toku|в работе|"
    "assigned|active|reopened|re-opened|wieder geöffnet|rouvert|reabierto|in review|under review|in development|"
    "in arbeit|w realizacji|in lavorazione|a andar|pågår|pågående|assess|root cause analysis|fix in progress|implement|"
    "in testing|testing|escalated|waiting for support|waiting on support|being processed|responded|answered|ongoing",
    "customer": "pending|waiting|waiting for customer|waiting on customer|awaiting user info|awaiting caller|"
    "awaiting customer|awaiting customer response|awaiting your reply|awaiting requester|waiting for reporter|"
    "waiting for requester|waiting on user|need info|needs info|feedback|wartend|wartet auf kunden|ausstehend|"
    "en attente|en attente du client|pendiente|esperando al cliente|in attesa|pendente|aguardando cliente|"
    "wacht op klant|in afwachting|warten auf kunden|wartet auf kunde|"
    "en espera del cliente|esperando respuesta|em espera|aguardando resposta|oczekujące|ожидание|väntar",
    "others": "hold|on hold|on-hold|onhold|blocked|suspended|paused|waiting on third party|waiting for third party|"
    "waiting for vendor|awaiting vendor|awaiting change|awaiting problem|awaiting evidence|pending vendor|"
    "pending change|waiting for approval|waiting for change|angehalten|zurückgestellt|blockiert|en pause|en espera|"
    "in wacht|wstrzymane",
    "resolved": "resolved|solved|fixed|answered and solved|gelöst|erledigt|behoben|résolu|resuelto|risolto|resolvido|"
    "opgelost|rozwiązane|решен|решена|löst",
    "closed": "closed|done|complete|completed|closed complete|closed incomplete|closed skipped|closed - complete|"
    "closed - incomplete|cancelled|canceled|declined|rejected|won't do|archived|geschlossen|fertig|abgebrochen|"
    "fermé|clos|terminé|terminé(e)|cerrado|finalizado|listo|chiuso|completato|fechado|concluído|gesloten|gereed|"
    "zamknięte|закрыт|закрыта|stängd",
})  # fmt: skip
_PRIORITIES = _spread({
    "1": "critical|blocker|highest|urgent|emergency|immediate|p1|kritisch|dringend|notfall|höchste|critique|urgente|"
    "urgence|emergencia|emergência|emergenza|crítica|crítico|critica|critico|spoed|kritiek|pilne|krytyczny|"
    "критический|срочный|akut|the highest",
    "2": "high|major|p2|hoch|haut|haute|élevé|élevée|alta|alto|hoog|wysoki|высокий|hög",
    "3": "medium|normal|moderate|p3|mittel|normale|moyen|moyenne|media|medio|média|médio|gemiddeld|normaal|normalny|"
    "średni|средний|обычный|standard",
    "4": "low|minor|lowest|trivial|planning|p4|p5|niedrig|gering|niedrigste|bas|basse|faible|baja|bajo|bassa|basso|"
    "baixa|baixo|laag|niski|низкий|låg",
})  # fmt: skip
_CHANNELS = _spread({
    "mail": "email|e-mail|mail|outbound email|correo|courriel|e-mail (utgående)|почта",
    "phone": "phone|voice|voicemail|call|telefon|téléphone|teléfono|telefono|telefone|telefoon|телефон|phone call",
    "chat": "chat|messaging|native_messaging|whatsapp|chatbot|virtual agent|virtual_agent|facebook|twitter|sms",
    "web": "web|portal|self-service|self service|web form|web_form|mobile|mobile_sdk|feedback widget|help_center|"
    "walk-in|help center post|service catalog|web widget",
    "api": "api|rule|event|monitoring|ecommerce|integration",
})  # fmt: skip


def status_of(said: str) -> tuple[str, str]:
    """Give the status a word stands for and whom it waits for; both empty for a word that nobody knows."""
    found = _STATUSES.get(" ".join(said.casefold().split()), "")
    if found in {"customer", "others"}:
        return Status.WAITING.value, CUSTOMER if found == "customer" else OTHERS
    return found, ""


def severity_named(said: str) -> str:
    """Give the severity a priority stands for, from its number (`3 - Moderate`) or its word, or nothing."""
    number, text = numbered(said)
    if number is not None and text:
        return f"S{min(number, 4)}" if number >= 1 else ""
    grade = _PRIORITIES.get(" ".join(said.casefold().split()), "")
    return f"S{grade}" if grade else ""


def channel_of(said: str) -> str:
    """Give the channel a word stands for; an unknown word stands for itself."""
    return _CHANNELS.get(" ".join(said.casefold().split()), said)


def numbered(said: str) -> tuple[int | None, str]:
    """Give number and word of `3 - Moderate`, of `3` alone, or of a word alone."""
    found = _LEADING.match(said)
    if found is None:
        return None, said.strip()
    return int(found[1]), (found[2] or "").strip()
