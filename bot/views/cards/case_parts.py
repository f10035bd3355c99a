"""The parts of a case that every place shows which shows all of it: as lines, each with its source and time."""

from collections.abc import Sequence

from bot.domain.case import Case, Enquiry, Information, Notice
from bot.domain.events import Entry
from bot.views import limits
from bot.views.screen import Screen
from bot.views.wording import naming, reasons, risk_questions, standing, thread_line, words

_LINE = 280  # characters of one line of history; the record has the rest


def risk(case: Case, screen: Screen) -> list[str]:
    step, recorded = case.risk.recorded_step, case.risk.recorded
    graded = "Nobody has recorded a grade."
    if step and recorded:
        graded = (
            f"Graded {words.grade(recorded)} {screen.time(step.at)} {naming.staff(step.by, screen)}"
            f"{standing.by_refusing(case)}"
            f"{quoted(case.risk.rationale, screen)}"
        )
    down = case.risk.downgrade
    waiting = f"Asked: {words.grade(down.level)}, a second person decides" if down else ""
    return [graded, waiting, standing.markers(case), *risk_questions.in_short(case, screen)]


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
        told + naming.staff(case.reported_by, screen),
        f"In {words.escape(case.incident)}: {logged}" if logged else "",
        f"Reporter: {limits.clip_markup(by, _LINE)}" if by else "",
        f"Worried because: {limits.clip_markup(worried, _LINE)}" if worried else "",
        f"Not missing because: {limits.clip_markup(rationale, _LINE)}"
        if rationale and case.is_concern
        else "",
    ]


def enquiries(case: Case, screen: Screen) -> list[str]:
    """All of them, the oldest first."""
    return [_enquiry(item, screen) for item in case.enquiries.values()]


def _enquiry(item: Enquiry, screen: Screen) -> str:
    state = f"done {screen.time(item.done.at)}" if item.done else f"due {screen.time(item.due_at)}"
    return f"{naming.staff(item.owner, screen)}, {state}{quoted(item.text, screen)}"


def information(case: Case, screen: Screen) -> list[str]:
    """All that was heard since the report, the oldest first."""
    return [_heard(item, screen) for item in case.information.values()]


def _heard(item: Information, screen: Screen) -> str:
    state = f"considered {screen.time(item.considered.at)}" if item.considered else "not yet considered"
    return f"{item.kind.value}, {screen.time(item.received.at)}, {state}{quoted(item.text, screen)}"


def told(case: Case, screen: Screen) -> list[str]:
    return [
        f"{screen.time(notice.at)} {naming.told_whom(notice.who, screen)}, by "
        f"{naming.staff(notice.step.by, screen)}{quoted(notice.how, screen)}{_took(notice, screen)}"
        for notice in case.told
    ]


def _took(notice: Notice, screen: Screen) -> str:
    said = naming.said(notice.took, screen)
    return f" (taken by: {limits.clip_markup(said, _LINE)})" if said else ""


def episodes(case: Case, screen: Screen) -> list[str]:
    last = case.last_episode
    newest = [f"{screen.date(last.reported_at)}, {words.grade(last.grade)}, {last.ref}"] if last else []
    others = [ref for ref in case.same_as if last is None or ref != last.ref]
    return [*newest, *([f"Also the same child: {', '.join(others)}"] if others else [])]


def timeline(entries: Sequence[Entry], screen: Screen) -> list[str]:
    """All that happened, the newest first."""
    lines = [thread_line.in_timeline(entry, screen) for entry in reversed(entries)]
    return [limits.clip_markup(line, _LINE, limits.IN_THREAD) for line in lines if line]
