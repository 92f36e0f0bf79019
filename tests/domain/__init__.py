"""Tests of domain, the words and rules."""
