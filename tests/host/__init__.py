"""Tests of the host: sockets, accounts, processes, and what a session may not."""
