"""What the log has against the bot, a line for each page that failed."""

from collections.abc import Mapping
from datetime import datetime, tzinfo

from bot import durations
from bot.audit.assurance import Lapse, LapseKind
from bot.domain.case import Case

_SAID: Mapping[LapseKind, str] = {
    LapseKind.NEVER_PAGED: "came due {due} and was never paged",
    LapseKind.PAGED_LATE: "came due {due} and was paged {late} later",
    LapseKind.NEVER_ARRIVED: "was paged to {role} {due}, which nobody took",
    LapseKind.ARRIVED_LATE: "was paged to {role} {due}, and taken {late} later",
}
assert set(_SAID) == set(LapseKind), "a lapse without words"


def lapse_line(case: Case, lapse: Lapse, zone: tzinfo) -> str:
    """In the force's zone."""
    late = durations.write(lapse.at - lapse.due) if lapse.at else ""
    said = _SAID[lapse.kind].format(due=_time(lapse.due, zone), late=late, role=lapse.role.replace("_", " "))
    return f"{case.ref}  {case.incident}  {', '.join(lapse.clocks)} {said}."


def _time(at: datetime, zone: tzinfo) -> str:
    return at.astimezone(zone).isoformat(sep=" ", timespec="seconds")
