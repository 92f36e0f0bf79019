"""Tests of the widgets, each alone in a small app."""
