"""Whether a record server keeps what it is given, and takes anything: from what it says of itself. Pure."""

from collections.abc import Collection, Iterator

from bot.ports.errors import RecordTrouble
from bot.store.server_state import ServerState
from bot.views.wording import record_words
from cli.doctor.finding import Finding, FindingState, ok, unknown, wrong
from config.setting_parts import ServerPromise

URL = "REDIS_URL"
_TAKEN = "MISSING_REDIS_KEEPS"
_FULL = 0.8  # of its memory, from which on it is noted


def server(state: ServerState, taken: Collection[ServerPromise]) -> Iterator[Finding]:
    """`taken`: what the force has looked up itself, and answers for."""
    yield _version(state)
    yield from _takes_writes(state)
    if not state.is_loading:
        yield _persistence(state, taken)
        if state.keeps_log is not False or ServerPromise.PERSISTENCE in taken:
            yield _durability(state, taken)
        yield _eviction(state, taken)
        yield from _memory(state)


def _version(state: ServerState) -> Finding:
    if state.is_old:
        mend = "install Redis or Valkey 6.2 or later"
        return wrong("Redis version", f"is {state.version}", mend, URL, stops=True)
    return ok("Redis version", state.version)


def _takes_writes(state: ServerState) -> Iterator[Finding]:
    """What passes by itself, or is mended while it runs, stops no start: the bot waits for it."""
    if state.is_loading:
        yield unknown("Redis", f"{record_words.now(RecordTrouble.LOADING)}; the bot waits for it", URL)
    elif state.trouble is not None:
        says, mend = record_words.now(state.trouble), record_words.mend(state.trouble)
        yield wrong("Redis", f"nothing new is saved: {says}", mend, URL, stops=state.is_copy)


def _persistence(state: ServerState, taken: Collection[ServerPromise]) -> Finding:
    about = "Redis persistence"
    if state.keeps_log:
        return ok(about, "every write is kept in its append-only file")
    if ServerPromise.PERSISTENCE in taken:
        return _taken(about, "no append-only file is seen", ServerPromise.PERSISTENCE)
    if state.keeps_log is None:
        return _unchecked(about, "whether it keeps an append-only file", ServerPromise.PERSISTENCE)
    mend = f"set `appendonly yes` (config/redis.conf); {_or_say(ServerPromise.PERSISTENCE)}"
    return wrong(about, "what was recorded is lost when its machine stops", mend, URL, stops=True)


def _durability(state: ServerState, taken: Collection[ServerPromise]) -> Finding:
    """Slack, and whoever pressed, is answered only once it is on disk: so says the promise."""
    about = "Redis durability"
    if state.flushes == "always" and state.flushes_while_rewriting:
        return ok(about, "what is answered is on disk")
    if state.flushes is None or not state.keeps_log:
        if ServerPromise.DURABILITY in taken:
            return _taken(about, "it is not seen that what it answers is on disk", ServerPromise.DURABILITY)
        return _unchecked(
            about, "whether what it answers is on disk (`appendfsync always`)", ServerPromise.DURABILITY
        )
    if ServerPromise.DURABILITY in taken:
        return _taken(about, _lost(state), ServerPromise.DURABILITY)
    sets = "`appendfsync always` and `no-appendfsync-on-rewrite no`"
    mend = f"set {sets} (config/redis.conf); {_or_say(ServerPromise.DURABILITY)}"
    return wrong(about, _lost(state), mend, URL, stops=True)


def _lost(state: ServerState) -> str:
    how = "`no-appendfsync-on-rewrite yes`" if state.flushes == "always" else f"`appendfsync {state.flushes}`"
    return f"the last that was answered as saved is lost when its machine stops ({how})"


def _eviction(state: ServerState, taken: Collection[ServerPromise]) -> Finding:
    about = "Redis eviction"
    if state.evicts is None:
        if ServerPromise.EVICTION in taken:
            return _taken(about, "its maxmemory-policy is not seen", ServerPromise.EVICTION)
        return _unchecked(about, "its `maxmemory-policy`", ServerPromise.EVICTION)
    if state.evicts == "noeviction":
        return ok(about, "nothing is thrown away")
    mend = "set `maxmemory-policy noeviction` (config/redis.conf)"
    says = f"throws records away when its memory is full ({state.evicts})"
    return wrong(about, says, mend, URL, stops=True)


def _memory(state: ServerState) -> Iterator[Finding]:
    if state.most and _FULL * state.most <= state.used < state.most:
        says = f"{100 * state.used // state.most} % of it is used; nothing is saved once it is full"
        mend = "give it more (`maxmemory`)"
        yield Finding(about="Redis memory", state=FindingState.NOTE, says=says, mend=mend, setting=URL)


def _taken(about: str, says: str, kept: ServerPromise) -> Finding:
    return ok(about, f"{says}; the force answers for it ({_TAKEN}={kept.value})")


def _unchecked(about: str, what: str, kept: ServerPromise) -> Finding:
    asks = f"could not be checked: it does not say {what}. Ask whoever runs it; where it is so, {_say(kept)}"
    return unknown(about, asks, _TAKEN)


def _or_say(kept: ServerPromise) -> str:
    return f"or, where whoever runs it keeps each write in another way, {_say(kept)}"


def _say(kept: ServerPromise) -> str:
    return f"say so: {_TAKEN}={kept.value}"
