"""What people were told, against the record."""

from itertools import groupby

import msgspec

from benchmarks.soak.evidence import Evidence, Offender
from benchmarks.soak.faults import struck_within
from benchmarks.soak.forms import NUMBER
from benchmarks.soak.people import Told
from bot.domain.events import Entry
from bot.views import ids

# A press is acknowledged before a refusal is told, and a fault may swallow the telling.
_REFUSAL_TOLD_WITHIN = 8.0  # seconds
_CHANGES_NOTHING = frozenset({ids.ACKNOWLEDGE, ids.ACKNOWLEDGE_MANY, "risk", "located"})


def lost(found: Evidence) -> list[Offender]:
    return [
        Offender(f"{told.who} was told that {told.did} is done: {told.words or told.ref}", told.began)
        for told in found.told
        if not _is_recorded(told, found)
    ]


def _is_recorded(told: Told, found: Evidence) -> bool:
    roster = found.stores.rosters.entries()
    entries = found.entries.get(told.ref, []) if told.ref else [*_all(found), *roster]
    if told.words:
        return any(_says(told.words, entry) for entry in (*entries, *_all(found), *roster))
    if told.did in _CHANGES_NOTHING:
        return True
    begun, ended = told.began - 1.0, told.ended + 1.0
    theirs = [entry for entry in (*entries, *roster) if entry.by == told.who]
    if any(begun <= found.at(entry.at) <= ended for entry in theirs):
        return True
    return _was_refused(told, found) or bool(
        struck_within(found.timeline, told.began, told.ended + _REFUSAL_TOLD_WITHIN)
    )


def _was_refused(told: Told, found: Evidence) -> bool:
    """Only the person sees it."""
    until = told.ended + _REFUSAL_TOLD_WITHIN
    private = [post for post in found.posts if post.seen_by == told.who]
    return any(told.began <= float(post.ts) <= until for post in private)


def _all(found: Evidence) -> list[Entry]:
    return [entry for entries in found.entries.values() for entry in entries]


def _says(words: str, entry: Entry) -> bool:
    return words in NUMBER.findall(msgspec.json.encode(entry.event).decode())


def twice(found: Evidence) -> list[Offender]:
    return [*_broken(found), *_repeated_steps(found), *_repeated_words(found)]


def _broken(found: Evidence) -> list[Offender]:
    broken = {ref: found.stores.cases.broken_at(ref) for ref in found.entries}
    return [Offender(f"{ref}: entry {at} is not as written", 0.0) for ref, at in broken.items() if at]


def _repeated_steps(found: Evidence) -> list[Offender]:
    offenders = []
    for ref in found.entries:
        steps = [step for step, _ in groupby(found.stores.cases.steps(ref))]
        again = {step for step in steps if steps.count(step) > 1}
        offenders += [Offender(f"{ref}: step {step} stands there twice", 0.0) for step in again]
    return offenders


def _repeated_words(found: Evidence) -> list[Offender]:
    """What somebody typed once was written by one step; that may be several entries."""
    written: dict[str, set[str]] = {}
    for ref, entries in found.entries.items():
        for step, entry in zip(found.stores.cases.steps(ref), entries, strict=True):
            for words in NUMBER.findall(msgspec.json.encode(entry.event).decode()):
                written.setdefault(words, set()).add(step)
    return [
        Offender(f"{told.words}: written by {len(written[told.words])} steps ({told.did})", told.began)
        for told in found.told
        if len(written.get(told.words, ())) > 1
    ]
