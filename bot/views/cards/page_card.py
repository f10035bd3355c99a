"""The page card, as it is posted: duty, deadline, consequence at a glance. It names no child (screens.md §3, §14)."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from msgspec import Struct

from bot.domain.case import Case
from bot.domain.case_parts import Paging
from bot.domain.clocks import Clock, ClockName, State, clocks, name_of
from bot.domain.events import Entry, PageLine
from bot.domain.people import Role
from bot.views import ids
from bot.views.blocks import actions, button, header, marking, section
from bot.views.message import Block, Message
from bot.views.screen import Screen
from bot.views.wording import (
    clock_words,
    debts,
    delivery,
    forecast_words,
    history,
    naming,
    risk_questions,
    standing,
    words,
)
from bot.views.wording.forecast_words import Coming
from bot.views.wording.how_ended import how_ended

# The clocks on one page card: what waits for the role, what else is late, and what was done since.

_DONE_SHOWN = 3
_SHOWN = 8  # a card is read in a second; the rest is in Open case


class OnCard(Struct, frozen=True, kw_only=True):
    waiting: tuple[Clock, ...]  # paged to the role and not done
    also_late: tuple[Clock, ...]
    done: tuple[Clock, ...]  # once paged to the role; newest first
    calms: bool = True  # whether a tick may stand on it


def on_card(case: Case, entries: Sequence[Entry], role: Role, screen: Screen) -> OnCard:
    owed = debts.outstanding(case, screen)
    waiting = tuple(clock for clock in owed if is_paged_to(role, clock, case))
    late = tuple(
        clock for clock in owed if clock.state(screen.now) is State.BREACHED and clock not in waiting
    )
    done = _done(case, entries, role, screen)
    return OnCard(waiting=waiting, also_late=late, done=done, calms=standing.calms(case))


def is_paged_to(role: Role, clock: Clock, case: Case) -> bool:
    paging = case.paging.get(clock.key)
    return paging is not None and paging.started == clock.started and role in paging.told


def _done(case: Case, entries: Sequence[Entry], role: Role, screen: Screen) -> tuple[Clock, ...]:
    paged = history.clocks_paged_to(role, entries)
    done = [clock for clock in clocks(case, screen.policy) if clock.done and clock.key in paged]
    return tuple(sorted(done, key=lambda clock: clock.done or clock.started, reverse=True))


def skipped(pages: Iterable[PageLine | Paging]) -> list[str]:
    """An empty rung is passed over at once, and said so."""
    said = []
    for page in pages:
        to = "FIM channel" if page.rung < 0 else words.ROLES[page.role]
        said += [f"No {words.ROLES[role]} on duty: {to} paged at once." for role in page.skipped]
    return list(dict.fromkeys(said))


_SINCE = timedelta(minutes=1)  # a page that comes this soon after somebody asked for it


def _asked_for(case: Case, entries: Sequence[Entry], role: Role, screen: Screen) -> list[str]:
    """Who had this page sent before its time, and why: whoever is woken by it wants to know."""
    said, pages = case.escalation, history.pages_to(role, entries)
    if said is None or not pages or not timedelta(0) <= pages[-1].at - said.step.at < _SINCE:
        return []
    by, at = naming.staff(said.step.by, screen), screen.time(said.step.at)
    return [f"{by} asked for you at {at}: {words.ESCALATION[said.why]}."]


def text(card: OnCard, entries: Sequence[Entry], role: Role, screen: Screen) -> str:
    owed = [debts.on_page(clock, role, screen) for clock in (*card.waiting, *card.also_late)]
    shown = debts.first_lines(owed, _SHOWN, "and {n} more in Open case")
    done = [_line_of_done(clock, entries, screen, ticked=card.calms) for clock in card.done[:_DONE_SHOWN]]
    return "\n".join(part for part in (shown, *done) if part)


def _line_of_done(clock: Clock, entries: Sequence[Entry], screen: Screen, *, ticked: bool) -> str:
    step = history.ended_by(clock, entries, screen.policy)
    who = naming.staff(step.by, screen) if step else ""
    return debts.done(clock, how_ended(clock, step).title, who, screen, ticked=ticked)


_REASONS = 120  # characters of them
_KNOW = clock_words.of(ClockName.FIM_AWARE).do
KNOWING = 'Acknowledge means "I know". Only the action stops the other clocks.'


def page_card(
    case: Case,
    entries: Sequence[Entry],
    role: Role,
    lines: Sequence[PageLine],
    screen: Screen,
    *,
    mentions: bool = True,
) -> Message:
    """`lines` are what is new; what else the role waits for stands below. An edit does not mention."""
    card = on_card(case, entries, role, screen)
    coming = forecast_words.coming(case, screen)
    answer = _answer_by(lines, coming, screen)
    news = _news(card, lines)
    late = [clock for clock in news if clock.state(screen.now) is State.BREACHED]
    order = _order(late, role, answer) if late else _why(case, screen)
    if late and any(clock.name is ClockName.FIM_AWARE for clock in news):
        order += f"\n{_why(case, screen)}"  # it has just become high, or was typed late
    elif late:
        order += why_high(case)
    order += not_answered(case, screen)
    called = f"{screen.mention(role)} " if mentions else ""
    head = _late_headline(late[0], screen) if late else answer.headline
    blocks = [
        header(f"{words.LATE} {naming.heading(case)} · {head}"),
        section(called + order),
        section(
            "\n".join(
                [*skipped(lines), *_asked_for(case, entries, role, screen), text(card, entries, role, screen)]
            )
        ),
        *_beside(case, role, screen),
        *_if_nothing_is_done(coming, role, screen),
        actions(acknowledge(case), escalate(case), open_case(case)),
        marking(_small_print(entries, role, lines, screen)),
    ]
    return Message(text=f"{naming.spoken(case)}: {answer.sentence}.", blocks=blocks)


class _Answer:
    """By when the role is to acknowledge, and who is paged otherwise."""

    def __init__(self, by: str, otherwise: str) -> None:
        self.headline = f"acknowledge by {by}" if by else "acknowledge now"
        self.sentence = f"{self.headline} or {otherwise}" if by else self.headline


def _answer_by(lines: Sequence[PageLine], coming: Sequence[Coming], screen: Screen) -> _Answer:
    following = forecast_words.next_about(coming, [line.clock for line in lines])
    if following is None:
        return _Answer("", "")
    again = following.role in {line.role for line in lines}
    who = "you are paged again" if again else f"the {words.ROLES[following.role]} is paged"
    return _Answer(screen.time(following.at), who)


def _news(card: OnCard, lines: Sequence[PageLine]) -> list[Clock]:
    """Worst first, as the card has them; a clock done since is news no more."""
    keys = {line.clock for line in lines}
    return [clock for clock in (*card.waiting, *card.also_late) if clock.key in keys]


def _late_headline(clock: Clock, screen: Screen) -> str:
    assert clock.due is not None, "late means that it was due"
    return f"{clock_words.of(clock.key).missing}, late since {screen.time(clock.due)}"


def _order(late: Sequence[Clock], role: Role, answer: "_Answer") -> str:
    """What to do, then by when to say that it is known; that once, where it is all there is to do."""
    todo = list(dict.fromkeys(clock_words.of(clock.key, role).do for clock in late))
    orders = [words.lower_first(do) for do in todo if do != _KNOW]
    first = [f"{words.sentence(words.listed(orders))}."] if orders else []
    return " ".join([*first, f"{words.sentence(answer.sentence)}."])


def _why(case: Case, screen: Screen) -> str:
    """The risk and where the case stands, in one breath."""
    parts = [words.sentence(words.listed(standing.why(case))), standing.category(case)]
    parts.append(words.sentence(standing.owner(case, screen)))
    return ". ".join(part for part in parts if part) + "."


def why_high(case: Case) -> str:
    """Below another line; empty of any other grade."""
    return "".join(f"\nWhy HIGH: {words.lower_first(said)}." for said in standing.because(case, _REASONS))


def not_answered(case: Case, screen: Screen) -> str:
    """Below another line; empty where nothing of the caller's words waits for an answer."""
    return "".join(f"\n{said}." for said in risk_questions.in_short(case, screen))


def _beside(case: Case, role: Role, screen: Screen) -> list[Block]:
    said = delivery.beside(case, role, screen)
    return [section(said)] if said else []


def _if_nothing_is_done(coming: Sequence[Coming], role: Role, screen: Screen) -> list[Block]:
    says = forecast_words.says(coming, screen, you=role)
    return [section(f"*If nothing is done*\n{says}")] if says else []


def _small_print(
    entries: Sequence[Entry],
    role: Role,
    lines: Sequence[PageLine],
    screen: Screen,
) -> str:
    if not entries:  # its history cannot be read: nobody knows which page this is
        return KNOWING
    number = max(1, len(history.pages_to(role, entries)))
    return f"{KNOWING} Page {number}{_step(lines, screen)}"


def _step(lines: Sequence[PageLine], screen: Screen) -> str:
    if not lines or lines[0].rung < 0:
        return ""
    ladder = screen.policy.clocks[name_of(lines[0].clock)].ladder
    return f", step {lines[0].rung + 1} of {len(ladder)}"


def acknowledge(case: Case) -> Block:
    return button("Acknowledge", ids.ACKNOWLEDGE, case.ref, primary=True, spoken=f"Acknowledge {case.ref}")


def escalate(case: Case) -> Block:
    return button("Escalate now", ids.ESCALATE, case.ref, spoken=f"Escalate now {case.ref}")


def open_case(case: Case) -> Block:
    return button("Open case", ids.OPEN_CASE, case.ref, spoken=f"Open case {case.ref}")
