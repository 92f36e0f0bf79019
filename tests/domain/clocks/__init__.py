"""Clocks: the table of worked cases, a counter of minutes that knows nothing of the fold, and the laws."""
