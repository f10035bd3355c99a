"""The case card: risk, who, what is owed. Edited in place; it owns the case's only thread."""

from bot.domain.case import Case, Status
from bot.views import ids, limits
from bot.views.blocks import actions, button, header, marking, overflow, section
from bot.views.message import Block, Message
from bot.views.screen import Screen
from bot.views.wording import debts, delivery, naming, risk_questions, standing, undone, words

_OWED_SHOWN = 3


def case_card(case: Case, screen: Screen) -> Message:
    return Message(
        text=f"{naming.spoken(case)}: {standing.category(case)}, {standing.owner(case, screen)}.",
        blocks=[
            header(f"{_shape(case, screen)}{naming.heading(case)}"),
            section(_who(case, screen)),
            *_owed(case, screen),
            *_paged(case, screen),
            *_left_undone(case, screen),
            section(standing.markers(case)),
            *their_words(case, screen),
            actions(*_buttons(case)),
            marking(),
        ],
    )


def _shape(case: Case, screen: Screen) -> str:
    if case.status is Status.CLOSED:
        return f"{words.DONE} CLOSED · "
    return f"{words.LATE} " if debts.late(case, screen) else ""


def _who(case: Case, screen: Screen) -> str:
    who = [f"*{naming.child(case, screen)}*"] if screen.full else []  # the heading has the age
    first = [*who, standing.category(case), standing.owner(case, screen)]
    told = f"police told {screen.time(case.told_at)}"
    second = [standing.last_seen(case, screen), told, naming.incident(case, screen)]
    return " · ".join(first) + "\n" + " · ".join(second)


def _owed(case: Case, screen: Screen) -> list[Block]:
    owed = [debts.on_card(clock, screen) for clock in debts.outstanding(case, screen)]
    if not owed:
        return [] if case.status is Status.CLOSED else [section("*Outstanding*\nNothing.")]
    return [section("*Outstanding*\n" + debts.first_lines(owed, _OWED_SHOWN, "and {n} more in Open case"))]


def _left_undone(case: Case, screen: Screen) -> list[Block]:
    left = undone.said(case, screen) if case.status is Status.CLOSED else ""
    return [section(f"{left}.")] if left else []


def _paged(case: Case, screen: Screen) -> list[Block]:
    said = delivery.lines(case, screen)
    return [section("\n".join(said))] if said else []


def their_words(case: Case, screen: Screen) -> list[Block]:
    """What the caller's words ask about and nobody has answered."""
    said = risk_questions.lines(case, screen)
    if not said:
        return []
    shown, taken = limits.pack([words.escape(each) for each in said], limits.SECTION - 40, joint="\n")
    shown += f"\nand {len(said) - taken} more: press Answer" if taken < len(said) else ""
    answer = button("Answer", ids.THEIR_WORDS, case.ref, spoken=f"Answer what their words ask, {case.ref}")
    return [section(shown, accessory=answer, id="their_words")]


def _buttons(case: Case) -> list[Block]:
    """Three and a menu at most, and only those that work now."""
    opened = button("Open case", ids.OPEN_CASE, case.ref, spoken=f"Open case {case.ref}")
    if case.status is Status.CLOSED:
        return [opened]
    buttons = [opened, overflow(ids.MORE, {f"{verb}:{case.ref}": word for verb, word in ids.MENU.items()})]
    if case.is_concern and not case.back.located:
        buttons.insert(0, _record_missing(case))
    if case.owner is None:
        buttons.insert(
            0, button("Take ownership", ids.TAKE, case.ref, spoken=f"Take ownership of {case.ref}")
        )
    return buttons


def _record_missing(case: Case) -> Block:
    return button("Record as missing", ids.RECORD_MISSING, case.ref, spoken=f"Record as missing, {case.ref}")
