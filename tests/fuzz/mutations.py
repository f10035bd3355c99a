"""Valid envelopes made wrong: fields left out, of another type or somebody else's, too long, too deep, or twice."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st
from msgspec import Struct

from tests.fuzz.corpus import Envelope

Path = tuple[str | int, ...]

REFS = ("MC-26-0001", "MC-26-0002", "MC-26-0003", "MC-26-0404", "mc-26-0001", "")
PEOPLE = ("U0SAM", "U0OZ", "U0PAT", "U0FAY", "U0CAL", "U0NOBODY", "USLACKBOT")
TEAMS = ("T0OTHER", "")
TYPED = "zqxj typed"  # words that are in nothing but what was sent
JUNK: tuple[Any, ...] = (
    None, True, 0, -1, 2**63, 1.5, float("1e308"), "", " ", "1", "x", TYPED, TYPED * 2000, "\x00", "\ud83d", "{}", "[]",
    "null", "MC-26-0003", "fim", "U0OZ", "<@U0OZ>", "1772458862.372170", "1e999", "nan", "http://127.0.0.1:9/", [], {},
    [None], [[]], [{}], {"": None}, {"value": {}}, ["MC-26-0003"],
)  # fmt: skip


class Change(Struct, frozen=True):
    how: str
    where: int
    with_: int


class Sent(Struct, frozen=True):
    base: int
    changes: tuple[Change, ...]
    is_twice: bool


def sequences(count: int, most: int) -> st.SearchStrategy[list[Sent]]:
    change = st.builds(Change, st.sampled_from(sorted(HOW)), st.integers(0, 10_000), st.integers(0, 10_000))
    changes = st.lists(change, max_size=3).map(tuple)
    sent = st.builds(Sent, st.integers(0, count - 1), changes, st.booleans())
    return st.lists(sent, min_size=1, max_size=most)


def made(base: Envelope, changes: tuple[Change, ...]) -> Envelope:
    envelope = deepcopy(base)
    for change in changes:
        envelope = HOW[change.how](envelope, change)
    return envelope


def _paths(thing: Any, above: Path = ()) -> Iterator[Path]:
    if above:
        yield above
    inner = thing.items() if isinstance(thing, dict) else enumerate(thing) if isinstance(thing, list) else ()
    for name, value in inner:
        yield from _paths(value, (*above, name))


def _picked(envelope: Envelope, where: int) -> Path | None:
    """What is near the top comes as often as all that is below it."""
    paths = sorted(_paths(envelope), key=len)
    if not paths:
        return None
    near = [path for path in paths if len(path) <= 3]
    return near[where % len(near)] if where % 2 else paths[where % len(paths)]


def _at(thing: Any, path: Path) -> Any:
    for name in path:
        thing = thing[name]
    return thing


def _set(envelope: Envelope, path: Path, value: Any) -> Envelope:
    _at(envelope, path[:-1])[path[-1]] = value
    return envelope


def _drop(envelope: Envelope, change: Change) -> Envelope:
    if path := _picked(envelope, change.where):
        del _at(envelope, path[:-1])[path[-1]]
    return envelope


def _replace(envelope: Envelope, change: Change) -> Envelope:
    path = _picked(envelope, change.where)
    return _set(envelope, path, deepcopy(JUNK[change.with_ % len(JUNK)])) if path else envelope


def _swap(envelope: Envelope, change: Change) -> Envelope:
    """Two parts of it in each other's place."""
    one, two = _picked(envelope, change.where), _picked(envelope, change.with_)
    if not one or not two or one[: len(two)] == two or two[: len(one)] == one:
        return envelope
    first, second = _at(envelope, one), _at(envelope, two)
    return _set(_set(envelope, one, deepcopy(second)), two, deepcopy(first))


def _nest(envelope: Envelope, change: Change) -> Envelope:
    path = _picked(envelope, change.where)
    if not path:
        return envelope
    deep: Any = _at(envelope, path)
    for _ in range(1 + change.with_ % 60):
        deep = [deep] if change.with_ % 2 else {"value": deep}
    return _set(envelope, path, deep)


def _double(envelope: Envelope, change: Change) -> Envelope:
    lists = [path for path in _paths(envelope) if isinstance(_at(envelope, path), list)]
    if not lists:
        return envelope
    path = lists[change.where % len(lists)]
    return _set(
        envelope, path, [deepcopy(each) for _ in range(2 + change.with_ % 3) for each in _at(envelope, path)]
    )


def _everywhere(old: tuple[str, ...], new: Callable[[Change], str]) -> Callable[[Envelope, Change], Envelope]:
    def other(envelope: Envelope, change: Change) -> Envelope:
        text = json.dumps(envelope)
        for each in old:
            text = text.replace(each, new(change)) if each else text
        found: Envelope = json.loads(text)
        return found

    return other


def _whose(envelope: Envelope, change: Change) -> Envelope:
    """Who pressed, typed or wrote, and nothing else of it."""
    who = PEOPLE[change.with_ % len(PEOPLE)]
    if isinstance(envelope.get("user"), dict):
        envelope["user"]["id"] = who
    if "user_id" in envelope:
        envelope["user_id"] = who
    if isinstance(envelope.get("event"), dict):
        envelope["event"]["user"] = who
    return envelope


def _team(envelope: Envelope, change: Change) -> Envelope:
    team = TEAMS[change.with_ % len(TEAMS)]
    if isinstance(envelope.get("user"), dict):
        envelope["user"]["team_id"] = team
    if isinstance(envelope.get("event"), dict):
        envelope["event"]["user_team"] = team
    return envelope | ({"team_id": team} if "team_id" in envelope else {})


def _carried(envelope: Envelope, change: Change) -> Envelope:
    """What a view or a button carries for us."""
    view, junk = envelope.get("view"), JUNK[change.where % len(JUNK)]
    if change.with_ % 2 and isinstance(view, dict):
        return envelope | {"view": view | {"private_metadata": _metadata(view, change)}}
    actions = envelope.get("actions")
    if isinstance(actions, list) and actions and isinstance(actions[0], dict):
        return envelope | {"actions": [actions[0] | {"value": junk}]}
    return envelope


def _metadata(view: dict[str, Any], change: Change) -> Any:
    try:
        kept = json.loads(str(view.get("private_metadata", "")))
    except ValueError:
        kept = None
    if not isinstance(kept, dict):
        return JUNK[change.where % len(JUNK)]
    return json.dumps(_replace(kept, Change("", change.where, change.with_ // 2)))


HOW: dict[str, Callable[[Envelope, Change], Envelope]] = {
    "drop": _drop,
    "replace": _replace,
    "swap": _swap,
    "nest": _nest,
    "double": _double,
    "another case": _everywhere(REFS[:3], lambda change: REFS[change.with_ % len(REFS)]),
    "another person": _everywhere(PEOPLE[:1], lambda change: PEOPLE[change.with_ % len(PEOPLE)]),
    "whose": _whose,
    "team": _team,
    "carried": _carried,
}
