"""A refusal as a sentence: not done, why, what to do, what still holds (screens.md §11). Sent to one person only."""

from collections.abc import Callable, Collection
from datetime import datetime

from msgspec import Struct

from bot.domain import commands
from bot.domain.case import Case, Status
from bot.domain.case_parts import TRANSFERRED
from bot.domain.commands import Command
from bot.domain.door.asked import OUTDATED
from bot.domain.door.ownership_rules import TOP
from bot.domain.facts import MARKERS
from bot.domain.people import SUPERVISING, Role
from bot.domain.permissions import barred, who_may
from bot.domain.policy import ClockName
from bot.domain.refusals import Because, Refused
from bot.views.screen import Screen
from bot.views.wording import access_words, dealt_with, field_words, forecast_words, naming, standing, words

NOT_OPENED = "Not opened: Slack did not do it. Nothing changed. Press again."
NOT_SHOWN = (
    "This could not be shown: a fault of the bot's. The page stands, and so does what was recorded. "
    "Look with /missing list, and call the technician."
)
NOT_FINISHED = (
    "Not finished: a fault of the bot's. Your words are still here. Look in the case whether it was saved before you "
    "press again, and call the technician."
)
NO_RATIONALE = "Not saved. Say why this is not missing: what is known, who said so, when."
STAYS_TRAINING = (
    "Not done. A training case stays a training case, and a child's case stays a child's. "
    "Report anew: /missing for a child, /missing training to train."
)
LOGGED = "Nothing changed; the attempt was logged."
PARTLY = "Your answers are saved, but not this:"


def partly(sentence: str) -> str:
    """Of a step that was refused, where those before it in the same form were taken: something did change."""
    return f"{PARTLY} {sentence.replace(LOGGED, 'The attempt was logged.').replace(' Nothing changed.', '')}"


class Wish(Struct, frozen=True):
    """What was asked for, by whom (a person's id)."""

    command: Command
    by: str


def sentence(no: Refused, wish: Wish, case: Case | None, screen: Screen) -> str:
    return _SENTENCES[no.because](no, wish, case, screen)


Sentence = Callable[[Refused, Wish, Case | None, Screen], str]


def _holds(case: Case | None) -> str:
    """What runs on all the same; a closed case, or a child who was seen, has no grade's times to run."""
    if case is None or case.status is Status.CLOSED or case.back.seen:
        return ""
    return f" {words.grade(case.running_grade)} timescales still apply."


def _rationale(_: Refused, wish: Wish, case: Case | None, __: Screen) -> str:
    if isinstance(wish.command, commands.Report | commands.Categorise):
        return NO_RATIONALE
    return f"Not recorded. Say why.{_holds(case)}"


def _below_floor(_: Refused, wish: Wish, case: Case | None, __: Screen) -> str:
    level = getattr(wish.command, "level", None)
    named = words.grade(level) if level else "That grade"
    whom = "an adult" if case and not case.is_child else "a child"
    return f"Not recorded. {named} cannot be used for {whom} in this force.{_holds(case)}"


def _marker(no: Refused, _: Wish, case: Case | None, __: Screen) -> str:
    left = words.listed([words.lower_first(MARKERS[code]) for code in no.about])
    stays = f" The grade stays {words.grade(case.running_grade)}." if case else ""
    return f"Not recorded. Still to consider: {left}.{stays}"


def _second_person(_: Refused, wish: Wish, case: Case | None, screen: Screen) -> str:
    asked = _BEFORE.get(type(wish.command), "You asked for this")
    others = on_duty(type(wish.command), _who_may_not(wish, case), screen)
    return f"{asked}, so another person decides. {others}{_holds(case)}"


def _who_may_not(wish: Wish, case: Case | None) -> frozenset[str]:
    """Whoever filed a concern for safety signs it off as little as whoever did it last."""
    if case is None or not isinstance(wish.command, commands.SignOff):
        return frozenset({wish.by})
    return barred(ClockName.RATIONALE_SIGNED_OFF, "", case) | {wish.by}


_BEFORE: dict[type[Command], str] = {
    commands.SignOff: "You set or signed this",
    commands.Consider: "You recorded this",
}


def on_duty(step: type[Command], but: Collection[str], screen: Screen) -> str:
    """Who else could do it now, by name."""
    allowed = who_may(step)
    order = [role for role in Role if role in (allowed & SUPERVISING or allowed)]
    others = [person for person in screen.on_duty(order) if person not in but]
    named = [naming.staff(person, screen) for person in others[:3]]
    return f"On duty: {', '.join(named)}." if named else "Nobody who may is on duty: ring the superintendent."


def _not_permitted(no: Refused, wish: Wish, __: Case | None, screen: Screen) -> str:
    if no.about == (OUTDATED,):
        return f"Not done: {access_words.OUTDATED}"
    if isinstance(wish.command, commands.Acknowledge):
        return f"This page is not yours to acknowledge. {LOGGED}"
    return not_yours(type(wish.command), wish.by, screen)


def not_yours(step: type[Command], by: str, screen: Screen) -> str:
    if step is commands.Report:
        return _no_report_of_yours(by, screen)
    if old := _old_list(step, screen):
        return f"Not done: you are not on our list of those who may. {old} {on_duty(step, {by}, screen)} {LOGGED}"
    does = "sign this off" if step is commands.SignOff else "do this"
    return f"Only {_who(step)} can {does}. {on_duty(step, {by}, screen)} {LOGGED}"


def _old_list(step: type[Command], screen: Screen) -> str:
    """Somebody may have come on duty since."""
    return access_words.old_list(screen.appointments.age(who_may(step))) if screen.appointments else ""


def _no_report_of_yours(by: str, screen: Screen) -> str:
    """To one who holds no role and wants to report a child: the child must not wait for a form."""
    old = _old_list(commands.Report, screen)
    why = f"you are not on our list of who is on duty. {old}" if old else "you have no role here."
    return (
        f"Nothing is saved: {why} Pass the report on now. {on_duty(commands.Report, {by}, screen)} "
        "The technician can give you a role."
    )


def _who(step: type[Command]) -> str:
    allowed = who_may(step)
    if Role.CONTROL_ROOM in allowed and Role.OFFICER in allowed:
        return "staff on duty"
    if Role.OFFICER in allowed:
        return "an officer or a supervisor"
    if Role.CONTROL_ROOM in allowed:
        return "the control room or a supervisor"
    return "a supervisor or FIM"


def _future(no: Refused, wish: Wish, _: Case | None, screen: Screen) -> str:
    at = getattr(wish.command, no.field, None)
    if not isinstance(at, datetime):
        return "Not saved. That time is still to come. For last night type: yest 2345."
    return f"Not saved. {still_to_come(at, screen)}"


def still_to_come(at: datetime, screen: Screen) -> str:
    there = at.astimezone(screen.zone)
    if there.date() != screen.now.astimezone(screen.zone).date():
        return f"{screen.time(at)} is still to come."
    return f"{there:%H:%M} today is still to come. For last night type: yest {there:%H%M}."


def _field(no: Refused, wish: Wish, _: Case | None, screen: Screen) -> str:
    return field_words.refused(no, wish.command, screen.policy.longest_text, screen.shapes)


def _already(no: Refused, wish: Wish, case: Case | None, screen: Screen) -> str:
    if isinstance(wish.command, commands.Report):
        reported = f" ({dealt_with.reported(case, screen)})" if case else ""
        return f"Not saved again. {no.case} has this incident number{reported}. Open it, and add to it."
    if isinstance(wish.command, commands.AnswerMarkers) and case:
        return _answered_yes(no, case, screen)
    if TOP in no.about and case:
        asking = screen.directory.actor(wish.by)
        roles = asking.roles if asking else frozenset()
        return f"Not done. {forecast_words.nobody_left(case, roles, screen)}"
    return _dealt_with(no, wish, case, screen)


def _answered_yes(no: Refused, case: Case, screen: Screen) -> str:
    """A yes stays a yes; whose it is, is said."""
    given = [(MARKERS[code], case.markers[code]) for code in no.about]
    yes = [f"{what} ({dealt_with.by(answer, screen)})" for what, answer in given]
    if not yes and case.adverse:
        yes = [f"{standing.ADVERSE_EVENT} ({dealt_with.by(case.adverse, screen)})"]
    return (
        f"Not saved. Answered YES already: {words.listed(yes)}. To take a YES back, correct it and say why."
    )


def _dealt_with(_: Refused, wish: Wish, case: Case | None, screen: Screen) -> str:
    done = dealt_with.of(wish.command, case, wish.by) if case else None
    if case is None or done is None or done.by != wish.by:
        return f"{dealt_with.sentence(done, screen)} Nothing changed."
    if done is case.ownership.accepted:
        did = "You own it already, accepted"
    elif isinstance(wish.command, commands.Accept):
        did = "You declined this"
    else:
        did = "You did this already,"
    return f"{did} {screen.time(done.at)}. Nothing changed."


def _not_assigned(_: Refused, wish: Wish, case: Case | None, screen: Screen) -> str:
    held = case.ownership if case else None
    if held and held.owner and held.accepted and isinstance(wish.command, commands.Release):
        owner, at = naming.staff(held.owner, screen), screen.time(held.accepted.at)
        return f"Not done. {owner} owns it, accepted {at}. {LOGGED}"
    if held and held.assigned_to and held.assigned:
        to = naming.staff(held.assigned_to, screen)
        return f"Not done. This is assigned to {to} ({dealt_with.by(held.assigned, screen)}). {LOGGED}"
    return f"Not done. This is not assigned to you. {LOGGED}"


def _closed(_: Refused, __: Wish, case: Case | None, screen: Screen) -> str:
    closed = case.ending.closed if case else None
    who = f" ({dealt_with.by(closed, screen)})" if closed else ""
    if case and case.ending.gone:
        return f"Not done. {_gone(case, who, screen)} A supervisor can reopen it."
    return f"Not done. The case is closed{who}. New information reopens it; so does a supervisor."


def _gone(case: Case, who: str, screen: Screen) -> str:
    """What is heard of such a child belongs elsewhere, and does not reopen the case."""
    ending = case.ending
    if ending.duplicate_of:
        return f"The case is a duplicate{who}. Record it on {ending.duplicate_of}."
    if ending.gone == TRANSFERRED:
        force = screen.forces.of(ending.transfer_to)
        return f"The case is with {force.name if force else 'the other force'}{who}: ring them now."
    return f"The case was voided{who}."


def _says(text: str) -> Sentence:
    return lambda *_: text


def _no_such_person(no: Refused, *_: object) -> str:
    if no.field == "by":  # whoever asks
        return access_words.NOT_SET_UP
    return "Not done. That person is not set up here. Ask the technician to add them."


_SENTENCES: dict[Because, Sentence] = {
    Because.NO_SUCH_PERSON: _no_such_person,
    Because.CASE_CLOSED: _closed,
    Because.REQUIRED_FIELD: _field,
    Because.UNKNOWN_CATEGORY: _says("Not saved. A case is MISSING or CONCERN FOR SAFETY, nothing else."),
    Because.TRAINING: _says(STAYS_TRAINING),
    Because.IN_THE_FUTURE: _future,
    Because.NOTHING_WAITING: _dealt_with,
    Because.ALREADY_DONE: _already,
    Because.NOT_ASSIGNED: _not_assigned,
    Because.SECOND_PERSON_REQUIRED: _second_person,
    Because.NOT_PERMITTED: _not_permitted,
    Because.RATIONALE_REQUIRED: _rationale,
    Because.BELOW_FLOOR: _below_floor,
    Because.MARKER_NOT_CONSIDERED: _marker,
    Because.NOT_SEEN_IN_PERSON: _says(
        "Not closed. Nobody has recorded seeing the child. Record Located, seen in person."
    ),
    Because.INTERVIEW_REQUIRED: _says(
        "Not closed. No prevention interview is recorded. Record it, face to face."
    ),
}


def stale_page(why: str, link: str) -> str:
    """`why`: who acknowledged it, or what ended it, a sentence."""
    newest = f" {words.link('The newest page', link)}." if link else ""
    return f"{why} Nothing changed.{newest}"
