"""The one way to erase a case: look → decide → forget, then clear what lies beside it, until that is done.

Two people: one asks, another one confirms. What is left is that there was a case, and who had it erased.
"""

from functools import partial

from bot.domain.case import Case
from bot.domain.erasing import (
    NO_ENDS,
    Erasure,
    ErasureAsked,
    Exported,
    Hindrance,
    NotErased,
    Stands,
    hindrance,
    may_erase,
)
from bot.domain.people import Actor
from bot.domain.processing import Processing, ProcessingKind
from bot.domain.retention import Decided
from bot.outgoing import erased_from
from bot.ports.erasures import ErasureStore
from bot.ports.time_source import TimeSource


class ErasureDesk:
    def __init__(self, store: ErasureStore, clock: TimeSource) -> None:
        self._store = store
        self._clock = clock

    def note_export(self, case: Case, actor: Actor, sum_: str, entries: int) -> None:
        """Of a whole export; one of a record that has gone on meanwhile covers less than there is, and says so."""
        ends = self._store.ends(case.ref)
        if ends is None or ends.entries != entries:
            return
        now = self._clock.now()
        said = Exported(ref=case.ref, by=actor.id, at=now, entries=entries, last=ends.link, sum=sum_)
        self._store.exported.put(case.ref, said)

    def erased(self, ref: str) -> Erasure | None:
        return self._store.done.of(ref)

    def kept_refs(self) -> list[str]:
        """Of every case that was not erased."""
        return self._store.refs()

    def decided(self) -> Decided:
        return Decided(
            exported={each.ref: each for each in self._store.exported.all()},
            asked={each.ref: each for each in self._store.asked.all()},
        )

    def all_erased(self) -> list[Erasure]:
        return list(self._store.done.all())

    def stands(self, case: Case, actor: Actor) -> Stands:
        """For whoever may ask for it, or confirm it. Raises NotErased."""
        ends, export = self._store.ends(case.ref), self._store.exported.of(case.ref)
        asked = self._store.asked.of(case.ref)
        stands = Stands(
            case=case,
            ends=ends or NO_ENDS,
            export=export,
            asked=asked if export and asked and asked.stands(export, self._clock.now()) else None,
            waiting=self._store.waiting(case.ref),
        )
        why = hindrance(stands, actor)
        if why is not None:
            raise NotErased(why, stands)
        return stands

    def need_yours(self, case: Case, actor: Actor) -> None:
        """Raises NotErased."""
        if not may_erase(actor):
            raise NotErased(Hindrance.NOT_YOURS, Stands(case=case))

    def ask(self, stands: Stands, actor: Actor, surface: str) -> ErasureAsked:
        assert stands.export is not None, "nobody may ask before"
        asked = ErasureAsked(
            ref=stands.case.ref, by=actor.id, surface=surface, at=self._clock.now(), export=stands.export
        )
        self._store.asked.put(asked.ref, asked)
        return asked

    def withdraw(self, ref: str) -> bool:
        """Whether anybody had asked."""
        asked = self._store.asked.of(ref)
        self._store.asked.drop(ref)
        return asked is not None

    def confirm(self, stands: Stands, actor: Actor, surface: str) -> Erasure:
        """For ever. Raises NotErased where the case has gone on since it was looked at, or is not asked for any more:
        whoever confirms may take their time over it."""
        asked, now = stands.asked, self._clock.now()
        assert asked is not None, "somebody else has asked"
        if not asked.stands(asked.export, now):
            raise NotErased(Hindrance.NOT_ASKED, stands)
        erasure = Erasure(asked=asked, by=actor.id, surface=surface, at=now)
        if not self._store.forget(erasure, stands.ends, _line(erasure, actor)):
            is_asked = self._store.asked.of(erasure.ref) == asked
            raise NotErased(Hindrance.GONE_ON if is_asked else Hindrance.NOT_ASKED, stands)
        return self.finish(erasure)

    def finish(self, erasure: Erasure) -> Erasure:
        """All that comes after the key, however far it had come. Nothing of it needs a decision any more."""
        ref, entries = erasure.ref, erasure.asked.export.entries
        self._store.clear(ref, partial(erased_from, ref=ref, version=entries, at=erasure.at))
        self._store.end(erasure)
        done = self._store.done.of(ref)
        assert done is not None, "it was written just now"
        return done


def _line(erasure: Erasure, actor: Actor) -> Processing:
    """Metadata alone."""
    asked = erasure.asked
    return Processing(
        kind=ProcessingKind.ERASURE,
        at=erasure.at,
        by=erasure.by,
        roles=actor.roles,
        action="purge",
        ref=erasure.ref,
        surface=erasure.surface,
        entries=asked.export.entries,
        digest=asked.export.last,
        asked_by=asked.by,
        export=asked.export.sum,
    )
