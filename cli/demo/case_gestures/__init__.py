"""What a person does inside an open case, by the verb of the scenario; each family has a module."""

from collections.abc import Mapping

from bot.replay.scenario_steps import ScenarioStep
from cli.demo.case_gestures import closing, risk, work
from cli.demo.scene import Gesture

GESTURES: Mapping[str, Gesture] = {**risk.GESTURES, **work.GESTURES, **closing.GESTURES}
CAPTIONS = {
    "approve": "approves the lower grade",
    "refuse": "refuses the lower grade",
    "sign_off": "signs off the concern-for-safety rationale",
    "review": "reviews every current risk marker",
    "enquiry": "sets a line of enquiry",
    "enquiry_done": "records what came of an enquiry",
    "note": "notes what is being done",
    "information": "records new information",
    "consider": "considers the new information",
    "tell": "records who was told",
    "ppn": "records the public protection notice",
    "located": "records the child as located",
    "interview": "records the interview",
    "close": "closes the case",
    "release": "releases the case; no owner",
    "transfer": "passes the case to another force",
    "transfer_accept": "records who there accepted",
    "transfer_refuse": "records that the other force refused",
    "escalate": "has the next rung paged now",
    "keep": "keeps the case",
    "attended": "records officers as there",
    "carer_disagrees": "records that the carer disagrees",
    "cra": "decides about a Child Rescue Alert",
    "void": "asks to void the case",
    "duplicate": "asks to mark the case as a duplicate",
    "confirm": "confirms, as the second person",
    "reopen": "reopens the case",
    "correct": "corrects a mistake",
}


def caption_of(step: ScenarioStep) -> str | None:
    if step.verb == "grade" and (level := step.said("level")):
        return f"grades the case {level.value.upper()}"
    return CAPTIONS.get(step.verb)
