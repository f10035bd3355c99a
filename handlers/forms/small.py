"""The steps whose views ask one or two things."""

from bot.domain import commands
from bot.domain.case import Case
from bot.domain.clocks import ClockName, clocks
from bot.domain.people import MAY_OWN
from bot.views import ids
from bot.views.blocks import actions, ask, button, marking, modal, radio, section, select
from bot.views.message import View
from bot.views.screen import Screen
from bot.views.wording import dealt_with, forecast_words, naming, standing, words
from handlers.forms import reason_inputs
from handlers.forms.step_form import StepForm


def assign(case: Case, screen: Screen) -> View:
    """People on duty, but who owns it or was assigned already."""
    taken = {case.owner, case.ownership.assigned_to}
    people = [person for person in screen.on_duty(MAY_OWN) if person not in taken]
    if not people:
        blocks = [section("Nobody else on duty can own it. Press Take ownership, or ring round."), marking()]
        return modal(ids.ASSIGN, "Assign an owner", blocks)
    choices = {person: screen.directory.name(person) for person in people}
    return modal(
        ids.ASSIGN,
        "Assign an owner",
        [
            section(f"*{naming.heading(case)}*"),
            ask("to", "Who", select(ids.VALUE, choices, "Choose a person")),
            section(f"Assigning is not enough. {_until(case, screen)}."),
            marking(),
        ],
        submit="Assign",
        close="Cancel",
        metadata=case.ref,
    )


def _until(case: Case, screen: Screen) -> str:
    due = [
        c.due for c in clocks(case, screen.policy) if c.name is ClockName.OWNER_ACCEPTED and c.done is None
    ]
    if not due or due[0] is None:
        return (
            "The owner stays until the new one accepts" if case.owner else "Nobody owns it until they accept"
        )
    since = "late since" if due[0] <= screen.now else "due"
    return f"The clock runs until they accept ({since} {screen.time(due[0])})"


def declining(case: Case, screen: Screen) -> View:
    return modal(
        ids.DECLINE,
        f"Decline {case.ref}",
        [*reason_inputs.asks(commands.Decline, "why", screen), marking()],
        submit="Decline",
        close="Back",
        metadata=case.ref,
    )


def escalating(case: Case, screen: Screen) -> View:
    """Who is paged by it is said before it is pressed; where nobody is paged, a FIM is."""
    what = forecast_words.if_escalated(case, screen.viewer, screen)
    return modal(
        ids.ESCALATE,
        "Escalate now",
        [
            section(f"*{naming.heading(case)}*\n{what}"),
            ask("why", "Why now?", radio(ids.VALUE, words.choices(words.ESCALATION))),
            marking(),
        ],
        submit="Page now",
        close="Cancel",
        metadata=case.ref,
    )


def same_incident(case: Case, screen: Screen) -> View:
    """The report's incident number has a case: show it, and offer to add to it."""
    reported = dealt_with.reported(case, screen)
    said = f"{words.escape(case.incident)} is {case.ref} already ({reported}). Nothing was saved again."
    return modal(
        ids.SAME_INCIDENT,
        "Already reported",
        [
            section(
                f"{said}\n*{naming.heading(case)}* · {standing.category(case)} · {standing.owner(case, screen)}"
            ),
            actions(
                button("Open case", ids.OPEN_CASE, case.ref, spoken=f"Open case {case.ref}"),
                button("Add to it", ids.ADD_TO_CASE, case.ref, spoken=f"Add to it, case {case.ref}"),
            ),
            marking(),
        ],
        close="Back",
        metadata=case.ref,
    )


STEPS = (
    StepForm(
        ids.ASSIGN,
        commands.Assign,
        lambda case, screen, _: assign(case, screen),
        lambda filled: commands.Assign(to=filled.chosen("to")),
    ),
    StepForm(
        ids.ESCALATE,
        commands.Escalate,
        lambda case, screen, _: escalating(case, screen),
        lambda filled: commands.Escalate(why=filled.chosen("why")),
    ),
    StepForm(
        ids.DECLINE,
        commands.Decline,
        lambda case, screen, _: declining(case, screen),
        lambda filled: commands.Decline(why=filled.reason("why")),
        answers_offer=True,
    ),
)
