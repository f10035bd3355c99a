"""Where there is no such case, none that can be read, or no such command: what to type, or to do, instead."""

from datetime import datetime, tzinfo

from bot.ports.errors import Erased, Unreadable
from bot.ports.rosters import ROSTER
from bot.views.wording import words

EXAMPLE = "MC-26-0142"


def which_case(example: str) -> str:
    return f"Say which case, by its reference or incident number: /missing status {example}. /missing list has them."


def unreadable(why: Unreadable, zone: tzinfo) -> str:
    ref = why.ref
    if isinstance(why, Erased):
        return erased(ref, why.at, zone)
    if ref == ROSTER:
        return "Not done. Who is on duty cannot be read. Hand over on paper, and call the technician."
    return f"Not done. {ref} cannot be read. Work it from the incident log, and call the technician."


def erased(ref: str, at: datetime | None, zone: tzinfo) -> str:
    when = f" on {at.astimezone(zone):%-d %B %Y}" if at else ""
    return f"{ref} was erased{when}. Nothing of it is kept; its reference is not used again."


def no_such_case(ref: str, nearest: str | None) -> str:
    said = f"No case {ref} found that you can see. /missing mine lists yours."
    return f"{said} Nearest: {nearest}." if nearest else said


def not_a_command(typed: str, nearest: str | None, example: str, *, full: bool) -> str:
    """What was typed may be a name: in reference-only mode it is not said again."""
    what = f"'{words.escape(typed[:40])}'" if full else "That"
    tries = {"status": f"/missing status {example}"}
    advice = (
        f"Try {tries.get(nearest, f'/missing {nearest}')}, or /missing help."
        if nearest
        else "Try /missing help."
    )
    return f"{what} is not a command. {advice}"
