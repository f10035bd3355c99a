"""Earlier episodes: shown before the grade is chosen, and recognised as the same child's."""

from bot.domain import commands, events
from bot.domain.case import Case
from bot.domain.door.base import Events, Room, need_permission, need_text, recall, refuse
from bot.domain.episodes import is_earlier
from bot.domain.facts import Episode
from bot.domain.refusals import Because


def show_episodes(command: commands.ShowEpisodes, _: Case, room: Room) -> Events:
    need_permission(room, command)
    return [events.EpisodesShown(refs=command.refs)]


def same_child(command: commands.SameChild, case: Case, room: Room) -> Events:
    """The earlier case's grade counts from now on (domain.md §4, §5). A person record of this case's own is kept."""
    need_text(room, earlier=command.earlier)
    earlier = room.case_of(command.earlier)
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
