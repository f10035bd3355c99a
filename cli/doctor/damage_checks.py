"""What lies in the record and cannot be read."""

from collections.abc import Iterator

from bot.ports.errors import StoreUnavailable
from bot.store.connection import for_probing
from bot.store.redis_stores import RedisStores
from bot.views.wording import damage_words
from cli.compose.record_server import record_server
from cli.compose.shared import masters_of
from cli.doctor.finding import Finding, ok, wrong
from config.settings import Settings


def look(settings: Settings) -> Iterator[Finding]:
    """Nothing, where the record does not answer: that is said beside."""
    server = record_server(settings)
    if server is None:
        return
    with for_probing(server) as redis:
        stores = RedisStores(redis, masters_of(settings), prefix=settings.prefix)
        try:
            found = [*stores.unreadable_entries(), *stores.damaged.all()]
        except StoreUnavailable:
            return
    if found:
        says = "some cannot be read, or is not believed"
        yield wrong("what lies there", f"{says} ({damage_words.counted(found)})", damage_words.LOOK)
    else:
        yield ok("what lies there", "all that was read back could be read")
