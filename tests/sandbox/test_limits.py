"""Good payloads pass, bad ones are refused with a pointer to what is wrong."""

from typing import Any

import pytest

from sandbox.errors import ApiError
from sandbox.limits import check_blocks, check_total, check_view
from tests.sandbox.lunch import CONFIRM, button, option, order_form, text


def md(words: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": words}


def section(**more: Any) -> dict[str, Any]:
    return {"type": "section", "text": md("words"), **more}


def actions(*elements: Any, **more: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements), **more}


def select(count: int = 2, **more: Any) -> dict[str, Any]:
    return {"type": "static_select", "options": [option(f"o{n}", f"v{n}") for n in range(count)], **more}


def boxes(kind: str, count: int = 2, **more: Any) -> dict[str, Any]:
    return select(count, **more) | {"type": kind}


def ask(element: Any, **more: Any) -> dict[str, Any]:
    return {"type": "input", "label": text("Label"), "element": element, **more}


def table(rows: int, columns: int) -> dict[str, Any]:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * columns for _ in range(rows)]}


WRITE = {"type": "plain_text_input"}
DIVIDER = {"type": "divider"}
IMAGE = {"type": "image", "alt_text": "a", "image_url": "https://example.org/a.png"}

GOOD: list[Any] = [
    [],
    [section(), DIVIDER, {"type": "header", "text": text("x" * 150)}],
    [section(text=md("x" * 3000), fields=[md("x" * 2000)] * 10)],
    [section(accessory=select(100))],
    [section(accessory=button("a", "x" * 75, value="x" * 2000, style="danger", confirm=CONFIRM))],
    [section(accessory={"type": "overflow", "options": [option("a", "b")]})],
    [actions(*(button(f"a{n}", "x") for n in range(25)))],
    [actions(button("same", "x"), block_id="one"), actions(button("same", "x"), block_id="two")],
    [actions(boxes("checkboxes", 10), boxes("radio_buttons", 10))],
    [actions({"type": "datepicker", "initial_date": "2026-03-02"}, {"type": "timepicker"})],
    [{"type": "context", "elements": [md("x")] * 9 + [IMAGE]}],
    [IMAGE, {"type": "markdown", "text": "*x*"}, table(100, 20)],
    [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]}],
    [ask(WRITE | {"max_length": 3000}, hint=text("x"), optional=True)],
    [DIVIDER] * 50,
    [section(block_id="x" * 255)],
]

BAD: list[tuple[str, Any, str]] = [
    ("not a list", {"type": "divider"}, "must be an array [json-pointer:/blocks]"),
    ("not an object", ["x"], "must be an object [json-pointer:/blocks/0]"),
    ("no type", [{}], "missing required field: type [json-pointer:/blocks/0]"),
    ("unknown block", [{"type": "blink"}], "unsupported type: blink [json-pointer:/blocks/0/type]"),
    ("51 blocks", [DIVIDER] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
    ("empty section", [{"type": "section"}], "missing required field: text or fields"),
    (
        "empty text",
        [section(text=md(""))],
        "must be more than 0 characters [json-pointer:/blocks/0/text/text]",
    ),
    ("long section", [section(text=md("x" * 3001))], "must be less than 3001 characters"),
    (
        "11 fields",
        [section(fields=[md("x")] * 11)],
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    ("long field", [section(fields=[md("x" * 2001)])], "must be less than 2001 characters"),
    ("emoji in mrkdwn", [section(text=md("x") | {"emoji": True})], "invalid additional property: emoji"),
    ("unknown key", [section(colour="red")], "invalid additional property: colour [json-pointer:/blocks/0]"),
    ("header in mrkdwn", [{"type": "header", "text": md("x")}], "unsupported type: mrkdwn"),
    ("long header", [{"type": "header", "text": text("x" * 151)}], "must be less than 151 characters"),
    ("long block id", [section(block_id="x" * 256)], "must be less than 256 characters"),
    ("same block id", [section(block_id="a")] * 2, "`block_id` 'a' already exists [json-pointer:/blocks/1"),
    ("same action id", [actions(button("a", "x"), button("a", "y"))], "`action_id` 'a' already exists"),
    ("26 actions", [actions(*(button(f"a{n}", "x") for n in range(26)))], "no more than 25 items allowed"),
    ("no actions", [actions()], "no less than 1 items allowed"),
    ("input in actions", [actions(WRITE)], "unsupported type: plain_text_input"),
    (
        "multi select in actions",
        [actions(boxes("multi_static_select"))],
        "unsupported type: multi_static_select",
    ),
    ("long action id", [actions(button("x" * 256, "x"))], "must be less than 256 characters"),
    ("long button", [actions(button("a", "x" * 76))], "must be less than 76 characters"),
    ("long value", [actions(button("a", "x", value="x" * 2001))], "must be less than 2001 characters"),
    ("style", [actions(button("a", "x", style="loud"))], "must be a valid enum value"),
    ("button in mrkdwn", [actions(button("a", "x") | {"text": md("x")})], "unsupported type: mrkdwn"),
    (
        "half a confirm",
        [actions(button("a", "x", confirm={"title": text("?")}))],
        "missing required field: confirm",
    ),
    ("101 options", [section(accessory=select(101))], "no more than 100 items allowed"),
    ("no options", [section(accessory=select(0))], "no less than 1 items allowed"),
    ("options missing", [section(accessory={"type": "static_select"})], "options or option_groups"),
    ("long option", [section(accessory=select() | {"options": [option("x" * 76, "v")]})], "less than 76"),
    (
        "long option value",
        [section(accessory=select() | {"options": [option("x", "v" * 151)]})],
        "less than 151",
    ),
    ("foreign initial", [section(accessory=select(initial_option=option("z", "z")))], "one of the options"),
    ("11 boxes", [actions(boxes("checkboxes", 11))], "no more than 10 items allowed"),
    ("11 radios", [actions(boxes("radio_buttons", 11))], "no more than 10 items allowed"),
    ("6 in overflow", [section(accessory=boxes("overflow", 6))], "no more than 5 items allowed"),
    ("11 in context", [{"type": "context", "elements": [md("x")] * 11}], "no more than 10 items allowed"),
    ("button in context", [{"type": "context", "elements": [button("a", "x")]}], "unsupported type: button"),
    (
        "no alt text",
        [{"type": "image", "image_url": "https://example.org"}],
        "missing required field: alt_text",
    ),
    ("no image", [{"type": "image", "alt_text": "x"}], "image_url or slack_file"),
    ("bad date", [actions({"type": "datepicker", "initial_date": "2.3.2026"})], "must be a valid date"),
    ("bad time", [actions({"type": "timepicker", "initial_time": "24:00"})], "must be a valid time"),
    ("label missing", [{"type": "input", "element": WRITE}], "missing required field: label"),
    ("long label", [ask(WRITE) | {"label": text("x" * 2001)}], "must be less than 2001 characters"),
    ("button as input", [ask(button("a", "x"))], "unsupported type: button"),
    ("long max_length", [ask(WRITE | {"max_length": 3001})], "must be between 1 and 3000"),
    ("long initial", [ask(WRITE | {"initial_value": "x" * 3001})], "must be less than 3001 characters"),
    ("long placeholder", [ask(WRITE | {"placeholder": text("x" * 151)})], "must be less than 151 characters"),
    ("101 rows", [table(101, 1)], "no more than 100 items allowed"),
    ("21 columns", [table(1, 21)], "no more than 20 items allowed"),
    ("two tables", [table(1, 1), table(1, 1)], "only one table is allowed"),
    ("two in focus", [ask(WRITE | {"focus_on_load": True})] * 2, "only one element may have focus_on_load"),
    ("boolean", [ask(WRITE | {"multiline": "yes"})], "must be a boolean"),
]

HOME = {"type": "home", "blocks": [DIVIDER] * 100}

BAD_VIEWS: list[tuple[str, Any, str]] = [
    ("nothing", {}, "missing required field: type [json-pointer:/view]"),
    ("home as modal", HOME, "unsupported type: home"),
    ("no title", {"type": "modal", "blocks": []}, "missing required field: title [json-pointer:/view]"),
    (
        "long title",
        order_form(title=text("x" * 25)),
        "must be less than 25 characters [json-pointer:/view/title",
    ),
    ("long submit", order_form(submit=text("x" * 25)), "must be less than 25 characters"),
    ("long close", order_form(close=text("x" * 25)), "must be less than 25 characters"),
    ("mrkdwn title", order_form(title=md("x")), "unsupported type: mrkdwn"),
    ("no submit", {k: v for k, v in order_form().items() if k != "submit"}, "missing required field: submit"),
    ("101 blocks", order_form(blocks=[DIVIDER] * 101), "no more than 100 items allowed"),
    ("metadata", order_form(private_metadata="x" * 3001), "must be less than 3001 characters"),
    ("callback", order_form(callback_id="x" * 256), "must be less than 256 characters"),
    ("table", order_form(blocks=[table(1, 1)]), "unsupported type: table"),
    ("unknown key", order_form(size="large"), "invalid additional property: size [json-pointer:/view]"),
]


@pytest.mark.parametrize("blocks", GOOD)
def test_good_blocks_pass(blocks: Any) -> None:
    check_blocks(blocks)


@pytest.mark.parametrize(("blocks", "finding"), [each[1:] for each in BAD], ids=[each[0] for each in BAD])
def test_bad_blocks_are_refused(blocks: Any, finding: str) -> None:
    with pytest.raises(ApiError) as refusal:
        check_blocks(blocks)
    assert refusal.value.error == "invalid_blocks"
    assert any(finding in message for message in refusal.value.messages), refusal.value.messages


@pytest.mark.parametrize("view", [order_form(), order_form(blocks=[DIVIDER] * 100, close=text("x" * 24))])
def test_good_modals_pass(view: Any) -> None:
    check_view(view, "modal")


def test_a_good_home_passes() -> None:
    check_view(HOME, "home")


@pytest.mark.parametrize(
    ("view", "finding"), [each[1:] for each in BAD_VIEWS], ids=[each[0] for each in BAD_VIEWS]
)
def test_bad_modals_are_refused(view: Any, finding: str) -> None:
    with pytest.raises(ApiError) as refusal:
        check_view(view, "modal")
    assert refusal.value.error == "invalid_arguments"
    assert any(finding in message for message in refusal.value.messages), refusal.value.messages


def test_all_blocks_together_have_a_limit() -> None:
    check_total([section(text=md("x" * 2500))] * 5, "msg_blocks_too_long")
    with pytest.raises(ApiError, match="msg_blocks_too_long"):
        check_total([section(text=md("x" * 2700))] * 5, "msg_blocks_too_long")


def test_a_view_has_a_size() -> None:
    with pytest.raises(ApiError, match="view_too_large"):
        check_view(order_form(blocks=[section(text=md("x" * 3000))] * 100), "modal")
