"""Text as it comes in: decoded as well as can be, with what could not be decoded or shown made visible."""

from __future__ import annotations

import re
import unicodedata

MAX_TEXT = 1_000_000
"""Characters of one long text (a body, a message) that are taken in."""
MAX_TITLE = 1_000
"""Characters of a title; what is longer stands whole on top of the body."""
MAX_SHORT = 1_000
"""Characters of any other short field."""

NOT_UTF8 = "Some bytes were not UTF-8 and were read as Windows-1252."
"""What is said about a file that holds such bytes."""

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_ESCAPED = re.compile("[\udc80-\udcff]")
_VISIBLE = (
    {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"}
    | {0x7F: "\u2421"}
    | {code: f"<U+{code:04X}>" for code in range(0x80, 0xA0)}
    | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
)
_WIDER = {
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "big5": "big5hkscs",
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-8859-8-i": "iso-8859-8",
    "x-sjis": "cp932",
    "x-euc-jp": "euc_jp",
    "x-gbk": "gb18030",
    "x-mac-roman": "mac_roman",
}
_SEVEN_BIT = re.compile(r"iso-?_?2022|^hz|utf-?_?7")
"""Charsets that write everything in ASCII: read as UTF-8, their text would be nonsense without any error."""
REFUSED_CODECS = re.compile(r"idna|punycode|escape|undefined|mbcs|oem", re.IGNORECASE)


def cleaned(text: str) -> str:
    """Give the text in composed form, with lines that end in newline and control characters made visible.

    Writing direction and joiners stay: they belong to some languages, and the view marks them.
    """
    if text.isascii() and text.isprintable():
        return text
    if _UNFIT.search(text) is not None:
        text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_VISIBLE)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return text


def one_line(text: str) -> str:
    """Give the text cleaned and on one line, blanks run together."""
    return " ".join(cleaned(text).split())


def capped(text: str) -> str:
    """Give a long text cleaned and cut to the limit; the cut says how much was left behind."""
    if len(text) > MAX_TEXT:
        left = len(text) - MAX_TEXT
        text = f"{text[:MAX_TEXT]}\n[cut here: {left:,} more characters were left at the source]"
    return cleaned(text) if text and not text.isspace() else ""


def shortened(text: str, limit: int = MAX_SHORT) -> str:
    """Give a short text on one line, cut to the limit with an ellipsis."""
    text = one_line(text[: 4 * limit])
    return text if len(text) <= limit else text[: limit - 1] + "…"


def titled(title: str, body: str) -> tuple[str, str]:
    """Give title and body; a title over the limit is shortened, and stands whole on top of the body."""
    if len(title) <= MAX_TITLE:
        return one_line(title), capped(body)
    return shortened(title, MAX_TITLE), capped(f"{one_line(title)}\n\n{body}")


def repaired(line: str) -> tuple[str, int]:
    """Give a line with each byte that was not UTF-8 read as Windows-1252, and how many there were.

    The line was decoded with `surrogateescape`; a byte that Windows-1252 does not know becomes `<XX>`.
    """
    if line.isascii():
        return line, 0
    return _ESCAPED.subn(_western, line)


def _western(found: re.Match[str]) -> str:
    """Give one escaped byte as its Windows-1252 character, or as its visible number."""
    code = ord(found[0]) - 0xDC00
    try:
        return bytes([code]).decode("cp1252")
    except UnicodeDecodeError:
        return f"<{code:02X}>"


def decoded(data: bytes, charset: str | None = None) -> str:
    """Give bytes as text by the charset they name, else UTF-8, else Windows-1252; undecodable bytes become U+FFFD."""
    name = (charset or "").strip(" \t\"'").lower()
    name = _WIDER.get(name, name)
    if not name or REFUSED_CODECS.search(name):
        name = "utf-8"
    for attempt in (name,) if _SEVEN_BIT.search(name) else (name, "utf-8"):
        try:
            return data.decode(attempt)
        except (LookupError, ValueError):
            continue
    lossy = name if name != "utf-8" or charset else "cp1252"
    try:
        return data.decode(lossy, "replace")
    except (LookupError, ValueError):
        return data.decode("cp1252", "replace")
