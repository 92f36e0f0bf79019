"""Triggers: history that refuses to be changed, counts that are always right, search kept in step."""

from __future__ import annotations

APPEND_ONLY = """
CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'history is append-only: an event cannot be changed'); END;

CREATE TRIGGER event_is_not_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'history is append-only: an event cannot be deleted'); END;

CREATE TRIGGER case_is_not_deleted BEFORE DELETE ON "case"
BEGIN SELECT RAISE(ABORT, 'a case cannot be deleted: close it instead'); END;
"""

TALLY = """
CREATE TABLE tally (tier INTEGER NOT NULL, status TEXT NOT NULL, number INTEGER NOT NULL,
                    PRIMARY KEY (tier, status)) STRICT, WITHOUT ROWID;

CREATE TRIGGER case_is_counted AFTER INSERT ON "case"
BEGIN
  INSERT INTO tally VALUES (new.tier, new.status, 1)
  ON CONFLICT (tier, status) DO UPDATE SET number = number + 1;
END;

CREATE TRIGGER case_is_counted_again AFTER UPDATE OF tier, status ON "case"
WHEN old.tier <> new.tier OR old.status <> new.status
BEGIN
  UPDATE tally SET number = number - 1 WHERE tier = old.tier AND status = old.status;
  INSERT INTO tally VALUES (new.tier, new.status, 1)
  ON CONFLICT (tier, status) DO UPDATE SET number = number + 1;
END;
"""

OPEN_TALLY = """
DROP TRIGGER case_is_counted;

DROP TRIGGER case_is_counted_again;

DELETE FROM tally;

INSERT INTO tally SELECT tier, status, count(*) FROM "case" WHERE NOT confidential GROUP BY tier, status;

CREATE TRIGGER case_is_counted AFTER INSERT ON "case" WHEN NOT new.confidential
BEGIN
  INSERT INTO tally VALUES (new.tier, new.status, 1)
  ON CONFLICT (tier, status) DO UPDATE SET number = number + 1;
END;

CREATE TRIGGER case_is_counted_no_longer AFTER UPDATE OF tier, status, confidential ON "case"
WHEN NOT old.confidential
 AND (new.confidential OR old.tier <> new.tier OR old.status <> new.status)
BEGIN
  UPDATE tally SET number = number - 1 WHERE tier = old.tier AND status = old.status;
END;

CREATE TRIGGER case_is_counted_again AFTER UPDATE OF tier, status, confidential ON "case"
WHEN NOT new.confidential
 AND (old.confidential OR old.tier <> new.tier OR old.status <> new.status)
BEGIN
  INSERT INTO tally VALUES (new.tier, new.status, 1)
  ON CONFLICT (tier, status) DO UPDATE SET number = number + 1;
END;
"""
"""Counts what everybody may see, so that no count tells of a confidential case."""

SEARCH = """
CREATE VIEW searchable AS
SELECT c.id AS id, c.title AS title, t.body AS body, t.notes AS notes
FROM "case" c JOIN case_text t ON t.case_id = c.id;

CREATE VIRTUAL TABLE search USING fts5 (
  title, body, notes, content='searchable', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3');

CREATE TRIGGER text_is_found AFTER INSERT ON case_text
BEGIN
  INSERT INTO search (rowid, title, body, notes)
  SELECT new.case_id, c.title, new.body, new.notes FROM "case" c WHERE c.id = new.case_id;
END;

CREATE TRIGGER text_is_found_again AFTER UPDATE OF body, notes ON case_text
BEGIN
  INSERT INTO search (search, rowid, title, body, notes)
  SELECT 'delete', old.case_id, c.title, old.body, old.notes FROM "case" c WHERE c.id = old.case_id;
  INSERT INTO search (rowid, title, body, notes)
  SELECT new.case_id, c.title, new.body, new.notes FROM "case" c WHERE c.id = new.case_id;
END;

CREATE TRIGGER title_is_found_again AFTER UPDATE OF title ON "case" WHEN old.title <> new.title
BEGIN
  INSERT INTO search (search, rowid, title, body, notes)
  SELECT 'delete', old.id, old.title, t.body, t.notes FROM case_text t WHERE t.case_id = old.id;
  INSERT INTO search (rowid, title, body, notes)
  SELECT new.id, new.title, t.body, t.notes FROM case_text t WHERE t.case_id = new.id;
END;
"""

TURNS = """
CREATE TRIGGER policy_turn_is_not_changed BEFORE UPDATE ON policy_turn
BEGIN SELECT RAISE(ABORT, 'a policy that was turned on cannot be changed'); END;

CREATE TRIGGER policy_turn_is_not_deleted BEFORE DELETE ON policy_turn
BEGIN SELECT RAISE(ABORT, 'a policy that was turned on cannot be deleted'); END;
"""


def statements() -> list[str]:
    """Give every statement of the first schema in the order it is to be run."""
    return _split(APPEND_ONLY, TALLY, SEARCH)


def recount() -> list[str]:
    """Give the statements that count open cases only, from then on."""
    return _split(OPEN_TALLY)


def turns() -> list[str]:
    """Give the statements that keep for good what was turned on."""
    return _split(TURNS)


def _split(*scripts: str) -> list[str]:
    found: list[str] = []
    for script in scripts:
        block = ""
        for line in script.splitlines():
            block += line + "\n"
            if line.rstrip().endswith(";") and ("BEGIN" not in block or line.rstrip().endswith("END;")):
                found.append(block.strip())
                block = ""
    return found
