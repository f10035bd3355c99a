"""In reference-only mode no option, no line and no argument of the terminal leaves a canary anywhere."""

from collections.abc import Callable, Iterator, Mapping

import pytest

from bot.domain.declared import STEPS, leaves_of
from bot.ports.stores import Stores
from bot.store.connection import for_store
from bot.store.memory import MemoryStores
from bot.store.memory_rate_limits import MemoryRateLimits
from bot.store.redis_stores import RedisStores
from bot.time import HostClock
from cli.compose.shared import files_of, parts_of
from cli.terminal import session
from cli.terminal.command_line import option_of
from config.settings import EDITS_A_MINUTE, Settings
from tests.canaries.hunt import Hunt, in_memory, in_redis
from tests.terminal.conftest import REPORTED, Terminal, known_to, surroundings_of, words_of
from tests.world import this_years

REF = this_years(1)
Printed = list[str]


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.redis)])
def terminal(
    request: pytest.FixtureRequest, prefix: str, hunt: Hunt, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Terminal]:
    """In reference-only mode."""
    if request.param == "memory":
        stores = MemoryRecord()
        monkeypatch.setattr(session, "share", _on(stores))
        hunt.places.append(in_memory(stores))
        known_to(stores)
        yield Terminal(_discreet("redis://127.0.0.1:9", prefix))
        return
    url = request.getfixturevalue("redis_url")
    stores = request.getfixturevalue("redis_stores")
    assert isinstance(stores, RedisStores)
    known_to(stores)
    with for_store(url) as redis:
        hunt.places.append(in_redis(redis))
        yield Terminal(_discreet(url, prefix))


def _discreet(url: str, prefix: str) -> Mapping[str, str]:
    return {**surroundings_of(url, prefix), "MISSING_CONTENT": "reference"}


def _on(stores: Stores) -> Callable[[Settings], object]:
    rates = MemoryRateLimits(edits_a_minute=EDITS_A_MINUTE)
    return lambda settings: parts_of(settings, files_of(settings), stores, stores, rates, HostClock())


class MemoryRecord(MemoryStores):
    """Its key is nobody's to get wrong."""

    @property
    def key_check(self) -> "MemoryRecord":
        return self

    def look(self) -> None: ...


def test_no_canary_is_found_anywhere(terminal: Terminal, hunt: Hunt) -> None:
    terminal.done("cal", REPORTED)
    printed: Printed = []
    hunt.places.append(lambda: (("terminal", line.encode()) for line in printed))
    for typed, lines in every_step(hunt):
        said = terminal.run_as_typed(words_of("sam", typed), lines)
        assert said.code in (1, 2), f"taken: {typed}"
        printed += [said.out, said.err]
    assert hunt.found() == {}
    assert REF in terminal.done("cal", "list")


def every_step(hunt: Hunt) -> Iterator[tuple[str, str]]:
    """What is typed as a command (words joined by _, as `Terminal` reads them), and what is typed when asked."""
    name, number = hunt.name.replace(" ", "_"), hunt.number
    for kind, declared in STEPS.items():
        if not declared.verb:
            continue
        begun = f"case {declared.verb.replace('_', '-')} {REF if declared.of_case else ''}".strip()
        for leaf in leaves_of(kind):
            option = "--incident" if leaf.path == ("ref",) else option_of(leaf)
            if leaf.is_personal:  # nothing reads it off a command line (tests/terminal/test_command_line.py)
                yield from ((f"{begun} {option} -", f"{each}\n") for each in (hunt.name, number))
            else:
                yield from ((f"{begun} {option} {each}", "") for each in (name, number))
        asked = [leaf for leaf in leaves_of(kind) if leaf.prompt]
        if any(leaf.prompt and leaf.prompt.coded for leaf in asked):
            yield f"{begun} --log-entry {number}", f"{hunt.name}\n" * 12
        elif asked:
            yield begun, f"{hunt.name}\n" * 12
    for word in ("show", "note", "take"):
        yield f"case {word} {number}", ""
