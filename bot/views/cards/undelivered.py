"""Pages that reached nobody, and time that has stopped: for whoever can ring instead."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from bot.domain.case import Case
from bot.domain.people import Role
from bot.ports.destination import OutboxKind
from bot.ports.errors import RecordTrouble
from bot.ports.outbox import Outgoing
from bot.ports.rosters import ROSTER
from bot.views import blocks, ids, limits
from bot.views.blocks import actions, button, header, marking, section
from bot.views.message import Block, Message
from bot.views.screen import Screen
from bot.views.wording import clock_words, delivery, naming, record_words, words
from bot.views.wording.naming import Named

# Time has stopped (screens.md §12): silence must not look like calm. And that it runs again.

_NAMED_REFS = 100  # references in one section, whose text may have 3,000 characters
USE_PAPER = "The bot cannot page anyone. Use the paper board."


def stopped(
    since: datetime,
    high: Sequence[str],
    calls: Sequence[str],
    screen: Screen,
    *,
    as_of: datetime | None = None,
    answers: bool = True,
    trouble: RecordTrouble | None = None,
) -> Message:
    """`high`: references of the open HIGH cases, `as_of` when they were read; `answers`: the record did, at the time;
    `trouble`: what keeps it from being read or written. `calls`: what was done beside Slack, a sentence each."""
    head = f"CLOCKS STOPPED since {screen.time(since)}"
    said = [USE_PAPER, _known(high, as_of, screen, answers=answers)]
    said += [record_words.stands(trouble)] if trouble else []
    return _alarm(head, " ".join(said), calls, screen)


def _known(high: Sequence[str], as_of: datetime | None, screen: Screen, *, answers: bool) -> str:
    """Only what was really read."""
    cases = "1 HIGH case" if len(high) == 1 else f"{len(high)} HIGH cases"
    if answers:
        return (
            f"{cases} open at that time: {_listed(high)}." if high else "No HIGH case was open at that time."
        )
    if as_of is None:
        return "The record cannot be read: nobody knows from here which cases are open. Call the technician."
    last = f"{cases}: {_listed(high)}" if high else "no HIGH case"
    return f"The record cannot be read. Open when it was last read, at {screen.time(as_of)}: {last}."


def undecided(
    refs: Sequence[str],
    unreadable: Collection[str],
    since: datetime,
    calls: Sequence[str],
    screen: Screen,
) -> Message:
    """Timers run, and these cases all the same are not decided: a fault that strikes single cases."""
    some = _subject(refs[0]).upper() if len(refs) == 1 else f"{len(refs)} CASES"
    lost, stuck = _parted(refs, unreadable)
    head = f"{some} CANNOT BE READ" if not stuck else f"NO PAGES for {some}"
    cases = [ref for ref in lost if ref != ROSTER]
    said = [
        f"Work {_listed(cases)} from the incident log; wait for no page. Call the technician."
        if cases
        else "",
        _HAND_OVERS_LOST if len(cases) < len(lost) else "",
        f"The bot cannot page anyone about {_listed(stuck)}. Use the paper board for that." if stuck else "",
        "All other cases run." if cases or stuck else "All cases run.",
    ]
    return _alarm(f"{head} since {screen.time(since)}", " ".join(filter(None, said)), calls, screen)


_HAND_OVERS_LOST = (
    "Who took over which role cannot be read: hand over on paper, and call the technician. Pages go to each role's "
    "channel as ever, and mention whoever is still known to hold it."
)


def _subject(ref: str) -> str:
    return "hand-overs" if ref == ROSTER else ref


def notice(said: str) -> Message:
    """To who can ring in the bot's place: one sentence or two, which say whether it is wrong or well again."""
    return Message(text=said, blocks=[section(said), marking()])


def _parted(refs: Sequence[str], unreadable: Collection[str]) -> tuple[list[str], list[str]]:
    lost = [ref for ref in refs if ref in unreadable]
    return lost, [ref for ref in refs if ref not in unreadable]


def _alarm(head: str, said: str, calls: Sequence[str], screen: Screen) -> Message:
    shown = [
        blocks.header(f"{words.LATE} {head}"),
        blocks.section(f"{screen.mention(Role.FIM)} {said}"),
        *(blocks.section(call) for call in calls),
        blocks.marking(),
    ]
    return Message(text=" ".join([f"{head}. {said}", *calls]), blocks=shown)


def over(
    refs: Sequence[str], unreadable: Collection[str], since: datetime, until: datetime, screen: Screen
) -> Message:
    """What the banner becomes: an edit, without a sound. `refs`: the cases, where it was about single ones."""
    lost, stuck = _parted(refs, unreadable)
    what = [
        f"{_listed(lost)} could not be read" if lost else "",
        f"No pages came for {_listed(stuck)}" if stuck else "",
    ]
    said = "; ".join(filter(None, what)) or "Clocks stopped"
    return _well(f"{said} {screen.time(since)} to {screen.time(until)}; now {_again(lost, stuck)}.")


def _again(lost: Sequence[str], stuck: Sequence[str]) -> str:
    """What is so again, of what was not."""
    return "read again" if lost and not stuck else "running again"


def running(refs: Sequence[str], unreadable: Collection[str], at: datetime, screen: Screen) -> Message:
    lost, stuck = _parted(refs, unreadable)
    what = [
        f"{_listed(lost)}: can be read again" if lost else "",
        f"{_listed(stuck)}: decided" if stuck else "",
    ]
    said = "; ".join(filter(None, what)) or "Running again"
    return _well(f"{said} {screen.time(at)}. Anything that fell due is being paged now.")


def _well(said: str) -> Message:
    return Message(text=said, blocks=[blocks.section(f"{words.DONE} {said}"), blocks.marking()])


def _listed(refs: Sequence[str]) -> str:
    more = len(refs) - _NAMED_REFS
    return ", ".join(map(_subject, refs[:_NAMED_REFS])) + (f", and {more} more" if more > 0 else "")


# What could not be put where it belongs, said where somebody reads it.

_ASKED = {"offer": "to be asked to take the case", "handover": "to be asked to accept it"}
_MOST, _BUTTONS = 20, 5  # things named in one post, and cases to be opened from it


def not_reached(person: str, rows: Sequence[Outgoing], role: Role, screen: Screen) -> Message:
    """To `role`: what was on its way to a person whom Slack lets nobody write to."""
    who, refs = naming.staff(person, screen), list(dict.fromkeys(row.ref for row in rows))
    lines = [f"{_named_row(row)}: {_what(row)}" for row in rows[:_MOST]]
    lines += [f"and {len(rows) - _MOST} more"] if len(rows) > _MOST else []
    said = f"{who} cannot be reached in Slack. Ring them, or give it to somebody else."
    cases = [ref for ref in refs if ref != ROSTER][:_BUTTONS]
    opened = [button(f"Open {ref}", ids.OPEN_CASE, ref, spoken=f"Open case {ref}") for ref in cases]
    return Message(
        text=f"Not delivered: {', '.join(dict.fromkeys(map(_named_row, rows[:_MOST])))}. {said}",
        blocks=[
            header(f"{words.LATE} Not delivered to {who}"),
            section(f"{screen.mention(role)} {said}"),
            section("\n".join(lines)),
            *([actions(*opened)] if opened else []),
            marking(),
        ],
    )


def _named_row(row: Outgoing) -> str:
    return "Hand-over" if row.ref == ROSTER else row.ref


def _what(row: Outgoing) -> str:
    if row.kind == OutboxKind.PAGE:
        return "paged: " + ", ".join(clock_words.of(line.clock).title for line in row.lines)
    return _ASKED[row.kind]


def moved(link: str) -> Message:
    """In place of a card whose thread takes no more."""
    said = f"This case goes on under a newer card; {words.link('open it', link)}."
    return Message(text="This case goes on under a newer card.", blocks=[section(said), marking()])


def sent_twice(link: str) -> Message:
    """In place of a post that Slack took without an answer, and that was made again."""
    said = f"Sent twice: use {words.link('the other one', link)}."
    return Message(text="Sent twice: use the other one.", blocks=[marking(said)])


Pages = Sequence[tuple[Case, Role]]
_NAMED = 1000  # characters of references
_NAMED_ON_A_LIST, _ON_A_LIST = 200, 1200  # characters


def on_a_list(pages: Iterable[tuple[Named, Role, str]], screen: Screen) -> list[Block]:
    """What of these cases' pages is not delivered: a line for each place that cannot be reached, with whom to ring.

    Above the rows of a home page or a board, which name every case. `pages`: of the worst case first, with Slack's word
    for why."""
    said = _not_delivered(pages, screen, _NAMED_ON_A_LIST)
    shown, taken = limits.pack(said, _ON_A_LIST, joint="\n")
    more = f"\nand {len(said) - taken} more: see the cards" if taken < len(said) else ""
    return [section(f"{shown}{more}")] if said else []


def undelivered(pages: Pages, screen: Screen) -> Message | None:
    """A dated snapshot: what has not arrived, and what did at last. None where there is nothing of either."""
    waiting = [(case, role) for case, role in pages if case.awaits(role)]
    stuck = [(case, role) for case, role in waiting if case.pages[role].is_undelivered]
    arrived = [(case, role) for case, role in waiting if case.pages[role].taken_at]
    with_why = [(case, role, case.pages[role].why) for case, role in stuck]
    said = [f"*At {screen.time(screen.now)}.* {line}" for line in _not_delivered(with_why, screen)]
    said += [_arrived(case, role, screen) for case, role in arrived]
    if not said:
        return None
    text = "\n".join(f"{line}." for line in said)
    return Message(text=text.replace("*", ""), blocks=[section(text), marking()])


def _not_delivered(
    pages: Iterable[tuple[Named, Role, str]], screen: Screen, longest: int = _NAMED
) -> list[str]:
    groups: dict[tuple[str, str, str], list[Named]] = {}
    for case, role, word in pages:
        why, ring = delivery.cause(role, word), delivery.ring(case, role, screen)
        groups.setdefault((words.ROLES[role], why, ring), []).append(case)
    return [
        f"{words.LATE} {words.sentence(who)} page not delivered for {_named(cases, longest)}: {why}. {ring}"
        for (who, why, ring), cases in groups.items()
    ]


def _arrived(case: Case, role: Role, screen: Screen) -> str:
    page = case.pages[role]
    late = f"Slack had not taken it {screen.time(page.undelivered_at)}" if page.undelivered_at else ""
    return ". ".join(filter(None, [f"{delivery.says(case, role, page, screen)} for {_named([case])}", late]))


def _named(cases: Sequence[Named], longest: int = _NAMED) -> str:
    refs = [naming.short(case) for case in cases]
    shown, taken = limits.pack(refs, longest)
    return f"{shown} and {len(refs) - taken} more" if taken < len(refs) else shown
