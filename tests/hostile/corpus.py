"""The payloads: text from outside that would act on a terminal, hide something, or be taken for code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Payload:
    """One harmful text; its mark is a word that stands nowhere else."""

    name: str
    harm: str
    mark: str

    @property
    def text(self) -> str:
        """What is put into fields."""
        return f"{self.mark}a{self.harm}{self.mark}z"

    @property
    def line(self) -> str:
        """The text without what no argument of a command can hold."""
        return self.text.replace("\0", "")

    @property
    def storable(self) -> str:
        """The text without what no file of UTF-8 can hold."""
        return self.text.encode("utf-8", "replace").decode()


ESCAPES = {
    "clear the screen": "\x1b[2J\x1b[3J",
    "ask where the cursor is": "\x1b[6n",
    "ask what the terminal is": "\x1b[c\x1b[>c\x1b[=c\x1b[>q",
    "move the cursor": "\x1b[999;999H\x1b[5A\x1b[3D\x1b[2E\x1b[7G",
    "save and restore the cursor": "\x1b7\x1b8\x1b[s\x1b[u",
    "blink and conceal": "\x1b[5;8;31mred\x1b[00m",
    "reset the terminal": "\x1bc\x1b[!p",
    "scroll": "\x1b[2;5r\x1b[3S\x1b[2T\x1bM\x1bD\x1bE",
    "leave the other screen": "\x1b[?1049l\x1b[?47l",
    "listen to the mouse": "\x1b[?1003h\x1b[?1006h\x1b[?1004h",
    "insert and erase": "\x1b[4h\x1b[5@\x1b[9P\x1b[K\x1b[J\x1b[9X\x1b[9L",
    "repeat": "A\x1b[65535b",
    "another keyboard": "\x1b[>1u\x1b[=5u\x1b[>4;2m",
    "move the window": "\x1b[8;1;1t\x1b[21t\x1b[3;9999;9999t",
    "end a paste": "\x1b[201~rm -rf ~\r\x1b[200~",
    "another alphabet": "\x1b(0lqqk\x1b(B\x1b)0\x1bn\x1bo",
    "fill the screen": "\x1b#8\x1b[999;999$x",
    "unfinished": "\x1b[38;2;",
    "a lone escape": "\x1b",
    "two escapes": "\x1b\x1b[2J",
    "colons": "\x1b[4:3m\x1b[58:2::255:0:0m",
}
STRINGS = {
    "window title": "\x1b]0;owned\x07\x1b]2;owned\x1b\\",
    "link": "\x1b]8;;https://evil.example\x1b\\bank\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;cm0gLXJmIH4=\x07",
    "clipboard by ST": "\x1b]52;p;?\x1b\\",
    "colours of the terminal": "\x1b]4;1;?\x07\x1b]10;?\x07\x1b]11;#ff0000\x07\x1b]104\x07",
    "notification": "\x1b]9;owned\x07\x1b]777;notify;a;b\x07\x1b]99;;x\x1b\\",
    "shell marks": "\x1b]133;A\x07\x1b]7;file:///etc\x07\x1b]1337;SetMark\x07",
    "unfinished title": "\x1b]0;never closed",
    "device control": "\x1bP$qm\x1b\\\x1bP+q544e\x1b\\",
    "application command": "\x1b_harm\x1b\\",
    "privacy message": "\x1b^harm\x1b\\",
    "start of string": "\x1bXharm\x1b\\",
    "sixel": "\x1bPq#0;2;0;0;0#0~~@@\x1b\\",
    "kitty picture": "\x1b_Gf=24,s=1,v=1;AAAA\x1b\\",
    "iTerm file": "\x1b]1337;File=name=eA==;inline=1:AAAA\x07",
    "through tmux": "\x1bPtmux;\x1b\x1b]52;c;aGk=\x07\x1b\\",
    "screen title": "\x1bkowned\x1b\\",
    "printer": "\x1b[5iharm\x1b[4i",
}
EIGHT_BITS = {
    "C1 CSI": "\x9b2J\x9b5;8mred",
    "C1 OSC": "\x9d0;owned\x9c\x9d52;c;aGk=\x07",
    "C1 DCS": "\x90+q544e\x9c",
    "C1 lines": "\x84\x85\x88\x8d\x8e\x8f",
    "C1 strings": "\x98x\x9c\x9ey\x9c\x9fz\x9c",
}
CONTROLS = {
    "NUL": "a\0b",
    "backspace": "safe\b\b\b\bevil",
    "carriage return": "good\revil",
    "vertical tab and form feed": "a\x0bb\x0cc",
    "delete": "a\x7f\x7fb",
    "bells": "\a\a\a",
    "tabs": "a\tb\t\tc",
    "shift out": "\x0elqqk\x0f",
    "enquiry, XOFF, cancel": "\x05\x13\x11\x18\x1a\x16",
    "separators": "\x1c\x1d\x1e\x1f",
    "newlines": "a\nb\r\nc\n\n\nd",
}
INVISIBLE = {
    "overrides": "\u202egpj.exe\u202c\u202dabc\u202c\u202a\u202b",
    "isolates": "\u2066a\u2069\u2067b\u2069\u2068c",
    "direction marks": "\u200e\u200f\u061c",
    "zero width": "pay\u200bpal\u200c\u200d\u2060",
    "tags": "\U000e0041\U000e0042\U000e007f",
    "soft hyphen": "pass\u00adword",
    "byte order mark": "\ufeffx\ufffe",
    "lines and paragraphs": "a\u2028b\u2029c",
    "fillers": "\u3164\u115f\u1160\uffa0\u17b4\u180e",
    "annotations": "\ufff9a\ufffab\ufffb",
    "operators": "\u2061\u2062\u206a\U0001d173\U0001bca0\u034f",
    "no characters": "\ufdd0\uffff\U0001fffe\U0010ffff",
    "lone surrogates": "\ud800x\udfff\udc9b",
    "piled marks": "e" + "\u0301" * 60 + "o" + "\u0489" * 40 + "\u20dd",
    "blanks": "\u2800\u00a0\u3000\u2003\u1680",
}
SHAPES = {
    "family": "👨‍👩‍👧‍👦👩🏽‍🚀🏳️‍🌈🇩🇪🇫🇷#️⃣",
    "wide": "漢字かな交じり文ＡＢＣ한국어",
    "right to left": "שלום עולם مرحبا بالعالم",
    "clusters": "நி क्षि ก็ี้ ཧཱུྃ",
    "very wide": "\ufdfd\u2e3b\U0001242b",
    "private use": "\ue0b0\uf8ff\U000f0000",
    "selectors": "☺\ufe0e☺\ufe0f1\ufe0f\u20e3",
    "long word": "W" * 300,
}
CODE = {
    "action": "[@click=app.quit]x[/]",
    "open action": "[@click=app.bell",
    "closing tag": "[/foo]",
    "closing nothing": "[/]",
    "style": "[bold red on blue]x[/bold red on blue]",
    "rich link": "[link=https://evil.example]x[/link]",
    "escaped brackets": "\\[x] [[x]] \\\\[/x] [",
    "style by variable": "[$primary on $error 50%]x",
    "emoji code": ":skull: :bomb:",
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)>&lt;b&#27;[2J",
    "Markdown": "# x\n* [a](javascript:alert(1)) `b` ![c](http://evil.example/c)",
    "format": "{0.__class__.__mro__} {} {!r} %s%n%d %(x)s ${HOME} {{",
    "formula": "=cmd|' /C calc'!A0",
    "formula by sign": "@SUM(1+1)*cmd|' /C calc'!A0",
    "SQL": "'; DROP TABLE event;--",
    "full text": '" OR NEAR(a b) * -title:x ^ (',
    "shell": "$(reboot) `reboot` ;reboot &",
    "JSON": '"}],{"\\u001b[2J":"\\',
    "path": "../../../etc/passwd\\..\\con",
}
GROUPS = (ESCAPES, STRINGS, EIGHT_BITS, CONTROLS, INVISIBLE, SHAPES, CODE)
PAYLOADS = tuple(
    Payload(name, harm, f"q{number:02}")
    for number, (name, harm) in enumerate((pair for group in GROUPS for pair in group.items()), 10)
)
"""All of them; those of one group stand together."""

JOINED = 4
"""Into how many texts the payloads are put together, for runs that look at many at once."""


def joined(texts: list[str]) -> list[str]:
    """Put texts together, neighbours apart, so that what one leaves open another may fill."""
    return [" ".join(texts[place::JOINED]) for place in range(JOINED)]
