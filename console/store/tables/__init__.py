"""Tables: one SQLModel table a file, columns in reading order; imported only when something is written."""
