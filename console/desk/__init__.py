"""Desk: one function for each thing a person does: one transaction, one case change, one event.

Each reads, checks, decides (by the domain), saves if the version is unchanged, and records; an `if` about the business
belongs in the domain. It may import `store` and `domain`. Screens and the command line call nothing below it.
"""
