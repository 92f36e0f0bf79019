"""Store: all the SQL. Rows in, domain values out.

Reads are plain SQL on the driver's own connection, so that a screen paints before the ORM is loaded; writes go through
the SQLModel tables in one IMMEDIATE transaction. Functions are plain verbs called through their module
(`cases.get(tx, id)`), take the open reading or transaction first, and never commit. Only `desk` may import it.
What only SQLite knows stands in one module each: `sqlite_driver`, `sqlite_search`, `sqlite_triggers`.
"""
