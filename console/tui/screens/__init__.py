"""Screens: each opens, shows and asks; every question to the desk goes through `desk_screen`, off the event loop.

May import `desk`, `domain`, widgets, keys and messages; never the app. Each screen has its stylesheet beside it, and
every rule in it is nested in the screen's type, because Textual does not scope them.
"""
