"""python -m sandbox.notify [--port N]"""

import argparse
import asyncio
import signal

from sandbox.notify.office import API_KEY, TEMPLATE, Office
from sandbox.notify.server import serving


async def _serve(port: int) -> None:
    stop = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    async with serving(Office(), port) as url:
        print(f"notify {url} key {API_KEY} template {TEMPLATE}", flush=True)
        await stop.wait()


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox.notify", description="A small GOV.UK Notify on 127.0.0.1."
    )
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    asyncio.run(_serve(parser.parse_args().port))


if __name__ == "__main__":
    main()
