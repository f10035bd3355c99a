"""Block Kit's composition objects: texts, options, confirmation dialogs."""

from typing import Any

from sandbox.limits.fields import at_least_one, boolean, both, by_type, items, one_of, shape, string
from sandbox.limits.report import Check, Report


def plain_text(most: int, least: int = 1) -> Check:
    fields = shape({"type": one_of("plain_text"), "text": string(most, least)}, {"emoji": boolean})
    return by_type({"plain_text": fields}, "type")


def mrkdwn(most: int) -> Check:
    return shape({"type": one_of("mrkdwn"), "text": string(most)}, {"verbatim": boolean})


def text(most: int) -> Check:
    return by_type({"plain_text": plain_text(most), "mrkdwn": mrkdwn(most)}, "type")


def option(words: Check) -> Check:
    return shape({"text": words, "value": string(150)}, {"description": text(75), "url": string(3000)})


PLAIN_OPTION = option(plain_text(75))
RICH_OPTION = option(text(75))


def option_group(options: Check) -> Check:
    return shape({"label": plain_text(75), "options": options})


CONFIRM = shape(
    {"title": plain_text(100), "text": text(300), "confirm": plain_text(30), "deny": plain_text(30)},
    {"style": one_of("primary", "danger")},
)

DISPATCH = shape(
    {}, {"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), most=2)}
)

SLACK_FILE = both(shape({}, {"id": string(255), "url": string(3000)}), at_least_one("id", "url"))

FILTER = shape(
    {},
    {
        "include": items(one_of("im", "mpim", "private", "public")),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)


def initial_among_options(value: Any, at: str, report: Report) -> None:
    """An option that starts chosen must be one of the options, word for word."""
    if not isinstance(value, dict):
        return
    offered = offered_options(value)
    chosen = value.get("initial_options") or [value[key] for key in ("initial_option",) if key in value]
    for option_ in chosen if isinstance(chosen, list) else []:
        if offered and option_ not in offered:
            report.add("initial option must be one of the options", at)


def offered_options(element: dict[str, Any]) -> list[Any]:
    groups = element.get("option_groups")
    loose = element.get("options")
    options = list(loose) if isinstance(loose, list) else []
    for group in groups if isinstance(groups, list) else []:
        options += group.get("options", []) if isinstance(group, dict) else []
    return options
