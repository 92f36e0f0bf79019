"""Tests of the terminal layer, piece by piece."""
