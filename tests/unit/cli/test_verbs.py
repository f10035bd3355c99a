"""The terminal leaves out nothing that the desk can do."""

from bot.domain import commands
from bot.domain.commands import Command
from bot.domain.declared import STEPS, FieldKind, leaves_of
from bot.replay.scenario_steps import TIMERVERBS
from bot.replay.scenario_steps import VERBS as IN_SCENARIOS
from bot.views.wording.reasons import QUESTIONS
from cli.terminal.case_command import case

NOT_ASKED_FOR = {commands.ShowEpisodes, commands.TakeCase}  # of a screen that shows one after another


def test_every_command_is_declared() -> None:
    found = {each for each in vars(commands).values() if isinstance(each, type) and issubclass(each, Command)}
    assert found - {Command} == set(STEPS)
    assert {kind for kind, declared in STEPS.items() if not declared.verb} == NOT_ASKED_FOR


def test_every_step_of_the_scenarios_has_a_command_of_that_name() -> None:
    verbs = {declared.verb for declared in STEPS.values() if declared.verb}
    assert set(IN_SCENARIOS) - set(TIMERVERBS) <= verbs
    assert {verb.replace("_", "-") for verb in verbs} | {"show", "list"} == set(case.commands)


def test_the_reasons_that_answer_a_question_exist() -> None:
    prompts = {field.prompt for kind in STEPS for field in leaves_of(kind) if field.prompt}
    assert {prompt.coded for prompt in prompts if prompt.coded} == set(QUESTIONS)


def test_a_string_that_says_nothing_of_itself_counts_as_words() -> None:
    """So a field that is added stays out of reference-only mode until somebody thinks about it."""

    class Invented(Command, frozen=True, kw_only=True):
        secret: str

    assert [field.kind for field in leaves_of(Invented)] == [FieldKind.WORDS]
