"""Triage: a terminal console that tells a support desk which issue to escalate, to whom, and why.

The layers, each of which may import what stands to its right:
`__main__ > cli > tui > intake | notify | reports > desk > store > domain | settings | bootstrap`.
import-linter holds them, with the contracts in pyproject.toml.
"""

__version__ = "0.1.0"
