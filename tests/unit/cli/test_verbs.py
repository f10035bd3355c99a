"""The terminal leaves out nothing that the desk can do."""

from collections.abc import Iterator
from typing import get_type_hints

from bot.domain import commands
from bot.domain.commands import Command
from bot.domain.declared import FieldKind
from bot.replay.scenario_steps import TIMERVERBS
from bot.replay.scenario_steps import VERBS as IN_SCENARIOS
from bot.views.wording.reasons import QUESTIONS
from cli.terminal.case_command import case
from cli.terminal.fields import fields_of
from cli.terminal.verbs import VERBS, Verb

NOT_ASKED_FOR = {commands.ShowEpisodes, commands.TakeCase}  # of a screen that shows one after another


def command_of(verb: Verb) -> type[Command]:
    model = verb.model
    return getattr(model, "asks", None) or get_type_hints(model.command)["return"]


def every_command() -> Iterator[type[Command]]:
    yield from (
        each for each in vars(commands).values() if isinstance(each, type) and issubclass(each, Command)
    )


def test_every_command_has_a_verb() -> None:
    missing = set(every_command()) - {Command} - NOT_ASKED_FOR - {command_of(verb) for verb in VERBS}
    assert not missing, f"add to VERBS in cli/terminal/verbs.py: {missing}"


def test_every_verb_of_the_scenarios_has_a_command_of_that_name() -> None:
    missing = set(IN_SCENARIOS) - set(TIMERVERBS) - {verb.name for verb in VERBS}
    assert not missing, f"add to VERBS in cli/terminal/verbs.py: {missing}"
    assert {verb.command for verb in VERBS} | {"show", "list"} == set(case.commands)


def test_what_is_asked_for_is_a_field_and_its_reasons_exist() -> None:
    for verb in VERBS:
        fields = {field.name for field in fields_of(verb.model)}
        assert {ask.field for ask in verb.asks} <= fields, verb.name
        assert {ask.question for ask in verb.asks if ask.question} <= set(QUESTIONS), verb.name


def test_a_string_that_nobody_described_counts_as_words() -> None:
    """So a field that is added to the format stays out of reference-only mode until somebody thinks about it."""
    described = {"ref", "child.person_ref", "category", "role", "field", "to", "owner", "of", "id", "who"}
    for verb in VERBS:
        for field in fields_of(verb.model):
            if field.kind is FieldKind.WORDS:
                assert field.name not in described or (verb.name, field.name) == ("correct", "to")
