"""The committed lock: every package exact and hashed, no address in it, enough for what pyproject.toml asks for."""

import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from console.bootstrap.lock import LOCK, PARTS, locked
from tests.shape.source import ROOT

TEXT = (ROOT / LOCK).read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _requirements(text: str) -> dict[str, Requirement]:
    """The requirements of a lock by name."""
    lines = text.replace("\\\n", " ").splitlines()
    found = [Requirement(line.split("--hash")[0].strip()) for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(requirement.name): requirement for requirement in found}


def test_the_lock_holds_no_address_and_no_path() -> None:
    assert re.findall(r"\S*(?:://|\bfile:|@|(?<!\S)[./~])\S*", TEXT) == []


def test_the_lock_holds_no_option_but_hashes() -> None:
    assert set(re.findall(r"(?<!\S)--?[a-z][a-z-]*", TEXT)) == {"--hash"}


def test_every_package_is_exact_and_has_a_hash() -> None:
    entries = re.split(r"\n(?=[a-z])", TEXT)[1:]

    assert len(entries) == len(_requirements(TEXT))
    assert [
        entry for entry in entries if not re.match(r"[a-z0-9-]+==[^ ]+ .*--hash=sha256:[0-9a-f]{64}", entry, re.DOTALL)
    ] == []


def test_every_part_meets_what_the_project_asks_for() -> None:
    groups = PROJECT["dependency-groups"]
    asked = {"run": PROJECT["project"]["dependencies"], "test": groups["test"], "quality": groups["quality"]}

    for part in PARTS:
        present = _requirements(locked(ROOT, part))
        for requirement in map(Requirement, asked[part]):
            pinned = next(iter(present[canonicalize_name(requirement.name)].specifier)).version
            assert requirement.specifier.contains(pinned), f"{requirement}: run .ci/lock"


def test_the_first_start_is_not_made_to_wait_for_the_tools() -> None:
    assert _requirements(locked(ROOT, "run")).keys().isdisjoint({"pytest", "mypy", "ruff", "hypothesis"})
