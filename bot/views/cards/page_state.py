"""What becomes of a page card: acknowledged, cleared, replaced. Silent edits; nothing here calls anybody."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bot.domain.case import Case, Status
from bot.domain.case_parts import Paging
from bot.domain.clocks import Clock, State
from bot.domain.events import Entry
from bot.domain.people import Role
from bot.views.blocks import actions, header, marking, section
from bot.views.cards.page_card import (
    OnCard,
    not_answered,
    on_card,
    open_case,
    page_card,
    text,
    why_high,
)
from bot.views.message import Message
from bot.views.screen import Screen
from bot.views.wording import debts, forecast_words, history, naming, standing, words
from bot.views.wording.forecast_words import Coming
from bot.views.wording.how_ended import how_ended

_SOON = timedelta(minutes=10)  # until the same role is paged again


def page_state(case: Case, entries: Sequence[Entry], role: Role, screen: Screen) -> Message:
    """The live card of that role as it stands now."""
    card = on_card(case, entries, role, screen)
    if not card.waiting:
        return _cleared(case, entries, role, card, screen)
    loud = [clock for clock in card.waiting if not _is_quiet(case.paging[clock.key], screen)]
    if not loud:
        return _acknowledged(case, entries, role, card, screen)
    lines = [history.newest_line(clock, role, entries) for clock in loud]
    return page_card(case, entries, role, lines, screen, mentions=False)


def _is_quiet(paging: Paging, screen: Screen) -> bool:
    return paging.quiet_until is not None and paging.quiet_until > screen.now


def _acknowledged(case: Case, entries: Sequence[Entry], role: Role, card: OnCard, screen: Screen) -> Message:
    late = any(clock.state(screen.now) is State.BREACHED for clock in card.waiting)
    still = "acknowledged, still late" if late else "acknowledged, not yet done"
    coming = forecast_words.says(forecast_words.coming(case, screen), screen, you=role)
    blocks = [
        header(f"{words.TAKEN_UP} {naming.short(case, ' · ')} · {still}"),
        section(
            _who_knows(case, entries, card.waiting, screen) + why_high(case) + not_answered(case, screen)
        ),
        section(text(card, entries, role, screen)),
        *([section(f"*Next*\n{coming}")] if coming else []),
        actions(open_case(case)),
        marking(),
    ]
    return Message(text=f"{naming.spoken(case)}: {still}.", blocks=blocks)


def _who_knows(case: Case, entries: Sequence[Entry], waiting: Sequence[Clock], screen: Screen) -> str:
    key = max((clock.key for clock in waiting), key=lambda key: _known_at(case.paging[key]))
    newest = case.paging[key]
    assert newest.acknowledged is not None and newest.quiet_until is not None, "quiet means acknowledged"
    who = naming.staff(newest.acknowledged.by, screen)
    said = history.acknowledged_by(newest.acknowledged.by, key, entries)
    by_text = history.by_text(said.surface) if said else ""
    at = f"{by_text} {screen.time(newest.acknowledged.at)}"
    until = screen.time(newest.quiet_until)
    runs = "the clock runs on" if len(waiting) == 1 else "the clocks run on"
    return f"{who} acknowledged{at}. Quiet about this until {until}; {runs}."


def _known_at(paging: Paging) -> datetime:
    return paging.acknowledged.at if paging.acknowledged else paging.sent_at


def _cleared(case: Case, entries: Sequence[Entry], role: Role, card: OnCard, screen: Screen) -> Message:
    """Green never means found, so the headline says whether the child is; and it never calms."""
    cleared_at = _cleared_at(role, entries) or screen.now
    pages = forecast_words.coming(case, screen)
    shape, over = _headline(case, role, pages, screen)
    # Nobody answered what went off by itself.
    answered = shape != words.DONE and any(clock.done == cleared_at for clock in card.done)
    head = f"page {'answered' if answered else 'cleared'} {screen.time(cleared_at)} · {over}"
    none = f"No page open for {words.ROLES[role]}."
    coming = forecast_words.says(pages, screen, you=role)
    blocks = [
        header(f"{shape} {case.ref} · {head}"),
        section(f"{_ended(card, entries, case, screen)} {none}{not_answered(case, screen)}"),
        *([section(f"*Next*\n{coming}")] if coming else []),
        *_also_late(card, screen),
        actions(open_case(case)),
        marking(),
    ]
    return Message(text=f"{naming.spoken(case)}: {head}. {none}", blocks=blocks)


def _headline(case: Case, role: Role, pages: Sequence[Coming], screen: Screen) -> tuple[str, str]:
    """No tick on a HIGH child without an owner, nor while the same role is paged again in minutes."""
    found = standing.found(case)
    if not standing.calms(case):
        return words.TAKEN_UP, f"no owner yet · {found}"
    soon = next((page.at for page in pages if page.role is role and page.at - screen.now <= _SOON), None)
    if soon:
        return words.TAKEN_UP, f"next page {screen.time(soon)} · {found}"
    return words.DONE, found


def _cleared_at(role: Role, entries: Sequence[Entry]) -> datetime | None:
    ends = [history.cleared_at(key, entries) for key in history.clocks_paged_to(role, entries)]
    return max((end for end in ends if end), default=None)


def _ended(card: OnCard, entries: Sequence[Entry], case: Case, screen: Screen) -> str:
    if not card.done:
        return "Closed." if case.status is Status.CLOSED else "What was paged no longer runs."
    last = card.done[0]
    step = history.ended_by(last, entries, screen.policy)
    who = naming.staff(step.by, screen) if step else "Somebody"
    did = how_ended(last, step).did
    assert last.done is not None, "only done clocks are listed as done"
    at, late = screen.time(last.done), _how_late(last)
    if step and (by_text := history.by_text(step.surface)):
        return f"{who} {did}: acknowledged{by_text} {at} ({late})."
    return f"{who} {did} ({at}, {late})."


def _how_late(clock: Clock) -> str:
    if clock.done is None or clock.due is None or clock.done <= clock.due:
        return "in time"
    return f"DONE LATE by {words.length(clock.done - clock.due)}"


def _also_late(card: OnCard, screen: Screen) -> list[dict[str, object]]:
    """Owed by others: a green card must not hide it."""
    late = [debts.on_card(clock, screen) for clock in card.also_late]
    if not late:
        return []
    return [section("*Late with others*\n" + debts.first_lines(late, 3, "and {n} more in Open case"))]


def why_over(case: Case, entries: Sequence[Entry], roles: Collection[Role], screen: Screen) -> str:
    """To whoever presses a page that waits no more: who acknowledged it, or what ended it. Of the newest page to these
    roles, or to anybody where none went to them; empty where there was none."""
    lines = history.newest_page(entries, roles) or history.newest_page(entries, tuple(Role))
    if not lines:
        return ""
    known = history.acknowledged_since(lines, entries)
    if known:
        return f"{naming.staff(known.by, screen)} acknowledged this at {screen.time(known.at)}."
    return _ended(on_card(case, entries, lines[0].role, screen), entries, case, screen)


WHO_IS_PAGED = "What is paged goes to the owner, or to the supervisor while nobody owns it."


def passed_on(case: Case) -> Message:
    """To whom owned the case when it was paged. It stays true whoever owns it next."""
    said = "You no longer own this case."
    return Message(
        text=f"{naming.spoken(case)}: {said}",
        blocks=[
            header(f"{case.ref} · no longer yours"),
            section(f"{said} {WHO_IS_PAGED}"),
            actions(open_case(case)),
            marking(),
        ],
    )


def superseded(case: Case, entries: Sequence[Entry], role: Role, screen: Screen, *, link: str) -> Message:
    """One line that leads to the one place to act."""
    pages = history.pages_to(role, entries)
    replaced = screen.time(pages[-1].at if pages else screen.now)
    newer = words.link(f"a newer page for {case.ref}", link)
    said = f"Replaced {replaced} by {newer}."
    known = _known_before(role, entries, screen)
    return Message(
        text=f"{naming.spoken(case)}: replaced {replaced} by a newer page.", blocks=[marking(said + known)]
    )


def _known_before(role: Role, entries: Sequence[Entry], screen: Screen) -> str:
    """Whether the page before the newest was answered: somebody may have acknowledged another one meanwhile."""
    pages = history.pages_to(role, entries)
    if len(pages) < 2:
        return ""
    earlier, newest = pages[-2], pages[-1]
    said = history.acknowledged_since(history.lines_to(role, earlier), entries[: entries.index(newest)])
    number = len(pages) - 1
    if said is None:
        return f" Page {number} was not acknowledged."
    at = f"{history.by_text(said.surface)} {screen.time(said.at)}"
    return f" Page {number} acknowledged{at} by {naming.staff(said.by, screen)}."
