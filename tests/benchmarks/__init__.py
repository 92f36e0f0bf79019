"""Measurements: ratios and tables, run by `python3 -m tests --benchmarks`; none fails for being slow by the clock."""
