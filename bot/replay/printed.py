"""A replay on a terminal."""

from collections.abc import Iterator
from datetime import timedelta

from bot import durations
from bot.replay.judge import Judged
from bot.replay.scenario import Scenario
from bot.replay.timeline import Happened, Timeline


def printed(scenario: Scenario, timeline: Timeline, judged: list[Judged]) -> Iterator[str]:
    """The timeline, then each expectation with what was seen."""
    yield f"{scenario.said.id}  {scenario.said.title}"
    several = len(scenario.refs) > 1
    yield from (_line(happened, several) for happened in timeline)
    yield ""
    yield from (_verdict(each) for each in judged)
    held = sum(each.held for each in judged)
    yield f"{held} of {len(judged)} expectations held."
    yield ""


def _line(happened: Happened, several: bool) -> str:
    told = happened.told
    case = f"{told['case']}  " if several and told.get("case") else ""
    at = durations.write(timedelta(seconds=happened.at))
    return f"  {at:>10}  {happened.kind:<9} {case}{_said(happened)}"


def _said(happened: Happened) -> str:
    told = happened.told
    match happened.kind:
        case "paged":
            return f"{told['clock']} → {told['role']}"
        case "posted":
            return f"to {told['role']}: {', '.join(told['clocks'])}" + _how_many(told["cases"])
        case "refused":
            return f"step {told['step']}: {told['because']}"
        case "proposed":
            return f"{told['level']} ({', '.join(told['because']) or 'no reason'})"
        case "clock":
            item = f" {told['item']}" if "item" in told else ""
            return f"{told['clock']}{item} {told['state']}"
        case "running":
            return str(told["level"])
        case _:
            return str(told["is"] or "nobody")


def _how_many(cases: list[str]) -> str:
    return f" ({len(cases)} cases)" if len(cases) > 1 else ""


def _verdict(judged: Judged) -> str:
    mark = "held    " if judged.held else "NOT HELD"
    (kind, wanted), *_ = judged.entry.items()
    said = ", ".join(f"{key} {_short(value)}" for key, value in (wanted or {}).items())
    return f"  {mark}  {kind}: {said or 'at all'}  — saw: {judged.saw}"


def _short(value: object) -> str:
    return "nobody" if value is None else ", ".join(value) if isinstance(value, list) else str(value)
