"""Reports: what is counted, how it is written, and that every figure leads to its cases."""
