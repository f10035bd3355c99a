"""Found, spoken to, closed, passed on and mended."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain import commands
from bot.domain.corrections import TIMES, canonical
from bot.domain.facts import InterviewKind, TransferWhy
from bot.replay.scenario_steps import ScenarioStep
from bot.views import ids
from cli.demo import cast
from cli.demo.case_gestures.risk import at, fill, open_seldom, open_step
from cli.demo.scene import Gesture, Scene, wish_of
from handlers.forms import ending, mending


def _located(scene: Scene, step: ScenarioStep) -> None:
    wish = wish_of(scene, step, commands.Locate)
    seen = "police" if wish.seen_in_person else "nobody"
    seen_by = (wish.seen_by or cast.name_of(step.by or "")) if wish.seen_in_person else ""
    said = {"where": wish.where, "seen": seen, "seen_by": seen_by}
    fill(scene, open_step(scene, step, ids.LOCATING, "Child located"), {**said, **at(scene, wish.when)})


def _interview(scene: Scene, step: ScenarioStep) -> None:
    wish = wish_of(scene, step, commands.Interview)
    how = ending.FACE_TO_FACE if wish.in_person else ending.OTHERWISE
    by_whom = wish.by_whom or cast.name_of(step.by or "")
    answers = {"kind": wish.kind or InterviewKind.PREVENTION.value, "how": how, "by_whom": by_whom}
    fill(scene, open_step(scene, step, ids.INTERVIEW, "Interview"), answers)


def _close(scene: Scene, step: ScenarioStep) -> None:
    fill(
        scene,
        open_step(scene, step, ids.CLOSE, "Close case"),
        {"reason": wish_of(scene, step, commands.Close).reason},
    )


def _release(scene: Scene, step: ScenarioStep) -> None:
    fill(
        scene,
        open_seldom(scene, step, ids.RELEASE, "Release"),
        {"why": wish_of(scene, step, commands.Release).why},
    )


def _transfer(scene: Scene, step: ScenarioStep) -> None:
    person = open_seldom(scene, step, ids.TRANSFER, "Pass to")
    wish = wish_of(scene, step, commands.Transfer)
    fill(scene, person, {"force": wish.force, "theirs": wish.why or TransferWhy.BELIEVED_THERE.value})


def _transfer_accept(scene: Scene, step: ScenarioStep) -> None:
    person = open_step(scene, step, ids.TRANSFER_ACCEPTED, "Accepted by")
    fill(scene, person, {"name": wish_of(scene, step, commands.AcceptTransfer).name})


def _transfer_refuse(scene: Scene, step: ScenarioStep) -> None:
    wish = wish_of(scene, step, commands.RefuseTransfer)
    person = open_step(scene, step, ids.TRANSFER_REFUSED, "Refused there")
    fill(scene, person, {"name": wish.name, "cause": wish.why})


def _escalate(scene: Scene, step: ScenarioStep) -> None:
    wish = wish_of(scene, step, commands.Escalate)
    fill(scene, open_step(scene, step, ids.ESCALATE, "Escalate now"), {"why": wish.why})


def _keep(scene: Scene, step: ScenarioStep) -> None:
    wish = wish_of(scene, step, commands.Keep)
    fill(scene, open_step(scene, step, ids.KEEP, "Keep the case"), {"why": wish.why})


def _void(scene: Scene, step: ScenarioStep) -> None:
    fill(scene, open_seldom(scene, step, ids.VOID, "Void"), {"why": wish_of(scene, step, commands.Void).why})


def _duplicate(scene: Scene, step: ScenarioStep) -> None:
    wish = wish_of(scene, step, commands.Duplicate)
    fill(scene, open_seldom(scene, step, ids.DUPLICATE, "Duplicate"), {"of": wish.of, "why": wish.why})


def _confirm(scene: Scene, step: ScenarioStep) -> None:
    fill(scene, open_step(scene, step, ids.CONFIRM, "Confirm"), {"decision": mending.CONFIRM})


def _reopen(scene: Scene, step: ScenarioStep) -> None:
    fill(
        scene,
        open_step(scene, step, ids.REOPEN, "Reopen"),
        {"why": wish_of(scene, step, commands.Reopen).why},
    )


def _correct(scene: Scene, step: ScenarioStep) -> None:
    wish = wish_of(scene, step, commands.Correct)
    field = canonical(wish.field) or wish.field
    to = scene.typed(datetime.fromisoformat(wish.to)) if field in TIMES else wish.to
    fill(scene, open_seldom(scene, step, ids.CORRECT, "Correct"), {"field": field, "to": to, "why": wish.why})


GESTURES: Mapping[str, Gesture] = {
    "located": _located,
    "interview": _interview,
    "close": _close,
    "release": _release,
    "transfer": _transfer,
    "transfer_accept": _transfer_accept,
    "transfer_refuse": _transfer_refuse,
    "escalate": _escalate,
    "keep": _keep,
    "void": _void,
    "duplicate": _duplicate,
    "confirm": _confirm,
    "reopen": _reopen,
    "correct": _correct,
}
