"""Each field of each step can be said in Slack, at the terminal and in a scenario: what forgets one fails here.

Each form is drawn on cases in which its step can be taken, and filled in with each of its choices in turn; what its
step then says is compared with what is declared.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import replace

from bot.domain import commands
from bot.domain.commands import Command
from bot.domain.declared import STEPS, fields_of, leaves_of
from bot.domain.facts import Grade
from bot.domain.people import Role
from bot.ports.cases import OpenCases
from bot.replay.scenario_steps import AnyStep
from bot.views import ids
from bot.views.message import View
from cli.terminal.case_command import case as terminal
from cli.terminal.command_line import option_of
from handlers.forms import handing_over
from handlers.forms.every_step import STEPS as FORMS
from handlers.forms.report import report_form, risk_form
from handlers.forms.report.report_page import report_page
from handlers.forms.report.risk_page import Answering, risk_page
from handlers.forms.step_form import Filled, FormAsked
from handlers.forms.submitted import Form
from tests.unit.views.story import Told, rowan
from tests.unit.views.surfaces import OFFER
from tests.world import TOLD

BUTTONS = (commands.Accept, commands.Take, commands.Acknowledge, commands.SameChild)
# Fields that no form asks for, and why.
NOT_IN_A_FORM: dict[tuple[type[Command], str], str] = {
    (commands.Report, "child.ethnicity"): "the second page records it as a step of its own",
    (commands.Report, "child.school"): "asked with the protection notice, and when it is corrected",
    (commands.Report, "child.looked_after"): "the second page records it as a step of its own",
    (commands.Report, "missing_from"): "the second page",
    (commands.Report, "sex"): "the second page",
    (commands.Report, "grade.level"): "the second page records it as a step of its own",
    (commands.Report, "grade.rationale"): "the second page",
    (commands.Report, "grade.considered"): "the second page",
    (commands.Inform, "adverse_event"): "asked once their words ask it (test_their_words)",
    (commands.AcceptHandover, "role"): "the offer's own",
    (commands.PutOnDuty, "role"): "the form is about one role",
    (commands.TakeOffDuty, "role"): "the button's",
    (commands.TakeOffDuty, "person"): "the button's",
}
ITEMS = {
    commands.FinishEnquiry: ("e1",),
    commands.Consider: ("i1",),
    commands.GradeCase: ("", Grade.MEDIUM.value),
}
TYPED = {
    "incident": ("LOG-1042",),
    "person_ref": ("N-20881",),
    "age": ("13", "2 Mar 2013"),
    "told_at": ("1 Mar 0910",),
    "last_seen_at": ("1 Mar 0910",),
    "when": ("1 Mar 0910",),
    "due_at": ("tomorrow 0900",),
}


def stories() -> Iterator[Told]:
    """Much waits in the first; the child of the second is found; the third is closed, and the fourth to be voided."""
    busy, found, closed, void = (
        rowan(why_worried="Left school without permission, without his insulin") for _ in range(4)
    )
    due = TOLD + timedelta(hours=2)
    busy.do(2, "sam", commands.SetEnquiry(id="e1", text="CCTV", owner="ola", due_at=due))
    busy.do(2, "cal", commands.Inform(id="i1", kind="call", text="Seen at the pier"))
    yes = tuple(busy.case().live_markers)
    busy.do(3, "sam", commands.GradeCase(level=Grade.MEDIUM, rationale="Spoke to him", considered=yes))
    for story in (found, closed):
        story.do(2, "ola", commands.Locate(where="Pier", seen_in_person=True, seen_by="PC Lee"))
        story.do(3, "ola", commands.Interview(kind="prevention", in_person=True))
    closed.do(4, "sam", commands.Close(reason="Home"))
    void.do(2, "sam", commands.Void(why="Test"))
    return iter((busy, found, closed, void))


def filled_in(view: View) -> Iterator[dict[str, dict[str, Any]]]:
    """What Slack would send of it, until each choice of each input was sent."""
    inputs = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    said = {block: list(_answers(block, element)) for block, element in inputs.items()}
    for turn in range(max((len(each) for each in said.values()), default=0)):
        yield {block: {"": each[min(turn, len(each) - 1)]} for block, each in said.items() if each}


def _answers(block: str, element: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if element["type"] == "plain_text_input":
        yield from ({"value": text} for text in TYPED.get(block, ("Because",)))
    elif element["type"] == "checkboxes":
        yield {"selected_options": element["options"]}
    else:
        yield from ({"selected_option": option} for option in element["options"])


def submitted(view: View, values: dict[str, Any], kept: str) -> View:
    return {**view, "id": "V1", "private_metadata": kept, "state": {"values": values}}


def of_forms(story: Told) -> Iterator[Command]:
    for form in FORMS.values():
        for item in ITEMS.get(form.verb, ("",)):
            kept = FormAsked("MC-26-0001", item).kept()
            view = form.view(story.case(), story.screen, item)
            for values in filled_in(view):
                yield form.command(Filled(submitted(view, values, kept), story.screen))


def of_reports(story: Told) -> Iterator[Command]:
    for known in (False, True):
        form = ids.TRAINING_REPORT if known else ids.REPORT
        draft = replace(report_form.opened(story.screen, form), concern=True, known=known)
        view = report_page(draft, story.screen)
        for values in filled_in(view):
            sent = submitted(view, values, view["private_metadata"])
            command, errors = report_form.as_command(sent, story.screen)
            assert command is not None, errors
            yield command


def of_second_pages(story: Told) -> Iterator[Command]:
    """Of what they ask, only the coded facts are a step of no other form."""
    case = story.case()
    view = risk_page(case, Answering(), story.screen)
    for values in filled_in(view):
        facts = risk_form.new_facts(case, Form(submitted(view, values, view["private_metadata"])))
        yield from [facts] if facts else []


def of_hand_overs(story: Told) -> Iterator[tuple[type[Command], str]]:
    """Their forms are read where they are submitted: the inputs have the fields' names."""
    of = {
        commands.OfferHandover: handing_over.hand_over([Role.FIM, Role.SUPERVISOR], {"sid"}, story.screen),
        commands.AcceptHandover: handing_over.read_back(
            OFFER, OpenCases(cases=(), unreadable=()), story.screen
        ),
        commands.PutOnDuty: handing_over.duty(Role.FIM, {"sid"}, story.screen, may_change=True),
    }
    for kind, view in of.items():
        yield from ((kind, block["block_id"]) for block in view["blocks"] if block["type"] == "input")


def said_in(kind: type[Struct], said: Struct) -> Iterator[str]:
    """The fields that say something else than nothing."""
    for field in fields_of(kind):
        value = getattr(said, field.attribute)
        if field.within and value is not None:
            yield from (f"{field.name}.{name}" for name in said_in(field.within, value))
        elif value not in (None, "", (), {}, False):
            yield field.name


@pytest.fixture(scope="module")
def in_slack() -> set[tuple[type[Command], str]]:
    found: set[tuple[type[Command], str]] = set()
    for story in stories():
        made = [*of_forms(story), *of_reports(story), *of_second_pages(story)]
        found |= {(type(each), name) for each in made for name in said_in(type(each), each)}
        found |= set(of_hand_overs(story))
    return found


PEOPLES = [kind for kind, declared in STEPS.items() if declared.verb]


@pytest.mark.parametrize("kind", [kind for kind in PEOPLES if kind not in BUTTONS])
def test_a_form_can_say_it(kind: type[Command], in_slack: set[tuple[type[Command], str]]) -> None:
    fields = {(kind, field.name) for field in leaves_of(kind)}
    assert fields - in_slack - NOT_IN_A_FORM.keys() == set()
    assert fields & in_slack & NOT_IN_A_FORM.keys() == set(), "it is asked: take it off the list"


@pytest.mark.parametrize("kind", PEOPLES)
def test_the_terminal_can_say_it(kind: type[Command]) -> None:
    command = terminal.commands[STEPS[kind].verb.replace("_", "-")]
    options = {option for parameter in command.params for option in parameter.opts}
    assert {option_of(field) for field in leaves_of(kind)} - options == set()


@pytest.mark.parametrize("kind", [kind for kind in PEOPLES if STEPS[kind].in_scenarios])
def test_a_scenario_can_say_it(kind: type[Command]) -> None:
    nothing = {field.path[0]: None for field in fields_of(kind)}
    step = AnyStep.model_validate({"at": "0m", "by": "cal", STEPS[kind].verb: nothing})
    assert {name: step.said(name) for name in nothing} == nothing
