"""Replays of recorded logs: what would have been recommended when each case came in, against what came of it."""
