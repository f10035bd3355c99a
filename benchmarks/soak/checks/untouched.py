"""Nobody but the bot wrote to the record: nothing else may be said, now or in the night."""

from benchmarks.soak.evidence import Evidence, Offender
from bot.views.wording import tamper_words
from workers.alarm.record_round import checked


def changed(found: Evidence) -> list[Offender]:
    checks, known = found.stores.checks, checked(found.stores.documents)
    now = [each for ref in checks.refs() for each in checks.check(ref)]
    told = [each for some in known.standing.values() for each in some]
    mended = [each.found for each in known.mended]
    return [
        Offender(f"{each.ref}: {tamper_words.what(each)}", found.read_at) for each in (*now, *told, *mended)
    ]
