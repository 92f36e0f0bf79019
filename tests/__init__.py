"""The tests of Triage; they mirror the tree of `console`."""
