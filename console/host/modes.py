"""What puts a terminal right after a full screen, for whoever has to do it."""

LEAVE = "\x1b[?2004l\x1b[?7h\x1b[0m\x1b[?1049l\x1b[?25h"
"""No bracketed paste, wrapping, plain text, the usual screen, and its cursor."""
MOUSE_OFF = "\x1b[?1006l\x1b[?1000l"
