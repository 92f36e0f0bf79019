"""The desk on a real database, with a clock that the test moves."""
