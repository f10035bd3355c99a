"""Prometheus Alertmanager (Debian: prometheus-alertmanager), an alert a breach, each a notification of its own.

Its client does as its documentation asks (prometheus.io, "Sending alerts"): each alert is sent again every 60 s for as
long as it is active, and as Prometheus itself does, a send that failed is not tried before its next turn.
"""

import json
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from benchmarks.chaos.keeper import Keeper
from benchmarks.chaos.site import logged
from tests.outside import free_port

_AGAIN = 60.0  # seconds: Prometheus' --rules.alert.resend-delay
_STILL = 2 * _AGAIN + 10.0
_ME = "alertmanager"
# Its defaults (group_interval 5 m, repeat_interval 4 h) but for a message a case, and no wait for others to join it.
_CONFIG = """
route: {{receiver: pages, group_by: ['...'], group_wait: 0s}}
receivers: [{{name: pages, webhook_configs: [{{url: '{url}', send_resolved: false}}]}}]
"""


def program() -> str | None:
    """Where it is; None where it is not installed (unpacked alone, it does not find its templates)."""
    return shutil.which("prometheus-alertmanager") or shutil.which("alertmanager")


class Alertmanager:
    name = "Alertmanager"
    struck: ClassVar[Mapping[str, str]] = {"bot": _ME}

    def __init__(self, found: str, home: Path, receiver_url: str) -> None:
        home.mkdir(parents=True)
        config, port = home / "alertmanager.yml", free_port()
        config.write_text(_CONFIG.format(url=receiver_url), encoding="utf-8")
        self._url = f"http://127.0.0.1:{port}/api/v2/alerts"
        self._sent_at: dict[str, float] = {}
        command = [found, f"--config.file={config}", f"--storage.path={home / 'data'}"]
        command += ["--cluster.listen-address=", f"--web.listen-address=127.0.0.1:{port}"]
        self._keeper = Keeper({_ME: logged(command, home, _ME)})
        self._keeper.start()

    def send(self, case: str) -> bool:
        self._post([case])
        return True  # what failed has its next turn in tick

    def tick(self) -> None:
        now = time.time()
        if again := [case for case, at in self._sent_at.items() if at < now - _AGAIN]:
            self._post(again)

    def kill(self, which: str) -> None:
        self._keeper.kill(which)

    def is_still(self, seconds: float) -> bool:
        return seconds > _STILL

    def end(self) -> None:
        self._keeper.end()

    def _post(self, cases: list[str]) -> None:
        self._sent_at |= dict.fromkeys(cases, time.time())
        alerts = [{"labels": {"alertname": "Breach", "case": case}} for case in cases]
        asked = urllib.request.Request(
            self._url, json.dumps(alerts).encode(), {"Content-Type": "application/json"}
        )
        try:
            urllib.request.urlopen(asked, timeout=10).close()  # nosec B310 # http, to the one started here
        except OSError:
            return
