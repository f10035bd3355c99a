"""python -m sandbox.notify [--port N] [--phone +447700900124=NAME …]"""

import argparse
import asyncio
import signal
from collections.abc import Mapping

from sandbox.guard import address_of, new_token
from sandbox.notify.office import API_KEY, TEMPLATE, Office
from sandbox.notify.server import serving


async def _serve(port: int, names: Mapping[str, str]) -> None:
    stop = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    token = new_token()
    async with serving(Office(names), port, token) as url:
        print(f"notify {url} key {API_KEY} template {TEMPLATE} phones {address_of(url, token)}", flush=True)
        await stop.wait()


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox.notify",
        description="A small GOV.UK Notify on 127.0.0.1, with a page of the phones.",
    )
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--phone", action="append", default=[], help="whose it is: +447700900124=Fay Marsh")
    given = parser.parse_args()
    asyncio.run(_serve(given.port, dict(phone.split("=", 1) for phone in given.phone)))


if __name__ == "__main__":
    main()
