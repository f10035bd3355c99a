"""Whether whoever rang knows if anybody comes (IOPC national recommendation, February 2023): from the record alone."""

from bot.domain.case import Case
from bot.domain.case_parts import Notice
from bot.domain.facts import CALLER, ToldCaller
from bot.views import limits
from bot.views.screen import Screen
from bot.views.wording import naming, words

NOT_TOLD = "NOT told, or nobody recorded it"
_SHOWN = 3  # the newest
_LINE = 280


def lines(case: Case, screen: Screen) -> list[str]:
    """What they were told, when and by whom; and whether that is still owed."""
    said = [_said(notice, screen) for notice in of_caller(case)[-_SHOWN:]]
    if not said:
        return [f"Caller: {NOT_TOLD}."]
    if case.caller_told_at is None and case.caller_since:
        at = screen.time(case.caller_since)
        said.append(
            f"NOT told since it became {words.grade(case.running_grade)} {at}, or nobody recorded it."
        )
    return said


def about_officers(case: Case, screen: Screen) -> list[str]:
    """The newest word to the caller on whether officers come; empty where they were told neither."""
    told = [each for each in of_caller(case) if each.said in (ToldCaller.COMING, ToldCaller.NOT_COMING)]
    return [_said(told[-1], screen)] if told else []


def is_told(case: Case) -> bool:
    """Who did not answer was told nothing."""
    return any(notice.said is not ToldCaller.NO_ANSWER for notice in of_caller(case))


def of_caller(case: Case) -> list[Notice]:
    return [notice for notice in case.told if notice.who == CALLER]


def _said(notice: Notice, screen: Screen) -> str:
    """Nobody was told who did not answer."""
    at, by = screen.time(notice.at), naming.staff(notice.step.by, screen)
    if notice.said is ToldCaller.NO_ANSWER:
        return f"Caller NOT reached: {by} rang {at}, no answer."
    what = words.TOLD_CALLER[notice.said] if notice.said else "what was said is not recorded"
    took = limits.clip_markup(naming.said(notice.took, screen), _LINE)
    return words.stop(f"Caller told {at} by {by}: {what}" + (f" (spoke to: {took})" if took else ""))
