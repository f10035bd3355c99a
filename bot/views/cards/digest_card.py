"""Many cases in one post: one sound, and no child unnamed (by reference) however many there are (screens.md §5)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.domain.case import Case
from bot.domain.case_parts import Paging
from bot.domain.clocks import clocks
from bot.domain.facts import Grade
from bot.domain.people import Role
from bot.domain.training import TRAINING
from bot.views import ids, limits
from bot.views.blocks import actions, button, header, marking, plain_section, section
from bot.views.cards import page_card, page_state
from bot.views.lists import reckoned
from bot.views.lists.reckoned import also
from bot.views.message import Block, Message
from bot.views.screen import Screen
from bot.views.wording import forecast_words, naming, standing, words
from bot.views.wording.forecast_words import Coming

ROWS = 20
_DONE_LONGEST = 1200
_LONGEST_WHY = 20  # so that a row stays at two lines on a phone


def digest_card(
    cases: Sequence[Case],
    role: Role,
    screen: Screen,
    *,
    stood_still: tuple[datetime, datetime] | None = None,
    unreadable: Sequence[str] = (),
    passed_on: Collection[str] = (),
) -> Message:
    """`cases` in the order in which they matter. Whoever was acknowledged gives its row to the next."""
    theirs = [case for case in cases if case.ref not in passed_on]
    known = {case.ref: step for case in theirs if (step := _acknowledged(case, role))}
    waiting = [case for case in theirs if case.ref not in known and _waits(case, role)]
    done = [case for case in theirs if case not in waiting]
    uncalmed = [case for case in done if not standing.calms(case)]
    head = _headline(waiting, role, screen, stood_still)
    if uncalmed and not waiting:
        head = f"{head} · {len(uncalmed)} HIGH without an owner"
    if unreadable:
        head = f"{head}, but {_cases(len(unreadable))} could not be read"
    calm = "" if passed_on else words.DONE  # who owns those now is not said here
    shape = words.LATE if waiting or unreadable else words.TAKEN_UP if uncalmed else calm
    above = [
        header(f"{shape} {head}".strip()),
        section(_call(waiting, role, screen) if waiting else _over(unreadable, passed_on)),
        *reckoned.unreadable(unreadable),
    ]
    below = [
        *([] if waiting else _next(uncalmed, role, screen)),
        *_done(
            [*(_done_row(case, known.get(case.ref), screen) for case in done), *map(_no_longer, passed_on)]
        ),
        *_buttons(waiting, role),
        marking(),
    ]
    left = limits.MESSAGE - limits.size([*above, *below])
    rows = _rows(waiting, role, screen, left)
    rest = also(waiting[ROWS:], left - limits.size(rows))
    blocks = [*above, *rows, *rest, *below]
    return Message(text=f"{head}.", blocks=blocks)


def _next(uncalmed: Sequence[Case], role: Role, screen: Screen) -> list[Block]:
    """Of the first that has no owner: green never calms."""
    coming = (
        forecast_words.says(forecast_words.coming(uncalmed[0], screen), screen, you=role, moments=1)
        if uncalmed
        else ""
    )
    return [section(f"*Next* {uncalmed[0].ref}: {coming}")] if coming else []


def superseded_digest(screen: Screen, link: str) -> Message:
    """One line that leads to where its cases are now."""
    at = screen.time(screen.now)
    newer = words.link("the newest of them", link)
    said = f"Replaced {at} by newer pages for each of its cases; {newer}."
    return Message(text=f"Replaced {at} by newer pages.", blocks=[marking(said)])


def _acknowledged(case: Case, role: Role) -> Paging | None:
    """The newest acknowledgement where everything paged to the role has one."""
    mine = [paging for paging in case.paging.values() if role in paging.told]
    if not mine or not all(paging.acknowledged for paging in mine):
        return None
    return max(mine, key=lambda paging: paging.acknowledged.at if paging.acknowledged else paging.sent_at)


def _waits(case: Case, role: Role) -> bool:
    return any(role in paging.told for paging in case.paging.values())


def _headline(
    waiting: Sequence[Case],
    role: Role,
    screen: Screen,
    stood_still: tuple[datetime, datetime] | None,
) -> str:
    if not waiting:
        return f"No page open here for {_whom(role)}"
    if stood_still:
        start, end = (screen.time(at) for at in stood_still)
        return f"Clocks stopped {start} to {end}: {naming.how_many(waiting)} fell due"
    need = "needs" if len(waiting) == 1 else "need"
    dues = [due for case in waiting if (due := _first_due(case, role, screen))]
    first = f" · first due {screen.time(min(dues))}" if dues else ""
    return f"{naming.how_many(waiting)} {need} {_whom(role)}{first}"


def _whom(role: Role) -> str:
    """A case that needs an owner is one that has none."""
    return "you" if role is Role.OWNER else words.ROLES[role]


def _cases(number: int) -> str:
    return "1 case" if number == 1 else f"{number} cases"


def _first_due(case: Case, role: Role, screen: Screen) -> datetime | None:
    mine = [clock for clock in clocks(case, screen.policy) if page_card.is_paged_to(role, clock, case)]
    return min((clock.due for clock in mine if clock.due), default=None)


def _call(waiting: Sequence[Case], role: Role, screen: Screen) -> str:
    real = [case for case in waiting if not case.training]
    counts = [(words.grade(level), sum(case.running_grade is level for case in real)) for level in Grade]
    counts.append((TRAINING, len(waiting) - len(real)))
    said = ", ".join(f"{number} {named}" for named, number in counts if number)
    mention = "Your cases:" if role is Role.OWNER and len(waiting) > 1 else screen.mention(role)
    called = " ".join([mention, f"{said}.", *_otherwise(waiting[0], role, screen)])
    mine = [paging for case in waiting for paging in case.paging.values() if paging.role is role]
    return "\n".join([called, *page_card.skipped(mine)])


def _over(unreadable: Sequence[str], passed_on: Collection[str]) -> str:
    if passed_on:
        nothing = "Nothing that could be read" if unreadable else "Nothing here"
        return f"{nothing} waits for you. {page_state.WHO_IS_PAGED}"
    return "All that could be read: acknowledged or done." if unreadable else "All acknowledged or done."


def _otherwise(first: Case, role: Role, screen: Screen) -> list[str]:
    following = _following(first, role, screen)
    if following is None:
        return []
    at = screen.time(following.at)
    if following.role is role:
        return [f"Those not acknowledged are paged again from {at}."]
    return [f"Those not acknowledged go to the {words.ROLES[following.role]} at {at}."]


def _following(case: Case, role: Role, screen: Screen) -> Coming | None:
    mine = [key for key, paging in case.paging.items() if role in paging.told]
    return forecast_words.next_about(forecast_words.coming(case, screen), mine)


def _rows(waiting: Sequence[Case], role: Role, screen: Screen, room: int) -> list[Block]:
    """Each with its reason, unless a child would go unnamed for it."""
    shown = list(enumerate(waiting[:ROWS], 1))
    rows = [_row(number, case, role, screen, _LONGEST_WHY) for number, case in shown]
    if limits.size(rows) + reckoned.size(waiting[ROWS:]) <= room:
        return rows
    return [_row(number, case, role, screen, 0) for number, case in shown]


def _row(number: int, case: Case, role: Role, screen: Screen, longest_why: int) -> Block:
    following = _following(case, role, screen)
    by = f"by {screen.time(following.at)}" if following else "now"  # of the button beside it
    acknowledge = button("Acknowledge", ids.ACKNOWLEDGE, case.ref, spoken=f"Acknowledge {case.ref}")
    age = f"age {'?' if case.age is None else case.age}"
    why = standing.because(case, longest_why) if longest_why else []
    said = [str(number), naming.short(case, " · "), age, *why, by]
    return plain_section(" · ".join(said), acknowledge)


def _done(said: Sequence[str]) -> list[Block]:
    if not said:
        return []
    shown, taken = limits.pack(said, _DONE_LONGEST, joint="\n")
    more = f"\nand {len(said) - taken} more" if taken < len(said) else ""
    return [section(shown + more)]


def _no_longer(ref: str) -> str:
    return f"{ref}: no longer yours"


def _done_row(case: Case, known: Paging | None, screen: Screen) -> str:
    mark = words.DONE if standing.calms(case) else words.TAKEN_UP
    if known is None or known.acknowledged is None:
        return f"{mark} {case.ref}: page cleared"
    at = screen.time(known.acknowledged.at)
    return f"{mark} {case.ref} {naming.staff(known.acknowledged.by, screen)} {at}"


def _buttons(waiting: Sequence[Case], role: Role) -> list[Block]:
    if not waiting:
        return []
    shown = waiting[:ROWS]
    question = f"You know about these {len(shown)}. No other clock stops."
    many = button(
        f"Acknowledge the {len(shown)} shown",
        ids.ACKNOWLEDGE_MANY,
        ",".join(case.ref for case in shown),
        primary=True,
        confirm=question,
    )
    return [actions(many, button(f"Show all {len(waiting)}", ids.SHOW_ALL, role.value))]
