"""The hand-over, as it is posted: who gives what to whom, by when, and what comes first (I-PASS; screens.md §10)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.domain.case import Case
from bot.domain.events import PageLine
from bot.domain.facts import Grade
from bot.domain.handover import HANDOVER, Offer
from bot.domain.people import Role
from bot.domain.planned import PlannedTurn, TurnEnds
from bot.domain.training import TRAINING
from bot.ports.cases import OpenCases
from bot.views import ids, limits
from bot.views.blocks import actions, button, context, header, marking, section
from bot.views.cards import page_card
from bot.views.lists.reckoned import also, unreadable
from bot.views.message import Block, Message
from bot.views.screen import Screen
from bot.views.wording import (
    debts,
    delivery,
    fact_words,
    forecast_words,
    naming,
    passed_on,
    reach_words,
    risk_questions,
    standing,
    words,
)

ROWS = 12
_PROMISES = 2  # lines of enquiry named in one row
_LONGEST_PROMISE = 60
_LONGEST_WHY = 120  # the whole of it is in Open case
_LONG = timedelta(hours=1)  # below it the time says enough


def handover_card(offer: Offer, opened: OpenCases, screen: Screen, *, to_taker: bool = False) -> Message:
    """Once accepted, one line in its place. Whoever takes it need not read whether it reached them."""
    if not offer.is_open:
        return _accepted(offer, screen)
    ordered = in_order(opened.cases, screen)
    rows = [case for case in ordered if _is_pressing(case, screen)][:ROWS]
    head = f"{_who(offer, screen)} · accept by {due(offer, screen)}"
    above = [
        header(f"Hand-over {screen.time(offer.at)} · {head}"),
        section(f"*{words.sentence(words.ROLES[offer.role])}* · {counts(ordered, screen)}"),
        *(
            []
            if to_taker or not offer.page.is_undelivered
            else [section(f"{delivery.of_hand_over(offer, screen)}.")]
        ),
        *(_row(case, screen) for case in rows),
    ]
    below = [
        *unreadable(opened.unreadable),
        _buttons(offer, len(ordered)),
        context(stays(offer, naming.staff(offer.to, screen), screen)),
        marking(),
    ]
    rest = [case for case in ordered if case not in rows]
    blocks = [*above, *also(rest, limits.MESSAGE - limits.size([*above, *below])), *below]
    return Message(text=f"Hand-over of {words.ROLES[offer.role]}, {head}.", blocks=blocks)


def in_order(cases: Sequence[Case], screen: Screen) -> list[Case]:
    """Highest risk first, what is late before what is not; training cases after every child's."""
    return sorted(
        cases,
        key=lambda case: (
            case.training,
            -case.running_grade.rank,
            not debts.late(case, screen),
            case.told_at,
        ),
    )


def _is_pressing(case: Case, screen: Screen) -> bool:
    return case.running_grade is Grade.HIGH or bool(debts.late(case, screen))


def counts(every: Sequence[Case], screen: Screen) -> str:
    """Of children; training cases apart."""
    cases = [case for case in every if not case.training]
    trains = f" and {len(every) - len(cases)} {TRAINING}" if len(cases) < len(every) else ""
    high = sum(case.running_grade is Grade.HIGH for case in cases)
    late = sum(bool(debts.late(case, screen)) for case in cases)
    unowned = sum(case.owner is None for case in cases)
    at = screen.time(screen.now)
    return f"{len(cases)} open{trains} · HIGH {high} · late {late} · no owner {unowned} at {at}"


def _row(case: Case, screen: Screen) -> Block:
    opened = button("Open", ids.OPEN_CASE, case.ref, spoken=f"Open case {case.ref}")
    return section(about(case, screen), accessory=opened)


def about(case: Case, screen: Screen) -> str:
    """One case as the next person needs it: how bad, what is owed, what was promised, what happens otherwise."""
    late = debts.late(case, screen)
    first = f"{f'{words.LATE} ' if late else ''}*{naming.heading(case)}* · {_since(case, screen)}"
    said = [
        *standing.because(case, _LONGEST_WHY),
        *fact_words.on_card(case),
        *risk_questions.in_short(case, screen, _LONGEST_WHY),
        *standing.alert_in_short(case),
        *passed_on.in_short(case, screen, named=True),
        *_owed(case, screen),
        *_promised(case, screen),
        *_otherwise(case, screen),
    ]
    return "\n".join([first, " · ".join(said)] if said else [first])


def _since(case: Case, screen: Screen) -> str:
    """How long it runs, and at which time it was that long: the card is read later than it is posted."""
    since = f"{words.lower_first(standing.category(case))}, police told {screen.time(case.told_at)}"
    length = screen.now - case.told_at
    return f"{since}, {words.length(length)} by {screen.time(screen.now)}" if length >= _LONG else since


def _owed(case: Case, screen: Screen) -> list[str]:
    owed, is_late = debts.outstanding(case, screen)[:1], debts.late(case, screen)
    how = "Late since" if is_late else "Due"
    return [f"{how} {screen.time(clock.due)}: {debts.what(clock, screen)}" for clock in owed if clock.due]


def _promised(case: Case, screen: Screen) -> list[str]:
    """Lines of enquiry that somebody set and nobody has finished."""
    waiting = [each for each in case.enquiries.values() if each.done is None]
    said = []
    for each in sorted(waiting, key=lambda each: each.due_at)[:_PROMISES]:
        what = limits.clip_markup(
            naming.said(each.text, screen) or "enquiry", _LONGEST_PROMISE, limits.IN_CASE
        )
        said.append(f"Promised {screen.time(each.due_at)}: {what}, {naming.staff(each.owner, screen)}")
    return said


def _otherwise(case: Case, screen: Screen) -> list[str]:
    says = forecast_words.says(forecast_words.coming(case, screen), screen, moments=1)
    return [f"If nothing is done: {says}"] if says else []


def _who(offer: Offer, screen: Screen) -> str:
    return f"{naming.staff(offer.by, screen)} to {naming.staff(offer.to, screen)}"


def stays(offer: Offer, taker: str, screen: Screen) -> str:
    """Offered is not handed over."""
    return f"{naming.staff(offer.by, screen)} stays {words.ROLES[offer.role]} until {taker} accepts."


def due(offer: Offer, screen: Screen) -> str:
    at = due_at(offer, screen)
    return screen.time(at) if at else "the end of the shift"


def due_at(offer: Offer, screen: Screen) -> datetime | None:
    """By the clock of the hand-over."""
    length = screen.policy.clocks[HANDOVER].due.high
    return offer.at + length if length else None


def waiting_row(offer: Offer, screen: Screen) -> Block:
    """On the home page of the person named."""
    at = due_at(offer, screen)
    is_late = at is not None and screen.now > at
    mark = f"{words.LATE} LATE since" if is_late else f"{words.DUE} DUE"
    role, giver = words.ROLES[offer.role], naming.staff(offer.by, screen)
    accept = button("Accept", ids.ACCEPT_ALL, str(offer.number), spoken=f"Accept the hand-over of {role}")
    said = f"{mark} {due(offer, screen)} *Accept the hand-over: {role}, from {giver}*"
    return section(said, accessory=accept)


def _buttons(offer: Offer, number: int) -> Block:
    """One by one only where there are several to choose from."""
    value = str(offer.number)
    if number < 2:
        return actions(button("Accept", ids.ACCEPT_ALL, value, primary=True))
    return actions(
        button(f"Accept all {number}", ids.ACCEPT_ALL, value, primary=True),
        button("Accept one by one", ids.ACCEPT_EACH, value),
    )


def _accepted(offer: Offer, screen: Screen) -> Message:
    assert offer.accepted_at is not None, "not open means accepted"
    at = screen.time(offer.accepted_at)
    taker = naming.staff(offer.to, screen)
    said = f"{taker} is now {words.ROLES[offer.role]}, accepted {at} from {naming.staff(offer.by, screen)}."
    would = _would_reach(offer, screen)
    shown = [header(f"{words.DONE} Hand-over {screen.time(offer.at)} · accepted {at}"), section(said)]
    return Message(text=said, blocks=[*shown, *would, *_first(offer, screen), marking()])


def _would_reach(offer: Offer, screen: Screen) -> list[Block]:
    """What a page to the new holder would meet, for whoever hands over or reads along."""
    reach = screen.reach()
    if reach is None:
        return []
    taker, role = naming.staff(offer.to, screen), words.ROLES[offer.role]
    met = reach_words.taken_over(reach.of(offer.role), offer.to, screen)
    return [context(f"At {screen.time(screen.now)}: {taker} is now {role} · {met}")]


def _first(offer: Offer, screen: Screen) -> list[Block]:
    """The read-back: whoever gave hears what was understood."""
    first = naming.said(offer.first, screen)
    return [section(f"*First:* {first}")] if first else []


def reached(offer: Offer, screen: Screen) -> Message:
    """A dated snapshot, to whoever can ring the taker: it has not reached them, or has at last."""
    said = f"{delivery.of_hand_over(offer, screen)}."
    shown = f"*At {screen.time(screen.now)}.* {said}"
    return Message(text=shown.replace("*", ""), blocks=[section(shown), marking()])


def replaced(role: Role) -> Message:
    said = f"This hand-over of {words.ROLES[role]} was replaced by a newer one."
    return Message(text=said, blocks=[marking(said)])


def handed(offer: Offer, screen: Screen) -> Message:
    """To whoever gave: the role has gone."""
    done = _accepted(offer, screen)
    said = f"{done.text} You are no longer {words.ROLES[offer.role]}."
    return Message(text=said, blocks=[section(f"{words.DONE} {said}"), *_first(offer, screen), marking()])


def shift_ended(person_roles: Sequence[Role], at: str, screen: Screen) -> Message:
    """To whoever holds a role when the shift changes."""
    roles = " and ".join(words.ROLES[role] for role in person_roles)
    said = f"Shift change {at}: hand over your duty as {roles}. You stay {roles} until somebody accepts."
    hand_over = actions(button("Hand over", ids.HAND_OVER, primary=True))
    return Message(text=said, blocks=[section(said), *_who_hears(person_roles, screen), hand_over, marking()])


def _who_hears(roles: Iterable[Role], screen: Screen) -> list[Block]:
    """Who holds them now, and whether a page would wake them."""
    reach = screen.reach()
    lines = reach_words.roles(reach, roles, screen) if reach else []
    return [context(f"At {screen.time(screen.now)}:\n" + "\n".join(lines))] if lines else []


def turns_due(
    ending: Sequence[TurnEnds], beginning: Sequence[PlannedTurn], opened: OpenCases, screen: Screen
) -> Message:
    """By the force's plan: to who holds what they are to give, or does not hold yet what they are to take."""
    lines = [
        *(_turn_ends(turn, screen) for turn in ending),
        *(_turn_begins(turn, screen) for turn in beginning),
    ]
    high = [
        case
        for case in in_order(opened.cases, screen)
        if case.running_grade is Grade.HIGH and not case.training
    ]
    rows = [section(about(case, screen)) for case in high[:ROWS]]
    more = [section(f"and {len(high) - ROWS} more HIGH on your home page")] if len(high) > ROWS else []
    heading = section(f"*Open HIGH: {len(high)}*")
    hand_over = [actions(button("Hand over", ids.HAND_OVER, primary=True))] if ending else []
    hears = _who_hears(dict.fromkeys([*(t.role for t in ending), *(t.role for t in beginning)]), screen)
    above = [section("\n".join(lines)), *hears, heading]
    blocks = [*above, *rows, *more, *unreadable(opened.unreadable), *hand_over]
    return Message(text=" ".join(lines), blocks=[*blocks, marking()])


def _turn_ends(turn: TurnEnds, screen: Screen) -> str:
    role, until = words.ROLES[turn.role], screen.time(turn.until)
    named = ", ".join(naming.staff(person, screen) for person in turn.next)
    follows = f"Planned next: {named}." if named else "Nobody is planned next: find somebody."
    return f"Your turn as {role} ends {until}. {follows} You stay {role} until somebody accepts."


def _turn_begins(turn: PlannedTurn, screen: Screen) -> str:
    role, since = words.ROLES[turn.role], screen.time(turn.since)
    holders = [naming.staff(person, screen) for person in sorted(screen.directory.on_duty(turn.role))]
    held = f"{', '.join(holders)} still holds it" if holders else "Nobody holds it"
    return f"You are planned as {role} from {since}. {held}: accept the hand-over, or type: /missing duty"


def left_outside(person: str, role: Role, screen: Screen) -> Message:
    """In the role's channel, whose people can invite."""
    who, held = naming.staff(person, screen), words.ROLES[role]
    said = f"{who} is {held} now and is not in this channel: they will not see pages here."
    todo = f"Type: /invite <@{person}> Until they are in, ring them."
    return Message(text=f"{screen.mention(role)} {said}", blocks=[section(f"*{said}*\n{todo}"), marking()])


def put_on(role: Role, by: str, at: str, *, on: bool) -> Message:
    where = "on" if on else "off"
    said = f"{by} put you {where} duty as {words.ROLES[role]} at {at}."
    return Message(text=said, blocks=[section(said), marking()])


# The page of hand-overs that nobody accepted in time.


def handover_page(waiting: Sequence[Offer], lines: Sequence[PageLine], screen: Screen) -> Message:
    """Of a role, so it belongs to no case and has no card to keep: each sentence stays true as it is."""
    said = [_said(offer, screen) for offer in waiting]
    roles = sorted({line.role for line in lines})
    mentions = " ".join(screen.mention(role) for role in roles)
    since = min(due(offer, screen) for offer in waiting)
    shown = [
        header(f"{words.LATE} Hand-over not accepted by {since}"),
        section("\n".join([f"{mentions} Get it accepted.", *said, *page_card.skipped(lines)])),
    ]
    return Message(text=f"Hand-over not accepted by {since}. {' '.join(said)}", blocks=[*shown, marking()])


def _said(offer: Offer, screen: Screen) -> str:
    giver, taker = naming.staff(offer.by, screen), naming.staff(offer.to, screen)
    role, at = words.ROLES[offer.role], screen.time(offer.at)
    return f"{giver} offered {role} to {taker} at {at}. Until it is accepted, {giver} holds it."
