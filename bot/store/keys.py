"""Names of keys in the server, references, and the numbers that both stores share. No name carries personal data."""

from collections.abc import Callable
from hmac import digest
from math import ceil

from bot.domain.likeness import Trace
from bot.ports.drafts import DraftPlace

# References that a person can say over the radio.


def spoken_ref(year: int, number: int) -> str:
    """The number grows past four digits in a busy year rather than start again."""
    return f"MC-{year % 100:02}-{number:04}"


class Keys:
    """`prefix` sets installations (and tests) on one server apart; `index_key` blinds what people are known by.

    `kind` sets kinds of record apart: a case cannot be loaded as a roster, whatever somebody types.
    """

    def __init__(self, prefix: str, index_key: Callable[[], bytes], kind: str = "case") -> None:
        self._kind = kind
        self._prefix = prefix
        self._index_key = index_key
        self.refs = self._named("refs")  # year → last number
        self.incidents = self._named("incidents")  # blind incident number → ref
        self.persons = (
            self._named("person") + ":"
        )  # + blind person_ref → refs, scored by when police were told
        self.traces = self._named("trace") + ":"  # + blind trace → refs, scored the same way
        self.open = self._named("open")
        self.due = self._named("due")  # ref, scored by ms of case time
        self.claimed = self._named("due", "claimed")  # the same, while somebody holds a lease
        self.leases = self._named("due", "leases")  # ref, scored by the lease's end in machine seconds
        self.lanes = self._named("lanes")
        self.bell = self._named("bell")  # a channel, no key
        self.turns = self._named("lanes", "turns")  # numbers outbox rows in the order of writing
        self.cards = self._named("cards")
        self.metrics = self._named("metrics")
        self.heartbeats = self._named("heartbeats")
        self.beats_tried = self._named("heartbeats", "tried")  # whether a write is taken
        self.documents = self._named("documents")
        self.exports = self._named("exports")  # ref → the newest whole export of it
        self.erasures_asked = self._named("erasures", "asked")  # ref → who asked for it
        self.erasures = self._named("erasures")  # ref → what is left of it
        self.damaged = self._named("damaged")  # what cannot be read, as it lay there
        self.tallies = self._named("tallies")  # kind and reference → how far it has come
        self.torn = self._named("tallies", "torn")  # the same → a tally that the next step did not go on from
        self.log = self._named("processing")  # a list
        self.log_end = self._named("processing", "end")
        self.log_marks = self._named("processing", "marks")  # a list
        self.log_people = self._named("processing", "people")  # name of a list of recipients → the list
        self.consultations = self._named("consultations")  # a stream: what was noted before there was a chain
        self.records = self._named("")  # + kind and reference, as rows of the outbox name their record
        self.requests = self._named("requests")  # id, scored by ms of machine time
        self.text_codes = self._named("texts", "codes")  # blind person and code → pages, and back
        self.texts_sent = self._named("texts", "sent")  # the service's name for it → what it was
        self.request_asks = self._named("requests", "asks")  # id → the ask that was let through

    def _named(self, *parts: str) -> str:
        return ":".join((self._prefix, *parts))

    def record(self, ref: str) -> str:
        return self._named(self._kind, ref)

    def entries(self, ref: str) -> str:
        return self._named(self._kind, ref, "entries")

    def lane(self, lane: str) -> str:
        """A lane may be named after a person."""
        return self._named("lane", self.blind("lane", lane))

    def person(self, person_ref: str) -> str:
        return self.persons + self.blind("person", person_ref)

    def trace(self, trace: Trace) -> str:
        return self.blind(f"trace {trace.kind}", trace.value)

    def draft(self, place: DraftPlace) -> str:
        return self._named("draft", self._form(place))

    def saved(self, place: DraftPlace, view: str) -> str:
        """A set: blind, each contents with which this view was saved. The pages of a report are one view."""
        return self._named("saved", self._form(place), view)

    def _form(self, place: DraftPlace) -> str:
        return self.blind("draft", "\n".join((place.person, place.form, place.ref, place.item)))

    @property
    def drafts(self) -> str:
        """A pattern for all of them."""
        return self._named("draft", "*")

    def reply(self, reply: str) -> str:
        return self._named("texts", "reply", reply)

    def said(self, to_a_number: str) -> str:
        return self._named("texts", "said", self.blind("said", to_a_number))

    def blind(self, kind: str, value: str) -> str:
        """The same value has another blind name under another kind; "" stays "" (nothing to look up)."""
        if not value:
            return ""
        return digest(self._index_key(), f"{kind}\n{value}".encode(), "sha256").hex()[:32]


# Numbers that both stores share.

REQUESTS_KEPT = 10_000  # Slack's last retry of an event comes within the hour; these are a busy force's day
GAP = 1.0  # seconds between two posts in one channel (Slack's documentation of chat.postMessage)
# Slack takes some 50 edits a minute from an app, whatever their channels (tier 3 of its documentation). The board and
# the watchdog edit, too, so the setting stays below; and case cards, which nobody waits for, leave a third of it for
# cards that paged.
MINUTE = 60.0
_PATIENT_SHARE = 2 / 3


def most_edits(a_minute: int, *, is_patient: bool) -> int:
    return ceil(a_minute * _PATIENT_SHARE) if is_patient else a_minute
