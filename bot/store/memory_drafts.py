"""What was typed into views that were lost, in memory."""

from threading import RLock

from msgspec import Struct

from bot.ports import DraftPlace, SavedDraft


class _Kept(Struct, frozen=True):
    view: str
    until: float
    draft: SavedDraft | None = None  # None: that view was saved

    def is_ahead_of(self, draft: SavedDraft) -> bool:
        return self.draft.heard > draft.heard if self.draft else self.view == draft.view


class MemoryDrafts:
    def __init__(self, lock: RLock) -> None:
        self._lock = lock
        self._kept: dict[DraftPlace, _Kept] = {}

    def keep(self, place: DraftPlace, draft: SavedDraft, machine_now: float, until: float) -> None:
        with self._lock:
            held = self._held(place, machine_now)
            if held is None or not held.is_ahead_of(draft):
                self._kept[place] = _Kept(draft.view, until, draft)

    def find(self, place: DraftPlace, machine_now: float) -> SavedDraft | None:
        with self._lock:
            held = self._held(place, machine_now)
            return held.draft if held else None

    def drop(self, place: DraftPlace, view: str, machine_now: float, until: float) -> None:  # noqa: ARG002
        with self._lock:
            self._kept[place] = _Kept(view, until)

    def _held(self, place: DraftPlace, machine_now: float) -> _Kept | None:
        held = self._kept.get(place)
        return held if held and held.until > machine_now else None
