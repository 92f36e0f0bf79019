"""Tests of the command line, most of them through `run` on a database of their own."""
