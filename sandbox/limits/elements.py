"""Block Kit's elements: what a person can press, choose and fill in."""

from collections.abc import Mapping

from sandbox.limits.fields import (
    anything,
    at_least_one,
    at_most_one,
    boolean,
    both,
    integer,
    items,
    like,
    one_of,
    shape,
    string,
)
from sandbox.limits.objects import (
    CONFIRM,
    DISPATCH,
    FILTER,
    PLAIN_OPTION,
    RICH_OPTION,
    SLACK_FILE,
    initial_among_options,
    option_group,
    plain_text,
)
from sandbox.limits.report import Check

ID = string(255)
DATE = like(r"\d{4}-\d{2}-\d{2}", "date")
TIME = like(r"([01]\d|2[0-3]):[0-5]\d", "time")
COMMON: Mapping[str, Check] = {"action_id": ID, "confirm": CONFIRM, "focus_on_load": boolean}
PLACEHOLDER: Mapping[str, Check] = {"placeholder": plain_text(150)}


def element(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    return shape({"type": anything, **required}, {**COMMON, **(optional or {})})


BUTTON = shape(
    {"type": anything, "text": plain_text(75)},
    {
        "action_id": ID,
        "value": string(2000),
        "url": string(3000),
        "style": one_of("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": string(75),
    },
)
OVERFLOW = shape(
    {"type": anything, "options": items(PLAIN_OPTION, most=5)}, {"action_id": ID, "confirm": CONFIRM}
)
IMAGE = both(
    shape(
        {"type": anything, "alt_text": string(2000)}, {"image_url": string(3000), "slack_file": SLACK_FILE}
    ),
    at_least_one("image_url", "slack_file"),
    at_most_one("image_url", "slack_file"),
)


def _choice(initial: Mapping[str, Check]) -> Check:
    options = items(RICH_OPTION, most=10)
    return both(element({"options": options}, initial), initial_among_options)


def _static(extra: Mapping[str, Check]) -> Check:
    options = items(PLAIN_OPTION, most=100)
    groups = items(option_group(options), most=100)
    fields = element({}, {**PLACEHOLDER, "options": options, "option_groups": groups, **extra})
    one_list = (at_least_one("options", "option_groups"), at_most_one("options", "option_groups"))
    return both(fields, *one_list, initial_among_options)


def _text_input(extra: Mapping[str, Check]) -> Check:
    return element({}, {**PLACEHOLDER, "dispatch_action_config": DISPATCH, **extra})


ONE = {"initial_option": PLAIN_OPTION}
MANY = {"initial_options": items(PLAIN_OPTION, most=100), "max_selected_items": integer(1)}
LOOKUP = {**PLACEHOLDER, "min_query_length": integer(0)}
CONVERSATIONS = {
    **PLACEHOLDER,
    "default_to_current_conversation": boolean,
    "filter": FILTER,
}
RESPONDS = {"response_url_enabled": boolean}
IDS = items(string(255), least=0)

ELEMENTS: dict[str, Check] = {
    "button": BUTTON,
    "overflow": OVERFLOW,
    "image": IMAGE,
    "checkboxes": _choice({"initial_options": items(RICH_OPTION, most=10)}),
    "radio_buttons": _choice({"initial_option": RICH_OPTION}),
    "static_select": _static(ONE),
    "multi_static_select": _static(MANY),
    "external_select": element({}, {**LOOKUP, **ONE}),
    "multi_external_select": element({}, {**LOOKUP, **MANY}),
    "users_select": element({}, {**PLACEHOLDER, "initial_user": string(255)}),
    "multi_users_select": element(
        {}, {**PLACEHOLDER, "initial_users": IDS, "max_selected_items": integer(1)}
    ),
    "conversations_select": element({}, {**CONVERSATIONS, **RESPONDS, "initial_conversation": string(255)}),
    "multi_conversations_select": element(
        {}, {**CONVERSATIONS, "initial_conversations": IDS, "max_selected_items": integer(1)}
    ),
    "channels_select": element({}, {**PLACEHOLDER, **RESPONDS, "initial_channel": string(255)}),
    "multi_channels_select": element(
        {}, {**PLACEHOLDER, "initial_channels": IDS, "max_selected_items": integer(1)}
    ),
    "datepicker": element({}, {**PLACEHOLDER, "initial_date": DATE}),
    "timepicker": element({}, {**PLACEHOLDER, "initial_time": TIME, "timezone": string(255)}),
    "datetimepicker": element({}, {"initial_date_time": integer(1_000_000_000, 9_999_999_999)}),
    "plain_text_input": _text_input(
        {
            "initial_value": string(3000, 0),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        }
    ),
    "email_text_input": _text_input({"initial_value": string(3000, 0)}),
    "url_text_input": _text_input({"initial_value": string(3000, 0)}),
    "number_input": shape(
        {"type": anything, "is_decimal_allowed": boolean},
        {
            **COMMON,
            **PLACEHOLDER,
            "dispatch_action_config": DISPATCH,
            "initial_value": string(255),
            "min_value": string(255),
            "max_value": string(255),
        },
    ),
    "rich_text_input": _text_input({"initial_value": anything}),
    "file_input": element({}, {"filetypes": items(string(20)), "max_files": integer(1, 10)}),
}

SELECTS = frozenset(name for name in ELEMENTS if name.endswith("_select"))
PICKERS = frozenset({"datepicker", "timepicker", "datetimepicker"})
CHOICES = frozenset({"checkboxes", "radio_buttons"})
TYPED = frozenset(
    {
        "plain_text_input",
        "email_text_input",
        "url_text_input",
        "number_input",
        "rich_text_input",
        "file_input",
    }
)
MULTI = frozenset(name for name in SELECTS if name.startswith("multi_"))

IN_INPUT = SELECTS | PICKERS | CHOICES | TYPED
IN_SECTION = SELECTS | PICKERS | CHOICES | {"button", "overflow", "image"}
IN_ACTIONS = (SELECTS - MULTI) | PICKERS | CHOICES | {"button", "overflow"}


def elements_in(allowed: frozenset[str]) -> dict[str, Check]:
    return {name: check for name, check in ELEMENTS.items() if name in allowed}
