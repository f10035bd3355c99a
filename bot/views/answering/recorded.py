"""What is asked since 2025: attendance, alert, transfer, how the child was found.

What nobody has recorded is said to be so, and nothing more."""

from bot.domain.case import Case, Status
from bot.domain.case_parts import TRANSFERRED, SentBack
from bot.questions import Intent
from bot.views.answering.known_risk import About, answers_to
from bot.views.screen import Screen
from bot.views.wording import fact_words, naming, passed_on, standing, told_caller, words


@answers_to(Intent.ATTENDANCE, "attendance")
def attendance(about: About, screen: Screen) -> list[str]:
    case = about.case
    there = standing.attended(case, screen) or "No officers recorded as there"
    decided = standing.attendance(case, screen)
    said = [words.stop(each) for each in (decided, there) if each]
    return [*said, *told_caller.about_officers(case, screen)]


@answers_to(Intent.ALERT, "child rescue alert")
def alert(about: About, screen: Screen) -> list[str]:
    return [words.stop(said) for said in standing.alert(about.case, screen)] or ["CRA: not considered."]


@answers_to(Intent.TRANSFER, "transfer")
def transfer(about: About, screen: Screen) -> list[str]:
    said = [*passed_on.lines(about.case, screen), *_before(about.case, screen)]
    return [words.stop(each) for each in said] or ["Not passed to another force."]


def _before(case: Case, screen: Screen) -> list[str]:
    """A refusal that was dealt with since is still why they sent it back."""
    refusal, gone = case.ending.refusal, case.ending.gone == TRANSFERRED
    taken = naming.said(case.ending.transfer_accepted_by, screen)
    accepted = [f"Accepted there{f' by {taken}' if taken else ''}"] if gone else []
    if refusal is None or refusal.settled is None:
        return accepted
    who = naming.said(refusal.name, screen)
    by = f" by {who}" if who else ""
    sent_back = f"Sent back {screen.time(refusal.step.at)}{by}: {words.TRANSFER_REFUSAL[refusal.why]}"
    return [*accepted, sent_back, *_kept(refusal, screen)]


def _kept(refusal: SentBack, screen: Screen) -> list[str]:
    """Empty where it was passed on again instead: that stands by itself."""
    step, why = refusal.settled, naming.said(refusal.kept_why, screen)
    if step is None or not refusal.kept_why:
        return []
    return [
        f"Kept here {screen.time(step.at)} by {naming.staff(step.by, screen)}" + (f": {why}" if why else "")
    ]


@answers_to(Intent.FOUND, "who found the child")
def found(about: About, screen: Screen) -> list[str]:
    """Found is not seen: it says which of the two."""
    case = about.case
    back = case.back
    if back.located is None:
        was = "The case is closed" if case.status is Status.CLOSED else "Not found yet"
        return [f"{was}: nobody has recorded the child as located."]
    where = naming.said(back.where, screen)
    at = screen.time(back.found_at or back.located.at)
    saw = naming.said(back.seen_by, screen)
    seen = f"Seen in person {screen.time(back.seen.at)}{f' by {saw}' if saw else ''}" if back.seen else ""
    return [
        words.stop(f"Located {at}" + (f": {where}" if where else "")),
        words.stop(seen or "NOT yet seen in person"),
        words.stop(fact_words.found(back) or "Who found the child, harm and why: nobody has recorded it"),
    ]
