"""What somebody else has put into the record, as FIM and technician read of it. It was not believed."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.ports.damaged import Damaged, Doubt
from bot.views.wording import words

_CALLED = {
    "who is who": "the list of who holds which role",
    "everybody": "the list of people",
    "planned turns": "the plan of who is on duty when",
}
_NOTE = "a note of the bot's own"

SHORT = {
    Doubt.NOT_OURS: "not written by missing-bot, and not believed",
    Doubt.OLDER: "older than what was read there before, and not believed",
}
_HAPPENED = {
    Doubt.NOT_OURS: "was not written by missing-bot",
    Doubt.OLDER: "was put back to an older state",
}
assert SHORT.keys() | {Doubt.NONE} == _HAPPENED.keys() | {Doubt.NONE} == set(Doubt), "every doubt has words"

_STANDS = "It was not believed: each role is held as Slack's user groups and the hand-overs say."
_MEND = (
    "Technician: look who can write to the record server, and change its password; missing-bot damaged shows what lay "
    "there. If you have put the server back yourselves, start the bot's processes anew."
)
OVER = "What somebody else had put into the record server is struck off."


def told(found: Sequence[Damaged], zone: ZoneInfo) -> str:
    """Each of them, what happened, and since when."""
    return " ".join((*dict.fromkeys(_one(each, zone) for each in found), _STANDS, _MEND))


def called(document: str) -> str:
    return _CALLED.get(document, _NOTE)


def _one(found: Damaged, zone: ZoneInfo) -> str:
    what = words.sentence(called(found.name))
    return f"{what} in the record server {_HAPPENED[found.doubt]} (found at {_moment(found.at, zone)})."


def _moment(machine_seconds: float, zone: ZoneInfo) -> str:
    """The same for as long as it is told."""
    at = datetime.fromtimestamp(machine_seconds, UTC)
    return f"{words.time(at, at, zone)} on {words.date(at, at, zone)}"
