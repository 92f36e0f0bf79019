"""Tests of the notices on their way out, against real servers on loopback."""
