"""Found, spoken to, closed, passed on and mended."""

from collections.abc import Mapping

from bot import durations
from bot.domain.corrections import TIMES, canonical
from bot.domain.facts import InterviewKind
from bot.replay.scenario_steps import ScenarioStep
from bot.replay.verbs.closing_verbs import (
    CloseSaid,
    CorrectSaid,
    DuplicateSaid,
    InterviewSaid,
    LocatedSaid,
    ReopenSaid,
    VoidSaid,
)
from bot.replay.verbs.ownership_verbs import ReleaseSaid, TransferAcceptSaid, TransferSaid
from bot.views import ids
from cli.demo import cast
from cli.demo.case_gestures.opening import fill, open_seldom, open_step
from cli.demo.scene import Gesture, Scene, arguments_of
from handlers.forms import ending, mending


def _located(scene: Scene, step: ScenarioStep) -> None:
    wish = arguments_of(step, LocatedSaid)
    seen = "police" if wish.seen_in_person else "nobody"
    seen_by = (wish.seen_by or cast.name_of(step.by or "")) if wish.seen_in_person else ""
    fill(
        scene,
        open_step(scene, step, ids.LOCATING, "Child located"),
        {"where": wish.where, "seen": seen, "seen_by": seen_by},
    )


def _interview(scene: Scene, step: ScenarioStep) -> None:
    wish = arguments_of(step, InterviewSaid)
    kind = wish.kind or InterviewKind.PREVENTION
    how = ending.FACE_TO_FACE if wish.in_person else ending.OTHERWISE
    by_whom = wish.by_whom or cast.name_of(step.by or "")
    answers = {"kind": kind.value, "how": how, "by_whom": by_whom}
    fill(scene, open_step(scene, step, ids.INTERVIEW, "Interview"), answers)


def _close(scene: Scene, step: ScenarioStep) -> None:
    fill(
        scene,
        open_step(scene, step, ids.CLOSE, "Close case"),
        {"reason": arguments_of(step, CloseSaid).reason},
    )


def _release(scene: Scene, step: ScenarioStep) -> None:
    fill(
        scene, open_seldom(scene, step, ids.RELEASE, "Release"), {"why": arguments_of(step, ReleaseSaid).why}
    )


def _transfer(scene: Scene, step: ScenarioStep) -> None:
    person = open_seldom(scene, step, ids.TRANSFER, "Pass to")
    fill(scene, person, {"force": arguments_of(step, TransferSaid).force})


def _transfer_accept(scene: Scene, step: ScenarioStep) -> None:
    person = open_step(scene, step, ids.TRANSFER_ACCEPTED, "Accepted by")
    fill(scene, person, {"name": arguments_of(step, TransferAcceptSaid).name})


def _void(scene: Scene, step: ScenarioStep) -> None:
    fill(scene, open_seldom(scene, step, ids.VOID, "Void"), {"why": arguments_of(step, VoidSaid).why})


def _duplicate(scene: Scene, step: ScenarioStep) -> None:
    wish = arguments_of(step, DuplicateSaid)
    fill(scene, open_seldom(scene, step, ids.DUPLICATE, "Duplicate"), {"of": wish.of, "why": wish.why})


def _confirm(scene: Scene, step: ScenarioStep) -> None:
    fill(scene, open_step(scene, step, ids.CONFIRM, "Confirm"), {"decision": mending.CONFIRM})


def _reopen(scene: Scene, step: ScenarioStep) -> None:
    fill(scene, open_step(scene, step, ids.REOPEN, "Reopen"), {"why": arguments_of(step, ReopenSaid).why})


def _correct(scene: Scene, step: ScenarioStep) -> None:
    wish = arguments_of(step, CorrectSaid)
    field = canonical(wish.field) or wish.field
    to = scene.typed(scene.scenario.start + durations.parse(wish.to)) if field in TIMES else wish.to
    fill(scene, open_seldom(scene, step, ids.CORRECT, "Correct"), {"field": field, "to": to, "why": wish.why})


GESTURES: Mapping[str, Gesture] = {
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
