"""The lunch bot grown up: a form with every kind of field, one that redraws itself, one that goes deeper."""

import copy
from typing import Any

from slack_bolt import App

from tests.sandbox import lunch
from tests.sandbox.lunch import button, option, text

MANIFEST: dict[str, Any] = copy.deepcopy(lunch.MANIFEST)
MANIFEST["features"]["slash_commands"] += [
    {"command": "/banquet", "description": "Order for everybody", "usage_hint": "[date]"},
    {"command": "/tasting", "description": "Taste, and see what it costs"},
    {"command": "/deep", "description": "One menu on the other"},
    {"command": "/slow", "description": "An answer that never comes"},
]

DISHES = [option("Soup", "soup"), option("Stew", "stew"), option("Salad", "salad")]
CHEESES = [option(name, name.lower()) for name in ("Brie", "Cheddar", "Comté")]


def field(block_id: str, label: str, kind: str, **element: Any) -> dict[str, Any]:
    more = {key: element.pop(key) for key in ("optional", "hint", "dispatch_action") if key in element}
    held = {"type": kind, "action_id": "it", **element}
    return {"type": "input", "block_id": block_id, "label": text(label), "element": held, **more}


BANQUET = [
    field("name", "Your name", "plain_text_input", focus_on_load=True, min_length=2),
    field("wishes", "Wishes", "plain_text_input", multiline=True, hint=text("Anything at all.")),
    field("guests", "Guests", "number_input", is_decimal_allowed=False, min_value="1", max_value="40"),
    field("mail", "Email", "email_text_input"),
    field("link", "Recipe", "url_text_input"),
    field("dish", "Dish", "static_select", options=DISHES),
    field("sides", "Sides", "multi_static_select", options=DISHES, max_selected_items=2),
    field("cheese", "Cheese", "external_select", min_query_length=1),
    field("cook", "Cook", "users_select"),
    field("waiters", "Waiters", "multi_users_select"),
    field("table", "Table", "conversations_select", filter={"include": ["private", "public"]}),
    field("tables", "More tables", "multi_conversations_select", optional=True),
    field("hall", "Hall", "channels_select"),
    field("drinks", "Drinks", "checkboxes", options=[option("Tea", "tea"), option("Water", "water")]),
    field("size", "Size", "radio_buttons", options=[option("Small", "s"), option("Large", "l")]),
    field("day", "Day", "datepicker"),
    field("hour", "Hour", "timepicker"),
    field("until", "Until", "datetimepicker"),
]


def form(callback_id: str, title: str, blocks: list[Any], **more: Any) -> dict[str, Any]:
    shell = {"type": "modal", "callback_id": callback_id, "title": text(title), "submit": text("Save")}
    return shell | {"blocks": blocks} | more


def tasting(ticked: list[str]) -> dict[str, Any]:
    """A line appears above the fields for each box that is ticked: what is typed below must stay."""
    lines = [
        {"type": "section", "block_id": f"costs-{each}", "text": text(f"{each} costs")} for each in ticked
    ]
    boxes = [option(name, name) for name in ("bread", "cheese")]
    return form(
        "tasting",
        "Tasting",
        [
            *lines,
            field("boxes", "Taste", "checkboxes", options=boxes, dispatch_action=True, optional=True),
            field("words", "Your words", "plain_text_input", optional=True),
            {"type": "actions", "block_id": "do", "elements": [button("bump", "Again, in a while")]},
        ],
    )


def deeper(level: int) -> dict[str, Any]:
    push = {"type": "actions", "elements": [button("push", "Deeper")]}
    note = field("note", f"Note {level}", "plain_text_input", optional=True)
    return form("deep", f"Level {level}", [note, push], notify_on_close=True)


def make(client: Any, heard: list[dict[str, Any]]) -> App:
    """Everything that people submit or close is appended to `heard`."""
    app = lunch.make(client)

    @app.command("/banquet")
    def banquet(ack: Any, body: dict[str, Any], client: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=form("banquet", "Banquet", BANQUET))

    @app.options("it")
    def cheeses(ack: Any, body: dict[str, Any]) -> None:
        ack(options=[each for each in CHEESES if body["value"].lower() in each["value"]])

    @app.view("banquet")
    def banqueted(ack: Any, view: dict[str, Any]) -> None:
        values = {block: held["it"] for block, held in view["state"]["values"].items()}
        if values["name"]["value"] == "Nobody":
            ack(response_action="errors", errors={"name": "Somebody must order.", "hall": "It is locked."})
        else:
            ack()
            heard.append(values)

    @app.command("/tasting")
    def taste(ack: Any, body: dict[str, Any], client: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=tasting([]))

    @app.action({"block_id": "boxes", "action_id": "it"})
    def ticked(ack: Any, body: dict[str, Any], client: Any) -> None:
        ack()
        chosen = body["view"]["state"]["values"]["boxes"]["it"]["selected_options"]
        view = tasting([each["value"] for each in chosen])
        client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=view)

    @app.view("tasting")
    def tasted(ack: Any, view: dict[str, Any]) -> None:
        ack()
        heard.append({block: held["it"] for block, held in view["state"]["values"].items()})

    @app.command("/deep")
    def deep(ack: Any, body: dict[str, Any], client: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=deeper(1))

    @app.action("push")
    def push(ack: Any, body: dict[str, Any], client: Any) -> None:
        ack()
        level = int(body["view"]["title"]["text"].split()[1]) + 1
        client.views_push(trigger_id=body["trigger_id"], view=deeper(level))

    @app.view_closed("deep")
    def closed(ack: Any, body: dict[str, Any]) -> None:
        ack()
        heard.append({"closed": body["view"]["title"]["text"], "cleared": body["is_cleared"]})

    @app.command("/slow")
    def slow() -> None:
        """Never acknowledges."""

    @app.action("chosen")
    def chosen(ack: Any, body: dict[str, Any]) -> None:
        ack()
        heard.append(body["actions"][0])

    return app
