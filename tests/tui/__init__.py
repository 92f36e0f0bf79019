"""Tests of the screens: pilot tests and their parts."""
