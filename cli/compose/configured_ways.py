"""Other ways to reach people than Slack, as the settings name them."""

from collections.abc import Callable

from bot.ports.ways_tried import Way
from config.settings import BadSettings, Settings
from workers.ways_out.channel import Attempt, BadWay
from workers.ways_out.ways import Ways


def ways_of(settings: Settings, note: Callable[[Way, Attempt], None] = lambda _, __: None) -> Ways:
    """`note` is told of each attempt. Raises BadSettings."""
    given = {
        recipient: {name: url.get_secret_value() for name, url in ways.items()}
        for recipient, ways in settings.ways_out.items()
    }
    try:
        return Ways(given, note)
    except BadWay as bad:
        raise BadSettings(f"MISSING_WAYS_OUT is wrong: {bad}.") from None
