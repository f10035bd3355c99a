"""The other ways out, by Apprise: e-mail, SMS, pager. Their URLs hold passwords, so nothing here ever prints one."""

import logging
from collections.abc import Callable, Container, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from copy import copy
from typing import Any
from urllib.parse import parse_qs, urlsplit

import structlog
from apprise import Apprise, AppriseAsset, NotifyType, PersistentStoreMode
from msgspec import Struct

from bot.domain.people import Role
from bot.ports.ways_tried import Way
from workers.periodic import told

log = structlog.get_logger()

_DEADLINE = 20.0  # machine seconds for all ways at once; a job of RQ's may run for 30
_ASSET = AppriseAsset(
    app_id="missing-bot", app_desc="missing-bot", app_url="", storage_mode=PersistentStoreMode.MEMORY
)

logging.getLogger("apprise").setLevel(
    logging.CRITICAL + 1
)  # its lines quote the URL, or the answer of the far end
_ANSWER_UNREAD = {"smpp", "smpps"}  # Apprise leaves without reading what the message centre says


class BadWay(Exception):
    """Apprise knows no such way out, or not whether it was taken. Says whose and which, never the URL."""


class Sent(Struct, frozen=True, kw_only=True):
    """Names of ways, as the force gave them."""

    taken: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


class Ways:
    """Recipient (a role, or the technician) → name of the way → how to send by it."""

    def __init__(
        self,
        given: Mapping[str, Mapping[str, str]],
        note: Callable[[str, Sent], None] = lambda _, __: None,
    ) -> None:
        """`note` is told of each outcome, with the recipient. Raises BadWay."""
        self._note = note
        self._of = {
            recipient: {
                named: way for name, url in ways.items() for named, way in _made(recipient, name, url).items()
            }
            for recipient, ways in given.items()
        }

    @property
    def all(self) -> tuple[Way, ...]:
        return tuple(Way(recipient, name) for recipient, ways in self._of.items() for name in ways)

    @property
    def recipients(self) -> tuple[str, ...]:
        return tuple(self._of)

    def of(self, role: Role) -> str | None:
        """Who is written to for this role: a page always has somewhere to go, where the force gave one at all."""
        return next((to for to in (role, Role.FIM, *self._of) if self._of.get(to)), None)

    def send(self, recipient: str, title: str, body: str, *, but: Container[str] = ()) -> Sent:
        """By every way that the recipient has, at once, `but` those. Never raises: what is late has failed."""
        ways = {name: way for name, way in self._of.get(recipient, {}).items() if name not in but}
        if not ways:
            return Sent()
        pool = ThreadPoolExecutor(len(ways), "way-out")
        asked = {name: pool.submit(_took, way, title, body) for name, way in ways.items()}
        wait(asked.values(), _DEADLINE)
        pool.shutdown(wait=False, cancel_futures=True)
        taken = tuple(name for name, answer in asked.items() if _was_taken(recipient, name, answer))
        sent = Sent(taken=taken, failed=tuple(name for name in asked if name not in taken))
        self._note(recipient, sent)
        return sent


def _made(recipient: str, name: str, url: str) -> dict[str, Apprise]:
    """One way for each address: asked together, one that is refused would have all of them sent to again."""
    if _counts_as_sent_untaken(url):
        raise BadWay(
            f"the way {name} for {recipient} would count as sent where nobody took it: smpp:// and ?optional= "
            "cannot be used. Take the provider's own scheme"
        )
    way = Apprise(asset=_ASSET)
    if not way.add(url):
        raise BadWay(f"the way {name} for {recipient} is no URL that Apprise knows, such as mailtos://…")
    alone = [_with(one) for server in way for one in _by_address(server)]
    if len(alone) == 1:
        return {name: alone[0]}
    return {f"{name} ({number} of {len(alone)})": one for number, one in enumerate(alone, 1)}


def _with(server: Any) -> Apprise:
    """Without Apprise's pause between two requests (5.5 s for most): there is one address, and a page does not wait."""
    server.request_rate_per_sec = 0
    way = Apprise(asset=_ASSET)
    way.add(server)
    return way


def _by_address(server: Any) -> list[Any]:
    """Apprise's services keep whom they write to in a list of that name; one that does not is left as it is."""
    targets = getattr(server, "targets", None)
    if not isinstance(targets, list) or len(targets) < 2:
        return [server]
    alone = [copy(server) for _ in targets]
    for one, target in zip(alone, targets, strict=True):
        one.targets = [target]
    return alone


def _counts_as_sent_untaken(url: str) -> bool:
    parts = urlsplit(url.strip())
    return parts.scheme.lower() in _ANSWER_UNREAD or "optional" in parse_qs(
        parts.query, keep_blank_values=True
    )


def _took(way: Apprise, title: str, body: str) -> bool:
    # What is merely information rings nobody: some on-call services file it, for others Apprise sends nothing at all.
    return bool(way.notify(title=title, body=body, notify_type=NotifyType.FAILURE))


def _was_taken(recipient: str, way: str, answer: "Future[bool]") -> bool:
    if not answer.done():
        log.error("way out did not answer", recipient=recipient, way=way)
        return False
    if (error := answer.exception()) is not None:
        log.error("way out failed", recipient=recipient, way=way, **told(error))
        return False
    return answer.result()
