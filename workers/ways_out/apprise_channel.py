"""A way by one of Apprise's services: e-mail, SMS, pager. One address each, judged by the attempt itself.

Its URLs hold passwords, so nothing here ever prints one.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from copy import copy
from typing import Any
from urllib.parse import parse_qs

from apprise import Apprise, AppriseAsset, NotifyFormat, NotifyType, PersistentStoreMode
from apprise.manager_plugins import NotificationManager
from apprise.plugins import url_to_dict
from msgspec import Struct

from bot.ports.ways_tried import WayAnswer
from workers.ways_out.channel import Attempt, BadWay, Letter
from workers.ways_out.numbers import BadNumber, spoken, uk_mobile

_ASSET = AppriseAsset(
    app_id="missing-bot", app_desc="missing-bot", app_url="", storage_mode=PersistentStoreMode.MEMORY
)
_SERVICES = NotificationManager()

logging.getLogger("apprise").setLevel(
    logging.CRITICAL + 1
)  # its lines quote the URL, or the answer of the far end
_ANSWER_UNREAD = {"smpp", "smpps"}  # Apprise leaves without reading what the message centre says
_KEPT_IN = ("targets", "target_phones", "target_groups", "target_contacts", "phone")
_BETWEEN = re.compile(r"[,;]")


class AppriseChannel(Struct, frozen=True):
    asks: str
    server: Any  # Apprise's
    number: str = ""  # nothing comes back by Apprise

    def send(self, letter: Letter) -> Attempt:
        way = Apprise(asset=_ASSET)
        way.add(self.server)
        # What is merely information rings nobody: some on-call services file it, for others Apprise sends nothing at
        # all. Said to be text, a mail keeps its lines.
        taken = way.notify(
            title=letter.title,
            body=letter.body,
            notify_type=NotifyType.FAILURE,
            body_format=NotifyFormat.TEXT,
        )
        return Attempt(answer=WayAnswer.TAKEN if taken else WayAnswer.REFUSED)


def channels(whose: str, url: str) -> list[AppriseChannel]:
    """One for each address of the URL: asked together, one that is refused would have all of them sent to again.
    `whose`: the way and the recipient, for a refusal. Raises BadWay."""
    _need_known(whose, url)
    described = url_to_dict(url)
    if described is None:
        raise BadWay(f"{whose} is no URL that Apprise can read")
    service = _SERVICES[described["schema"]]
    if "target_phone" in service.template_tokens:
        return [_by_phone(whose, one) for one in _numbered(whose, described)]
    return [_alone(one) for one in _by_address(_made(whose, described))]


def _need_known(whose: str, url: str) -> None:
    """A service that cannot be loaded here is not called unknown, and none that counts as sent untaken is used."""
    scheme = url.strip().partition("://")[0].lower()  # one begins with a figure, which no standard knows
    query = url.partition("?")[2].lower()  # as Apprise reads its names
    if scheme in _ANSWER_UNREAD or "optional" in parse_qs(query, keep_blank_values=True):
        raise BadWay(
            f"{whose} would count as sent where nobody took it: smpp:// and ?optional= "
            "cannot be used. Take the provider's own scheme"
        )
    if scheme not in _SERVICES:
        raise BadWay(f"{whose} is no URL that Apprise knows, such as mailtos://…")
    if not _SERVICES[scheme].enabled:
        raise BadWay(f"{whose} needs a Python package that is not installed here: {_packages(scheme)}")


def _packages(scheme: str) -> str:
    needed = _SERVICES[scheme].requirements.get("packages_required") or "see Apprise's page of that service"
    return needed if isinstance(needed, str) else ", ".join(needed)


def _numbered(whose: str, described: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The URL once for each number, as E.164. Apprise drops from ?to= what it cannot read, so that is read here."""
    given = [*map(str, described.get("targets") or []), described.get("qsd", {}).get("to", "")]
    written = [part for each in given for part in _BETWEEN.split(each) if part.strip()]
    if not written:
        yield dict(described)
    for number in dict.fromkeys(_checked(whose, each) for each in written):
        yield {**described, "targets": [number]}


def _checked(whose: str, written: str) -> str:
    """What is no number (a group, a contact) is left to the service."""
    if not re.fullmatch(r"[\d\s+().\-]+", written):
        return written
    try:
        return uk_mobile(written)
    except BadNumber as bad:
        raise BadWay(f"a number of {whose} {bad}") from None


def _by_phone(whose: str, described: dict[str, Any]) -> AppriseChannel:
    """Raises BadWay where the service would write to nobody, to several, or to another number."""
    server = _made(whose, described)
    targets = _targets(server)
    if len(targets) != 1:
        raise BadWay(f"{whose} names no number that its service would write to")
    asked = _address(targets[0])
    if not re.fullmatch(r"\+?\d+", asked):
        return _alone(server)
    try:
        number = uk_mobile(f"+{asked.lstrip('+')}")
    except BadNumber:
        raise BadWay(
            f"{whose} has a number that its service would rewrite into another: write it as +447700900124"
        ) from None
    return _alone(server, spoken(number))


def _made(whose: str, described: dict[str, Any]) -> Any:
    server = Apprise.instantiate(dict(described), asset=_ASSET)
    if server is None:
        raise BadWay(f"{whose} is no URL that its service can be asked by: look at its parts")
    return server


def _alone(server: Any, address: str = "") -> AppriseChannel:
    """Without Apprise's pause between two requests (5.5 s for most, and an hour where the clock goes back) and its
    tries: there is one address, a page does not wait, and it is we who try again."""
    server.request_rate_per_sec = 0
    server.retry = 0
    targets = _targets(server)
    whom = address or (_address(targets[0]) if targets else "whoever its URL names")
    return AppriseChannel(f"{server.service_name} for {whom}", server)


def _by_address(server: Any) -> list[Any]:
    targets = getattr(server, "targets", None)
    if not isinstance(targets, list) or len(targets) < 2:
        return [server]
    alone = [copy(server) for _ in targets]
    for one, target in zip(alone, targets, strict=True):
        one.targets = [target]
    return alone


def _targets(server: Any) -> list[Any]:
    """Whom it writes to: in one of these lists, or in none, and then it writes as a whole."""
    kept = [getattr(server, name, None) for name in _KEPT_IN]
    return [target for targets in kept if isinstance(targets, list) for target in targets]


def _address(target: Any) -> str:
    """Some keep it with its kind before it, or a name."""
    return str(target[-1] if isinstance(target, tuple | list) else target)
