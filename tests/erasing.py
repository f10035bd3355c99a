"""A case erased, as two people decided, without anybody at a terminal."""

from datetime import datetime
from functools import partial

from bot.domain.erasing import Erasure, ErasureAsked, Exported
from bot.domain.processing import Processing, ProcessingKind
from bot.outgoing import erased_from
from bot.store.redis_stores import RedisStores


def erase(stores: RedisStores, ref: str, at: datetime) -> None:
    """Whatever hinders a person."""
    ends = stores.cases.ends(ref)
    assert ends is not None
    export = Exported(ref=ref, by="sam", at=at, entries=ends.entries, last=ends.link, sum="ab" * 32)
    asked = ErasureAsked(ref=ref, by="sam", surface="terminal", at=at, export=export)
    stores.erasures.asked.put(ref, asked)
    line = Processing(kind=ProcessingKind.ERASURE, at=at, by="sid", action="purge", ref=ref)
    assert stores.eraser.forget(Erasure(asked=asked, by="sid", surface="terminal", at=at), ends, line)
    stores.eraser.clear(ref, partial(erased_from, ref=ref, version=ends.entries, at=at))
