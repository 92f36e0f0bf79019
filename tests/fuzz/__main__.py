"""`python -m tests.fuzz NAME [SECONDS]`: let atheris change the small good files of a format, guided by coverage.

NAME is a format, `map` (tables and JSON by a map), `suggest`, or `all` for each of them in turn. What is raised ends
the run and is shown, with the bytes that raised it in a file here. atheris is no dependency: `pip install atheris`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

OTHERS = ("map", "suggest")
USAGE = "usage: python -m tests.fuzz FORMAT|map|suggest|all [SECONDS]"


def main() -> int:
    """Fuzz one format here, or each in a process of its own."""
    name, seconds = (sys.argv[1:] + ["all", "60"][len(sys.argv) - 1 :])[:2]
    try:
        atheris: Any = import_module("atheris")
    except ImportError:
        sys.stderr.write("tests.fuzz: atheris is not installed here; `pip install atheris` into this environment.\n")
        return 2
    if name == "all":
        from tests.intake.seeds import SEEDS

        runs = [[sys.executable, "-m", "tests.fuzz", each, seconds] for each in (*SEEDS, *OTHERS)]
        return max(subprocess.run(run, check=False).returncode for run in runs)
    with atheris.instrument_imports(include=["console", "csv", "email", "json"]):
        from tests.intake import reading_bytes, seeds
    if name not in seeds.SEEDS and name not in OTHERS:
        sys.stderr.write(f"tests.fuzz: there is no format '{name}'; there are {', '.join(seeds.SEEDS)}.\n{USAGE}\n")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(seeds.SEEDS.get(name, seeds.MAPPED)):
            (Path(folder) / f"seed-{number}").write_bytes(seed)
        reads = {"map": reading_bytes.read_mapped, "suggest": reading_bytes.suggest}
        read = reads.get(name, lambda data: reading_bytes.read_all(data, name))
        told = [
            f"-max_total_time={seconds}",
            "-max_len=8192",
            "-timeout=60",
            "-rss_limit_mb=4096",
            "-print_final_stats=1",
        ]
        atheris.Setup([f"tests.fuzz {name}", *told, folder], read)
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
