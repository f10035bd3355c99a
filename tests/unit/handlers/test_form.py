"""What Slack says of a form, and what it leaves out."""

from typing import Any

from bot.views import ids
from bot.views.blocks import ask, checkboxes, modal, radio, typed
from handlers.forms.reason_inputs import with_values
from handlers.forms.submitted import Form

VIEW = modal(
    "note",
    "Note",
    [
        ask("text", "Text", typed(ids.VALUE)),
        ask("kind", "Kind", radio(ids.VALUE, {"sighting": "Sighting", "other": "Other"})),
        ask("yes", "Yes", checkboxes(ids.VALUE, {"cse": "Exploitation"})),
    ],
)
DRAWN = with_values(
    VIEW,
    {
        "text": {"": {"value": "By the river"}},
        "kind": {"": {"selected_option": {"value": "sighting"}}},
        "yes": {"": {"selected_options": [{"value": "cse"}]}},
    },
)


def submitted(**said: dict[str, Any]) -> Form:
    return Form(DRAWN | {"state": {"values": {block: {"value": given} for block, given in said.items()}}})


def test_what_slack_leaves_out_stands_as_it_was_drawn() -> None:
    form = submitted()
    assert form.text("text") == "By the river"
    assert form.chosen("kind") == "sighting"
    assert form.ticked("yes") == ("cse",)


def test_what_was_emptied_is_empty() -> None:
    form = submitted(text={"value": None}, kind={"selected_option": None}, yes={"selected_options": []})
    assert form.text("text") == ""
    assert form.chosen("kind") is None
    assert form.ticked("yes") == ()
