"""A record server that does not keep what it is given is refused, with the mend; what it does not say is asked for."""

import pytest
from msgspec.structs import replace

from bot.ports.errors import RecordTrouble
from bot.store.server_state import ServerState
from bot.views.wording import record_words
from cli.doctor.finding import Finding, FindingState
from cli.doctor.server_checks import server
from config.setting_parts import ServerPromise

SOUND = ServerState(
    version="7.0.15",
    keeps_log=True,
    evicts="noeviction",
    flushes="always",
    flushes_while_rewriting=True,
    stops_where_a_dump_fails=False,
)
SILENT = replace(SOUND, flushes=None, flushes_while_rewriting=None, stops_where_a_dump_fails=None)


def found(state: ServerState, *taken: ServerPromise) -> dict[str, Finding]:
    """What is not well, by what it is about."""
    return {each.about: each for each in server(state, taken) if each.state is not FindingState.OK}


def test_a_server_as_config_redis_conf_makes_it_is_well() -> None:
    assert found(SOUND) == {}


@pytest.mark.parametrize(
    ("spoilt", "about", "mend"),
    [
        ({"version": "6.0.16"}, "Redis version", "6.2"),
        ({"keeps_log": False}, "Redis persistence", "`appendonly yes`"),
        ({"flushes": "everysec"}, "Redis durability", "`appendfsync always`"),
        ({"flushes": "no"}, "Redis durability", "`appendfsync always`"),
        ({"flushes_while_rewriting": False}, "Redis durability", "`no-appendfsync-on-rewrite no`"),
        ({"evicts": "allkeys-lru"}, "Redis eviction", "`maxmemory-policy noeviction`"),
        ({"evicts": "volatile-ttl"}, "Redis eviction", "`maxmemory-policy noeviction`"),
        ({"is_copy": True}, "Redis", "primary"),
    ],
)
def test_what_would_lose_a_case_is_refused_with_the_mend(
    spoilt: dict[str, object], about: str, mend: str
) -> None:
    wrong = found(replace(SOUND, **spoilt))
    assert list(wrong) == [about]
    assert wrong[about].stops and mend in wrong[about].mend


@pytest.mark.parametrize("kept", [ServerPromise.PERSISTENCE, ServerPromise.DURABILITY])
def test_where_somebody_else_keeps_it_safe_the_force_says_so(kept: ServerPromise) -> None:
    state = replace(SOUND, keeps_log=kept is not ServerPromise.PERSISTENCE, flushes="everysec")
    mend = next(iter(found(state).values())).mend
    assert f"MISSING_REDIS_KEEPS={kept.value}" in mend
    assert found(state, ServerPromise.PERSISTENCE, ServerPromise.DURABILITY) == {}


def test_a_server_that_does_not_tell_its_settings_is_not_refused() -> None:
    (unknown,) = found(SILENT).values()
    assert (unknown.state, unknown.stops) == (FindingState.UNKNOWN, False)
    assert "could not be checked" in unknown.says and "MISSING_REDIS_KEEPS=durability" in unknown.says
    assert found(SILENT, ServerPromise.DURABILITY) == {}


def test_throwing_records_away_is_answered_for_by_nobody() -> None:
    assert found(replace(SOUND, evicts="allkeys-lru"), *ServerPromise)["Redis eviction"].stops


@pytest.mark.parametrize(
    ("state", "trouble"),
    [
        (replace(SOUND, log_fails=True), RecordTrouble.DISK),
        (replace(SOUND, dump_fails=True, stops_where_a_dump_fails=True), RecordTrouble.DISK),
        (replace(SOUND, used=10, most=10), RecordTrouble.MEMORY_FULL),
        (replace(SOUND, is_loading=True), RecordTrouble.LOADING),
        (replace(SOUND, is_copy=True), RecordTrouble.READ_ONLY),
    ],
)
def test_what_keeps_it_from_taking_anything_is_said_as_everywhere(
    state: ServerState, trouble: RecordTrouble
) -> None:
    assert state.trouble is trouble
    assert record_words.now(trouble) in found(state)["Redis"].says


def test_a_dump_that_fails_where_none_is_needed_is_no_trouble() -> None:
    assert replace(SOUND, dump_fails=True).trouble is None


def test_memory_that_is_nearly_full_is_noted() -> None:
    noted = found(replace(SOUND, used=9, most=10))["Redis memory"]
    assert noted.state is FindingState.NOTE and noted.says.startswith("90 %")
