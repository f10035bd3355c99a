"""SEEN BEFORE? Likely earlier episodes, before the grade is chosen (IOPC, Dorset: the grader had not read them)."""

from collections.abc import Sequence

from bot.domain.case import Case
from bot.domain.episodes import Likely, Likeness, episodes, is_linked
from bot.domain.facts import MARKERS
from bot.views import limits
from bot.views.screen import Screen
from bot.views.wording import naming, words

SHOWN = 3
_MARKERS_SHOWN = 5
_BECAUSE = {
    Likeness.SAME_CHILD: "Same child",
    Likeness.SAME_INCIDENT: "Same incident number",
    Likeness.NAME_AND_BORN: "Likely same child: name alike, same birth date",
    Likeness.NAME: "Likely same child: name alike",
    Likeness.BORN: "Same birth date, another name",
}


def lines(case: Case, likely: Sequence[Likely], unread: Sequence[str], screen: Screen) -> list[str]:
    """All of it, in the order in which it is read."""
    said = [
        not_read(unread),
        within_a_day(case, likely, screen),
        *(episode(case, each, screen) for each in likely[:SHOWN]),
        also_possible(likely[SHOWN:]),
        how_often(case, likely),
    ]
    return [each for each in said if each]


def not_read(refs: Sequence[str]) -> str:
    """Whoever grades now must know that there is more to know. Empty where there is not, as are all of these."""
    if not refs:
        return ""
    named, count = limits.pack(list(refs), 500)
    more = f" and {len(refs) - count} more" if count < len(refs) else ""
    said = f"{words.LATE} *SEEN BEFORE?* {named}{more} could not be read, and no grade of theirs counts here."
    return f"{said} Call the technician."


def within_a_day(case: Case, likely: Sequence[Likely], screen: Screen) -> str:
    """Left again two hours after returning, on a second log (IOPC, Devon & Cornwall)."""
    linked = [each.case for each in likely if is_linked(each.case, case)]
    if not linked:
        return ""
    last = linked[0]
    back = f" (found {screen.time(last.back.located.at)})" if last.back.located else ""
    return f"{words.LATE} *WITHIN 24 H of {last.ref}*{back}. Coming back does not reset the risk."


def episode(case: Case, likely: Likely, screen: Screen) -> str:
    other = likely.case
    grade = words.grade(other.running_grade)
    live = [words.lower_first(MARKERS[code]) for code in other.live_markers[:_MARKERS_SHOWN]]
    who = limits.clip_markup(naming.child_and_age(other, screen), 200)
    said = ", ".join([screen.date(other.told_at), grade, *live])
    counts = case.last_episode is not None and case.last_episode.ref == other.ref
    runs = f" Its {grade} counts here: less needs a second person." if counts else ""
    title = "SEEN BEFORE." if likely.because is Likeness.SAME_CHILD else "SEEN BEFORE?"
    return f"*{title}* {_BECAUSE[likely.because]} ({who}): {said}.{runs}"


def also_possible(likely: Sequence[Likely]) -> str:
    if not likely:
        return ""
    named, count = limits.pack([each.case.ref for each in likely], 500)
    more = f", and {len(likely) - count} more" if count < len(likely) else ""
    return f"Also possible ({len(likely)}): {named}{more}. /missing with the reference opens one."


def how_often(case: Case, likely: Sequence[Likely]) -> str:
    """How often it happened raises questions; it never lowers a grade (APP)."""
    same = [each.case for each in likely if each.because is Likeness.SAME_CHILD]
    if not same:
        return ""
    count = episodes(case, same)
    said = f"{count.in_24_hours} in 24 h, {count.in_90_days} in 90 days, {count.in_12_months} in 12 months"
    return f"Missing before: {said}."
