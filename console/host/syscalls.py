"""The system calls that no session makes, by what they would open, with their numbers on x86_64 and on aarch64.

Numbers never change: they are part of what the kernel promises. `NONE` stands where a machine has no such call.
"""

from __future__ import annotations

NONE = -1
MACHINES = ("x86_64", "aarch64")
"""The machines whose numbers stand here, in this order."""
NEWEST = 462
"""The newest call that was looked at; those behind it are answered as by a kernel that does not have them yet."""

Numbers = dict[str, tuple[int, int]]

# fmt: off
PROGRAMS: Numbers = {"execve": (59, 221), "execveat": (322, 281), "fork": (57, NONE), "vfork": (58, NONE)}
"""Another program, or another process."""

OTHERS: Numbers = {
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "process_madvise": (440, 440), "process_mrelease": (448, 448), "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438), "pidfd_send_signal": (424, 424), "setpriority": (141, 140), "ioprio_set": (251, 30),
    "sched_setparam": (142, 118), "sched_setscheduler": (144, 119), "sched_setattr": (314, 274),
    "sched_setaffinity": (203, 122), "migrate_pages": (256, 238), "move_pages": (279, 239), "shmget": (29, 194),
    "shmat": (30, 196), "shmctl": (31, 195), "msgget": (68, 186), "msgsnd": (69, 189), "msgrcv": (70, 188),
    "msgctl": (71, 187), "semget": (64, 190), "semop": (65, 193), "semtimedop": (220, 192), "semctl": (66, 191),
    "mq_open": (240, 180), "mq_unlink": (241, 181), "memfd_create": (319, 279), "memfd_secret": (447, 447),
}
"""Other processes of the account: their memory, their files, their turn at the processor, and memory shared with them;
and memory that counts for no limit."""

NETWORK: Numbers = {
    "socket": (41, 198), "bind": (49, 200), "listen": (50, 201), "connect": (42, 203), "accept": (43, 202),
    "accept4": (288, 242), "sendmsg": (46, 211), "sendmmsg": (307, 269),
}
"""Any way to another program or machine, and to hand the client a descriptor: what is said to it goes by `sendto`."""

PLACES: Numbers = {
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51), "move_mount": (429, 429),
    "open_tree": (428, 428), "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432),
    "fspick": (433, 433), "mount_setattr": (442, 442), "setns": (308, 268), "unshare": (272, 97),
    "swapon": (167, 224), "swapoff": (168, 225), "quotactl": (179, 60), "quotactl_fd": (443, 443), "acct": (163, 89),
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265), "fanotify_init": (300, 262),
    "fanotify_mark": (301, 263),
}
"""What is where in the file system, and for whom."""

KERNEL: Numbers = {
    "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218), "bpf": (321, 280),
    "perf_event_open": (298, 241), "io_uring_setup": (425, 425), "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427), "io_setup": (206, 0), "io_submit": (209, 2), "userfaultfd": (323, 282),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106), "kexec_load": (246, 104),
    "kexec_file_load": (320, 294), "reboot": (169, 142), "syslog": (103, 116), "iopl": (172, NONE),
    "ioperm": (173, NONE), "modify_ldt": (154, NONE), "lookup_dcookie": (212, 18), "settimeofday": (164, 170),
    "clock_settime": (227, 112), "adjtimex": (159, 171), "clock_adjtime": (305, 266), "sethostname": (170, 161),
    "setdomainname": (171, 162), "personality": (135, 92), "vhangup": (153, 58), "uselib": (134, NONE),
    "sysfs": (139, NONE), "_sysctl": (156, NONE), "nfsservctl": (180, 42), "remap_file_pages": (216, 234),
    "seccomp": (317, 277),
}
"""The kernel itself: parts of it that a console never needs, and that others have broken out through."""

FILES: Numbers = {
    "chmod": (90, NONE), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452), "chown": (92, NONE),
    "lchown": (94, NONE), "fchown": (93, 55), "fchownat": (260, 54), "setxattr": (188, 5), "lsetxattr": (189, 6),
    "fsetxattr": (190, 7), "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16),
    "symlink": (88, NONE), "symlinkat": (266, 36), "link": (86, NONE), "linkat": (265, 37), "mknod": (133, NONE),
    "mknodat": (259, 33), "utime": (132, NONE), "utimes": (235, NONE), "futimesat": (261, NONE),
    "utimensat": (280, 88),
}
"""Who may use a file, when it was changed, and names that lead elsewhere: landlock does not look at the first two."""

RIGHTS: Numbers = {
    "setuid": (105, 146), "setgid": (106, 144), "setreuid": (113, 145), "setregid": (114, 143),
    "setresuid": (117, 147), "setresgid": (119, 149), "setgroups": (116, 159), "setfsuid": (122, 151),
    "setfsgid": (123, 152), "capset": (126, 91),
}
"""Who the process is."""

SOME: Numbers = {
    "clone": (56, 220), "clone3": (435, 435), "kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131),
    "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240), "prctl": (157, 167), "prlimit64": (302, 261),
    "ioctl": (16, 29), "fcntl": (72, 25), "socketpair": (53, 199), "openat2": (437, 437),
}
"""What is refused for some arguments only, or answered as not there, so that the library takes the older call."""
# fmt: on

REFUSED: Numbers = PROGRAMS | OTHERS | NETWORK | PLACES | KERNEL | FILES | RIGHTS
"""What is refused whatever the arguments."""


def numbers(machine: str, calls: Numbers) -> dict[str, int]:
    """Give the calls that a machine has, with their numbers there."""
    column = MACHINES.index(machine)
    return {name: each[column] for name, each in calls.items() if each[column] != NONE}
