"""The case card: risk, who, what is owed. Edited in place; it owns the case's only thread."""

from collections.abc import Sequence

from bot.domain.case import Case, Status
from bot.domain.case_parts import Enquiry, Information, Notice
from bot.domain.events import Entry
from bot.domain.facts import EnquiryKind
from bot.views import ids, limits
from bot.views.blocks import actions, button, header, marking, overflow, section
from bot.views.message import Block, Message
from bot.views.screen import Screen
from bot.views.wording import (
    debts,
    delivery,
    fact_words,
    naming,
    passed_on,
    reasons,
    risk_questions,
    standing,
    thread_line,
    words,
)

# The parts of a case that every place shows which shows all of it: as lines, each with its source and time.

_LINE = 280  # characters of one line of history; the record has the rest


def risk(case: Case, screen: Screen) -> list[str]:
    step, recorded = case.risk.recorded_step, case.risk.recorded
    graded = standing.NOT_GRADED
    if step and recorded:
        graded = (
            f"Graded {words.grade(recorded)} {screen.time(step.at)} {naming.staff(step.by, screen)}"
            f"{standing.whose_words(case, screen)}"
            f"{quoted(case.risk.rationale, screen)}"
        )
    down = case.risk.downgrade
    waiting = f"Asked: {words.grade(down.level)}, a second person decides" if down else ""
    return [
        graded,
        waiting,
        standing.markers(case),
        *standing.alert(case, screen),
        *risk_questions.in_short(case, screen),
    ]


def quoted(text: str, screen: Screen) -> str:
    said = naming.said(text, screen)
    return f": {limits.clip_markup(said, _LINE, limits.IN_THREAD)}" if said else ""


def facts(case: Case, screen: Screen) -> list[str]:
    told = f"Police told {screen.time(case.told_at)}, typed {screen.time(case.typed_at)} by "
    reporter = [naming.said(part, screen) for part in (case.reporter.name, case.reporter.relationship)]
    phone = naming.said(case.reporter.phone, screen)
    by = ", ".join(part for part in (*reporter, phone) if part)
    logged = reasons.in_log(case.why_worried)
    worried = "" if logged else naming.said(case.why_worried, screen)
    rationale = naming.said(case.rationale, screen)
    return [
        standing.last_seen(case, screen),
        fact_words.of_child(case, screen),
        fact_words.found(case.back),
        told + naming.staff(case.reported_by, screen),
        f"In {words.escape(case.incident)}: {logged}" if logged else "",
        f"Reporter: {limits.clip_markup(by, _LINE)}" if by else "",
        f"Worried because: {limits.clip_markup(worried, _LINE)}" if worried else "",
        f"Not missing because: {limits.clip_markup(rationale, _LINE)}"
        if rationale and case.is_concern
        else "",
        standing.attendance(case, screen),
        standing.attended(case, screen),
        *passed_on.lines(case, screen),
    ]


def enquiries(case: Case, screen: Screen) -> list[str]:
    """All of them, the oldest first."""
    return [_enquiry(item, screen) for item in case.enquiries.values()]


def _enquiry(item: Enquiry, screen: Screen) -> str:
    state = f"done {screen.time(item.done.at)}" if item.done else f"due {screen.time(item.due_at)}"
    kind = "" if item.kind is EnquiryKind.ENQUIRY else f"{words.sentence(fact_words.kind_of(item.kind))}: "
    asked = fact_words.asked_of_suspect(item)
    said = f"{kind}{naming.staff(item.owner, screen)}, {state}{quoted(item.text, screen)}"
    return f"{said} ({words.lower_first(asked)})" if asked else said


def information(case: Case, screen: Screen) -> list[str]:
    """All that was heard since the report, the oldest first."""
    return [_heard(item, screen) for item in case.information.values()]


def _heard(item: Information, screen: Screen) -> str:
    state = f"considered {screen.time(item.considered.at)}" if item.considered else "not yet considered"
    return f"{item.kind.value}, {screen.time(item.received.at)}, {state}{quoted(item.text, screen)}"


def told(case: Case, screen: Screen) -> list[str]:
    return [
        f"{screen.time(notice.at)} {naming.told_whom(notice.who, screen)}{_what(notice)}, by "
        f"{naming.staff(notice.step.by, screen)}{quoted(notice.how, screen)}{_took(notice, screen)}"
        for notice in case.told
    ]


def _what(notice: Notice) -> str:
    return f" ({words.TOLD_CALLER[notice.said]})" if notice.said else ""


def _took(notice: Notice, screen: Screen) -> str:
    said = naming.said(notice.took, screen)
    return f" (spoke to: {limits.clip_markup(said, _LINE)})" if said else ""


def episodes(case: Case, screen: Screen) -> list[str]:
    last = case.last_episode
    newest = [f"{screen.date(last.reported_at)}, {words.grade(last.grade)}, {last.ref}"] if last else []
    others = [ref for ref in case.same_as if last is None or ref != last.ref]
    return [*newest, *([f"Also the same child: {', '.join(others)}"] if others else [])]


def timeline(entries: Sequence[Entry], screen: Screen) -> list[str]:
    """All that happened, the newest first."""
    lines = [thread_line.in_timeline(entry, screen) for entry in reversed(entries)]
    return [limits.clip_markup(line, _LINE, limits.IN_THREAD) for line in lines if line]


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
            section("\n".join([standing.markers(case), *standing.alert(case, screen)])),
            *_passed_on(case, screen),
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
    seen = [standing.last_seen(case, screen), *fact_words.on_card(case)]
    second = [*seen, told, naming.incident(case, screen), *_found(case)]
    return " · ".join(first) + "\n" + " · ".join(second)


def _found(case: Case) -> list[str]:
    said = fact_words.found(case.back)
    return [said] if said and case.back.located else []


def _owed(case: Case, screen: Screen) -> list[Block]:
    owed = [debts.on_card(clock, screen) for clock in debts.outstanding(case, screen)]
    if not owed:
        return [] if case.status is Status.CLOSED else [section("*Outstanding*\nNothing.")]
    return [section("*Outstanding*\n" + debts.first_lines(owed, _OWED_SHOWN, "and {n} more in Open case"))]


def _left_undone(case: Case, screen: Screen) -> list[Block]:
    left = debts.said(case, screen) if case.status is Status.CLOSED else ""
    return [section(f"{left}.")] if left else []


def _passed_on(case: Case, screen: Screen) -> list[Block]:
    said = passed_on.lines(case, screen)
    return [section("\n".join(said))] if said else []


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
    buttons = [
        opened,
        overflow(ids.MORE, {ids.choice(verb, case.ref): word for verb, word in ids.MENU.items()}),
    ]
    if case.is_concern and not case.back.located:
        buttons.insert(0, _record_missing(case))
    if case.owner is None:
        buttons.insert(
            0, button("Take ownership", ids.TAKE, case.ref, spoken=f"Take ownership of {case.ref}")
        )
    return buttons


def _record_missing(case: Case) -> Block:
    return button("Record as missing", ids.RECORD_MISSING, case.ref, spoken=f"Record as missing, {case.ref}")
