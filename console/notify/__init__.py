"""Notify: notices on their way out of the console, by mail, webhook, command, or what apprise knows.

May import desk and domain, and is imported by the command line only: a console never sends. Nothing here runs inside a
transaction: a batch is claimed, then sent, then written down, so that a slow server holds up nobody's key. Every way
out has an end (`channels.LONGEST`), and says in the same words what came of it (`domain.delivering.Result`).
"""
