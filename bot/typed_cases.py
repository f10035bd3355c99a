"""A case from what somebody typed: its reference however it was said, or the force's incident number.

Slack and terminal find alike, and say alike that there is none.
"""

import re
from collections.abc import Sequence
from difflib import get_close_matches

from bot.domain.likeness import Trace, plain_number
from bot.domain.training import TRAINING
from bot.ports.cases import CaseStore
from bot.views.wording import no_case_words, words

_LOOSE_REF = re.compile(rf"(mc|{TRAINING})?[\s-]*(\d{{2}})[\s-]+(\d{{1,6}})", re.IGNORECASE)
_REF = re.compile(rf"(?:MC|{TRAINING})-\d{{2}}-\d{{1,6}}")


def found_in(cases: CaseStore, typed: str) -> str | None:
    """From a reference however it was typed, or from an incident number, also with other gaps and capitals."""
    wanted = as_ref(typed)
    if cases.load(wanted):
        return wanted
    number = plain_number(typed)
    alike = cases.alike([Trace("incident", number)], 1) if number else []
    return cases.find_incident(typed.strip()) or next(iter(alike), None)


def not_among(refs: Sequence[str], typed: str, *, full: bool) -> str:
    """The sentence that says so, with the nearest of the open cases."""
    wanted = as_ref(typed)
    near = get_close_matches(wanted, refs, n=1)
    return no_case_words.no_such_case(_safe(wanted, full=full), near[0] if near else None)


def holds_a_number(typed: str) -> bool:
    """Words alone are no case's name: they are looked up nowhere."""
    return any(letter.isdigit() for letter in typed)


def is_ref(typed: str) -> bool:
    return _REF.fullmatch(as_ref(typed)) is not None


def as_ref(typed: str) -> str:
    """ "mc 26 142" is how it is said over the radio."""
    loose = _LOOSE_REF.fullmatch(typed.strip())
    return f"{(loose[1] or 'MC').upper()}-{loose[2]}-{int(loose[3]):04}" if loose else typed.strip().upper()


def _safe(wanted: str, *, full: bool) -> str:
    """A name typed where a reference belongs is not said again, save where names may be shown."""
    if _REF.fullmatch(wanted):
        return wanted
    return words.escape(wanted[:40]) if full else "of that number"
