"""Every verb of the desk: its name in `scenarios/README.md`, what it does, and what a person is asked who left it out.

The options themselves are the fields of the scenario format; nothing here repeats them.
"""

from collections.abc import Mapping
from typing import get_args

from msgspec import Struct
from pydantic import Field

from bot.domain import commands
from bot.replay.scenario_steps import ScenarioStep
from bot.replay.values import Code, Given
from bot.replay.verbs.verb import Arguments
from handlers.forms.report.report_page import WHY_NOT_MISSING, WHY_WORRIED


class AskedField(Struct, frozen=True):
    """One question, put in this order. `question` is the list of coded reasons that answers it (config/reasons.toml)
    where no words may be kept; words that have none are not asked for there."""

    field: str
    prompt: str
    question: str = ""
    optional: bool = False  # Enter leaves it out
    preset: str = ""  # what Enter means
    of_concern: bool = False  # only where it is filed as a concern for safety


class Verb(Struct, frozen=True):
    name: str
    does: str
    asks: tuple[AskedField, ...]
    of_case: bool = True

    @property
    def model(self) -> type[Arguments]:
        return _MODELS[self.name]

    @property
    def command(self) -> str:
        return self.name.replace("_", "-")

    def question_of(self, field: str) -> str:
        return next((ask.question for ask in self.asks if ask.field == field), "")


class PutOnDutySaid(Arguments):
    """Who is on duty is given with a scenario, and moves there by hand-over alone."""

    asks = commands.PutOnDuty

    role: str = ""
    person: str = ""


class TakeOffDutySaid(Arguments):
    asks = commands.TakeOffDuty

    role: str = ""
    person: str = ""


class MarkersSaid(Arguments):
    """More of the markers, answered after the report; a scenario says all of them in the report."""

    asks = commands.AnswerMarkers

    markers: dict[Code, Given] = Field(default_factory=dict)


def _of_scenarios() -> dict[str, type[Arguments]]:
    """`grade: GradeSaid | None` → grade, GradeSaid."""
    fields = {name: get_args(info.annotation) for name, info in ScenarioStep.model_fields.items()}
    return {
        name: model
        for name, types in fields.items()
        if (model := next((each for each in types if _is_verb(each)), None))
    }


def _is_verb(each: object) -> bool:
    return isinstance(each, type) and issubclass(each, Arguments)


_MODELS: Mapping[str, type[Arguments]] = {
    **_of_scenarios(),
    "markers": MarkersSaid,
    "put_on_duty": PutOnDutySaid,
    "take_off_duty": TakeOffDutySaid,
}


def _why(prompt: str, question: str) -> AskedField:
    return AskedField("why", prompt, question)


_REPORT = (
    AskedField("ref", "Incident number"),
    AskedField("child.name", "Child's name"),
    AskedField("child.age", "Age, or birth date (2 Mar 2013)"),
    AskedField("why_worried", WHY_WORRIED),
    AskedField(
        "markers", "Risk markers that apply, such as suicidal_today,self_harm (Enter: none)", optional=True
    ),
    AskedField("adverse_event", "Left school or home without permission? yes or no", preset="no"),
    AskedField("category", "missing, or concern_for_safety", preset="missing"),
    AskedField(
        "whereabouts_known", "Is a named person with the child now? yes or no", preset="no", of_concern=True
    ),
    AskedField("rationale", WHY_NOT_MISSING, "concern", of_concern=True),
    AskedField(
        "last_seen_at", "Last seen, when: 1245, 9pm, yest 2130, an hour ago (Enter: not known)", optional=True
    ),
    AskedField("last_seen_where", "Last seen, where (Enter: not known)", optional=True),
    AskedField("reporter.name", "Reporter's name"),
    AskedField("reporter.phone", "Reporter's number"),
    AskedField("reporter.relationship", "Who the reporter is to the child"),
    AskedField("reported_at", "Police told, when: 1340, 10 min ago, yest 2345", preset="now"),
)
_TO = AskedField("to", "Who: a name")

VERBS = (
    Verb("report", "Report a missing child: opens a case and starts its clocks.", _REPORT),
    Verb(
        "markers",
        "Answer more of the markers: yes, no or not_known.",
        (AskedField("markers", "Markers with a YES"),),
    ),
    Verb(
        "same_child",
        "Say that an earlier case is of the same child.",
        (AskedField("earlier", "Which case?"),),
    ),
    Verb(
        "grade",
        "Record a grade. One below the running grade is asked of a second person.",
        (
            AskedField("level", "high, medium or low"),
            AskedField("considered", ""),
            AskedField("rationale", "Why this grade?", "grade"),
        ),
    ),
    Verb("approve", "Approve the lower grade that another person asked for.", (_why("Why?", "decision"),)),
    Verb("refuse", "Refuse the lower grade that another person asked for.", (_why("Why?", "decision"),)),
    Verb(
        "categorise",
        "Record the case as missing, or as a concern for safety.",
        (
            AskedField("category", "missing, or concern_for_safety"),
            AskedField(
                "whereabouts_known",
                "Is a named person with the child now? yes or no",
                preset="no",
                of_concern=True,
            ),
            AskedField("rationale", WHY_NOT_MISSING, "concern", of_concern=True),
        ),
    ),
    Verb("sign_off", "Sign off the concern-for-safety rationale.", (_why("Why?", "sign_off"),)),
    Verb("assign", "Assign it to a named person. Assigning is not enough: they must accept.", (_TO,)),
    Verb("accept", "Accept the case that was assigned to you.", ()),
    Verb("decline", "Say that you cannot own it.", (_why("Why can you not own it?", "decline"),)),
    Verb("release", "Release a case that you own.", (_why("Why are you releasing it?", "decline"),)),
    Verb("take", "Own it yourself, from now.", ()),
    Verb("acknowledge", "Say that you know. It stops no clock but the FIM's own.", ()),
    Verb(
        "tell",
        "Record who outside was told.",
        (
            AskedField("who", "Who: duty_inspector, social_care, pnc, ukmpu, carer …"),
            AskedField("how", "How (Enter: not said)", "how_told", optional=True),
            AskedField("took", "Who did you speak to (Enter: not said)", "took", optional=True),
        ),
    ),
    Verb(
        "enquiry",
        "Set a line of enquiry, with its owner and due time.",
        (
            AskedField("text", "What is to be done?", "enquiry"),
            AskedField("owner", "Who does it: a name"),
            AskedField("due", "Due: 30m, 2h, 1630 or tomorrow 0900"),
        ),
    ),
    Verb(
        "enquiry_done",
        "Record what came of an enquiry.",
        (AskedField("id", "Which enquiry: its number"), AskedField("result", "What came of it?", "result")),
    ),
    Verb("note", "Record what is being done.", (AskedField("text", "What is being done?", "note"),)),
    Verb(
        "information",
        "Record what was heard. It starts its own clock, and reopens a closed case.",
        (
            AskedField("kind", "call, sighting, phone, medical or other", preset="call"),
            AskedField("text", "What is new? (their own words)", "added"),
            AskedField("source", "Who says so (Enter: not said)", "source", optional=True),
        ),
    ),
    Verb(
        "consider",
        "Record what follows from something that was heard.",
        (
            AskedField("id", "Which information: its number"),
            AskedField("outcome", "What follows from it?", "follows"),
        ),
    ),
    Verb(
        "review",
        "Review the grade, considering every marker that was answered yes.",
        (AskedField("considered", ""), AskedField("rationale", "What did the review find?", "review")),
    ),
    Verb(
        "ppn",
        "Record the public protection notice, with ethnicity and school on it.",
        (
            AskedField("ethnicity", "Ethnicity, or: not known", "notice"),
            AskedField("school", "School, or: not known", "notice"),
        ),
    ),
    Verb(
        "located",
        "Record the child as located. Seen in person is more than located.",
        (
            AskedField("where", "Where is the child?", "located"),
            AskedField("seen_in_person", "Has a professional seen the child in person? yes or no"),
            AskedField(
                "seen_by", "Who saw the child, by name (Enter: not said)", "interviewer", optional=True
            ),
        ),
    ),
    Verb(
        "interview",
        "Record a prevention interview, or that the return interview was offered.",
        (
            AskedField("kind", "prevention or return"),
            AskedField("in_person", "Face to face? yes or no"),
            AskedField("by_whom", "By whom (Enter: not said)", "interviewer", optional=True),
        ),
    ),
    Verb("close", "Close the case.", (AskedField("reason", "Reason", "closing"),)),
    Verb("reopen", "Open a closed case again.", (_why("Why reopen it?", "mending"),)),
    Verb(
        "transfer",
        "Pass it to another force; you own it until they accept.",
        (AskedField("force", "Which force?", "transfer"),),
    ),
    Verb(
        "transfer_accept",
        "Record who in the other force accepted.",
        (AskedField("name", "Who there accepted?", "taken_over"),),
    ),
    Verb(
        "correct",
        "Mend a mistake in the record. What stood before stays in it.",
        (
            AskedField("field", "What is wrong: child.name, reported_at, markers.self_harm …"),
            AskedField("to", "What is right?"),
            _why("How do you know?", "mending"),
        ),
    ),
    Verb(
        "void",
        "AskedField to void a case opened in error; a second person confirms.",
        (_why("Why void this case?", "mending"),),
    ),
    Verb(
        "duplicate",
        "AskedField to mark it as a duplicate; a second person confirms.",
        (AskedField("of", "Of which case?"), _why("How do you know?", "mending")),
    ),
    Verb("confirm", "Confirm what another person asked: void, or duplicate.", ()),
    Verb(
        "offer_handover",
        "Offer a role that you hold to whom comes on duty.",
        (AskedField("role", "Role: fim, supervisor …"), _TO),
        of_case=False,
    ),
    Verb(
        "accept_handover",
        "Accept the role that you were offered.",
        (AskedField("role", "Role: fim, supervisor …"),),
        of_case=False,
    ),
    Verb(
        "put_on_duty",
        "Put somebody on duty in a role.",
        (AskedField("role", "Role: fim, supervisor …"), AskedField("person", "Who?")),
        of_case=False,
    ),
    Verb(
        "take_off_duty",
        "Take somebody off a role; never the last who holds it.",
        (AskedField("role", "Role: fim, supervisor …"), AskedField("person", "Who?")),
        of_case=False,
    ),
)
