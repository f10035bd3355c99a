"""Where the technician's matters come from."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

import msgspec
from msgspec import Struct

from bot.directory_document import GroupAnswer, Snapshot
from bot.domain.people import Role
from bot.ports.damaged import read
from bot.ports.metrics import Metric
from bot.ports.stores import Stores
from bot.ports.ways_tried import Way, WayAnswer, WayTried
from bot.slack.slack_codes import why
from bot.time import MachineClock
from bot.views.wording import words
from workers.alarm.calls import to_whom
from workers.alarm.matters import Found, Matter
from workers.alarm.second_copy import Lookout

_SKEW = 30.0  # seconds by which a machine's clock may differ from Slack's
_LINE = 60.0  # machine seconds without a line to Slack
_REMEMBERED = 86_400.0  # machine seconds for which what was counted is named


def skew(ahead: float | None, host: str) -> Found:
    """`ahead`: seconds by which the clock of `host` is ahead of Slack's; None before Slack has said what time it is."""
    name = f"skew of {host}"
    if ahead is None:
        return {name: None}
    if abs(ahead) < _SKEW:
        return {}
    where = "ahead of" if ahead > 0 else "behind"
    said = f"The clock of the machine {host} is {abs(ahead):.0f} s {where} Slack's. Set it by a time server."
    over = f"The clock of the machine {host} agrees with Slack's again."
    return {name: Matter(says=said, over=over, of=host)}


def unread_lists(known: Snapshot) -> Found:
    """User groups that Slack does not give, by what it says instead, and the list of people."""
    unread: dict[str, list[tuple[Role, GroupAnswer]]] = defaultdict(list)
    for role, answer in known.holders.items():
        if answer.trouble:
            unread[answer.trouble].append((role, answer))
    found: dict[str, Matter | None] = {
        f"user groups {code}": _unread_groups(code, roles) for code, roles in unread.items()
    }
    if known.list_trouble:
        said = f"Slack does not give the list of people: {why(known.list_trouble)}. Who is new cannot act."
        found["list of people"] = Matter(says=said, over="Slack gives the list of people again.")
    return found


_LOST = frozenset(("missing_scope", "no_such_subteam", "plan_upgrade_required"))


def lost_groups(known: Snapshot) -> list[str]:
    """A sentence for each user group that Slack refuses for good: who comes on duty is not known from then on."""
    return [
        f"Slack does not give the user group of {words.ROLES[role]}: {why(answer.trouble)}."
        for role, answer in known.holders.items()
        if answer.trouble in _LOST
    ]


def _unread_groups(code: str, unread: Sequence[tuple[Role, GroupAnswer]]) -> Matter:
    named = words.listed([f"{words.ROLES[role]} ({answer.group})" for role, answer in unread])
    oldest = min(answer.read_at or 0.0 for _, answer in unread)
    since = f"since {_clock_time(oldest)}" if oldest else "and never did"
    return Matter(
        says=f"Slack does not give the user group of {named}, {since}: {why(code)} ({code}). Pages go to "
        "whoever was in it then. Look at MISSING_USER_GROUPS, and try: missing-bot doctor.",
        over=f"Slack gives the user group of {named} again.",
    )


def _clock_time(machine_seconds: float) -> str:
    """In UTC: the technician may be anywhere. The same for as long as it lasts, so that it is told once."""
    return f"{datetime.fromtimestamp(machine_seconds, UTC):%H:%M} UTC"


def failing_ways(tried: Mapping[Way, WayTried | None], name: Callable[[str], str]) -> Found:
    """Those that did not take, or did not bring, their last message. `name`: of a person."""
    return {
        f"way out {way.name} of {way.recipient}": _failing(way.name, to_whom(way.recipient, name), last)
        for way, last in tried.items()
        if last is not None and not last.works
    }


def _failing(name: str, whom: str, last: WayTried) -> Matter:
    was = "was taken, and did not arrive" if last.answer is WayAnswer.UNDELIVERED else "was not taken"
    why = f" ({last.said})" if last.said else ""
    return Matter(
        says=f"The last message by {name} to {whom} {was}{why}. Look at its address, password and server in "
        "MISSING_WAYS_OUT, and try it: missing-bot ways-out test.",
        over=f"{words.sentence(name)} to {whom} takes messages again.",
        lasts=False,
    )


def no_replies(why: str) -> Found:
    """`why` no reply to a text has been read for a while; "" where they are."""
    says = f"Replies to texts cannot be read ({why}): nobody can acknowledge by text. Look at MISSING_NOTIFY__KEY."
    return {"replies": Matter(says=says, over="Replies to texts are read again.")} if why else {}


def unmonitored(trouble: str, of: str) -> Found:
    """`trouble`: why the bot `of` answers nobody who monitors it."""
    over = f"The bot {of} answers on /healthz again."
    return {f"healthz of {of}": Matter(says=f"The bot {of} {trouble}", over=over, of=of)} if trouble else {}


class NoLine:
    """A bot without a line to Slack hears no press, though pages go out."""

    def __init__(
        self, is_connected: Callable[[], bool], why: Callable[[], str], machine: MachineClock, of: str
    ):
        """`why` there is none, where that is known; `of`: this process, under the name of its machine."""
        self._is_connected = is_connected
        self._why = why
        self._machine = machine
        self._of = of
        self._since: float | None = None

    def __call__(self) -> Found:
        now = self._machine.seconds()
        if self._is_connected():
            self._since = None
        elif self._since is None or self._since > now:
            self._since = now
        is_long = self._since is not None and now - self._since >= _LINE
        return {f"line of {self._of}": self._matter()} if is_long else {}

    def _matter(self) -> Matter:
        because = f" ({self._why()})" if self._why() else ""
        says = f"The bot {self._of} has no line to Slack{because}: no press reaches it."
        return Matter(says=says, over=f"The bot {self._of} has a line to Slack again.", of=self._of)


class NewlyCounted:
    """What should never have to be counted: told as it is, and named for a day."""

    def __init__(
        self,
        metric: Metric,
        name: str,
        matter: Callable[[int], Matter],
        stores: Stores,
        machine: MachineClock,
    ) -> None:
        """`name`: of the matter, under which it is kept how many were seen."""
        self._metric = metric
        self._name = name
        self._matter = matter
        self._stores = stores
        self._machine = machine

    def __call__(self) -> Found:
        """Raises StoreUnavailable."""
        count, now = self._stores.metrics.read().get(self._metric, 0), self._machine.seconds()
        seen = self._seen()
        if count > seen.count:
            seen = Counted(count, now)
            self._stores.documents.put(self._name, msgspec.json.encode(seen))
        is_new = seen.count and abs(now - seen.at) < _REMEMBERED
        return {self._name: self._matter(count)} if is_new else {}

    def _seen(self) -> "Counted":
        return read(self._stores.documents, self._name, Counted) or Counted()


class Counted(Struct, frozen=True):
    """How many, and since when in machine seconds."""

    count: int = 0
    at: float = 0.0


def refused_jobs(stores: Stores, machine: MachineClock) -> NewlyCounted:
    """Somebody who is not this program writes to its Redis server."""
    return NewlyCounted(Metric.JOBS_REFUSED, "refused jobs", _jobs, stores, machine)


def _jobs(count: int) -> Matter:
    said = (
        f"Jobs that are not ours were refused: {count}. Somebody else writes to the Redis server of missing-bot. "
        "Nothing of theirs was run. Change its password, and look in the log for `a job was refused`."
    )
    return Matter(says=said, lasts=False)


def not_logged(stores: Stores, machine: MachineClock) -> NewlyCounted:
    """Lines of the processing log are lost: steps and views went on without it."""
    return NewlyCounted(Metric.NOT_LOGGED, "processing log", _not_logged, stores, machine)


def _not_logged(count: int) -> Matter:
    said = (
        f"The processing log did not take {count} lines, which the law asks for; cases are whole. Look at its list on "
        "the Redis server (the key that ends in :processing), and run missing-bot processing-log --verify."
    )
    return Matter(says=said, lasts=False)


def not_logged_yet(waiting: int, of: str) -> Found:
    """`of`: this process, under the name of its machine."""
    says = (
        f"The processing log takes nothing: {waiting} lines wait in the bot {of}, and are lost if it ends. Cases are "
        "read and written. Look at the Redis server: its memory, its disk, and the key that ends in :processing."
    )
    over = f"Nothing waits for the processing log in the bot {of} any more."
    return {f"processing log of {of}": Matter(says=says, over=over, of=of, lasts=False)} if waiting else {}


def second_copy(lookout: Lookout) -> Found:
    name = "second copy"
    if lookout.wrong:
        return {
            name: Matter(says=lookout.wrong, over="No other copy of this bot is connected to Slack any more.")
        }
    return {} if lookout.is_sure else {name: None}
