"""The command line: what scripts call and what a person types who does not want a screen.

One file a command in `commands`, each with its words and flags and a `run`; around them the parts that all share:
the catalogue of names, the parser, the call at hand, what it prints, and the JSON forms. The layer may import
everything below it: the screens (inside the command that opens them only), intake, the desk and the domain; never the
store. It alone reads the clock, the environment and the person's name. What a command does not need, it does not load:
help comes from the catalogue, and a command imports inside `run`.
"""

from console.cli.program import run

__all__ = ["run"]
