"""Each hour an anchor of the record leaves the machine: into a folder, and by a way beside Slack, where those are set.

One for all bots of an installation. Before it is written, the record is compared with the newest one that is there: so
it is noticed that a whole server was put back to an older state, which nothing inside of it tells.
"""

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import structlog
from msgspec import Struct

from bot.anchor import Anchor, Difference, NoAnchor, SignedAnchor, closed, differences, opened
from bot.ports.anchors import RecordHeads, Standings
from bot.ports.damaged import read
from bot.ports.stores import Stores
from bot.time import MachineClock, is_ahead
from bot.views.wording import anchor_words
from workers.alarm.matters import Found, Matter
from workers.anchors.folder import AnchorFolder

log = structlog.get_logger()

_HOUR = 3600.0  # machine seconds
_AGAIN = 60.0  # machine seconds: after a folder that could not be written to
_CLAIMED = 300.0  # machine seconds: whoever claimed it may have died
_LATE = (
    900.0  # machine seconds into an hour: whoever claims it and does nothing keeps nobody from it any more
)
_NAME = "anchor"


class LastAnchor(Struct, frozen=True):
    """The newest that any bot has made."""

    hour: int = -1  # since 1970
    total: str = ""


class AnchorKeeper:
    """One bot's. `look` every few seconds."""

    def __init__(
        self,
        heads: RecordHeads,
        stores: Stores,
        machine: MachineClock,
        zone: ZoneInfo,
        host: str,
        process: str,
        *,
        folder: AnchorFolder | None = None,
        send: Callable[[str], object] | None = None,
    ) -> None:
        """`process`: this one, under the name of its machine. `send`: a line, by a way beside Slack."""
        self._heads = heads
        self._stores = stores
        self._machine = machine
        self._zone = zone
        self._host = host
        self._process = process
        self._folder = folder
        self._send = send
        self._hour = -1  # the last one of which we know that it is done
        self._not_before = 0.0
        self._has_compared = False
        self._unwritten: Matter | None = None
        self._behind: Matter | None = None

    def look(self) -> None:
        """Raises StoreUnavailable."""
        now = self._machine.seconds()
        hour = int(now // _HOUR)
        if not self._has_compared:
            self._compared()
            self._has_compared = True
        if hour != self._hour and not is_ahead(self._not_before, now) and self._is_ours(hour, now):
            self._anchor(hour, now)

    def behind(self) -> Found:
        """To FIM and technician: said once."""
        return {"behind its anchor": self._behind} if self._behind else {}

    def unwritten(self) -> Found:
        """To the technician."""
        return {f"anchor on {self._host}": self._unwritten} if self._unwritten else {}

    def _is_ours(self, hour: int, now: float) -> bool:
        if self._last().hour == hour:
            self._hour = hour
            return False
        is_claimed = self._stores.requests.seen_before(_claim(hour, now), int(now * 1000))
        return not is_claimed or now % _HOUR > _LATE

    def _anchor(self, hour: int, now: float) -> None:
        standings = self._heads.standings()
        newest = self._compared(standings)
        anchor = Anchor(
            at=anchor_words.machine_moment(now),
            before=newest.total if newest else self._last().total,
            standings=standings,
        )
        signed, content = closed(anchor, self._heads.signature)
        if not self._is_kept(anchor, content):
            self._not_before = now + _AGAIN
            self._stores.requests.forget(_claim(hour, now))
            return
        self._stores.documents.put(_NAME, msgspec.json.encode(LastAnchor(hour, signed.total)))
        self._hour = hour
        log.info("anchored", records=len(anchor.standings.records), total=signed.total)
        if self._send is not None:
            self._send(anchor_words.leaves(signed))

    def _is_kept(self, anchor: Anchor, content: bytes) -> bool:
        if self._folder is None:
            return True
        try:
            self._folder.keep(anchor.at, content)
        except OSError as no:
            says = anchor_words.not_written(
                str(self._folder.folder), self._host, no.strerror or type(no).__name__
            )
            self._unwritten = Matter(says=says, over=anchor_words.written(self._host), of=self._process)
            return False
        self._unwritten = None
        return True

    def _compared(self, now: Standings | None = None) -> SignedAnchor | None:
        """The newest that is in the folder. `now`: how the record stands, where that was asked already."""
        newest = self._newest()
        if newest is None:
            return None
        try:
            signed = opened(newest.read_bytes(), self._heads.signature)
        except (OSError, NoAnchor) as no:
            why = str(no) if isinstance(no, NoAnchor) else "cannot be read"
            self._is_behind(anchor_words.not_an_anchor(str(newest), why))
            return None
        if found := behind(self._heads, signed, now):
            self._is_behind(anchor_words.told(signed, found, self._zone))
        return signed

    def _is_behind(self, says: str) -> None:
        self._behind = Matter(says=says, lasts=False, of=self._process)

    def _newest(self) -> Path | None:
        try:
            return self._folder.newest() if self._folder else None
        except OSError:
            return None

    def _last(self) -> LastAnchor:
        return read(self._stores.documents, _NAME, LastAnchor) or LastAnchor()


def behind(heads: RecordHeads, signed: SignedAnchor, now: Standings | None = None) -> list[Difference]:
    """What of the record is older than the anchor. Raises StoreUnavailable."""
    records = signed.anchor.standings.records
    as_of = heads.as_of({ref: standing.entries for ref, standing in records.items()})
    return list(differences(signed.anchor, as_of, now or heads.standings()))


def _claim(hour: int, now: float) -> str:
    return f"{_NAME}:{hour}:{int(now // _CLAIMED)}"
