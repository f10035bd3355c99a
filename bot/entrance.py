"""Where a request comes in: was it seen before, and who is on duty, asked of the record in one go."""

from bot.directory import DOCUMENT, RosteredDirectory, StoredDirectory, decode
from bot.ports.notes import Arrivals, Requests


class Entrance:
    """`Requests` for the handlers; what it hears on the way is what the request is decided by."""

    def __init__(
        self, arrivals: Arrivals, requests: Requests, force: StoredDirectory, directory: RosteredDirectory
    ) -> None:
        self._arrivals = arrivals
        self._requests = requests
        self._force = force
        self._directory = directory

    def seen_before(self, request: str, now_ms: int) -> bool:
        arrived = self._arrivals.arrive(request, now_ms, DOCUMENT)
        self._force.hear(decode(arrived.directory))
        self._directory.hear(arrived.roster)
        return arrived.seen_before

    def forget(self, request: str) -> None:
        self._requests.forget(request)
