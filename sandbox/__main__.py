"""python -m sandbox --manifest FILE [--seed FILE] [--port N]"""

import argparse
import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

from sandbox import yaml_file
from sandbox.errors import BadSeed, NoPort
from sandbox.guard import TOKEN
from sandbox.runner import open_workspace

_LAST_PORT = 65535


def main() -> None:
    try:
        asyncio.run(_serve(_arguments()))
    except (BadSeed, NoPort) as wrong:
        print(wrong, file=sys.stderr)
        sys.exit(2)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A small Slack on 127.0.0.1.")
    parser.add_argument("--port", type=_port, default=0, help="0 takes a free one")
    parser.add_argument("--manifest", type=Path, action="append", default=[], help="an app to install")
    parser.add_argument("--seed", type=Path, help="people, groups and channels")
    return parser.parse_args()


def _port(given: str) -> int:
    if not given.isdecimal() or int(given) > _LAST_PORT:
        raise argparse.ArgumentTypeError(f"a port is a whole number from 0 to {_LAST_PORT}")
    return int(given)


async def _serve(arguments: argparse.Namespace) -> None:
    seed = yaml_file.read(arguments.seed) if arguments.seed else {}
    stop = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    token = os.environ.get(TOKEN)
    async with open_workspace(arguments.manifest, seed, arguments.port, token=token) as slack:
        _announce(slack)
        await stop.wait()


def _announce(slack: Any) -> None:
    print(f"workspace {slack.address}", flush=True)
    for app in slack.team.apps.values():
        print(f"app {app.name}: {app.bot_token} {app.app_token} {app.signing_secret}", flush=True)


if __name__ == "__main__":
    main()
