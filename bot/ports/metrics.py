"""Everything that is counted, timed or read off for `/metrics` and `/healthz`: one table, a sentence each.

Counts and times are kept in the record, for the whole installation: a process that dies takes none with it, and each
bot says the same. No label says more than its own few words, so none can hold a name, a place or a reference.
"""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from contextlib import suppress
from enum import StrEnum
from typing import Protocol, Self

from msgspec import Struct

from bot.domain.facts import Grade
from bot.domain.people import Role
from bot.domain.policy import ClockName
from bot.domain.refusals import Because
from bot.ports.errors import RecordTrouble, StoreUnavailable

OTHER = "other"  # whatever a label has no word for


class SlackTrouble(StrEnum):
    """What kind of no Slack gave to a call."""

    LIMITED = "limited"  # asked to wait
    NO_ANSWER = "no_answer"  # none that came, or made sense
    SLACK = "slack"  # its own trouble
    TOKEN = "token"  # nosec B105 # its name: nothing of the app's gets in
    PLACE = "place"  # nothing gets into that channel, or to that person
    MESSAGE = "message"  # it is gone
    BLOCKS = "blocks"  # how it was drawn
    OTHER = OTHER


class Label(Struct, frozen=True):
    name: str
    words: tuple[str, ...]

    def word(self, said: str) -> str:
        return said if said in self.words else OTHER


def _label(name: str, words: Iterable[str]) -> Label:
    return Label(name, tuple(str(word) for word in words))


CLOCK = _label("clock", ClockName)
RUNG = _label("rung", Role)
ROLE = _label("role", Role)
BECAUSE = _label("because", Because)
SLACK_KIND = _label("kind", SlackTrouble)
TROUBLE = _label("trouble", RecordTrouble)
GRADE = _label("grade", Grade)
WAY = _label("way", ("slack", "beside"))
WORK = _label("work", ("recheck", "deliver"))


class _Named(StrEnum):
    """A name as it is stored, the sentence that says what it is, and its labels."""

    says: str
    labels: tuple[Label, ...]

    def __new__(cls, value: str, says: str, *labels: Label) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.says = says
        member.labels = labels
        return member

    @property
    def told_as(self) -> str:
        """As Prometheus, a rule and a dashboard write it."""
        return f"missing_{self.value}{self._unit()}"

    def _unit(self) -> str:
        return ""


class Metric(_Named):
    """Everything that is counted: as `/healthz` says it, and on `/metrics` as missing_…_total."""

    PAGES = (
        "pages",
        "Pages that Slack took of cases that are no training, one for each clock on them.",
        CLOCK,
        RUNG,
    )
    REFUSALS = "refusals", "Steps that were refused to somebody in Slack, by the reason.", BECAUSE
    SLACK_ERRORS = "slack_errors", "Calls that Slack did not do, by kind.", SLACK_KIND
    TICKS = "ticks", "Whole looks of a timer at the time, told every five seconds."
    RECHECKED_BY_WORKER = "recheck_by_worker", "Cases looked at by a worker."
    RECHECKED_BY_TIMER = "recheck_by_timer", "Cases looked at by the timer, since no worker answered in time."
    RECHECKED_AT_START = "recheck_at_start", "Looks at hand-overs as a timer starts."
    RECHECK_FAILED = "recheck_failed", "Cases that could not be looked at, by a fault of ours."
    DELIVERED_BY_WORKER = "deliver_by_worker", "Rows of the outbox sent by a worker."
    DELIVERED_BY_TIMER = "deliver_by_timer", "Rows of the outbox sent by the timer, in a worker's place."
    DELIVERY_FAILED = "deliver_failed", "Turns of a lane that ended by a fault of ours."
    JOBS_REFUSED = "jobs_refused", "Jobs in our queue that somebody else wrote."
    UNSIGNED = "requests_not_of_slack", "Requests over HTTP that were not signed by Slack, old, or a copy."
    MISSHAPEN = "requests_refused", "Requests of no shape that Slack sends."
    RATE_LIMITED = "slack_rate_limits", "Times that Slack asked a delivery to wait."
    SLACK_REFUSED = "slack_refusals", "Deliveries that Slack refused."
    SLACK_UNSURE = "slack_unsure", "Deliveries of which nobody knows whether Slack took them."
    FOUND_IN_CHANNEL = "found_in_channel", "Rows found in their channel after such doubt."
    POSSIBLE_REPEATS = "possible_repeats", "Rows posted again, since their channel could not be read."
    PLACES_REFUSED = "places_refused", "Times that Slack began to let nothing into a place."
    ROWS_QUARANTINED = "rows_set_aside", "Rows set aside, since their case cannot be read."
    QUARANTINE_TRIED = "aside_tried", "Rows set aside that were tried again."
    DAMAGED = "damaged", "Things read back that nobody can read."
    WRITTEN_AGAIN = "rows_written_again", "Rows made from the record in place of a damaged or a lost one."
    ROWS_POSTPONED = "rows_put_by", "Rows that Slack refused for themselves, to be tried later."
    CARDS_NOT_DRAWN = "cards_not_drawn", "Cards in whose place a plainer one went out."
    CARDS_LEFT = "cards_left", "Cards left as they were, since Slack did not let them be redrawn."
    POSTED_WITHOUT_BLOCKS = "posts_without_blocks", "Posts that Slack took only as plainer words."
    WENT_OUT = "pages_out", "Pages that left by another way than Slack."
    WENT_OUT_TO_NOBODY = "pages_out_failed", "Pages that were to leave by another way, and reached nobody."
    REPLIES = "replies", "Replies to texts, by somebody known."
    REPLIES_FOREIGN = "replies_foreign", "Replies to texts, from numbers that are nobody's here."
    TEXTS_LOST = "texts_lost", "Texts that their service took, and did not bring."
    NOT_LOGGED = (
        "not_logged",
        "Lines that the processing log did not take.",
    )  # the script that appends counts, too
    WAY_OUT_FAILED = "out_failed", "Turns of a way out that ended by a fault of ours."

    def _unit(self) -> str:
        return "_total"


class Timed(_Named):
    """What is timed: on `/metrics` as missing_…_seconds."""

    DUE_TO_SENT = (
        "due_to_sent",
        "From the moment a page was due until Slack had taken it, by the rung paged.",
        RUNG,
    )
    ACKNOWLEDGED = (
        "acknowledged_after",
        "From a page's arrival until somebody acknowledged it, by the rung paged.",
        RUNG,
    )

    def _unit(self) -> str:
        return "_seconds"


BOUNDS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600)  # seconds


class Measured(_Named):
    """What is read off when `/metrics` is asked for. What cannot be known then is left out."""

    UP = "up", "1 where the record answered this question; else 0, and whatever it would say is left out."
    RECORD_TROUBLE = "record_trouble", "1 for what keeps the record from being read or written.", TROUBLE
    COPIES = "record_copies", "Copies of the record's server that follow it."
    COPIES_WANTED = "record_copies_wanted", "Copies that must hold a step before it counts as saved."
    CONNECTED = "slack_connected", "1 while this bot hears Slack."
    EVENT_LAG = "slack_event_lag_seconds", "How long Slack's newest event took to this bot."
    TICK_AGE = "timer_tick_age_seconds", "How long ago any timer last looked at the time."
    WORKER_AGE = "worker_age_seconds", "How long ago any worker of that work last showed life.", WORK
    QUEUE_JOBS = "queue_jobs", "Jobs that wait for a worker.", WORK
    QUEUE_AGE = "queue_age_seconds", "How long the first of them has waited; 0 where none does.", WORK
    OUTBOX_LANES = "outbox_lanes", "Places, people and ways for which something waits to be sent."
    OUTBOX_AGE = "outbox_age_seconds", "How long the oldest unsent page has waited; 0 where none does."
    STUCK = "high_cases_stuck", "HIGH cases of which a page reaches nobody in Slack."
    UNDECIDED = "cases_undecided", "Cases that stay due though timers run."
    OPEN = "open_cases", "Open cases that can be read, by grade; no training case is one.", GRADE
    OVERDUE = "cases_overdue_unpaged", "Cases of which a page was due, and none was written."
    UNREADABLE = "cases_unreadable", "Open cases that cannot be read."
    PLACES_SHUT = (
        "places_shut",
        "Channels and lists of people that Slack does not give until somebody mends it.",
    )
    REACH = (
        "reach",
        "1 where a page would reach that role now: in Slack, where somebody hears it; beside it, by any way.",
        ROLE,
        WAY,
    )


Counts = Mapping[str, int]
"""As they are stored: of a metric, or of one word for each of its labels."""

Series = Mapping[tuple[str, ...], float]


def _key(named: _Named, words: tuple[str, ...]) -> str:
    assert len(words) == len(named.labels), f"{named} has {len(named.labels)} labels"
    return "/".join(
        (named.value, *(label.word(said) for label, said in zip(named.labels, words, strict=True)))
    )


class Metrics(Protocol):
    """Counters of the whole installation. A retried write may count twice; nothing is decided on them."""

    def count(self, metric: Metric, by: int = 1, *words: str) -> None:
        self.add({_key(metric, words): by})

    def took(self, timed: Timed, seconds: float, *words: str) -> None:
        key = _key(timed, words)
        bound = next((str(bound) for bound in BOUNDS if seconds <= bound), "+Inf")
        self.add({f"{key}/{bound}": 1, f"{key}/ms": max(0, round(seconds * 1000))})

    @abstractmethod
    def add(self, counts: Counts) -> None:
        """To what is there."""

    @abstractmethod
    def read(self) -> dict[str, int]: ...


def count_if_possible(metrics: Metrics, metric: Metric, *words: str) -> None:
    """For who has something better to do than to hear that it was not counted."""
    with suppress(StoreUnavailable):
        metrics.count(metric, 1, *words)


# Read back.


def counted(counts: Counts, metric: Metric) -> Series:
    """What was never counted is 0 where its words are few, and left out where two labels would make a table of them."""
    found = {words: float(counts.get(_key(metric, words), 0)) for words in combinations(metric.labels)}
    return {words: count for words, count in found.items() if count or len(metric.labels) < 2}


def total(counts: Counts, metric: Metric) -> int:
    return round(sum(counted(counts, metric).values()))


class Histogram(Struct, frozen=True):
    buckets: tuple[tuple[str, float], ...]  # upper bound → how many took no longer
    seconds: float  # altogether


def timed(counts: Counts, what: Timed) -> Mapping[tuple[str, ...], Histogram]:
    return {words: _histogram(counts, _key(what, words)) for words in combinations(what.labels)}


def _histogram(counts: Counts, key: str) -> Histogram:
    buckets, so_far = [], 0
    for bound in (*(str(bound) for bound in BOUNDS), "+Inf"):
        so_far += counts.get(f"{key}/{bound}", 0)
        buckets.append((bound if bound == "+Inf" else f"{bound}.0", float(so_far)))
    return Histogram(tuple(buckets), counts.get(f"{key}/ms", 0) / 1000)


def combinations(labels: tuple[Label, ...]) -> list[tuple[str, ...]]:
    """Every series that there can be, with `other` for what has no word."""
    found: list[tuple[str, ...]] = [()]
    for label in labels:
        found = [(*before, word) for before in found for word in dict.fromkeys((*label.words, OTHER))]
    return found
