"""What a process does not need it does not load: each copy costs memory, and each start its time."""

import json
import subprocess
import sys

import pytest

ASK = "import json, sys, importlib; importlib.import_module(sys.argv[1]); print(json.dumps(sorted(sys.modules)))"

PICTURES = {"PIL", "matplotlib", "numpy"}
LISTENING = {"slack_bolt", "websocket", "waitress"}
OTHER_WAYS = {"apprise", "jwt"}  # only where a way beside Slack is set up
STAGE = {"aiohttp", "sandbox", "simulation"}


@pytest.mark.parametrize(
    ("module", "never"),
    [
        ("cli.timing_processes", LISTENING | PICTURES | OTHER_WAYS | STAGE | {"handlers"}),
        ("cli.run", LISTENING | PICTURES | OTHER_WAYS | STAGE),
        ("cli.bot_process", OTHER_WAYS | STAGE | {"matplotlib"}),
    ],
)
def test_it_loads_nothing_that_it_does_not_need(module: str, never: set[str]) -> None:
    asked = [sys.executable, "-c", ASK, module]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    loaded = {name.partition(".")[0] for name in json.loads(said)}
    assert loaded & never == set()
