"""A case from what somebody typed: its reference however it was said, or the force's incident number."""

import re
from difflib import get_close_matches

from bot.ports import CaseStore
from bot.views import refusals, words
from handlers.errors import NotDone
from handlers.parts import Parts

_LOOSE_REF = re.compile(r"(?:mc)?[\s-]*(\d{2})[\s-]+(\d{1,6})", re.IGNORECASE)


def find(typed: str, parts: Parts) -> str:
    """The case's reference. Raises NotDone."""
    return parts.ask(lambda: find_in(parts.cases, typed, full=parts.setting.full))


def find_in(cases: CaseStore, typed: str, *, full: bool) -> str:
    """From a reference however it was typed, or from an incident number. Raises NotDone."""
    wanted = as_ref(typed)
    found = wanted if cases.load(wanted) else cases.find_incident(typed.strip())
    if found:
        return found
    near = get_close_matches(wanted, cases.open_refs(), n=1)
    raise NotDone(refusals.no_such_case(_safe(wanted, full=full), near[0] if near else None))


def as_ref(typed: str) -> str:
    """ "mc 26 142" is how it is said over the radio."""
    loose = _LOOSE_REF.fullmatch(typed.strip())
    return f"MC-{loose[1]}-{int(loose[2]):04}" if loose else typed.strip().upper()


def _safe(wanted: str, *, full: bool) -> str:
    """A name typed where a reference belongs is not said again, save where names may be shown."""
    if re.fullmatch(r"MC-\d{2}-\d{1,6}", wanted):
        return wanted
    return words.escape(wanted[:40]) if full else "of that number"
