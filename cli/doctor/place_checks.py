"""Each channel: whether the bot can post in it, and whether it is private to the force, by the same rule as everywhere
(`bot.domain.safe_places`)."""

from collections.abc import Iterator, Mapping

from bot.domain.people import AccountKind
from bot.domain.safe_places import Fault, PlaceFacts, Safety, safety
from bot.slack.slack_codes import why
from bot.slack.slack_reach import is_private, offered_to, shared_with
from bot.views.wording import place_words
from cli.doctor.finding import Finding, ok, unknown, wrong
from cli.doctor.given import Answer, Given, SlackRefuses, Unasked
from config.settings import Settings

Kinds = Mapping[str, AccountKind]
_CASES = "MISSING_CHANNELS__CASES"
_NOT_OURS = frozenset((AccountKind.STRANGER, AccountKind.GUEST, AccountKind.MACHINE))
_NAMED = 5  # of whoever should not be in a channel


def channels(given: Given, kinds: Kinds, settings: Settings) -> Iterator[Finding]:
    """`kinds`: of whoever is in one, as far as they were asked about."""
    for setting, channel in _places(settings).items():
        about = f"channel of {setting.removeprefix('MISSING_CHANNELS__').removeprefix('ROLES__').lower()}"
        if channel == settings.channels.cases and setting != _CASES:
            mend = "give pages a channel of their own"
            yield wrong(about, f"is that of {_CASES}, too", mend, setting, stops=True)
        else:
            facts = _facts(given, channel, kinds, settings)
            yield _unusable(about, setting, given.channels[channel]) or _read_by(about, setting, facts)


def _places(settings: Settings) -> dict[str, str]:
    """Setting → channel id."""
    given = settings.channels
    roles = {f"MISSING_CHANNELS__ROLES__{role}": place for role, place in given.own.items()}
    return {_CASES: given.cases, "MISSING_CHANNELS__FIM": given.fim, **roles}


def _unusable(about: str, setting: str, said: Answer | Exception) -> Finding | None:
    invite = "make it private, and /invite @missing to it; its id stands at the foot of its details"
    match said:
        case Unasked():
            return unknown(about, str(said), setting)
        case SlackRefuses(code=code):
            return wrong(about, f"{why(code)} ({code})", invite, setting, stops=True)
        case {"is_archived": True}:
            return wrong(about, "is archived", "unarchive it, or name another", setting, stops=True)
        case {"is_member": False, "is_private": True}:
            return wrong(about, "the bot is not in it", "/invite @missing to it", setting, stops=True)
        case {"is_im": True}:
            return wrong(about, "is somebody's direct messages", invite, setting, stops=True)
    return None


def _facts(given: Given, channel: str, kinds: Kinds, settings: Settings) -> PlaceFacts | None:
    said, inside, own = given.channels[channel], given.inside[channel], given.we.workspace
    if isinstance(said, Exception):
        return None
    return PlaceFacts(
        is_private=is_private(said),
        shared_with=shared_with(said, own) - settings.workspaces,
        offered_to=offered_to(said, own) - settings.workspaces,
        people=None if isinstance(inside, Exception) else _kinds(inside - {given.we.bot}, kinds),
    )


def _kinds(people: frozenset[str], kinds: Kinds) -> Kinds:
    return {person: kinds.get(person, AccountKind.UNKNOWN) for person in people}


def _read_by(about: str, setting: str, facts: PlaceFacts | None) -> Finding:
    found = safety(facts)
    if facts is None or not (found.faults or found.is_known):
        return unknown(about, "Slack did not say who everybody in it is", setting)
    if found.faults:
        return _not_ours(about, setting, facts, found)
    return ok(about, f"private, the bot is in it, and {len(facts.people or ())} of the force")


def _not_ours(about: str, setting: str, facts: PlaceFacts, found: Safety) -> Finding:
    """Only what everybody reads stops a start: else pages go out, and answers are given privately."""
    who = [person for person, kind in sorted((facts.people or {}).items()) if kind in _NOT_OURS]
    more = f" and {len(who) - _NAMED} more" if len(who) > _NAMED else ""
    named = f" ({', '.join(who[:_NAMED])}{more})" if who else ""
    says = f"is not private to the force: {place_words.wrong(found.faults)}{named}"
    return wrong(about, says, place_words.mend(found.faults), setting, stops=Fault.PUBLIC in found.faults)
