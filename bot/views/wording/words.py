"""Times, names of roles and grades, and the escaping of what people typed. Every sentence stays true if nobody
refreshes it: times of day, never minutes left."""

import re
import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.domain.facts import (
    AlertDecision,
    Attendance,
    EscalationWhy,
    Grade,
    ToldCaller,
    TransferRefusal,
    TransferWhy,
)
from bot.domain.people import Role

_Code = TypeVar("_Code", bound=StrEnum)

LABELS: dict[str, str] = tomllib.loads(Path(__file__).with_name("labels.toml").read_text(encoding="utf-8"))
"""Code of a system outside → what control rooms call it."""
LATE, TAKEN_UP, DUE, DONE = "🔺", "🔶", "⚪", "✅"


class RoleWords(Struct, frozen=True):
    name: str  # "The case is the supervisor's", "FIM paged"
    you_are: str  # "You are a supervisor."


_ROLE_WORDS: dict[Role, RoleWords] = {
    Role.CONTROL_ROOM: RoleWords("control room", "in the control room"),
    Role.OFFICER: RoleWords("officer", "an officer"),
    Role.SUPERVISOR: RoleWords("supervisor", "a supervisor"),
    Role.FIM: RoleWords("FIM", "FIM"),
    Role.DUTY_INSPECTOR: RoleWords("duty inspector", "a duty inspector"),
    Role.SUPERINTENDENT: RoleWords("superintendent", "the superintendent on call"),
    Role.MPC: RoleWords("missing persons co-ordinator", "a missing persons co-ordinator"),
    Role.OWNER: RoleWords("owner", "the owner of a case"),
}
assert set(_ROLE_WORDS) == set(Role), "a role without words would be shown nowhere"

ROLES = {role: said.name for role, said in _ROLE_WORDS.items()}


ATTENDANCE = {
    Attendance.YES: "police will attend",
    Attendance.NO: "police will NOT attend (RCRP or other)",
    Attendance.UNDECIDED: "police attendance not decided",
}
TOLD_CALLER = {
    ToldCaller.COMING: "officers are coming",
    ToldCaller.NOT_COMING: "officers are NOT coming, and what to do",
    ToldCaller.NO_ANSWER: "no answer",
}
TRANSFER_WHY = {
    TransferWhy.LIVES_THERE: "the child lives there",
    TransferWhy.LAST_SEEN_THERE: "last seen there",
    TransferWhy.BELIEVED_THERE: "believed there",
}
ESCALATION = {
    EscalationWhy.NO_ANSWER: "nobody answers",
    EscalationWhy.WORSE: "the risk is greater",
    EscalationWhy.DECISION: "a decision is needed",
    EscalationWhy.RESOURCES: "resources are needed",
}
TRANSFER_REFUSAL = {
    TransferRefusal.NOT_OURS: "not theirs",
    TransferRefusal.WRONG_CODE: "sent under the wrong code",
    TransferRefusal.NO_CAPACITY: "no capacity",
    TransferRefusal.CHILD_IS_HERE: "the child is here",
    TransferRefusal.OTHER: "another reason",
}
ALERT = {
    AlertDecision.REQUESTED: "requested",
    AlertDecision.NOT_MET: "criteria not met",
    AlertDecision.NOT_NOW: "not now",
}


def choices(coded: Mapping[_Code, str]) -> dict[str, str]:
    """Code → a sentence's words, for a list to choose from."""
    return {code.value: sentence(said) for code, said in coded.items()}


def you_are(role: Role) -> str:
    """The end of "You are …"."""
    return _ROLE_WORDS[role].you_are


def grade(level: Grade) -> str:
    return level.value.upper()


# What Slack would take as formatting, a quotation or an emoji's name is shown by a mark of the same look: its own have
# no escape. Marks that turn the reading direction are left out, since they would turn our words around too.
_LOOKS = {"*": "\u2217", "_": "\u02cd", "~": "\u223c", "`": "\u02cb"}
_RATIO, _POINTS = "\u2236", "\u203a"
_EMOJI = re.compile(r":(?=[\w+'-]+:)")
_QUOTED = re.compile(r"^>", re.MULTILINE)
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def escape(text: str) -> str:
    """What somebody typed, literally: no mention, link or control token, formatting, emoji or turned direction."""
    text = _QUOTED.sub(_POINTS, _EMOJI.sub(_RATIO, _TURNS.sub("", text)))
    for mark, alike in _LOOKS.items():
        text = text.replace(mark, alike) if text.count(mark) > 1 else text
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def as_typed(text: str) -> str:
    """Where nothing is formatted: the marks themselves again."""
    for mark, alike in (*_LOOKS.items(), (":", _RATIO), (">", _POINTS)):
        text = text.replace(alike, mark)
    return text


def literal(markup: str) -> str:
    """What a person reads in such markup, for a place where nothing is escaped: Slack's plain text, a terminal."""
    return as_typed(markup).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def stop(text: str) -> str:
    """Ends a sentence, where its own words have not ended it already."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def link(shown: str, url: str) -> str:
    """Words that lead somewhere; the words alone where there is nowhere to lead to."""
    return f"<{url}|{shown}>" if url else shown


def time(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """ "13:40" in the force's zone; "1 Mar 13:40" when that is not today, with the year when not this year.

    In the hour that autumn gives twice it says which of the two: "01:05 GMT".
    """
    there, today = at.astimezone(zone), now.astimezone(zone)
    shown = f"{there:%H:%M %Z}" if _comes_twice(there) else f"{there:%H:%M}"
    return shown if there.date() == today.date() else f"{date(at, now, zone)} {shown}"


def _comes_twice(there: datetime) -> bool:
    return there.replace(fold=1 - there.fold).utcoffset() != there.utcoffset()


def date(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    there, today = at.astimezone(zone), now.astimezone(zone)
    year = "" if there.year == today.year else f" {there.year}"
    return f"{there.day} {there:%b}{year}"


def ago(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Slack keeps this fresh in each viewer's client; where it cannot, the time stands."""
    return f"<!date^{int(at.timestamp())}^{{ago}}|{time(at, now, zone)}>"


def length(span: timedelta) -> str:
    """ "22 min", "8 h 20 min", "3 d 4 h"; whole minutes, rounded down, never below one minute."""
    minutes = max(1, int(span.total_seconds() // 60))
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = [(days, "d"), (hours, "h"), (0 if days else minutes, "min")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number)


def sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """A label in mid-sentence; abbreviations keep their capitals."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def listed(items: list[str]) -> str:
    return "; ".join(items)
