"""What elements hold: their first value, and what a person's choice makes of them."""

from typing import Any

from sandbox.blocks import places
from sandbox.errors import NotPossible
from sandbox.limits.objects import offered_options
from sandbox.state import Team
from sandbox.state.views import Values
from sandbox.wire import JSON, copy_of

KEYS = {
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "rich_text_input": "rich_text_value",
    "file_input": "files",
}
STATELESS = frozenset({"button", "overflow", "workflow_button", "icon_button", "feedback_buttons"})
MANY = frozenset({"selected_options", "selected_users", "selected_conversations", "selected_channels"})


def key_of(element: JSON) -> str:
    return KEYS.get(element["type"], "value")


def first_values(blocks: list[JSON]) -> Values:
    values: Values = {}
    for place in places(blocks):
        if place.element["type"] not in STATELESS:
            values.setdefault(place.block_id, {})[place.action_id] = _first(place.element)
    return values


def kept_values(blocks: list[JSON], before: Values) -> Values:
    """A redraw keeps what was typed where block id, action id and type stay the same."""
    values = first_values(blocks)
    for block_id, actions in values.items():
        for action_id, fresh in actions.items():
            old = before.get(block_id, {}).get(action_id)
            if old and old["type"] == fresh["type"]:
                actions[action_id] = old
    return values


def is_empty(value: JSON) -> bool:
    return not any(held for key, held in value.items() if key != "type")


def _first(element: JSON) -> JSON:
    key = key_of(element)
    initial = element.get("initial_" + key.removeprefix("selected_"))
    return {"type": element["type"], key: copy_of(initial) if initial else ([] if key in MANY else None)}


def chosen(team: Team, element: JSON, choice: Any, found: list[JSON] | None = None) -> JSON:
    """The state after a choice; NotPossible when Slack's own control would not let it be made."""
    key, kind = key_of(element), element["type"]
    if kind == "button":
        return {"value": element["value"]} if "value" in element else {}
    if key in ("selected_option", "selected_options"):
        return {key: _options(element, choice, key == "selected_options", found)}
    if key in MANY:
        return {key: [_id(team, key, one) for one in choice]}
    if key in ("selected_user", "selected_conversation", "selected_channel"):
        return {key: None if choice is None else _id(team, key, choice)}
    if key == "value" and choice is not None:
        _check_typed(element, str(choice))
        return {key: str(choice) or None}
    return {key: choice}


def _options(element: JSON, choice: Any, many: bool, found: list[JSON] | None) -> Any:
    offered = found if found is not None else offered_options(element)
    if not many:
        return None if choice is None else _option(offered, choice)
    most = element.get("max_selected_items", len(choice))
    if len(choice) > most:
        raise NotPossible(f"no more than {most} can be selected")
    return [_option(offered, one) for one in choice]


def _option(offered: list[JSON], choice: str) -> JSON:
    for option in offered:
        if choice in (option.get("value"), option["text"]["text"]):
            return dict(option)
    raise NotPossible(f"{choice!r} is not among the options: {[option.get('value') for option in offered]}")


def _id(team: Team, key: str, who: str) -> str:
    return team.user(who).id if "user" in key else team.channel(who).id


def _check_typed(element: JSON, text: str) -> None:
    most = element.get("max_length", 3000)
    if len(text) > most:
        raise NotPossible(f"{element['action_id']} takes no more than {most} characters, not {len(text)}")
    if "\n" in text and not element.get("multiline"):
        raise NotPossible(f"{element['action_id']} has one line")
