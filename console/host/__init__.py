"""The host: the shared server's service, and the thin client that reaches it.

One process owns the database, listens on a Unix socket, and is warm with everything loaded; for each person who comes
it forks a session, which runs the command line on the terminal that the client passes. The kernel says who the person
is. The room knows sockets, accounts and processes and nothing of cases: what a session runs is handed in. It uses the
standard library only, since the client starts for every command, besides the visit, the log and the domain's refusals.
"""
