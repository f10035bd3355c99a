"""The hourly anchor of the record, as the settings say where it goes."""

from collections.abc import Callable, Mapping
from socket import gethostname

from bot.ports.ways_tried import Way
from bot.views.wording import anchor_words
from cli.compose.bot import Bot
from workers.alarm.this_bot import this_bot
from workers.anchors.anchor_keeper import AnchorKeeper
from workers.anchors.folder import AnchorFolder
from workers.ways_out.channel import Attempt, Letter
from workers.ways_out.ways import TECHNICIAN


def anchor_keeper(ours: Bot) -> AnchorKeeper | None:
    """None where no anchor leaves this machine."""
    given, host = ours.settings.anchor, gethostname()
    if given.folder is None and not given.way:
        return None
    return AnchorKeeper(
        ours.stores.heads,
        ours.stores,
        ours.machine,
        ours.setting.zone,
        host,
        this_bot(),
        folder=AnchorFolder(given.folder, ours.settings.prefix) if given.folder else None,
        send=_sending(ours, given.way) if given.way else None,
    )


def _sending(ours: Bot, name: str) -> Callable[[str], Mapping[Way, Attempt]]:
    """A way that has several addresses goes to each."""
    ways = [way for way in ours.ways.all if way.recipient == TECHNICIAN and _is_of(way.name, name)]

    def send(line: str) -> Mapping[Way, Attempt]:
        return ours.ways.deliver(dict.fromkeys(ways, Letter(title=anchor_words.TITLE, body=line)))

    return send


def _is_of(way: str, name: str) -> bool:
    return way == name or way.startswith(f"{name} (")
