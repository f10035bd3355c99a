"""The small values of a scenario file: moments, answers, numbers that may be unknown."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator

from bot import durations
from bot.domain.facts import MARKERS, Answer

_MOMENT = "an offset such as 90s, 15m, 1h30m or -55m, or a time with its offset"
_UNKNOWN = ("not_known", "not known")
_YES_NO = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}


def moment(written: Any) -> timedelta | datetime:
    """An offset stays a duration until it is known what it counts from. Raises ValueError: what was expected."""
    if isinstance(written, timedelta | datetime):
        return written
    try:
        return durations.parse(str(written))
    except ValueError:
        pass  # then it is a time
    try:
        moment = datetime.fromisoformat(str(written))
    except ValueError:
        raise ValueError(f"{_MOMENT}, not {written!r}") from None
    if moment.tzinfo is None:
        raise ValueError(f"a time with its offset from UTC, such as {written}+00:00")
    return moment


def _length(written: Any) -> timedelta:
    return written if isinstance(written, timedelta) else durations.parse(str(written))


def _if_known(written: Any) -> Any:
    return None if written in _UNKNOWN else written


def _flag(written: Any) -> Any:
    """yes and no, as YAML has them."""
    known = _YES_NO.get(str(written).lower())
    if known is None and written not in _UNKNOWN:
        raise ValueError(f"yes or no, not {written!r}")
    return known


def _answer(written: Any) -> Answer:
    known = _YES_NO.get(str(written).lower())
    if known is not None:
        return Answer.YES if known else Answer.NO
    try:
        return Answer(written)
    except ValueError:
        raise ValueError(f"yes, no or not_known, not {written!r}") from None


def _word(written: Any) -> Any:
    """A code; YAML's own true and false stand for yes and no."""
    known = {"true": "yes", "false": "no"}
    return known.get(written.lower(), written) if isinstance(written, str) else written


def _code(written: Any) -> str:
    if written not in MARKERS:
        raise ValueError(f"a marker code ({', '.join(MARKERS)}), not {written!r}")
    return str(written)


Moment = Annotated[timedelta | datetime, BeforeValidator(moment)]
MomentIfKnown = Annotated[Moment | None, BeforeValidator(_if_known)]
Length = Annotated[timedelta, BeforeValidator(_length)]
FlagIfKnown = Annotated[bool | None, BeforeValidator(_flag)]
Given = Annotated[Answer, BeforeValidator(_answer)]
Code = Annotated[str, BeforeValidator(_code)]
Word = Annotated[str | None, BeforeValidator(_word)]
Age = Annotated[int | None, BeforeValidator(_if_known)]
Born = Annotated[date | None, BeforeValidator(_if_known)]


def moment_from(start: datetime, moment: timedelta | datetime) -> datetime:
    return moment if isinstance(moment, datetime) else start + moment
