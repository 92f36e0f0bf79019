"""The warm process, and the desks that scripts begin with."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from alembic import command as alembic
from alembic.config import Config

from console.settings import sample_data
from console.store import sqlite_driver
from console.store.engine import Store
from console.store.footing import Footing
from console.store.write_engine import engine_for
from tests.faults.place import CAN_TRACE, ROOT, Forge, Place
from tests.faults.scripts import AT_FIRST, Script

CHANNEL = (
    '[channel.page]\nkind = "command"\nargv = ["true"]\n'
    '[hook.page]\nkind = "command"\non = ["assigned"]\nargv = ["false"]\n'
)
ROUTES = '[notify]\n[[notify.route]]\nchannels = ["page"]\n'
PEOPLE = "name,role,tier,teams\nkim,agent,1,desk\njo,agent,2,commerce\n"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f bo@desk.example"
CASES = "ref,title,requester,category,channel\n" + "".join(
    f"A-{number},Till {number} freezes,shop{number}@halden.example,tills,mail\n" for number in range(1, 6)
)
MAIL = "From: Kim <kim@halden.example>\nSubject: Till 9\nMessage-ID: <till9@halden.example>\n\nIt beeps.\n"
MEMORY = Path("/dev/shm")  # noqa: S108 - tempfile makes a folder of its own in it
HIDDEN = re.compile(r"Case (\d{5,}) is open")
"""The number of a confidential case, which is drawn."""

Placed = Callable[[Script], Place]


@pytest.fixture(scope="session")
def forge() -> Iterator[Forge]:
    """Give the warm process."""
    if not CAN_TRACE:
        pytest.skip("strace is not there, and holds programs at their system calls here")
    made = Forge()
    yield made
    made.close()


@pytest.fixture(scope="session")
def desks(forge: Forge, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the desks that scripts begin with: nothing, unopened, and one with people and cases."""
    folder = tmp_path_factory.mktemp("desks")
    nothing = folder / "nothing"
    nothing.mkdir()
    policy = (sample_data() / "policy.toml").read_text("utf-8")
    policy = policy[: policy.index("[notify]")]
    (nothing / "policy.toml").write_text(policy + ROUTES, "utf-8")
    (nothing / "stricter.toml").write_text(policy.replace("threshold = 9", "threshold = 8") + ROUTES, "utf-8")
    (nothing / "config.toml").write_text(CHANNEL, "utf-8")
    (nothing / "people.csv").write_text(PEOPLE, "utf-8")
    (nothing / "bo.pub").write_text(KEY, "utf-8")
    (nothing / "cases.csv").write_text(CASES, "utf-8")
    (nothing / "spool").mkdir()
    (nothing / "spool" / "cases.csv").write_text(CASES, "utf-8")
    (nothing / "spool" / "mail.eml").write_text(MAIL, "utf-8")
    (nothing / "spool" / "bad.csv").write_text("title,impact\nTill 8,1\nTill 7,99\n", "utf-8")
    shutil.copytree(nothing, folder / "unopened")
    shutil.copytree(nothing, folder / "older")
    store = Store(folder / "unopened" / "triage.db")
    store.migrate()
    store.close()
    older(folder / "older" / "triage.db")
    shutil.copytree(folder / "unopened", folder / "desk")
    told = Place(forge, folder / "desk", folder / "kept").all(AT_FIRST)
    (folder / "desk" / "hidden").write_text(HIDDEN.findall(told)[0], "utf-8")
    return folder


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the demonstration's desk once, to be copied; give its folder."""
    home = tmp_path_factory.mktemp("home")
    command = [sys.executable, "-m", "console", "demo", "--short", "--keep", str(home / "demo"), "--no-console"]
    subprocess.run(command, env={**os.environ, "HOME": str(home)}, cwd=ROOT, capture_output=True, check=True)
    return home / "demo"


@pytest.fixture
def database(demonstration: Path, tmp_path: Path) -> Path:
    """Give the database of a demonstration."""
    shutil.copytree(demonstration, tmp_path / "demo")
    return tmp_path / "demo" / "demo.db"


def older(path: Path) -> None:
    """Make a database of the first schema."""
    module = sqlite_driver.driver()
    path.touch()
    engine = engine_for(path, module, Footing(path).stood_on)
    with engine.connect() as connection, as_file(files("console.store") / "migrations") as scripts:
        connection.begin()
        config = Config()
        config.set_main_option("script_location", str(scripts))
        config.attributes["connection"] = connection
        alembic.upgrade(config, "0001")
        connection.exec_driver_sql("PRAGMA user_version = 1")
        connection.exec_driver_sql(f"PRAGMA application_id = {sqlite_driver.APPLICATION_ID}")
        connection.commit()
    engine.dispose()


@pytest.fixture
def placed(forge: Forge, desks: Path) -> Iterator[Placed]:
    """Give a way to get a place where a script can be tried: in memory where that can be, as nobody cuts the power."""
    folder = Path(tempfile.mkdtemp(prefix="triage-faults-", dir=MEMORY if MEMORY.is_dir() else None))

    def made(script: Script) -> Place:
        place = Place(forge, folder / "place", folder / "kept")
        shutil.rmtree(place.folder, ignore_errors=True)
        shutil.copytree(desks / {"an hour on": "desk"}.get(script.on, script.on), place.folder)
        place.all(script.before)
        place.keep()
        later = timedelta(hours=1) if script.on == "an hour on" else timedelta(minutes=1)
        place.at = (datetime.now(UTC) + later).isoformat()
        return place

    yield made
    shutil.rmtree(folder, ignore_errors=True)
