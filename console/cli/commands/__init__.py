"""The commands, one a file: `DESCRIPTION`, `EXAMPLES`, `words(parser)` for its arguments, and `run(call)`."""
