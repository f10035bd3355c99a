"""What is known of the risk: the markers, why the grade, and the child's earlier episodes. Each with its source."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TypeVar

from msgspec import Struct

from bot.domain import events
from bot.domain.case import Case
from bot.domain.corrections import provenance
from bot.domain.episodes import Episodes, episodes
from bot.domain.events import Entry
from bot.domain.facts import MARKERS, Answer
from bot.domain.grading import LAST_EPISODE, proposal
from bot.questions import Intent
from bot.views.cards.case_card import quoted
from bot.views.screen import Screen
from bot.views.wording import fact_words, naming, standing, words

# What an answer is drawn from.


class About(Struct, frozen=True):
    case: Case
    entries: Sequence[Entry]  # its whole record, oldest first
    others: Sequence[Case] = ()  # of the same person record
    unread: tuple[str, ...] = ()  # of the same person record too, and could not be read


class Question(Struct, frozen=True, kw_only=True):
    offered: str  # as somebody may type it
    lines: Callable[[About, Screen], list[str]]


# Filled by `answers_to`, in `known_risk` and `now`.
QUESTIONS: dict[Intent, Question] = {}

Lines = TypeVar("Lines", bound=Callable[[About, Screen], list[str]])


def answers_to(intent: Intent, offered: str) -> Callable[[Lines], Lines]:
    """The function below answers that question; `offered` is what the bot says it can answer."""

    def keep(lines: Lines) -> Lines:
        QUESTIONS[intent] = Question(offered=offered, lines=lines)
        return lines

    return keep


def names_in(case: Case, screen: Screen) -> Collection[str]:
    """Words that stand for people where somebody asks about this case: the child's, and of staff on it."""
    held = case.ownership
    staff = [person for person in (held.owner, held.assigned_to, case.reported_by) if person]
    full = [case.child.name, *(screen.directory.name(person) for person in staff)]
    return {word.lower() for name in full for word in name.split() if word.isalpha()}


_EPISODES = 8


@answers_to(Intent.MARKERS, "markers")
def markers(about: About, screen: Screen) -> list[str]:
    given = about.case.markers
    yes = [_with_source(code, about.case, screen) for code in MARKERS if code in about.case.live_markers]
    if about.case.adverse_event:
        yes.append(_with_source("adverse_event", about.case, screen))
    no = [words.lower_first(MARKERS[code]) for code, said in given.items() if said.answer is Answer.NO]
    return [
        f"Markers YES: {words.listed(yes) or 'none'}.",
        *([f"NO: {words.listed(no)}."] if no else []),
        f"{words.sentence(standing.not_answered(about.case))}, of {len(MARKERS)}.",
        *([f"{said}."] if (said := fact_words.of_child(about.case, screen)) else []),
    ]


@answers_to(Intent.WHY, "why this grade")
def why(about: About, screen: Screen) -> list[str]:
    case = about.case
    level, codes = proposal(case)
    beside = [code for code, raised in case.risk.raised.items() if raised is case.running_grade]
    beside = [code for code in beside if code not in codes or level is not case.running_grade]
    return [
        f"Proposed {words.grade(level)}: {_reasons(codes, case, screen)}.",
        *([f"Also not yet answered: {_reasons(beside, case, screen)}."] if beside else []),
        _recorded(case, screen),
        *_asked(case, screen),
        *_answered(case, about.entries, screen),
    ]


def _reasons(codes: Iterable[str], case: Case, screen: Screen) -> str:
    return words.listed([_with_source(code, case, screen) for code in codes]) or "no marker answered yes"


def _with_source(code: str, case: Case, screen: Screen) -> str:
    said = standing.reason(code)
    if code == LAST_EPISODE and case.last_episode:
        last = case.last_episode
        return f"{said} ({last.ref}, {words.grade(last.grade)}, {screen.date(last.reported_at)})"
    if code in ("under_13", "under_18"):
        return f"{said} ({naming.age(case)})"
    came = provenance(case, f"markers.{code}" if code in MARKERS else code)
    by = naming.said(came.given_by, screen)
    source = naming.SOURCES.get(came.source, "new information")
    recorded = f"{naming.staff(came.recorded_by, screen)} {screen.time(came.at)}"
    if standing.is_mended(code, case):
        return f"{said} (corrected since, {recorded})"
    return f"{said} ({source}{f' by {by}' if by else ''}, {recorded})"


def _recorded(case: Case, screen: Screen) -> str:
    recorded, step = case.risk.recorded, case.risk.recorded_step
    runs = f"{words.grade(case.running_grade)} timescales apply."
    if recorded is None or step is None:
        return f"{standing.NOT_GRADED} {runs}"
    by = f"{naming.staff(step.by, screen)} {screen.time(step.at)}"
    why = f"{standing.whose_words(case, screen)}{quoted(case.risk.rationale, screen)}"
    return f"Recorded {words.grade(recorded)}, {words.stop(by + why)} {runs}"


def _asked(case: Case, screen: Screen) -> list[str]:
    asked = case.risk.downgrade
    if asked is None:
        return []
    by = f"{naming.staff(asked.asked.by, screen)} {screen.time(asked.asked.at)}"
    return [f"Asked to lower to {words.grade(asked.level)}: {by}; a second person decides."]


def _answered(case: Case, entries: Iterable[Entry], screen: Screen) -> list[str]:
    """What an approved downgrade has answered no longer holds the grade up."""
    approved = [entry for entry in entries if isinstance(entry.event, events.DowngradeApproved)]
    if not case.risk.answered or not approved:
        return []
    last = approved[-1]
    said = words.listed([standing.reason(code) for code in sorted(case.risk.answered)])
    return [
        f"Answered by a downgrade, approved {screen.time(last.at)} {naming.staff(last.by, screen)}: {said}."
    ]


@answers_to(Intent.PREVIOUS, "previous episodes")
def previous(about: About, screen: Screen) -> list[str]:
    """First what nobody could read: a count without it would be too low."""
    return [*_unread(about.unread), *_known(about, screen)]


def _unread(refs: Sequence[str]) -> list[str]:
    return (
        [f"Could not be read, and not counted: {', '.join(refs)}. Look in the incident log."] if refs else []
    )


def _known(about: About, screen: Screen) -> list[str]:
    found = episodes(about.case, about.others)
    if found.earlier:
        return [f"{_counts(found)}", *_episodes(found, screen)]
    last = about.case.last_episode
    if last:
        return [f"Last episode {words.grade(last.grade)}, {screen.date(last.reported_at)}: {last.ref}."]
    return ["No earlier episode is linked. That is not the same as none: the force's records may have some."]


def _counts(found: Episodes) -> str:
    within = f"{found.in_24_hours} in 24 h, {found.in_90_days} in 90 days, {found.in_12_months} in 12 months"
    return f"Earlier episodes: {len(found.earlier)} ({within})."


def _episodes(found: Episodes, screen: Screen) -> list[str]:
    lines = [_episode(each, found, screen) for each in found.earlier[:_EPISODES]]
    more = len(found.earlier) - len(lines)
    return [*lines, f"and {more} earlier"] if more > 0 else lines


def _episode(each: Case, found: Episodes, screen: Screen) -> str:
    near = ", within 24 h of this one" if each.ref in found.linked else ""
    return (
        f"{screen.date(each.told_at)} {each.ref}: {words.grade(each.running_grade)}, "
        f"{words.lower_first(standing.category(each))}{near}."
    )
