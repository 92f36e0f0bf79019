"""One row of Jira's own CSV export as an arrival: headings that repeat, people by id, comments in cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from console.domain.arrival import Arrival, Message, Voice
from console.domain.case import Status
from console.intake.jira_log import status_named
from console.intake.native_fields import BadValueError
from console.intake.source import Feed
from console.intake.text import capped, one_line, shortened, titled
from console.intake.ticket_history import in_order, standing
from console.intake.ticket_past import DONE, Shift, Ticket, concluded, past_of
from console.intake.ticket_table import Columns, Record
from console.intake.ticket_words import severity_named

COLUMNS = Columns(
    headings={
        "issue id": "id", "vorgangs-id": "id",
        "issue key": "key", "key": "key", "vorgangsschlüssel": "key", "schlüssel": "key", "clé de ticket": "key",
        "clave de incidencia": "key", "summary": "summary", "zusammenfassung": "summary", "résumé": "summary",
        "resumen": "summary", "issue type": "type", "vorgangstyp": "type", "work type": "type",
        "status": "status", "estado": "status", "état": "status", "status category": "category",
        "statuskategorie": "category", "project name": "project name",
        "project key": "project", "projektschlüssel": "project", "priority": "priority",
        "priorität": "priority", "priorité": "priority", "prioridad": "priority", "resolution": "resolution",
        "lösung": "resolution", "assignee": "assignee", "zugewiesene person": "assignee", "bearbeiter": "assignee",
        "assignee id": "assignee id", "id der zugewiesenen person": "assignee id", "reporter": "reporter",
        "autor": "reporter", "rapporteur": "reporter", "informador": "reporter", "reporter id": "reporter id",
        "id des autors": "reporter id", "creator": "creator", "ersteller": "creator", "creator id": "creator id",
        "ersteller-id": "creator id", "created": "created", "erstellt": "created", "création": "created",
        "creada": "created", "updated": "updated", "aktualisiert": "updated", "mise à jour": "updated",
        "actualizada": "updated", "resolved": "resolved", "erledigt": "resolved", "due date": "due",
        "fälligkeitsdatum": "due", "description": "description", "beschreibung": "description",
        "descripción": "description", "environment": "environment", "umgebung": "environment", "labels": "labels",
        "stichwörter": "labels", "étiquettes": "labels", "etiquetas": "labels", "component/s": "components",
        "components": "components", "komponenten": "components", "security level": "security",
        "sicherheitsstufe": "security", "attachment": "attachment", "anhang": "attachment", "comment": "comment",
        "comments": "comment", "kommentar": "comment", "watchers": "watchers", "watchers id": "watchers id",
        "project lead": "lead", "project lead id": "lead id", "parent key": "parent", "organizations": "organisation",
        "custom field (organizations)": "organisation", "custom field (organisations)": "organisation",
        "affected services": "item", "custom field (affected services)": "item", "custom field (product)": "item",
        "custom field (configuration item)": "item",
    },
    needed=frozenset({"key", "summary"}),
    times=("created", "updated", "resolved"),
    others=("due", "comment", "attachment"),
)  # fmt: skip
_CATEGORIES = {
    "done": "done", "fertig": "done", "erledigt": "done", "terminé": "done", "listo": "done", "complete": "done",
    "in progress": "indeterminate", "in arbeit": "indeterminate", "in bearbeitung": "indeterminate",
    "en cours": "indeterminate", "en curso": "indeterminate", "to do": "new", "zu erledigen": "new",
}  # fmt: skip
_MOST_PEOPLE = 50_000


class Issues:
    """The rows of one table, and whom its ids stand for."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._people: dict[str, str] = {}

    def look(self, row: Record) -> None:
        """Remember whose ids a row names."""
        for role in ("reporter", "creator", "assignee", "watchers", "lead"):
            for name, number in zip(row.all(role), row.all(f"{role} id"), strict=False):
                if len(self._people) < _MOST_PEOPLE:
                    self._people.setdefault(number, shortened(name))

    def arrival(self, row: Record) -> Arrival:
        """Give the arrival of a row. Raises BadValueError."""
        self.look(row)
        key = shortened(row.one("key"))
        if not key:
            raise BadValueError("The row has no issue key.")
        number = shortened(row.one("id"))
        mark = number or key
        environment = row.one("environment")
        body = row.one("description") + (f"\n\nEnvironment: {environment}" if environment else "")
        title, body = titled(row.one("summary"), body)
        reporter = self._person(row.one("reporter", "creator"))
        updated, resolved = row.when("updated"), row.when("resolved")
        ticket = self._ticket(row, updated, resolved)
        labels = tuple(dict.fromkeys(map(one_line, (*row.all("labels"), *row.all("components")))))
        if row.extra:
            self._feed.warn("Some rows have more cells than the heading has columns; what stands there was not read.")
        said = [
            *self._comments(row, mark, reporter, updated or ticket.created),
            *standing(mark, "Jira", updated or ticket.created, self._facts(row, ticket)),
        ]
        shifts = []
        if resolved and (status := ticket.now["status"]) in DONE:
            what = f"resolution: {ticket.resolution or status}"
            shifts.append(Shift(resolved, "Jira", what, {}, {"status": status}, ticket.resolution))
        return Arrival(
            title=title or "(no title)", source="jira", ref=key, body=body, requester=reporter, channel="jira",
            organisation=shortened(row.one("organisation")), category=shortened(row.one("components", "type")),
            item=shortened(row.one("item")),
            updated=updated, due=row.when("due"), tags=labels, labels=labels, messages=in_order(said),
            follows=(number,) if number else (),
            derived=concluded(ticket),
            **past_of(ticket, shifts),
        )  # fmt: skip

    def _ticket(self, row: Record, updated: datetime | None, resolved: datetime | None) -> Ticket:
        """Give how an issue stands; nobody has it where the cell is empty and the table has such a column."""
        status, waiting_for = status_named(row.one("status"), _CATEGORIES.get(row.one("category").casefold(), ""))
        if resolved and status not in DONE and row.one("resolution"):
            status, waiting_for = Status.RESOLVED.value, ""
        now = {"status": status, "waiting_for": waiting_for, "severity": severity_named(row.one("priority"))}
        if row.has("assignee"):
            now["handler"] = self._person(row.one("assignee", "assignee id"))
        return Ticket("Jira", now, row.when("created"), updated, shortened(row.one("resolution")))

    def _person(self, said: str) -> str:
        return self._people.get(said) or shortened(said)

    def _facts(self, row: Record, ticket: Ticket) -> list[tuple[str, str]]:
        """Give what the arrival has no field for."""
        return [
            ("Project", row.one("project name", "project")), ("Type", row.one("type")),
            ("Status", "" if ticket.now["status"] else row.one("status")),
            ("Priority", "" if ticket.now["severity"] else row.one("priority")),
            ("Security level", row.one("security")), ("Parent", row.one("parent")),
            ("Files", ", ".join(cell.split(";", 3)[2] for cell in row.all("attachment") if cell.count(";") > 1)),
        ]  # fmt: skip

    def _comments(self, row: Record, ref: str, reporter: str, last: datetime | None) -> Iterator[Message]:
        """Give the comments, each a cell `time;author;text`; one that is not is told as it stands."""
        seen: Counter[tuple[str, str]] = Counter()
        for number, cell in enumerate(row.all("comment"), 1):
            said, _, rest = cell.partition(";")
            who, _, text = rest.partition(";")
            try:
                at = row.times.read("comment", said) if text else None
            except BadValueError:
                if row.times.order_of("comment") is None and said[:1].isdigit() and ";" in rest:
                    raise
                at = None
            if at is not None:
                by = self._person(who.strip()) or "unknown"
                voice = Voice.REQUESTER if by == reporter else Voice.OUTBOUND
                mark = f"{at:%Y-%m-%dT%H:%MZ}/{shortened(who, 100)}"
                same = seen[said, who]
                seen[said, who] += 1
                yield Message(by, at, capped(text.strip()), voice, f"{ref}/{mark}" + (f"/{same}" if same else ""))
            elif last is not None:
                yield Message("unknown", last, capped(cell), Voice.INTERNAL, f"{ref}/comment/{number}")
