"""What a session must be able to do, each tried for real in a process that is confined."""

from __future__ import annotations

import array
import asyncio
import fcntl
import grp
import importlib.util
import mmap
import os
import pwd
import signal
import socket
import struct
import tempfile
import termios
import threading
import time
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.host.deeds import Scene

BOOT = "/proc/sys/kernel/random/boot_id"


def database(scene: Scene, module: str = "sqlite3") -> None:
    """Write with a log beside the file, read from a second thread, sort on disk, and take the log in."""
    driver = importlib.import_module(module)
    path = scene.inside / f"{module}.db"
    path.unlink(missing_ok=True)
    one = driver.connect(path, check_same_thread=False)
    assert one.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    one.execute("PRAGMA mmap_size = 1000000")
    one.execute("PRAGMA temp_store = FILE")
    one.execute("PRAGMA cache_size = 10")
    one.execute("CREATE TABLE word (text)")
    one.executemany("INSERT INTO word VALUES (?)", [(str(number) * 50,) for number in range(3000)])
    one.commit()
    assert len(one.execute("SELECT text FROM word ORDER BY text DESC").fetchall()) == 3000
    two = driver.connect(path)
    assert two.execute("SELECT count(*) FROM word").fetchone() == (3000,)
    two.close()
    one.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    one.execute("VACUUM")
    one.close()


def threads(_: Scene) -> None:
    """Start threads, and hear from them."""
    heard: list[int] = []
    started = [threading.Thread(target=heard.append, args=(number,)) for number in range(30)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()
    assert sorted(heard) == list(range(30))


def loop(_: Scene) -> None:
    """Run an event loop with a signal handler and a thread."""

    async def main() -> None:
        heard = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, heard.set)
        os.kill(os.getpid(), signal.SIGUSR1)
        await heard.wait()
        assert await asyncio.to_thread(lambda: 7) == 7

    asyncio.run(main())


def files(scene: Scene) -> None:
    """Make, write, lock, map, sync, move and remove inside."""
    folder = scene.inside / "deep"
    folder.mkdir()
    (folder / "deeper").mkdir()
    path = folder / "file"
    with path.open("w+b") as file:
        file.write(b"x" * 8192)
        file.flush()
        os.fsync(file.fileno())
        fcntl.flock(file, fcntl.LOCK_EX)
        fcntl.lockf(file, fcntl.LOCK_EX)
        with mmap.mmap(file.fileno(), 0) as seen:
            seen[0] = 1
        os.ftruncate(file.fileno(), 1)
    path.rename(folder / "deeper" / "moved")
    (folder / "deeper" / "moved").unlink()
    (folder / "deeper").rmdir()
    folder.rmdir()


def terminal(scene: Scene) -> None:
    """Set the terminal that was handed in, and ask for its size."""
    termios.tcsetattr(scene.terminal, termios.TCSANOW, termios.tcgetattr(scene.terminal))
    fcntl.ioctl(scene.terminal, termios.TIOCGWINSZ, bytes(8))
    fcntl.ioctl(scene.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    os.write(scene.terminal, b"x")


def hand_over(scene: Scene) -> None:
    """Get a file through a socket that was there, as the client hands them in, and answer in words."""
    _, got, _, _ = socket.recv_fds(scene.handed, 1, 1)
    assert array.array("i", got)[0] > 2
    os.close(got[0])
    assert scene.handed.send(b"x") == 1


def signals(_: Scene) -> None:
    """Send signals to oneself, in every way in which libraries do."""
    heard: list[int] = []
    signal.signal(signal.SIGUSR2, lambda number, _: heard.append(number))
    signal.raise_signal(signal.SIGUSR2)
    signal.pthread_kill(threading.get_ident(), signal.SIGUSR2)
    os.kill(os.getpid(), signal.SIGUSR2)
    assert heard == [signal.SIGUSR2] * 3


def system(_: Scene) -> None:
    """Read what the system tells everybody."""
    assert pwd.getpwuid(os.getuid()).pw_uid == os.getuid()
    grp.getgrgid(os.getgid())
    time.tzset()
    assert time.localtime(0).tm_year in (1969, 1970)
    assert ZoneInfo("Europe/Berlin").key == "Europe/Berlin"
    with Path("/dev/urandom").open("rb", buffering=0) as noise:
        assert len(noise.read(8)) == len(os.urandom(8))
    Path(os.devnull).write_text("x")
    assert not Path(os.devnull).read_bytes()
    if Path("/proc/sys/kernel/random").exists():
        assert Path(BOOT).read_text()


def modules(_: Scene) -> None:
    """Load modules that nobody has loaded, with and without a library behind them."""
    for name in ("wave", "_elementtree", "sqlmodel", "console.tui.app", "console.intake.mail", "alembic.command"):
        importlib.import_module(name)


def temporary(scene: Scene) -> None:
    """Make temporary files; they lie inside."""
    with tempfile.TemporaryDirectory() as folder:
        assert Path(folder).parent == scene.inside
    tempfile.TemporaryFile().close()


ALLOWED: dict[str, Callable[[Scene], object]] = {
    "a database": database,
    "a database of the other driver": lambda scene: database(scene, driver_name()),
    "threads": threads,
    "an event loop": loop,
    "files inside": files,
    "the terminal": terminal,
    "a file that may be read": lambda scene: (scene.library / "book").read_text(),
    "a file that is handed in": hand_over,
    "signals to itself": signals,
    "what the system tells": system,
    "modules": modules,
    "temporary files": temporary,
}
"""Everything that a session needs, or may need."""


def driver_name() -> str:
    """Name the driver that the program uses where there is one besides Python's."""
    return "pysqlite3.dbapi2" if importlib.util.find_spec("pysqlite3") else "sqlite3"
