"""What a person does inside an open case: opens it, presses the step, fills in what it asks."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot import durations
from bot.cli.demo import cast
from bot.cli.demo.scene import Gesture, Scene, arguments_of, asks, submit, wait_for_modal
from bot.domain.corrections import TIMES, canonical
from bot.domain.facts import InterviewKind
from bot.domain.grades import Grade
from bot.domain.markers import Answer
from bot.replay.steps import Step
from bot.replay.values import moment_from
from bot.replay.verbs.afterwards import (
    CloseSaid,
    CorrectSaid,
    DuplicateSaid,
    InterviewSaid,
    LocatedSaid,
    ReopenSaid,
    VoidSaid,
)
from bot.replay.verbs.enquiries import (
    ConsiderSaid,
    EnquiryDoneSaid,
    EnquirySaid,
    InformationSaid,
    NoteSaid,
    PpnSaid,
    TellSaid,
)
from bot.replay.verbs.ownership import ReleaseSaid, TransferAcceptSaid, TransferSaid
from bot.replay.verbs.report import GradeSaid
from bot.replay.verbs.risk import ApproveSaid, RefuseSaid, ReviewSaid, SignOffSaid
from bot.views import considered, ids
from bot.views.modals import ending, enquiries, grading, information, mending
from sandbox.client import Modal, Person

Answers = Mapping[str, Any]  # block → what is typed or chosen there


def _open(scene: Scene, step: Step, action: str, title: str, words: str = "") -> Person:
    """The step's view, from the open case; `words` tells one enquiry from another."""
    person = scene.person(step.by or "")
    person.click(ids.OPEN_CASE, scene.message_with(person, ids.OPEN_CASE, cast.CASES))
    case = wait_for_modal(scene, person, "MC-")
    person.click(action, block_id=_row(case, action, words))
    wait_for_modal(scene, person, title)
    return person


def _row(case: Modal, action: str, words: str) -> str | None:
    """The first row with that button: what is owed stands above the rest."""
    rows = [block for block in case.blocks if action in _actions_of(block)]
    return next((str(row["block_id"]) for row in rows if words in row.get("text", {}).get("text", "")), None)


def _actions_of(block: Mapping[str, Any]) -> list[str]:
    within = [*block.get("elements", []), block.get("accessory") or {}]
    return [str(element.get("action_id", "")) for element in within]


def _fill(person: Person, answers: Answers) -> None:
    submit(person, {block: {ids.VALUE: answer} for block, answer in answers.items() if asks(person, block)})


def _grade(scene: Scene, step: Step) -> None:
    wish = arguments_of(step, GradeSaid)
    assert wish.level is not None, "a grade in Slack is one of those offered"
    person = _open(scene, step, ids.GRADE, "Grade ")
    person.choose(ids.LIVE, wish.level.value, block_id="level")
    if wish.level.is_below(_running(person)):
        scene.wait_for(lambda: asks_markers(person), "the markers, one by one")
    changed = {f"{considered.PREFIX}{code}": considered.CHANGED for code in wish.considered}
    _fill(person, {**changed, "rationale": wish.rationale})


def asks_markers(person: Person) -> bool:
    modal = person.modal
    return modal is not None and any(block.get("block_id") == "downgrade" for block in modal.blocks)


def _running(person: Person) -> Grade:
    assert person.modal is not None, "opened before"
    words = person.modal.words.lstrip("*")
    return next(level for level in Grade if words.startswith(level.value.upper()))


def _approve(scene: Scene, step: Step) -> None:
    person = _open(scene, step, ids.DECIDE, "Decide")
    _fill(person, {"decision": grading.APPROVE, "why": arguments_of(step, ApproveSaid).why})


def _refuse(scene: Scene, step: Step) -> None:
    person = _open(scene, step, ids.DECIDE, "Decide")
    _fill(person, {"decision": grading.REFUSE, "why": arguments_of(step, RefuseSaid).why})


def _sign_off(scene: Scene, step: Step) -> None:
    person = _open(scene, step, ids.SIGN_OFF, "Sign off")
    _fill(person, {"decision": grading.SIGN_OFF, "why": arguments_of(step, SignOffSaid).why})


def _review(scene: Scene, step: Step) -> None:
    wish = arguments_of(step, ReviewSaid)
    person = _open(scene, step, ids.REVIEW, "Review ")
    still = {f"{considered.PREFIX}{code}": considered.STILL for code in wish.considered}
    _fill(person, {**still, "rationale": wish.rationale})


def _enquiry(scene: Scene, step: Step) -> None:
    wish = arguments_of(step, EnquirySaid)
    person = _open(scene, step, ids.SET_ENQUIRY, "Set a line of enquiry")
    owner = scene.person(wish.owner).id
    answers = {"text": wish.text, "owner": owner, "kind": wish.kind.value}
    _fill(person, {**answers, **_due(scene, step, wish)})


def _due(scene: Scene, step: Step, wish: EnquirySaid) -> Answers:
    """One of the times offered, or another that is typed."""
    now = moment_from(scene.scenario.start, step.at)
    assert wish.due is not None, "an enquiry in Slack is due some time"
    due: datetime = moment_from(now, wish.due)
    minutes = str((due - now) // timedelta(minutes=1))
    if minutes in enquiries.DUE:
        return {"due": minutes}
    return {"due": enquiries.OTHER, "due_at": due.astimezone(scene.zone).strftime("%H%M")}


def _enquiry_done(scene: Scene, step: Step) -> None:
    wish = arguments_of(step, EnquiryDoneSaid)
    words = next(each.text for each in _all(scene, EnquirySaid) if each.id == wish.id)
    _fill(_open(scene, step, ids.FINISH_ENQUIRY, "Enquiry done", words), {"result": wish.result})


def _consider(scene: Scene, step: Step) -> None:
    wish = arguments_of(step, ConsiderSaid)
    words = next(each.text for each in _all(scene, InformationSaid) if each.id == wish.id)
    _fill(_open(scene, step, ids.CONSIDER, "Consider", words), {"outcome": wish.outcome})


def _all(scene: Scene, kind: type[Any]) -> list[Any]:
    return [step.arguments for step in scene.scenario.said.steps if isinstance(step.arguments, kind)]


def _note(scene: Scene, step: Step) -> None:
    _fill(_open(scene, step, ids.ADD_NOTE, "Note on"), {"text": arguments_of(step, NoteSaid).text})


def _information(scene: Scene, step: Step) -> None:
    wish = arguments_of(step, InformationSaid)
    person = _open(scene, step, ids.ADD_TO_CASE, "New information")
    yes = {code for code, answer in wish.markers.items() if answer is Answer.YES}
    for block, codes in information.NEW_YES.items():
        if new := [code for code in codes if code in yes]:
            person.choose(ids.LIVE, new, block_id=block)
    said = {"text": wish.text, "source": wish.source}
    _fill(person, {**said, "kind": wish.kind.value} if wish.kind else said)


def _tell(scene: Scene, step: Step) -> None:
    wish = arguments_of(step, TellSaid)
    took = wish.took or "Named in the log"
    _fill(_open(scene, step, ids.TELLING, "Who was"), {"who": [wish.who], "how": wish.how, "took": took})


def _ppn(scene: Scene, step: Step) -> None:
    wish = arguments_of(step, PpnSaid)
    person = _open(scene, step, ids.NOTICE, "Protection notice")
    _fill(person, {"ethnicity": wish.ethnicity, "school": wish.school})


def _located(scene: Scene, step: Step) -> None:
    wish = arguments_of(step, LocatedSaid)
    seen = "police" if wish.seen_in_person else "nobody"
    _fill(_open(scene, step, ids.LOCATING, "Child located"), {"where": wish.where, "seen": seen})


def _interview(scene: Scene, step: Step) -> None:
    wish = arguments_of(step, InterviewSaid)
    kind = wish.kind or InterviewKind.PREVENTION
    how = ending.FACE_TO_FACE if wish.in_person else ending.OTHERWISE
    by_whom = wish.by_whom or cast.name_of(step.by or "")
    answers = {"kind": kind.value, "how": how, "by_whom": by_whom}
    _fill(_open(scene, step, ids.INTERVIEW, "Interview"), answers)


def _close(scene: Scene, step: Step) -> None:
    _fill(_open(scene, step, ids.CLOSE, "Close case"), {"reason": arguments_of(step, CloseSaid).reason})


def _seldom(scene: Scene, step: Step, action: str, title: str) -> Person:
    """A step from the open case's menu."""
    person = scene.person(step.by or "")
    person.click(ids.OPEN_CASE, scene.message_with(person, ids.OPEN_CASE, cast.CASES))
    case = wait_for_modal(scene, person, "MC-")
    person.choose(ids.SELDOM, f"{action}:{case.title}")
    wait_for_modal(scene, person, title)
    return person


def _release(scene: Scene, step: Step) -> None:
    _fill(_seldom(scene, step, ids.RELEASE, "Release"), {"why": arguments_of(step, ReleaseSaid).why})


def _transfer(scene: Scene, step: Step) -> None:
    person = _seldom(scene, step, ids.TRANSFER, "Pass to")
    _fill(person, {"force": arguments_of(step, TransferSaid).force})


def _transfer_accept(scene: Scene, step: Step) -> None:
    person = _open(scene, step, ids.TRANSFER_ACCEPTED, "Accepted by")
    _fill(person, {"name": arguments_of(step, TransferAcceptSaid).name})


def _void(scene: Scene, step: Step) -> None:
    _fill(_seldom(scene, step, ids.VOID, "Void"), {"why": arguments_of(step, VoidSaid).why})


def _duplicate(scene: Scene, step: Step) -> None:
    wish = arguments_of(step, DuplicateSaid)
    _fill(_seldom(scene, step, ids.DUPLICATE, "Duplicate"), {"of": wish.of, "why": wish.why})


def _confirm(scene: Scene, step: Step) -> None:
    _fill(_open(scene, step, ids.CONFIRM, "Confirm"), {"decision": mending.CONFIRM})


def _reopen(scene: Scene, step: Step) -> None:
    _fill(_open(scene, step, ids.REOPEN, "Reopen"), {"why": arguments_of(step, ReopenSaid).why})


def _correct(scene: Scene, step: Step) -> None:
    wish = arguments_of(step, CorrectSaid)
    field = canonical(wish.field) or wish.field
    to = scene.typed(scene.scenario.start + durations.parse(wish.to)) if field in TIMES else wish.to
    _fill(_seldom(scene, step, ids.CORRECT, "Correct"), {"field": field, "to": to, "why": wish.why})


GESTURES: Mapping[str, Gesture] = {
    "grade": _grade,
    "approve": _approve,
    "refuse": _refuse,
    "sign_off": _sign_off,
    "review": _review,
    "enquiry": _enquiry,
    "enquiry_done": _enquiry_done,
    "note": _note,
    "information": _information,
    "consider": _consider,
    "tell": _tell,
    "ppn": _ppn,
    "located": _located,
    "interview": _interview,
    "close": _close,
    "release": _release,
    "transfer": _transfer,
    "transfer_accept": _transfer_accept,
    "void": _void,
    "duplicate": _duplicate,
    "confirm": _confirm,
    "reopen": _reopen,
    "correct": _correct,
}
CAPTIONS = {
    "approve": "approves the lower grade",
    "refuse": "refuses the lower grade",
    "sign_off": "signs off why it is not missing",
    "review": "reviews every live marker",
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
    "release": "releases the case: nobody owns it",
    "transfer": "passes the case to another force",
    "transfer_accept": "records who there accepted",
    "void": "asks to void the case",
    "duplicate": "asks to mark the case as a duplicate",
    "confirm": "confirms, as the second person",
    "reopen": "reopens the case",
    "correct": "corrects a mistake",
}


def caption_of(step: Step) -> str | None:
    if isinstance(step.arguments, GradeSaid) and step.arguments.level:
        return f"grades the case {step.arguments.level.value.upper()}"
    return CAPTIONS.get(step.verb)
