"""How a case stands, in words: category, owner, markers. Shared by every surface, so that none says it otherwise."""

from bot.domain.case import Case, Status
from bot.domain.facts import MARKERS, AlertDecision, Attendance, Grade
from bot.domain.grading import LAST_EPISODE, reasons_for
from bot.ports.cases import Pulse
from bot.views import limits
from bot.views.cards import undelivered
from bot.views.screen import Screen
from bot.views.wording import history, naming, words

# Do the clocks run? Said at the top of every board: silence must not look like calm (screens.md §12).

_NAMED = 300  # characters of references


def said(pulse: Pulse, screen: Screen) -> str:
    if pulse.stopped_since:
        return (
            f"{words.LATE} *CLOCKS STOPPED since {screen.time(pulse.stopped_since)}.* {undelivered.USE_PAPER}"
        )
    if pulse.last_check is None:
        return f"{words.LATE} *CLOCKS NOT CHECKED yet.* {undelivered.USE_PAPER}"
    checked = f"last check {pulse.last_check.astimezone(screen.zone):%H:%M:%S}"
    if pulse.undecided:
        shown, taken = limits.pack(list(pulse.undecided), _NAMED)
        more = f" and {len(pulse.undecided) - taken} more" if taken < len(pulse.undecided) else ""
        return f"{words.LATE} *CLOCKS STOPPED for {shown}{more}.* The bot cannot page anyone about these; {checked}."
    return f"{words.DONE} Clocks running, {checked}"


_NOT_KNOWN = "not known"
NOT_GRADED = "Nobody has recorded a grade."
WHY_IN_LOG = "The reason is in the log."
ADVERSE_EVENT = "left school or home without permission"
_GONE = {"void": "Voided", "duplicate": "Duplicate", "transferred": "Passed to another force"}


def category(case: Case) -> str:
    if case.status is Status.CLOSED:
        return _GONE.get(case.ending.gone, "Closed")
    if case.back.located:
        return "Seen in person" if case.seen else "Located, NOT yet seen in person"
    if not case.is_concern:
        return "Missing"
    known = "known" if case.whereabouts_known else "NOT known"
    return f"Concern for safety, whereabouts {known}{_attendance(case)}"


def _attendance(case: Case) -> str:
    """ ", police will NOT attend (RCRP or other)"; nothing where nobody has decided it."""
    decided = case.concern.attendance if case.concern else Attendance.UNDECIDED
    return "" if decided is Attendance.UNDECIDED else f", {words.ATTENDANCE[decided]}"


def attendance(case: Case, screen: Screen) -> str:
    """ "Police will NOT attend (RCRP or other), Cal Ray 13:42"; empty where it is no concern for safety."""
    if not case.is_concern or case.concern is None:
        return ""
    decided = case.concern.attendance_by
    who = f", {naming.staff(decided.by, screen)} {screen.time(decided.at)}" if decided else ""
    return f"{words.sentence(words.ATTENDANCE[case.concern.attendance])}{who}"


def attended(case: Case, screen: Screen) -> str:
    """When officers were there first; empty where nobody recorded it."""
    if case.attended is None:
        return ""
    where = naming.said(case.attended_where, screen)
    return f"Officers there {screen.time(case.attended.at)}" + (f": {where}" if where else "")


def alert(case: Case, screen: Screen) -> list[str]:
    """Of a HIGH child, always: whether a Child Rescue Alert was considered (APP's supervisor card)."""
    decided = case.alert
    if decided is None:
        return ["CRA: not considered"] if _wants_alert(case) else []
    why = naming.said(decided.why, screen)
    said = f"CRA: {words.ALERT[decided.decision]}, {naming.staff(decided.step.by, screen)} "
    return [f"{said}{screen.time(decided.step.at)}" + (f": {limits.clip_markup(why, 280)}" if why else "")]


def alert_in_short(case: Case) -> list[str]:
    """For who takes the case over: what was decided, or that nobody did."""
    if case.alert:
        return [f"CRA: {words.ALERT[case.alert.decision]}"]
    return ["CRA: not considered"] if _wants_alert(case) else []


def alert_asked(case: Case) -> list[str]:
    """In a row of many cases only what everybody must know: the public is being told."""
    asked = case.alert is not None and case.alert.decision is AlertDecision.REQUESTED
    return ["CRA requested"] if asked and not case.back.located else []


def _wants_alert(case: Case) -> bool:
    return case.status is Status.OPEN and case.is_child and case.running_grade is Grade.HIGH


def owner(case: Case, screen: Screen) -> str:
    """Assigned is not accepted: who was only assigned owns nothing."""
    held = case.ownership
    if held.owner:
        return f"owner {naming.staff(held.owner, screen)}"
    if held.assigned_to:
        return f"no owner, assigned to {naming.staff(held.assigned_to, screen)}, awaiting acceptance"
    return "no owner"


def live(case: Case) -> list[str]:
    """What was answered yes, as words for the middle of a sentence."""
    said = [words.lower_first(MARKERS[code]) for code in MARKERS if code in case.live_markers]
    return [*said, ADVERSE_EVENT] if case.adverse_event else said


def not_known(case: Case) -> int:
    return case.not_answered


def whose_words(case: Case, screen: Screen) -> str:
    """Before the reason of a grade that two people decided: of who kept it, or of who asked for the lower one."""
    asked = case.risk.approved_for
    if asked:
        return f", as {naming.staff(asked.by, screen)} asked {screen.time(asked.at)}"
    return f", who refused {words.grade(case.risk.refused)}" if case.risk.refused else ""


def markers(case: Case) -> str:
    said = words.listed(live(case)) or "none"
    other = words.listed(_besides(case))
    because = f"HIGH because: {other} · " if other else ""
    return f"{because}YES: {said} · {not_answered(case)}"


def why(case: Case) -> list[str]:
    """What was answered yes, and what else makes it high: age is a reason like any other."""
    return [*_besides(case), *live(case)]


def because(case: Case, longest: int) -> list[str]:
    """Of a HIGH child, always: why, in a row of many cases. At least the first reason; the others are counted."""
    if case.running_grade is not Grade.HIGH:
        return []
    reasons = why(case)
    said, taken = limits.pack(reasons, longest, joint="; ")
    left = len(reasons) - max(taken, 1)
    return [words.sentence(said or reasons[0]) + (f" and {left} more" if left else "")]


def how_long(case: Case, screen: Screen) -> str:
    """ "missing 42 min", where a list says as at when it is; from when police were told, as its clocks do."""
    stands = words.lower_first(category(case).partition(",")[0])
    return f"{stands} {words.length(screen.now - case.told_at)}" if case.status is Status.OPEN else stands


def _besides(case: Case) -> list[str]:
    """What makes it high and is answered yes by nobody now: a HIGH child is never shown without a reason."""
    if case.running_grade is not Grade.HIGH:
        return []
    high = [code for code, level in case.risk.raised.items() if level is Grade.HIGH]
    other = [reason_now(code, case) for code in high if not _is_answered_yes(code, case)]
    return other if other or high else ["graded HIGH by a person"]


def _is_answered_yes(code: str, case: Case) -> bool:
    return code in case.live_markers or (code == "adverse_event" and case.adverse_event)


def reason_now(code: str, case: Case) -> str:
    """A reason that keeps the grade up, also where what it rests on was mended meanwhile: then it says so."""
    return f"{reason(code)} (corrected since)" if is_mended(code, case) else reason(code)


def is_mended(code: str, case: Case) -> bool:
    """Whether it no longer holds, though no approved downgrade has answered it."""
    return code != LAST_EPISODE and not _is_answered_yes(code, case) and code not in reasons_for(case)


def not_answered(case: Case) -> str:
    """ "18 risk questions not answered"."""
    left = not_known(case)
    return f"{left} risk {'question' if left == 1 else 'questions'} not answered"


def reasons(codes: tuple[str, ...]) -> str:
    """Why a grade is proposed; the codes of `scenarios/README.md` as words."""
    return words.sentence(words.listed([reason(code) for code in codes])) or "No marker answered yes"


def reason(code: str) -> str:
    own = {
        "adverse_event": ADVERSE_EVENT,
        "under_13": "under 13",
        "under_18": "under 18",
        "last_episode": "the last episode's grade",
    }
    return own.get(code) or words.lower_first(MARKERS[code])


def found(case: Case) -> str:
    """What to say beside a page that was cleared: green never means found."""
    if case.status is Status.CLOSED:
        return "case closed"
    if case.seen:
        return "child seen in person"
    if case.back.located:
        return "child located, NOT yet seen in person"
    return "child still missing" if case.whereabouts_unknown else "case still open"


def last_seen(case: Case, screen: Screen) -> str:
    place = naming.said(case.last_seen_where, screen)
    where = "" if place.casefold() == _NOT_KNOWN else place
    if case.last_seen_at:
        return f"Last seen {screen.time(case.last_seen_at)} {where}".rstrip()
    return f"Last seen {where}, time {_NOT_KNOWN}" if where else f"Last seen: {_NOT_KNOWN}"


def calms(case: Case) -> bool:
    """Whether a tick may stand on it: green never calms while a HIGH child has no owner."""
    searched = case.status is Status.OPEN and case.whereabouts_unknown
    return not (searched and case.running_grade is Grade.HIGH and case.owner is None)


def who_asked(case: Case, screen: Screen) -> str:
    """Empty where nobody has asked for a second person, or where the case was closed since, by them or otherwise."""
    asked = case.ending.void_asked
    if asked is None or case.status is Status.CLOSED:
        return ""
    why = limits.clip_markup(naming.said(case.ending.reason, screen), 1000) or WHY_IN_LOG
    return f"*{naming.staff(asked.by, screen)} asked {screen.time(asked.at)}: {_asked_for(case)}*\n{why}"


def _asked_for(case: Case) -> str:
    of = case.ending.duplicate_of
    return f"Mark as a duplicate of {of}" if of else "Void this case"


def quietened(case: Case, screen: Screen) -> list[str]:
    """Who said "I know", for as long as that keeps quiet what was paged: "Fay Marsh acknowledged by text at 03:12"."""
    known = case.acknowledged
    if known is None or screen.now >= known.at + screen.policy.quiet.of(case.running_grade):
        return []
    how = history.by_text(case.acknowledged_on)
    return [f"{naming.staff(known.by, screen)} acknowledged{how} {screen.time(known.at)}"]
