"""The record: that it is there, keeps what it is given, and was begun with this key."""

from collections.abc import Iterator

from msgspec.structs import replace
from redis import Redis

from bot.ports.errors import StoreUnavailable
from bot.store import server_state
from bot.store.connection import for_probing
from bot.store.errors import ServerTrouble
from bot.store.redis_stores import RedisStores
from bot.store.server import running_in
from bot.views.wording import record_words
from cli.compose.record_server import record_server
from cli.compose.shared import masters_of
from cli.doctor import server_checks
from cli.doctor.finding import Finding, FindingState, ok, unknown, wrong
from cli.doctor.server_checks import URL
from config.settings import Settings

_KEY = "MISSING_RECORD_KEY"


def look(settings: Settings) -> Iterator[Finding]:
    """A question of a second."""
    try:
        server = record_server(settings) or running_in(settings.data_dir)
    except ServerTrouble:
        yield ok("Redis", "none is named: `missing-bot run` starts its own", URL)
        return
    with for_probing(server) as redis:
        try:
            found = list(of_server(redis, settings))
        except StoreUnavailable as away:
            says, mend = f"{record_words.now(away.trouble)} ({away.kind})", record_words.mend(away.trouble)
            found = [wrong("Redis", says, mend, URL)]
        yield from found
        stores = RedisStores(redis, masters_of(settings), prefix=settings.prefix)
        key = _key(stores)
        yield key
        if key.state is FindingState.OK:
            yield from _in_clear(stores)


def of_server(redis: Redis, settings: Settings) -> Iterator[Finding]:
    """In a demo nothing is refused: its people are invented. Raises StoreUnavailable."""
    for each in server_checks.server(server_state.ask(redis), settings.redis_keeps):
        yield each if settings.case_time.is_real else replace(each, stops=False)


def _in_clear(stores: RedisStores) -> Iterator[Finding]:
    """Nothing of an empty record, which is begun closed."""
    try:
        is_believed = stores.house.stored() is not None and not stores.house.is_closed_now()
    except StoreUnavailable:
        return
    if is_believed:
        says = "what lies there in clear, as from before there were keys, is believed: anybody could have written it"
        mend = "seal all of it: missing-bot keys rotate"
        yield Finding(about="record in clear", state=FindingState.NOTE, says=says, mend=mend, setting=_KEY)


def _key(stores: RedisStores) -> Finding:
    try:
        is_right = stores.key_check.is_right()
    except StoreUnavailable:
        return unknown("record key", "asked once Redis answers", _KEY)
    match is_right:
        case True:
            return ok("record key", "is the one that the record is under")
        case None:
            return ok("record key", "the record is empty: it is begun with this key")
        case _:
            mend = "put the old key back, or begin an empty record under another MISSING_PREFIX"
            says = "is not the one that the record is under"
            return wrong("record key", says, mend, _KEY, stops=True)
