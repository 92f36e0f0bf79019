"""The filter of system calls, step by step, on both kinds of machine."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from console.host.seccomp import ALLOW, ARCHITECTURES, KILL, MISSING, REFUSE, packed, program
from console.host.syscalls import MACHINES, NEWEST, REFUSED, SOME, numbers
from tests.host.filtering import answered

PROCESS = 4711
THREAD = 0x3D0F00
"""What the C library asks for when it starts a thread."""
NEEDED = {
    "x86_64": {"read": 0, "write": 1, "close": 3, "mmap": 9, "futex": 202, "openat": 257, "flock": 73, "fsync": 74},
    "aarch64": {"read": 63, "write": 64, "close": 57, "mmap": 222, "futex": 98, "openat": 56, "flock": 32, "fsync": 82},
}
EITHER = pytest.mark.parametrize("kind", MACHINES)


@EITHER
def test_every_call_of_the_table_is_refused_and_what_everything_needs_is_not(kind: str) -> None:
    steps = program(kind, PROCESS)

    assert {answered(steps, kind, number) for number in numbers(kind, REFUSED).values()} == {REFUSE}
    assert {answered(steps, kind, number) for number in NEEDED[kind].values()} == {ALLOW}


def test_nothing_that_breaks_out_is_missing_from_the_table() -> None:
    wanted = (
        "execve execveat fork vfork clone clone3 ptrace process_vm_readv process_vm_writev process_madvise pidfd_getfd "
        "pidfd_open pidfd_send_signal kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo kcmp socket bind listen "
        "connect accept accept4 sendmsg sendmmsg mount umount2 pivot_root chroot move_mount open_tree fsopen fsconfig "
        "fsmount fspick "
        "mount_setattr setns unshare keyctl add_key request_key bpf perf_event_open io_uring_setup io_uring_enter "
        "io_uring_register userfaultfd chmod fchmod fchmodat fchmodat2 chown lchown fchown fchownat symlink symlinkat "
        "link linkat mknod mknodat init_module finit_module kexec_load open_by_handle_at prctl ioctl seccomp openat2 "
        "setuid setgid setresuid setresgid setreuid setregid setfsuid setfsgid setgroups capset prlimit64 "
        "setpriority ioprio_set sched_setparam sched_setscheduler sched_setattr sched_setaffinity process_mrelease "
        "migrate_pages move_pages shmget shmat msgget msgsnd msgrcv semget semop mq_open memfd_create memfd_secret "
        "syslog utime utimes futimesat utimensat setxattr fsetxattr lsetxattr settimeofday clock_settime fcntl"
    )

    assert set(wanted.split()) - set(REFUSED | SOME) == set()


@EITHER
def test_a_call_that_nobody_looked_at_is_not_there(kind: str) -> None:
    steps = program(kind, PROCESS)

    assert answered(steps, kind, NEWEST) == ALLOW
    assert {answered(steps, kind, number) for number in (NEWEST + 1, 512, 0x3FFFFFFF)} == {MISSING}


@EITHER
def test_another_kind_of_machine_ends_the_process(kind: str) -> None:
    other = next(each for each in MACHINES if each != kind)

    assert answered(program(kind, PROCESS), other, 0) == KILL


def test_the_rarer_set_of_calls_ends_the_process() -> None:
    steps = program("x86_64", PROCESS)

    assert {answered(steps, "x86_64", number) for number in (0x40000000, 0x4000003B, 0xFFFFFFFF)} == {KILL}


@EITHER
@pytest.mark.parametrize(
    ("name", "arguments", "answer"),
    [
        ("clone", (THREAD,), ALLOW),
        ("clone", (THREAD & ~0x10000,), REFUSE),
        ("clone", (17,), REFUSE),
        ("clone", (THREAD | 0x20000000,), REFUSE),
        ("clone3", (), MISSING),
        ("openat2", (), MISSING),
        ("kill", (PROCESS, 15), ALLOW),
        ("kill", (PROCESS + 1, 15), REFUSE),
        ("kill", (0, 15), REFUSE),
        ("kill", (-1, 15), REFUSE),
        ("tgkill", (PROCESS, 9999, 15), ALLOW),
        ("tgkill", (PROCESS + 1, PROCESS + 1, 15), REFUSE),
        ("tkill", (PROCESS + 1, 15), REFUSE),
        ("rt_sigqueueinfo", (PROCESS + 1, 15), REFUSE),
        ("rt_tgsigqueueinfo", (PROCESS + 1, PROCESS + 1, 15), REFUSE),
        ("prctl", (15,), ALLOW),
        ("prctl", (4, 1), REFUSE),
        ("prctl", (22, 2), REFUSE),
        ("prlimit64", (0, 7), ALLOW),
        ("prlimit64", (PROCESS, 7), ALLOW),
        ("prlimit64", (PROCESS + 1, 7), REFUSE),
        ("ioctl", (0, 0x5413), ALLOW),
        ("ioctl", (0, 0x5412), REFUSE),
        ("ioctl", (0, 0x5412 | 1 << 32), REFUSE),
        ("ioctl", (0, 0x541C), REFUSE),
        ("fcntl", (3, 6), ALLOW),
        ("fcntl", (3, 8), REFUSE),
        ("fcntl", (3, 15), REFUSE),
        ("socketpair", (1, 1 | 0o2004000), ALLOW),
        ("socketpair", (1, 2), REFUSE),
        ("socketpair", (1, 5), REFUSE),
        ("socketpair", (30, 1), REFUSE),
    ],
)
def test_some_calls_depend_on_their_arguments(name: str, arguments: tuple[int, ...], answer: int, kind: str) -> None:
    number = numbers(kind, SOME)[name]

    assert answered(program(kind, PROCESS), kind, number, *arguments) == answer


@EITHER
def test_the_filter_is_one_that_the_kernel_takes(kind: str) -> None:
    steps = program(kind, PROCESS)

    assert len(steps) <= 4096
    assert len(packed(steps)) == 8 * len(steps)
    assert all(at + 1 + max(step.yes, step.no) < len(steps) for at, step in enumerate(steps[:-1]) if step.code != 6)


@pytest.mark.parametrize(("kind", "header"), [("x86_64", "asm/unistd_64.h"), ("aarch64", "asm-generic/unistd.h")])
def test_the_numbers_are_those_of_the_kernel(kind: str, header: str) -> None:
    known = from_headers(header)
    if not known:
        pytest.skip("the kernel's headers, or a C compiler to read them, are not installed here")
    ours = numbers(kind, REFUSED | SOME)

    assert {name: known[name] for name in ours if name in known} == {name: ours[name] for name in ours if name in known}
    assert len(set(ours.values())) == len(ours)
    assert len(known) > 250


def from_headers(header: str) -> dict[str, int]:
    """Read the numbers of the calls from a header of the kernel; nothing where that cannot be."""
    compiler = shutil.which("cc")
    if compiler is None:
        return {}
    wanted = ("RENAMEAT", "NEW_STAT", "SET_GET_RLIMIT", "TIME32_SYSCALLS", "SYS_CLONE3", "MEMFD_SECRET")
    source = "".join(f"#define __ARCH_WANT_{each}\n" for each in wanted) + f"#include <{header}>\n"
    command = [compiler, "-E", "-dM", "-x", "c", "-D__BITS_PER_LONG=64", "-"]
    done = subprocess.run(command, input=source, capture_output=True, text=True, check=False)
    told: dict[str, str] = dict(re.findall(r"#define (__NR\w*) (\S+)", done.stdout))
    numbered = {name: told.get(value, value) for name, value in told.items() if name.startswith("__NR_")}
    return {name[5:]: int(value) for name, value in numbered.items() if value.isdigit()}


def test_every_machine_has_its_architecture() -> None:
    assert set(ARCHITECTURES) == set(MACHINES)
