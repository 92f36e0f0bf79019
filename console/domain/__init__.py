"""Domain: what is true about cases, whatever stores or shows them.

Pure: standard library only, no I/O, and never reads a clock; `now` is handed in as an aware datetime. Functions are
named for the answer they give (`advise`, `missing_parts`) and refuse with a sentence (`errors.Refused`). Every layer
may import it; it imports none of them, so that a whole history can be replayed through it.
"""
