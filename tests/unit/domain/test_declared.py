"""From one declaration: what must be there, how long it may be, who may, and what nothing said becomes."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain import commands
from bot.domain.commands import Command
from bot.domain.declared import STEPS, Field, FieldKind, fields_of, leaves_of, made, prompt_of
from bot.domain.facts import Child, Grade
from bot.domain.people import SUPERVISING, Role
from bot.domain.permissions import may, who_may
from bot.domain.refusals import Because, Refused
from bot.views.wording.refusal_words import Wish, sentence
from tests.unit.views.story import rowan
from tests.world import World

NOW = datetime(2026, 3, 2, 13, 40, tzinfo=UTC)


def texts() -> Iterator[tuple[type[Command], Field]]:
    """Every field of a case's steps that holds text."""
    for kind, declared in STEPS.items():
        if declared.of_case and declared.verb:
            yield from ((kind, field) for field in fields_of(kind) if field.bare is str)


def of(kind: type[Command], /, **said: Any) -> Command:
    """A step whose every needed field says something."""
    least = {
        "level": Grade.HIGH,
        "seen_in_person": True,
        "who": ("carer",),
        "markers": {},
        "to": "ola",
        "owner": "ola",
    }
    needed = {field.attribute: least.get(field.attribute, "x") for field in fields_of(kind) if field.needed}
    return kind(**needed | said)


@pytest.mark.parametrize(
    ("kind", "field"), [each for each in texts() if each[1].kind is not FieldKind.PERSON]
)
def test_a_text_that_is_too_long_is_refused_by_its_field(kind: type[Command], field: Field) -> None:
    told = rowan()
    long = of(kind, **{field.attribute: "x" * (told.policy.longest_text + 1)})
    with pytest.raises(Refused) as no:
        told.do(1, "fay", long)
    assert (no.value.because, no.value.field) == (Because.REQUIRED_FIELD, field.attribute)
    said = sentence(no.value, Wish(long, "fay"), told.case(), told.screen)
    assert said.startswith("Not saved. Shorten ")
    assert not said.startswith("Not saved. Shorten this ")


@pytest.mark.parametrize(("kind", "field"), [each for each in texts() if each[1].needed])
def test_what_is_needed_and_blank_is_refused_and_named(kind: type[Command], field: Field) -> None:
    told = rowan()
    blank = of(kind, **{field.attribute: " "})
    with pytest.raises(Refused) as no:
        told.do(1, "fay", blank)
    unknown = Because.NO_SUCH_PERSON if field.kind is FieldKind.PERSON else Because.REQUIRED_FIELD
    assert (no.value.because, no.value.field) == (unknown, field.attribute)
    assert sentence(no.value, Wish(blank, "fay"), told.case(), told.screen) != "Not saved. Type this."


def test_nothing_said_is_empty_and_a_time_that_has_passed_is_now() -> None:
    report = made(commands.Report, {}, NOW)
    assert report == commands.Report(incident="", child=Child(), category="", told_at=NOW)


def test_what_is_said_goes_by_the_names_of_scenarios() -> None:
    due = made(commands.SetEnquiry, {"id": "e", "due": NOW, "kind": None}, NOW)
    assert due == replace(commands.SetEnquiry(id="e", text="", owner=""), due_at=NOW)


def test_what_cannot_stand_empty_is_refused() -> None:
    with pytest.raises(Refused) as no:
        made(commands.Locate, {"where": "Pier"}, NOW)
    assert (no.value.because, no.value.field) == (Because.REQUIRED_FIELD, "seen_in_person")


def test_who_may_is_what_is_declared() -> None:
    assert who_may(commands.Close) == SUPERVISING
    assert not may(frozenset({Role.CONTROL_ROOM}), commands.Close)
    assert may(frozenset(), commands.Accept), "who was asked may: the door knows"


def test_a_list_may_be_as_long_as_it_is() -> None:
    """A child of whom a thousand cases may be earlier episodes is reported like any other."""
    world = World()
    world.report()
    refs = tuple(f"MC-25-{number:04}" for number in range(1000))
    assert world.do(1, "cal", commands.ShowEpisodes(refs=refs)).entries


def test_what_lies_within_a_field_stands_in_its_place_by_its_whole_name() -> None:
    names = [field.name for field in leaves_of(commands.Report)]
    assert {"child.name", "reporter.phone", "grade.level"} <= set(names)
    assert not {"child", "reporter", "grade", "full"} & set(names)


def test_a_field_is_asked_in_the_words_that_it_declares() -> None:
    assert prompt_of(commands.Transfer, "force").text == "Which force?"
    with pytest.raises(AssertionError, match=r"Describe\.ethnicity says"):
        prompt_of(commands.Describe, "ethnicity")
