"""Injected faults: the real commands are killed, and refused by the disk, at every system call that they make."""
