"""The real `triage receive` in a process of its own, and deliveries to it."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from tests.cli.conftest import Shell

TOKEN = "a token of many words"
CONFIG = f"""
[receive.alerts]
kind = "alertmanager"
secret = "{TOKEN}"
rate = 100000
[receive.native]
kind = "native"
secret = "{TOKEN}"
rate = 100000
[receive.github]
kind = "github"
scheme = "bearer"
secret = "{TOKEN}"
"""
BEARER = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}


@dataclass
class Receiving:
    """A receiver at work on a shell's database."""

    shell: Shell
    config: str = CONFIG

    def __enter__(self) -> Self:
        file = Path(self.shell.write("receive.toml", self.config))
        file.chmod(0o600)
        words = ["--config", str(file), "--db", str(self.shell.database), "receive", "--listen", "127.0.0.1:0"]
        log = {"TRIAGE_LOG": str(self.log)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "console", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, **log},
        )  # fmt: skip
        assert self.process.stdout is not None
        told = self.process.stdout.readline()
        assert told.startswith("Listening at http://127.0.0.1:"), told + self.process.communicate()[1]
        self.port = int(told.split(",")[0].rpartition(":")[2])
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()

    @property
    def log(self) -> Path:
        """The log of the receiver."""
        return self.shell.folder / "receive.log"

    def post(self, name: str, body: object, headers: Mapping[str, str] = BEARER) -> tuple[int, Any]:
        """Deliver to a source; give the status and what was told."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("POST", f"/in/{name}", data, dict(headers))
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def ended(self, by: signal.Signals = signal.SIGTERM) -> int:
        """End it by a signal; give the exit code."""
        self.process.send_signal(by)
        return self.process.wait(30)


def an_alert(name: str, at: str = "2026-11-23T08:00:00Z", **facts: str) -> dict[str, object]:
    """Give what Alertmanager posts about one alert."""
    alert = {
        "status": "firing",
        "labels": {"alertname": name, "severity": "critical"},
        "startsAt": at,
        "fingerprint": name,
    }
    return {"version": "4", "groupKey": "{}", "receiver": "ops", "status": "firing", "alerts": [alert | facts]}
