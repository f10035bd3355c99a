"""Given the vulnerability service, then a weakness, or a package that could not be asked about, fails; where the
service is out of reach, it says that nothing was audited."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
WEAK = {"vulns": [{"id": "OSV-0000-0", "schema_version": "1.0.0", "summary": "weak", "affected": []}]}
Answer = Callable[[dict[str, Any]], tuple[int, str]]


@contextmanager
def service(answer: Answer) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, said = answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(said.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
    finally:
        server.shutdown()
        server.server_close()


def audited(url: str, *locks: Path) -> tuple[int, str]:
    command = [
        sys.executable,
        str(ROOT / "scripts" / "audit-dependencies"),
        "--osv-url",
        url,
        *map(str, locks),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_where_nobody_answers_it_says_that_nothing_was_audited_and_passes() -> None:
    code, said = audited("http://127.0.0.1:9/v1/query")
    assert code == 0 and said.startswith("NOT AUDITED: http://127.0.0.1:9/v1/query is out of reach")


def test_a_service_that_refuses_or_knows_nothing_is_no_audit_and_fails() -> None:
    odd = {"it answers 503": (503, ""), "it knows of no weakness": (200, "{}"), "not OSV's": (200, "?")}
    for why, answer in odd.items():
        with service(lambda _, answer=answer: answer) as url:
            code, said = audited(url)
        assert code == 1 and "could not be audited, which counts as failed" in said and why in said


def known_of(weak: str = "", failing: str = "") -> Answer:
    def answer(asked: dict[str, Any]) -> tuple[int, str]:
        name = asked["package"]["name"]
        if name == failing:
            return 500, ""
        return 200, json.dumps(WEAK if name == weak or asked["version"] == "2.19.0" else {})

    return answer


@pytest.mark.slow
def test_each_pinned_package_is_asked_about_and_one_that_is_weak_or_not_told_of_fails(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.txt"
    lock.write_text(
        "".join(f"{name}==1.0 \\\n    --hash=sha256:{'0' * 64}\n" for name in ("first", "second", "third"))
    )
    asked: list[str] = []

    def noting(one: dict[str, Any]) -> tuple[int, str]:
        asked.append(one["package"]["name"])
        return known_of()(one)

    with service(noting) as url:
        code, said = audited(url, lock)
    if "No matching distribution" in said:
        pytest.skip("pip-audit cannot be installed here")
    assert code == 0 and asked[1:] == ["first", "second", "third"], said
    with service(known_of(weak="second")) as url:
        code, said = audited(url, lock)
    assert code == 1 and "second" in said and "OSV-0000-0" in said
    with service(known_of(failing="third")) as url:
        code, said = audited(url, lock)
    assert code == 1 and "could not be asked about" in said
