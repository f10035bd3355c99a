"""A case that was passed to another force: whose it is meanwhile, what they must see, and what they said."""

from bot.domain.case import Case
from bot.domain.case_parts import TRANSFERRED, SentBack
from bot.views import limits
from bot.views.screen import Screen
from bot.views.wording import naming, words

_LONGEST_FORCE = 60  # characters, in a row of many cases
MUST_SEE = "the other force must see: CHILD MISSING"
NO_CODE = "no code of theirs is known: say it in words"


def lines(case: Case, screen: Screen) -> list[str]:
    """Nothing where it was never passed on, or where what came of it is over."""
    ending = case.ending
    said = []
    if ending.refusal and ending.refusal.settled is None:
        said.append(_refused(ending.refusal, screen))
    if ending.awaits_force and ending.transfer_asked:
        why = f" ({words.TRANSFER_WHY[ending.transfer_why]})" if ending.transfer_why else ""
        at = screen.time(ending.transfer_asked.at)
        said.append(f"Passed{_to(case, screen)} {at}{why}: NOT accepted there, still ours")
    if ending.awaits_force or ending.gone == TRANSFERRED:
        said.append(words.sentence(must_see(case.ending.transfer_to, screen)))
    return said


def in_short(case: Case, screen: Screen, *, named: bool = False) -> list[str]:
    """In a row of many cases: that it is between two forces, and whose turn it is. `named`: where markup is read."""
    ending = case.ending
    if ending.refusal and ending.refusal.settled is None:
        return [f"SENT BACK {screen.time(ending.refusal.step.at)}, not settled"]
    if ending.awaits_force and ending.transfer_asked:
        to = limits.clip_markup(_to(case, screen), _LONGEST_FORCE, limits.IN_CASE) if named else " on"
        return [f"passed{to} {screen.time(ending.transfer_asked.at)}, NOT accepted there"]
    return []


def must_see(force: str, screen: Screen) -> str:
    known = screen.forces.of(force)
    if known is None:
        return f"{MUST_SEE} (their code is not in our table: ask for it)"
    return f"{MUST_SEE} ({f'their code: {words.escape(known.missing_child)}' if known.missing_child else NO_CODE})"


def _to(case: Case, screen: Screen) -> str:
    force = naming.said(case.ending.transfer_to, screen)
    return f" to {force}" if force else " to another force"


def _refused(refusal: SentBack, screen: Screen) -> str:
    by = naming.said(refusal.name, screen)
    who = f" by {by}" if by else ""
    why, at = words.TRANSFER_REFUSAL[refusal.why], screen.time(refusal.step.at)
    return f"{words.LATE} SENT BACK {at}{who}: {why}. Keep it, or pass it on again"
