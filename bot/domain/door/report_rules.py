"""Opening a case."""

from collections.abc import Callable

from msgspec.structs import replace

from bot.domain import commands, events
from bot.domain.case import Case
from bot.domain.commands import GradeCase, Report
from bot.domain.door.asked import (
    Events,
    Room,
    choice,
    code,
    need_age,
    need_fields,
    need_people,
    need_permission,
    need_rationale,
    need_standing,
    need_text,
    not_in_the_future,
    recall,
    recorded,
    refuse,
)
from bot.domain.door.risk_rules import grade_events
from bot.domain.episodes import is_earlier
from bot.domain.events import Entry, Reported
from bot.domain.facts import Attendance, Category, Episode, Ethnicity, MissingFrom, Sex, as_ethnicity
from bot.domain.fold import fold
from bot.domain.permissions import may
from bot.domain.refusals import Because
from bot.domain.training import as_kept, is_training, training_ref


def report(command: Report, new_ref: Callable[[], str], room: Room) -> Events:
    """The events of a new case, or a refusal. Nothing is saved by halves: a bad grade refuses the whole report."""
    need_people(room, command)
    need_standing(room, command)
    _need_fields(command, room)
    # An unknown category fails loud (IOPC, 2026: a log vanished because its category had no mapping).
    category = choice(Category, command.category, "category", Because.UNKNOWN_CATEGORY)
    code(Attendance, command.attendance, "attendance")
    not_in_the_future(room, told_at=command.told_at, last_seen_at=command.last_seen_at)
    command = as_kept(command)
    already = room.find_case(command.incident)
    if already:
        refuse(Because.ALREADY_DONE, field="incident", case=already)
    need_permission(room, command)
    if command.grade and not may(room.actor.roles, GradeCase):
        refuse(Because.NOT_PERMITTED, field="grade")
    if category is Category.CONCERN_FOR_SAFETY:
        need_rationale("rationale", command.rationale)
    last, unread = recall(room, command.child.person_ref, command.told_at)
    opened = _opened(command, category, last, room)
    graded = _graded(command, opened, room)
    # Drawn only for a report that will be opened: refusals must not leave holes in the numbers.
    ref = new_ref()
    return [replace(opened, ref=training_ref(ref) if command.training else ref), *unread, *graded]


def _need_fields(command: Report, room: Room) -> None:
    """What must be there to save: domain.md §4; in reference-only mode §6."""
    need_fields(command, room)
    child, reporter = command.child, command.reporter
    if not command.training and (is_training(command.incident) or is_training(child.person_ref)):
        refuse(Because.TRAINING)
    if child.age is None and child.born is None:
        refuse(Because.REQUIRED_FIELD, field="age")
    need_age(child.born, room, "age")
    if room.content.full:
        need_text(
            name=child.name,
            why_worried=command.why_worried,
            reporter_name=reporter.name,
            reporter_phone=reporter.phone,
            reporter_relationship=reporter.relationship,
        )


def _ethnicity(said: str) -> str:
    """The code; a refusal where there is none."""
    return code(Ethnicity, as_ethnicity(said), "ethnicity") or ""


def _if_code(ethnicity: str) -> str:
    """In full content somebody's own words may stand there, and stay as they are."""
    known = as_ethnicity(ethnicity)
    return known if known in tuple(Ethnicity) else ethnicity


def _opened(command: Report, category: Category, last: Episode | None, room: Room) -> Reported:
    return recorded(
        Reported,
        command,
        ref="",
        told_on=command.told_at.astimezone(room.zone).date(),
        child=replace(command.child, ethnicity=_if_code(command.child.ethnicity)),
        missing_from=code(MissingFrom, command.missing_from, "missing_from"),
        sex=code(Sex, command.sex, "sex"),
        category=category,
        whereabouts_known=command.whereabouts_known and category is not Category.MISSING,
        adverse_event=bool(command.adverse_event),
        not_adverse=command.adverse_event is False,
        last_episode=last,
        attendance=_attendance(command, category),
    )


def _attendance(command: Report, category: Category) -> Attendance:
    """Asked of a concern for safety; a missing child is attended."""
    said = command.attendance if category is Category.CONCERN_FOR_SAFETY else ""
    return code(Attendance, said, "attendance") or Attendance.UNDECIDED


def _graded(command: Report, opened: Reported, room: Room) -> Events:
    if command.grade is None:
        return []
    wish = GradeCase(
        level=command.grade.level, rationale=command.grade.rationale, considered=command.grade.considered
    )
    case = fold([Entry(at=room.now, by=room.actor.id, roles=room.actor.roles, event=opened)])
    return grade_events(wish, case, room, since=command.told_at)


def describe(command: commands.Describe, _: Case, room: Room) -> Events:
    """What is coded of the child, at any time after the report."""
    described = events.Described(
        missing_from=code(MissingFrom, command.missing_from, "missing_from"),
        looked_after=command.looked_after,
        sex=code(Sex, command.sex, "sex"),
        ethnicity=_ethnicity(command.ethnicity),
    )
    if not described.said():
        refuse(Because.REQUIRED_FIELD, field="missing_from")
    need_permission(room, command)
    return [described]


# Earlier episodes: shown before the grade is chosen, and recognised as the same child's.


def show_episodes(command: commands.ShowEpisodes, _: Case, room: Room) -> Events:
    need_permission(room, command)
    return [recorded(events.EpisodesShown, command)]


def same_child(command: commands.SameChild, case: Case, room: Room) -> Events:
    """The earlier case's grade counts from now on (domain.md §4, §5). A person record of this case's own is kept."""
    earlier = room.case_of(command.earlier)
    if earlier is not None and earlier.training is not case.training:
        refuse(Because.TRAINING, field="earlier")
    if earlier is None or not is_earlier(earlier, case):
        refuse(Because.REQUIRED_FIELD, field="earlier")
    person_ref = case.child.person_ref or earlier.child.person_ref
    if earlier.ref in case.same_as:
        refuse(Because.ALREADY_DONE)
    need_permission(room, command)
    said = events.SameChildSaid(earlier=earlier.ref, person_ref=person_ref)
    recorded, unread = recall(room, person_ref, case.told_at)
    episode = _last_episode(case, earlier, recorded, room)
    linked = [] if episode in (None, case.last_episode) else [events.EpisodeLinked(episode=episode)]
    return [said, *linked, *unread]


def _last_episode(case: Case, earlier: Case, recorded: Episode | None, room: Room) -> Episode | None:
    """The newest of what is known of this child within the force's window."""
    named = Episode(ref=earlier.ref, grade=earlier.running_grade, reported_at=earlier.told_at)
    in_window = earlier.told_at >= case.told_at - room.policy.episode_window
    known = [case.last_episode, recorded, named if in_window else None]
    return max((each for each in known if each is not None), key=lambda each: each.reported_at, default=None)
