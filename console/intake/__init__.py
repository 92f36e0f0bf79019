"""Intake: cases from outside, read into `Arrival` values and handed on; nothing is stored here.

One file a source, each behind the `Source` protocol of `source.py`; `reading.py` opens a file, finds its format and
gives a lazy stream of arrivals and rejects. `derive.py` concludes what follows from the stated facts. Text that comes
in is data: no path, template, markup or command in it is ever obeyed, and every size has a limit. The layer may import
the desk and the domain (today it needs the domain only); it never imports the store, the screens or a sibling.
"""

from console.intake.derive import Rules, derive
from console.intake.reading import Reading, read, read_bytes

__all__ = ["Reading", "Rules", "derive", "read", "read_bytes"]
