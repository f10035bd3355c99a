"""A case from what somebody typed: its reference however it was said, or the force's incident number."""

import re
from difflib import get_close_matches

from bot.views import refusals, words
from handlers.errors import NotDone
from handlers.parts import Parts

_LOOSE_REF = re.compile(r"(?:mc)?[\s-]*(\d{2})[\s-]+(\d{1,6})", re.IGNORECASE)


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
