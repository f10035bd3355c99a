"""In reference-only mode a draft holds codes, numbers and times, whatever was typed."""

from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from bot.views.screen import Screen
from handlers.forms.fit_to_keep import CHECKS, fit, passes
from tests.unit.views.busy import busy
from tests.unit.views.surfaces import views
from tests.world import TOLD

NAME = "Zephyrine Quill"


def screen(*, full: bool = False) -> Screen:
    return replace(busy("x", full=full).screen, now=TOLD)


def text_inputs() -> Iterator[tuple[str, str]]:
    """(form, block) of every form that is drawn in reference-only mode."""
    for what, view in views(busy("x", full=False)):
        for block in view["blocks"]:
            if block["type"] == "input" and block["element"]["type"] == "plain_text_input":
                yield what, block["block_id"]


def typed(block: str, text: str, **more: Any) -> dict[str, dict[str, dict[str, Any]]]:
    return {block: {"value": {"value": text}}, **more}


def chosen(value: str) -> dict[str, Any]:
    return {"value": {"selected_option": {"value": value}}}


INPUTS = sorted(set(text_inputs()))


@pytest.mark.parametrize(("form", "block"), INPUTS)
@pytest.mark.parametrize("said", [NAME, "Rowan-Pike-13", "1245 Rowan", "he is 13", "07700 900 001"])
def test_words_are_kept_from_no_input_of_any_form(form: str, block: str, said: str) -> None:
    assert fit(typed(block, said), screen()) == {block: {"value": {}}}, form


def test_each_input_of_each_form_has_a_check_of_its_own() -> None:
    """A message's words are brought along in full content only."""
    blocks = {block for _, block in INPUTS} - {"words"}
    assert {block for block in blocks if not block.endswith("_log")} <= CHECKS.keys()
    assert {"incident", "age", "told_at", "to", "of", "reference", "rationale_log"} <= blocks


@pytest.mark.parametrize(
    ("block", "text", "more"),
    [
        ("age", "13", {}),
        ("incident", "LOG-1042", {}),
        ("person_ref", "N-20881", {}),
        ("told_at", "1245", {}),
        ("told_at", "2345", {}),  # still to come, and a time
        ("last_seen_at", "not known", {}),
        ("when", "yest 2130", {}),
        ("due_at", "tomorrow 0900", {}),
        ("due_at", "1630", {}),
        ("due_at", "1330", {}),  # over, since it was typed
        ("of", "MC-26-0142", {}),
        ("reference", "LOG-1043", {}),
        ("why_log", "17", {}),
        ("to", "14", {"field": chosen("child.age")}),
        ("to", "yes", {"field": chosen("markers.cse")}),
        ("to", "N-20881", {"field": chosen("child.person_ref")}),
    ],
)
def test_codes_numbers_and_times_stay_as_they_were_typed(block: str, text: str, more: dict[str, Any]) -> None:
    said = typed(block, text, **more)
    assert fit(said, screen()) == said


@pytest.mark.parametrize(
    "field",
    [
        "child.age",
        "sex",
        "markers.cse",
        "adverse_event",
        "child.name",
        "why_worried",
        "child.person_ref",
        "reported_at",
    ],
)
def test_the_right_value_is_checked_as_the_field_that_it_corrects(field: str) -> None:
    assert not passes("to", NAME, {"field": chosen(field)}, screen())


def test_in_full_content_words_are_kept() -> None:
    assert fit(typed("name", NAME), screen(full=True)) == typed("name", NAME)


def test_what_was_ticked_and_chosen_stays() -> None:
    said = {"yes": {"live": {"selected_options": [{"value": "cse"}]}}, "why": chosen("end_of_shift")}
    assert fit(said, screen()) == said
