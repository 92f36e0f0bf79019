"""Fuzzing by coverage, which runs as long as it is let; nothing here runs with the tests."""
