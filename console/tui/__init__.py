"""The screens: what a person sees and presses, and nothing of what is true about cases.

May import everything below it (`intake`, `notify`, `reports`, `desk`, `domain`, `settings`), and is the only layer
that imports Textual. Inside it: app > screens > widgets > keys | messages; `terminal` holds what lies between Textual
and the wire. Widgets get domain values and post messages; they never import `desk`.
Importing this package loads nothing: `console.tui.terminal.environment.prepare` must run before Textual is imported,
because Textual reads its settings from the environment at import.
"""
