"""Other ways to reach people than Slack, as the settings name them."""

from collections.abc import Callable

from config.settings import BadSettings, Settings
from workers.ways_out.ways import BadWay, Sent, Ways


def ways_of(settings: Settings, note: Callable[[str, Sent], None] = lambda _, __: None) -> Ways:
    """`note` is told of each outcome. Raises BadSettings."""
    given = {
        recipient: {name: url.get_secret_value() for name, url in ways.items()}
        for recipient, ways in settings.ways_out.items()
    }
    try:
        return Ways(given, note)
    except BadWay as bad:
        raise BadSettings(f"MISSING_WAYS_OUT is wrong: {bad}.") from None
