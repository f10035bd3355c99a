"""Two others under the same kills: what a force might have built this on."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.chaos.peers.alertmanager import Alertmanager, program
from benchmarks.chaos.peers.peer import Peer
from benchmarks.chaos.peers.plain_rq import PlainRq
from benchmarks.chaos.peers.receiver import receiving


class Peers:
    """None at all, too."""

    def __init__(self, *peers: Peer) -> None:
        self._peers = peers

    def start(self, within: float) -> None:
        """Each gets as many breaches as we do, over as many seconds."""
        for peer in self._peers:
            peer.start(within)

    def kill(self, ours: str) -> None:
        """One of our processes was killed."""
        for peer in self._peers:
            peer.kill(ours)

    def wait(self) -> dict[str, dict[str, float]]:
        """By name, once each of them stands still."""
        return {peer.product.name: peer.wait() for peer in reversed(self._peers)}  # RQ takes longest


@contextmanager
def beside(home: Path, cases: int) -> Iterator[Peers]:
    """Up; nothing that was started outlives the block."""
    with ExitStack() as ends:
        at_rq = ends.enter_context(receiving())
        peers = [Peer(PlainRq(home / "rq", at_rq.url), at_rq, cases)]
        ends.callback(peers[0].end)
        if found := program():
            at_alertmanager = ends.enter_context(receiving())
            alertmanager = Alertmanager(found, home / "alertmanager", at_alertmanager.url)
            peers.append(Peer(alertmanager, at_alertmanager, cases))
            ends.callback(peers[1].end)
        else:
            print("Alertmanager is left out: install Debian's package prometheus-alertmanager.")
        yield Peers(*peers)
