"""The receiver: HTTP for the webhooks of other systems, behind a secret for each.

It knows connections, limits and signatures, and nothing of cases: what a delivery leads to is handed in, and told back
as an answer. Whoever cannot show the secret learns nothing, not even whether there is anything at an address. What
clients send is read by h11 (the extra `http`), which is strict and has no socket of its own; the room may import the
domain's refusals and the log's levels, never the desk, the store or a sibling.
"""
