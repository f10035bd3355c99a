"""Which case comes first, wherever several are shown: the highest risk, then what has been owed the longest."""

from datetime import UTC, datetime

from bot.domain.grades import Grade

_NEVER = datetime.max.replace(tzinfo=UTC)

Urgency = tuple[int, datetime, str]


def urgency(grade: Grade, owed_since: datetime | None, ref: str) -> Urgency:
    """A sort key. `owed_since`: when its most overdue debt fell due, or will; None: nothing is owed, so it is last."""
    return (-grade.rank, owed_since or _NEVER, ref)
