"""Other ways to reach people than Slack, as the settings name them."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot.ports.ways_tried import Way
from bot.time import MachineClock
from bot.views.wording import words
from config.bad_settings import BadSettings
from config.settings import Settings
from workers.ways_out.channel import Attempt, BadWay
from workers.ways_out.notify_api import BadKey, NotifyApi
from workers.ways_out.notify_channel import SCHEME, by_notify, not_set_up
from workers.ways_out.ways import Made, Ways


def ways_of(
    settings: Settings, machine: MachineClock, note: Callable[[Way, Attempt], None] = lambda _, __: None
) -> Ways:
    """`note` is told of each attempt. Raises BadSettings."""
    given = {
        recipient: {name: url.get_secret_value() for name, url in ways.items()}
        for recipient, ways in settings.ways_out.items()
    }
    try:
        ways = Ways(given, note, made=_made(settings, machine), sent=partial(_sent, settings, machine))
        ways.phones  # noqa: B018 - raises where two people have one number
    except BadWay as bad:
        raise BadSettings(f"MISSING_WAYS_OUT is wrong: {bad}.") from None
    return ways


def _sent(settings: Settings, machine: MachineClock) -> str:
    """A network may bring it three days late."""
    now, zone = datetime.fromtimestamp(machine.seconds(), UTC), ZoneInfo(settings.zone)
    return f"Sent {words.time(now, now, zone)} on {words.date(now, now, zone)}."


def notify_of(settings: Settings, machine: MachineClock) -> NotifyApi | None:
    """None where it is not set up. Raises BadSettings."""
    given = settings.notify
    if given is None:
        return None
    try:
        return NotifyApi(given.key.get_secret_value(), given.url, machine)
    except BadKey as bad:
        raise BadSettings(f"MISSING_NOTIFY__KEY {bad}.") from None


def _made(settings: Settings, machine: MachineClock) -> Mapping[str, Made]:
    api, given = notify_of(settings, machine), settings.notify
    if api is None or given is None:
        return {SCHEME: not_set_up}
    return {SCHEME: by_notify(api, str(given.template), str(given.sender or ""))}
