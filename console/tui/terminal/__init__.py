"""What lies between Textual and the wire: the driver, the hang-up, the crash path, and the net under all text.

`environment` and `glyphs` come first and import no Textual; `keyboard`, `writer` and `hangup` know file descriptors and
no screens; `driver`, `filter` and `painting` put them under Textual. Nothing here knows what a case is.
"""
