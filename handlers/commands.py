"""`/missing` and its words. Everything it answers is for the person who typed it."""

import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

from slack_bolt import App

from bot.views import answers, guide, refusals, words
from bot.views.listing import listing
from bot.views.message import Message
from bot.views.report_page import report_page
from handlers.errors import NotDone
from handlers.intake import person_of
from handlers.parts import Body, Parts
from handlers.replies import as_ephemeral
from handlers.report_form import opened

Ack = Callable[..., Any]
_WORDS = ("status", "list", "mine", "help")
_LOOSE_REF = re.compile(r"(?:mc)?[\s-]*(\d{2})[\s-]+(\d{1,6})", re.IGNORECASE)


def register(app: App, parts: Parts) -> None:
    @app.command("/missing")
    def missing(ack: Ack, body: Body) -> None:
        typed = str(body.get("text", "")).split()
        if not typed:
            ack()
            view = report_page(opened(parts.screen), parts.screen)
            parts.asking.views_open(trigger_id=body["trigger_id"], view=view)
            return
        ack(**as_ephemeral(answer(typed, body, parts)))


def answer(typed: list[str], body: Body, parts: Parts) -> Message:
    """Raises NotDone for a word, or a reference, that is not known."""
    verb, rest = typed[0].lower(), " ".join(typed[1:])
    person = person_of(body)
    if not parts.is_known(person):
        raise NotDone("You are not among this force's people. Ask the technician to add you.")
    if verb == "help":
        return guide.guide()
    if verb in ("list", "mine"):
        return _list(person, parts, mine=verb == "mine")
    if verb == "status":
        return _status(rest, person, parts)
    raise NotDone(_unknown(typed[0], parts))


def _list(person: str, parts: Parts, *, mine: bool) -> Message:
    cases = parts.ask(lambda: parts.cases.load_many(parts.cases.open_refs()))
    if mine:
        cases = [case for case in cases if person in (case.owner, case.ownership.assigned_to)]
    parts.viewed(parts.actor(person), "", "mine" if mine else "list")
    return listing(cases, parts.screen, title="yours" if mine else "open")


def _status(typed: str, person: str, parts: Parts) -> Message:
    ref = find(typed, parts)
    case = parts.the_case(ref)
    parts.viewed(parts.actor(person), ref, "status")
    return answers.status(case, parts.screen)


def find(typed: str, parts: Parts) -> str:
    """The case's reference, from a reference however it was typed, or from an incident number. Raises NotDone."""
    wanted = as_ref(typed)
    found = parts.ask(
        lambda: wanted if parts.cases.load(wanted) else parts.cases.find_incident(typed.strip())
    )
    if found:
        return found
    near = get_close_matches(wanted, parts.ask(parts.cases.open_refs), n=1)
    raise NotDone(refusals.no_such_case(_safe(wanted, parts), near[0] if near else None))


def as_ref(typed: str) -> str:
    """ "mc 26 142" is how it is said over the radio."""
    loose = _LOOSE_REF.fullmatch(typed.strip())
    return f"MC-{loose[1]}-{int(loose[2]):04}" if loose else typed.strip().upper()


def _safe(wanted: str, parts: Parts) -> str:
    """A name typed where a reference belongs is not said again, save where names may be shown."""
    if re.fullmatch(r"MC-\d{2}-\d{1,6}", wanted):
        return wanted
    return words.escape(wanted[:40]) if parts.setting.full else "of that number"


def _unknown(typed: str, parts: Parts) -> str:
    near = get_close_matches(typed.lower(), _WORDS, n=1)
    open_refs = parts.ask(parts.cases.open_refs) if near == ["status"] else []
    example = open_refs[-1] if open_refs else refusals.EXAMPLE
    return refusals.not_a_command(typed, near[0] if near else None, example, full=parts.setting.full)
