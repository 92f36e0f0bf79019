"""Tests of intake: what each source makes of good, odd and hostile files."""
