"""Widgets: each shows one thing, is fed domain values, and says in messages what a person did with it.

May import `domain`, `keys`, `messages` and Textual; never `desk`, a screen or the app. Text from outside goes through
`domain.safe` and reaches Textual as `Content` or segments, never as a plain string.
"""
