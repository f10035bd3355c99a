"""What only the technician can mend: told once however many bots see it, again each half hour until it is mended, and
once when it is."""

import sys
from collections.abc import Callable
from socket import gethostname
from subprocess import Popen
from threading import RLock

import pytest
from structlog.testing import capture_logs

from bot.ports.errors import StoreUnavailable
from bot.ports.log_reader import LogFault, LogFinding, LogSlice
from bot.ports.metrics import Metric
from bot.store.memory import MemoryStores
from bot.store.memory_processing_log import MemoryProcessingLog
from workers.alarm.log_watch import LogWatch
from workers.alarm.matters import Found, Matter, Matters
from workers.alarm.sources import NoLine, not_logged, not_logged_yet, refused_jobs, skew
from workers.alarm.this_bot import has_ended, this_bot
from workers.ways_out.ways import Sent

WRONG, OVER = "The channel is archived.", "The channel takes posts again."
ARCHIVED = Matter(says=WRONG, over=OVER)


class Machine:
    def __init__(self) -> None:
        self.now = 1_772_460_000.0  # a whole half hour

    def seconds(self) -> float:
        return self.now


class Killed(BaseException):
    """In the middle of telling."""


class Post:
    """Two bots, what both find, and what the technician reads."""

    def __init__(self) -> None:
        self.machine, self.stores = Machine(), MemoryStores()
        self.told: list[str] = []
        self.is_up = True
        self.kills = False  # whoever tells
        self.found: Found = {"fim": ARCHIVED}
        self.bots = [self.bot(), self.bot()]

    def bot(self, host: str = "", has_ended: Callable[[str], bool] = lambda _: False) -> Matters:
        return Matters(
            [lambda: self.look_elsewhere(), lambda: self.found, refused_jobs(self.stores, self.machine)],
            self.stores,
            self.send,
            self.machine,
            remind=1800,
            ours=frozenset({host}),
            has_ended=has_ended,
        )

    def look_elsewhere(self) -> Found:
        return {}

    def send(self, _: str, __: str, said: str) -> Sent:
        if self.kills:
            raise Killed
        if not self.is_up:
            return Sent(failed=("e-mail",))
        self.told.append(said)
        return Sent(taken=("e-mail",))

    def until_one_is_killed(self) -> None:
        self.kills = True
        while self.kills:
            self.machine.now += 1
            for bot in list(self.bots):
                try:
                    bot.look()
                except Killed:
                    self.kills = False
                    self.bots.remove(bot)

    def goes_by(self, seconds: int) -> None:
        for _ in range(seconds):
            for bot in self.bots:
                bot.look()
            self.machine.now += 1


@pytest.fixture
def post() -> Post:
    return Post()


def test_it_is_told_once_and_again_each_half_hour(post: Post) -> None:
    post.goes_by(1800)
    assert post.told == [WRONG]
    post.goes_by(61)
    assert post.told == [WRONG, WRONG]


def test_a_call_that_nobody_took_is_made_again(post: Post) -> None:
    post.is_up = False
    post.goes_by(30)
    post.is_up = True
    post.goes_by(61)
    assert post.told == [WRONG]


def test_who_is_killed_while_telling_is_stood_in_for(post: Post) -> None:
    for told in ([WRONG], [WRONG, WRONG]):
        post.until_one_is_killed()
        post.goes_by(61)
        assert post.told == told
        post.bots.append(post.bot())
    post.found = {}
    post.until_one_is_killed()
    post.goes_by(61)
    assert post.told == [WRONG, WRONG, OVER]
    post.found = {"fim": ARCHIVED}
    post.goes_by(2)
    assert post.told == [WRONG, WRONG, OVER, WRONG]


def test_that_it_is_over_is_told_once_and_the_next_time_is_told_anew(post: Post) -> None:
    post.goes_by(10)
    post.found = {}
    post.goes_by(59)
    assert post.told == [WRONG], "it might come back"
    post.goes_by(30)
    assert post.told == [WRONG, OVER]
    post.found = {"fim": ARCHIVED}
    post.goes_by(2)
    assert post.told == [WRONG, OVER, WRONG], "in the same half hour"


def test_a_look_that_fails_hides_nothing_that_others_find(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> Found:
        raise ValueError("not a number")

    monkeypatch.setattr(post, "look_elsewhere", broken)
    with capture_logs() as logged:
        post.goes_by(10)
    assert post.told == [WRONG]
    assert [line["why"] for line in logged if "what" in line] == ["ValueError"] * 2, "each bot's, once"


def test_what_comes_and_goes_is_one_matter(post: Post) -> None:
    for _ in range(10):
        post.goes_by(20)
        post.found = {} if post.found else {"fim": ARCHIVED}
    assert post.told == [WRONG]


def test_what_nobody_knows_just_now_is_not_over(post: Post) -> None:
    """A bot that has just been started, say."""
    post.goes_by(10)
    post.found = {"fim": None}
    post.goes_by(600)
    assert post.told == [WRONG]


def test_a_bot_that_is_started_later_tells_that_it_is_over(post: Post) -> None:
    post.goes_by(10)
    post.bots, post.found = [post.bot()], {}
    post.goes_by(90)
    assert post.told == [WRONG, OVER]


def test_of_a_machines_own_matter_no_other_machine_says_that_it_is_over(post: Post) -> None:
    post.bots, post.found = [post.bot("alpha")], skew(600.0, "alpha")
    post.goes_by(10)
    alpha, post.bots, post.found = post.bots, [post.bot("bravo")], {}
    post.goes_by(300)
    (told,) = post.told
    assert told.startswith("The clock of the machine alpha is 600 s ahead of Slack's")
    post.bots = alpha
    post.goes_by(90)
    assert post.told[1:] == ["The clock of the machine alpha agrees with Slack's again."]


def test_with_the_record_away_what_stands_is_known_and_the_log_says_it_once(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> bytes:
        raise StoreUnavailable

    with capture_logs() as logged, monkeypatch.context() as meanwhile:
        meanwhile.setattr(post.stores.documents, "get", away)
        post.goes_by(300)
    assert [bot.standing for bot in post.bots] == [(WRONG,), (WRONG,)]
    assert [line["event"] for line in logged].count("fails, and is tried again") == len(post.bots)
    with capture_logs() as logged:
        post.goes_by(3)
    assert [line["event"] for line in logged].count("works again") == len(post.bots)
    assert post.told == [WRONG]


def test_jobs_that_were_refused_are_told_again_only_for_what_came_later_and_named_for_a_day(
    post: Post,
) -> None:
    post.found = {}
    post.goes_by(1)
    assert post.told == []
    post.stores.metrics.count(Metric.JOBS_REFUSED)
    post.goes_by(4000)
    (said,) = post.told
    assert "were refused: 1." in said and "Nothing of theirs was run" in said
    assert all("were refused: 1." in bot.standing[0] for bot in post.bots)
    post.stores.metrics.count(Metric.JOBS_REFUSED)
    post.goes_by(1)
    post.stores.metrics.count(Metric.JOBS_REFUSED)
    post.goes_by(1790)
    assert len(post.told) == 2, "half an hour has not passed"
    post.goes_by(20)
    assert ["were refused: 3." in said for said in post.told] == [False, False, True]
    post.machine.now += 90_000
    post.goes_by(1)
    assert (post.bots[0].standing, len(post.told)) == ((), 3)


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (2.0, None),
        (-29.0, None),
        (600.0, "The clock of the machine alpha is 600 s ahead of Slack's. Set it by a time server."),
        (-600.0, "The clock of the machine alpha is 600 s behind Slack's. Set it by a time server."),
    ],
)
def test_a_clock_that_is_not_slacks_is_named_from_half_a_minute_on(ahead: float, said: str | None) -> None:
    assert [matter.says for matter in skew(ahead, "alpha").values() if matter] == ([said] if said else [])


def test_before_slack_has_said_what_time_it_is_nobody_knows() -> None:
    assert list(skew(None, "alpha").values()) == [None]


def test_a_bot_without_a_line_to_slack_for_a_minute_is_named_with_the_reason() -> None:
    machine, is_connected = Machine(), True
    line = NoLine(
        lambda: is_connected, lambda: "TLS to slack.com: certificate has expired", machine, "alpha, 7"
    )
    machine.now += 600
    assert line() == {}
    is_connected = False
    assert line() == {}
    machine.now += 60
    (matter,) = line().values()
    assert matter is not None
    assert matter.says == (
        "The bot alpha, 7 has no line to Slack (TLS to slack.com: certificate has expired): no press reaches it."
    )
    is_connected = True
    assert line() == {}


def test_what_a_bot_alone_could_end_is_ended_for_one_that_is_no_more() -> None:
    """Nothing is said to be mended by it."""
    post = Post()
    post.found = {"line of alpha, process 7": Matter(says="No line.", over="A line.", of="alpha, process 7")}
    post.bots = [post.bot("alpha, process 7")]
    post.goes_by(5)
    post.found = {}
    post.bots = [post.bot("alpha, process 8", has_ended=lambda name: name == "alpha, process 7")]
    post.goes_by(65)
    assert post.told == ["No line.", "The bot alpha, process 7 has ended. Told of it last: No line."]
    post.goes_by(4000)
    assert len(post.told) == 2


def test_which_process_of_this_machine_is_no_more() -> None:
    with Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    assert has_ended(f"{gethostname()}, process {gone.pid}")
    assert not has_ended(this_bot())
    assert not has_ended(f"elsewhere, process {gone.pid}")
    assert not has_ended(gethostname())


def test_lines_that_the_processing_log_did_not_take_are_told(post: Post) -> None:
    found = not_logged(post.stores, post.machine)
    assert found() == {}
    post.stores.metrics.count(Metric.NOT_LOGGED, 3)
    (lost,) = found().values()
    assert lost and "did not take 3 lines" in lost.says


def test_what_waits_for_it_in_one_bot_is_that_bots_to_tell_and_to_end() -> None:
    assert not_logged_yet(0, "a") == {}
    (matter,) = not_logged_yet(2, "a").values()
    assert matter and matter.of == "a" and "2 lines wait in the bot a" in matter.says and matter.over


def test_a_processing_log_that_was_changed_is_told_until_it_is_as_it_was() -> None:
    slices = [LogSlice(0, ()), LogSlice(1, (LogFinding(fault=LogFault.LINKS, first=101, last=200),))]
    reader = SlicedLog(slices)
    watch = LogWatch(MemoryStores().processing_log, reader)
    watch.look()
    assert watch.found() == {}
    watch.look()
    (matter,) = watch.found().values()
    assert matter and "line 101 on" in matter.says
    slices.append(LogSlice(1, ()))
    watch.look()
    assert watch.found() == {}


class SlicedLog(MemoryProcessingLog):
    """What is found of it, slice by slice."""

    def __init__(self, slices: list[LogSlice]) -> None:
        super().__init__(RLock())
        self._slices = slices

    def check_some(self) -> LogSlice:
        return self._slices.pop(0)
