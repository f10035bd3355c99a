"""Answered from outside Slack: the code from a number known for that person acknowledges as that person, once; anything
else is answered with what to do. A real desk, a real workspace, a local Notify."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.desk import Desk
from bot.domain.commands import Acknowledge, Confirm, Void
from bot.domain.events import Acknowledged, WentOut
from bot.domain.people import Role
from bot.domain.reach import Unheard
from bot.outgoing import out_lane
from bot.ports.texts import SentText
from bot.ports.ways_tried import Way, WayAnswer, WaysTried
from bot.time import HostClock
from sandbox.notify.runner import LocalNotify, running_notify
from tests.unit.workers.conftest import Evening
from tests.unit.workers.test_ways_out import HIGH, SLACK, Outside
from workers.alarm.sources import failing_ways, no_replies
from workers.ways_out.leaving import FailingWays, leaving
from workers.ways_out.letters import Letters
from workers.ways_out.notify_api import NotifyApi, NotifyAway, NotifyRefused
from workers.ways_out.notify_channel import by_notify
from workers.ways_out.receipts import Receipts
from workers.ways_out.text_replies import Replies
from workers.ways_out.texting import Texting
from workers.ways_out.ways import Ways

FAY, IAN, SUE, STRANGER = "+447700900124", "+447700900125", "+447700900126", "+447700900999"
REF = "MC-26-0001"


class Post:
    """Fay is the FIM, and Ian the duty inspector; both have a phone that is theirs."""

    def __init__(self, evening: Evening, notify: LocalNotify) -> None:
        self.evening, self.notify = evening, notify
        self.api = NotifyApi(notify.key, notify.url, HostClock())
        made = {"notify": by_notify(self.api, notify.template, "")}
        given = {name: {"SMS": f"notify://{number}"} for name, number in (("fay", FAY), ("ian", IAN))}
        self.ways = Ways(given, FailingWays(evening.stores.documents, evening.clock).note, made=made)
        self.outside = Outside(evening, self.ways)
        self.replies = self.poller()
        self.receipts = Receipts(self.api, self.ways.all, evening.stores, evening.desk, evening.machine)

    def poller(self) -> Replies:
        evening = self.evening
        return Replies(
            self.api,
            self.notify.template,
            self.ways.phones,
            evening.stores,
            evening.desk,
            evening.setting,
            evening.clock.now,
            evening.machine,
        )

    def pages(self, number: int = 1) -> list[str]:
        """So many HIGH children at once, whose pages Slack does not take: what Fay was texted."""
        for _ in range(number):
            self.evening.report(**HIGH)
        self.evening.until(0)
        self.outside.goes_by(SLACK + 2)
        return self.notify.bodies(FAY)

    def replies_with(self, content: str, number: str = FAY, hours_ago: float = 0) -> None:
        """And whoever polls looks."""
        at = datetime.fromtimestamp(self.evening.machine.seconds() - hours_ago * 3600, UTC)
        self.notify.reply(number, content, at)
        self.replies.look()

    def answers(self, number: str = FAY) -> list[str]:
        texts = self.notify.texts(number)
        return [text.body for text in texts if text.reference and text.reference.startswith("answer")]

    def acknowledged(self, ref: str = REF) -> list[tuple[str, str]]:
        """By whom, and from where."""
        entries = self.evening.stores.cases.entries(ref)
        return [(entry.by, entry.surface) for entry in entries if isinstance(entry.event, Acknowledged)]


@pytest.fixture
def notify() -> Iterator[LocalNotify]:
    with running_notify() as running:
        yield running


@pytest.fixture
def post(evening: Evening, notify: LocalNotify) -> Post:
    return Post(evening, notify)


def code_in(text: str) -> str:
    found = re.search(r"Reply (\d\d) ", text)
    assert found, text
    return found[1]


def test_a_text_says_which_case_how_old_what_by_when_when_it_was_sent_and_how_to_answer(post: Post) -> None:
    (text,) = post.pages()
    assert text.splitlines() == [
        "FIM: act on HIGH MC-26-0001",
        "HIGH MC-26-0001, age 15: acknowledge by 13:45 or the duty inspector is paged.",
        "Why: FIM not aware.",
        "Slack has not taken this page. Ring the control room.",
        "Reply 47 to acknowledge.",
        "Sent 13:41 on 2 Mar.",
        "OFFICIAL-SENSITIVE",
    ]


def test_the_code_from_their_number_acknowledges_as_that_person_by_text(post: Post) -> None:
    (text,) = post.pages()
    post.replies_with(code_in(text))
    assert post.acknowledged() == [("fay", "text")]
    (answer,) = post.answers()
    assert "You acknowledged MC-26-0001 at 13:41. It is quiet until 13:51." in answer
    assert answer.splitlines()[-2:] == ["Sent 13:41 on 2 Mar.", "OFFICIAL-SENSITIVE"]


def test_card_and_thread_say_that_it_was_by_text(post: Post) -> None:
    (text,) = post.pages()
    post.evening.drain("role:fim", turns=2)
    post.replies_with(code_in(text))
    post.evening.drain("role:fim", turns=4)
    post.evening.drain("cases", turns=6)
    card = post.evening.in_fim()[-1]
    assert "acknowledged by text at 13:41" in card.words
    case_card = post.evening.in_cases()[-1]
    thread = post.evening.workspace.person("fay").thread("cases", case_card.ts)
    assert any("acknowledged by text at 13:41:" in message.words for message in thread)


def test_the_same_reply_seen_again_does_nothing_more(post: Post) -> None:
    (text,) = post.pages()
    post.replies_with(code_in(text))
    for poller in (post.replies, post.poller(), post.poller()):
        poller.look()
    assert post.acknowledged() == [("fay", "text")]
    assert len(post.answers()) == 1


def test_the_same_code_again_is_answered_with_what_stands(post: Post) -> None:
    (text,) = post.pages()
    post.replies_with(code_in(text))
    post.evening.later(700)
    post.replies_with(code_in(text))
    assert post.acknowledged() == [("fay", "text")]
    assert [answer.splitlines()[0] for answer in post.answers()] == [post.answers()[0].splitlines()[0]] * 2


def test_an_old_code_that_acknowledges_the_clock_again_says_when_that_was(post: Post) -> None:
    post.pages()
    post.evening.until(5.2)  # no owner
    post.outside.goes_by(SLACK + 2)
    code = code_in(post.notify.bodies(FAY)[-1])
    post.replies_with(code)
    post.evening.until(20)  # it was quiet until 13:56, and is paged again
    post.replies_with(code)
    assert len(post.acknowledged()) == 2
    assert post.answers()[-1].startswith("You acknowledged MC-26-0001 at 14:00. It is quiet until 14:10.")


@pytest.mark.parametrize("said", ["47", " 47\n", "47.", "“47”".strip("“”"), "Code 47", "(47)"])
def test_a_code_alone_is_understood_however_it_is_set(post: Post, said: str) -> None:
    post.pages()
    post.replies_with(said)
    assert post.acknowledged() == [("fay", "text")]


@pytest.mark.parametrize(
    "said",
    ["", "   ", "OK", "not 47", "47 is wrong", "Liked “Reply 47 to acknowledge.”", "470", "4", "4 7", "٤٧"],
)
def test_anything_else_acknowledges_nothing_and_is_answered_with_what_to_do(post: Post, said: str) -> None:
    post.pages()
    post.replies_with(said)
    assert post.acknowledged() == []
    (answer,) = post.answers()
    assert answer.startswith(
        "Not done: only a code is understood. To acknowledge, reply only 47 for MC-26-0001."
    )


def test_a_wrong_code_is_told_which_is_right(post: Post) -> None:
    post.pages()
    post.replies_with("48")
    assert post.acknowledged() == []
    assert (
        "no page waits for you under 48. To acknowledge, reply only 47 for MC-26-0001." in post.answers()[0]
    )


def test_two_machines_that_answer_each_other_end_there(post: Post) -> None:
    post.pages()
    for _ in range(5):
        post.replies_with("I am driving and will answer later")
    assert len(post.answers()) == 1
    post.evening.later(601)
    post.replies_with("I am driving and will answer later")
    assert len(post.answers()) == 2


def test_two_pages_that_wait_have_codes_of_their_own(post: Post) -> None:
    (text,) = post.pages(2)
    assert "To acknowledge, reply 47 for MC-26-0001, 84 for MC-26-0002." in text
    post.replies_with("84")
    assert (post.acknowledged("MC-26-0001"), post.acknowledged("MC-26-0002")) == ([], [("fay", "text")])
    post.replies_with("47")
    assert post.acknowledged("MC-26-0001") == [("fay", "text")]


def test_two_codes_in_one_reply_acknowledge_both(post: Post) -> None:
    post.pages(2)
    post.replies_with("47 and 84")
    assert post.acknowledged("MC-26-0001") == post.acknowledged("MC-26-0002") == [("fay", "text")]
    assert len(post.answers()) == 1


def test_a_storm_is_one_text_with_one_code_for_all(post: Post) -> None:
    (text,) = post.pages(8)
    assert "Reply 47 to acknowledge all 8." in text
    assert len(text) < 918
    post.replies_with("47")
    assert all(post.acknowledged(f"MC-26-000{number}") == [("fay", "text")] for number in range(1, 9))


def test_whoever_acknowledges_a_storm_is_told_so_in_one_text(post: Post) -> None:
    (text,) = post.pages(12)
    post.replies_with(code_in(text))
    (answer,) = post.answers()
    named = ", ".join(f"MC-26-000{number}" for number in range(1, 9))
    said, *end = answer.splitlines()
    assert said.startswith(
        f"You acknowledged 12 cases ({named} and 4 more) at 13:41. They are quiet until 13:51."
    )
    assert end == ["Sent 13:41 on 2 Mar.", "OFFICIAL-SENSITIVE"]


def test_an_answer_however_long_keeps_its_time_and_its_marking(post: Post) -> None:
    post.pages()
    post.replies_with(" ".join(str(code) for code in range(10, 47)))
    (answer,) = post.answers()
    assert answer.startswith("Not done: no page waits for you under 10.")
    assert len(answer) <= 918
    assert answer.endswith(" ...\nSent 13:41 on 2 Mar.\nOFFICIAL-SENSITIVE")


def test_what_waits_in_a_storm_is_told_in_one_text(post: Post) -> None:
    post.pages(60)
    post.replies_with("which?")
    (answer,) = post.answers()
    assert "reply only 47 for 60 cases (MC-26-0001, " in answer
    assert "MC-26-0008 and 52 more). Else open Slack, or ring the control room." in answer


def test_what_somebody_else_acknowledged_meanwhile_says_who(post: Post) -> None:
    (text,) = post.pages()
    post.evening.people.people["fred"] = (Role.FIM,)
    post.evening.do(1.2, "fred", Acknowledge())
    post.replies_with(code_in(text))
    assert post.acknowledged() == [("fred", "test")]
    assert "Fred acknowledged MC-26-0001 at 13:41. Nothing changed." in post.answers()[0]


def test_the_code_of_a_closed_case_says_so(post: Post) -> None:
    (text,) = post.pages()
    post.evening.do(1.2, "sam", Void(why="Typed twice"))
    post.evening.do(1.3, "sid", Confirm())
    post.replies_with(code_in(text))
    assert post.acknowledged() == []
    assert "MC-26-0001 is closed. Nothing changed." in post.answers()[0]


def test_whoever_gave_the_role_away_is_refused_by_the_same_door_as_a_press(post: Post) -> None:
    (text,) = post.pages()
    post.evening.people.people |= {"fay": (Role.OFFICER,), "fred": (Role.FIM,)}
    post.replies_with(code_in(text))
    assert post.acknowledged() == []
    assert "Not done for MC-26-0001: This page is not yours to acknowledge." in post.answers()[0]


def test_whoever_holds_another_role_that_was_paged_by_now_says_nothing_of_that_one(post: Post) -> None:
    (text,) = post.pages()
    post.evening.until(10)  # its supervisor was paged for the grade
    post.evening.people.people |= {"fay": (Role.SUPERVISOR,), "fred": (Role.FIM,)}
    post.replies_with(code_in(text))
    assert post.acknowledged() == []
    assert "This page is not yours to acknowledge." in post.answers()[0]


def test_another_persons_code_is_none_of_mine(post: Post) -> None:
    (text,) = post.pages()
    post.replies_with(code_in(text), IAN)
    assert post.acknowledged() == []
    assert "no page waits for you under 47" in post.answers(IAN)[0]


def test_a_foreign_number_acknowledges_nothing_and_is_told_once_whom_to_ring(post: Post) -> None:
    (text,) = post.pages()
    for _ in range(3):
        post.replies_with(code_in(text), STRANGER)
    assert post.acknowledged() == []
    (answer,) = post.answers(STRANGER)
    assert "In an emergency ring 999" in answer
    assert not any(said in answer for said in ("MC-26", "HIGH", "acknowledge"))


def test_a_number_that_is_none_is_left_alone(post: Post) -> None:
    post.pages()
    post.notify.reply("EE", "Your bill is ready")
    post.replies.look()
    assert [text.number for text in post.notify.texts()] == [FAY]


def test_texts_from_before_we_were_there_are_not_answered(post: Post) -> None:
    post.pages()
    post.replies_with("hello?", STRANGER, hours_ago=30)
    post.replies_with("47", FAY, hours_ago=30)
    assert (post.acknowledged(), post.answers(), post.answers(STRANGER)) == ([], [], [])


def test_more_replies_than_a_page_holds_are_all_read(post: Post) -> None:
    (text,) = post.pages()
    at = datetime.fromtimestamp(post.evening.machine.seconds(), UTC)
    post.notify.reply(FAY, code_in(text), at.replace(microsecond=0))
    for _ in range(300):
        post.notify.reply("EE", "Your bill is ready")
    post.replies.look()
    assert post.acknowledged() == [("fay", "text")]
    asked = len(post.notify.office.asked)
    post.replies.look()
    assert len(post.notify.office.asked) == asked + 1, "one page, and nothing new on it"


# What may break in between.


def test_an_answer_that_notify_does_not_take_comes_later_and_nothing_is_done_twice(post: Post) -> None:
    (text,) = post.pages()
    post.notify.fails(500, path="/v2/notifications/sms")
    post.replies_with(code_in(text))
    assert (post.acknowledged(), post.answers()) == ([("fay", "text")], [])
    post.replies.look()
    assert post.answers() == [], "its lease still runs"
    post.evening.later(31)
    post.poller().look()
    assert post.acknowledged() == [("fay", "text")]
    assert "You acknowledged MC-26-0001 at 13:41" in post.answers()[0]


def test_whoever_dies_after_it_was_acknowledged_leaves_only_the_answer_to_do(post: Post) -> None:
    (text,) = post.pages()
    at = datetime.fromtimestamp(post.evening.machine.seconds(), UTC)
    reply = post.notify.reply(FAY, code_in(text), at)
    post.evening.stores.texts.take(reply, post.evening.machine.seconds(), 30.0)
    post.evening.do(1.05, "fay", Acknowledge())
    post.evening.later(31)
    post.poller().look()
    assert len(post.acknowledged()) == 1
    assert len(post.answers()) == 1


def test_whoever_dies_after_the_answer_was_sent_has_it_sent_once(post: Post) -> None:
    (text,) = post.pages()
    at = datetime.fromtimestamp(post.evening.machine.seconds(), UTC)
    reply = post.notify.reply(FAY, code_in(text), at)
    post.evening.stores.texts.take(reply, post.evening.machine.seconds(), 30.0)
    post.api.send_text(FAY, "You acknowledged", template=post.notify.template, reference=f"answer-{reply}")
    post.evening.later(31)
    post.poller().look()
    assert post.acknowledged() == [("fay", "text")]
    assert len(post.answers()) == 1


# What Notify says of what it was asked.


def went(post: Post) -> list[tuple[str, bool]]:
    entries = post.evening.stores.cases.entries(REF)
    return [(each.event.way, each.event.reached) for each in entries if isinstance(each.event, WentOut)]


def test_a_text_that_notify_took_is_said_to_have_been_sent_and_to_whom(post: Post) -> None:
    post.pages()
    assert went(post) == [(f"SMS ({post.evening.people.name('fay')})", True)]


@pytest.mark.parametrize(
    ("status", "kind"), [(429, "RateLimitError"), (500, "Exception"), (403, "AuthError")]
)
def test_what_notify_refuses_for_now_is_tried_again_and_nothing_is_said_to_be_sent(
    post: Post, status: int, kind: str
) -> None:
    post.notify.fails(status, times=1, kind=kind)
    assert post.pages() == []
    assert went(post) == []
    post.outside.goes_by(7)
    assert len(post.notify.bodies(FAY)) == 1
    assert went(post)[0][1]


def test_what_it_refuses_for_good_is_asked_once_and_said_to_have_reached_nobody(post: Post) -> None:
    post.notify.office.guests = {IAN}
    assert post.pages() == []
    asked = len(post.notify.office.asked)
    post.outside.goes_by(120)
    assert len(post.notify.office.asked) == asked
    assert [reached for _, reached in went(post)] == [False]


def test_a_text_whose_answer_was_lost_is_not_sent_twice(post: Post) -> None:
    post.notify.fails(0, path="/v2/notifications/sms")
    assert len(post.pages()) == 1
    post.outside.goes_by(30)
    assert len(post.notify.bodies(FAY)) == 1
    assert went(post)[0][1]


def test_a_text_that_notify_takes_late_is_not_sent_twice(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    post.notify.fails(0, path="/v2/notifications/sms")
    asked: list[str] = []

    def find(api: NotifyApi, reference: str) -> str | None:
        """Asked at once, it does not know the text yet."""
        asked.append(reference)
        return real(api, reference) if len(asked) > 1 else None

    real = NotifyApi.find
    monkeypatch.setattr(NotifyApi, "find", find)
    post.pages()
    post.outside.goes_by(30)
    assert len(post.notify.bodies(FAY)) == 1
    assert [reached for _, reached in went(post)] == [True]


def test_who_is_written_to_in_anothers_place_reads_for_whom_and_gets_no_code_that_would_be_refused(
    post: Post,
) -> None:
    evening = post.evening
    evening.people.people["olga"] = (Role.OFFICER,)
    made = {"notify": by_notify(post.api, post.notify.template, "")}
    outside = Outside(evening, Ways({"olga": {"SMS": f"notify://{FAY}"}}, made=made))
    evening.desk = Desk(
        evening.stores.cases, evening.policy, evening.clock, evening.people, unheard=lambda *_: Unheard.QUIET
    )
    evening.report(**HIGH)
    evening.until(0)
    outside.goes_by(2)
    (text,) = post.notify.bodies(FAY)
    assert "Do Not Disturb keeps Slack silent for the FIM. Open Slack" in text
    assert "Reply" not in text


def test_whoever_dies_after_a_text_left_does_not_have_it_leave_again(post: Post) -> None:
    evening = post.evening
    evening.report(**HIGH)
    evening.until(0)
    evening.later(SLACK + 1)
    post.outside.looker().look()
    leave_and_die(post)
    assert (len(post.notify.bodies(FAY)), went(post)) == (1, [])
    evening.later(41)
    post.outside.goes_by(2)
    assert len(post.notify.bodies(FAY)) == 1
    assert [reached for _, reached in went(post)] == [True]
    assert len(evening.stores.texts.on_their_way()) == 1


def leave_and_die(post: Post) -> None:
    """As a worker does that is killed between Notify's answer and its first note of it."""
    evening, lane, way = post.evening, out_lane(Role.FIM), Way("fay", "SMS")
    outbox, now = evening.stores.outbox, evening.machine.seconds()
    token = outbox.claim(lane, now, 40.0)
    assert token is not None
    rows = outbox.pending(lane, 10)
    assert outbox.sending(lane, token, [row.id for row in rows], now)
    entries = evening.stores.cases.entries(REF)
    found = [leaving(row, evening.case(), entries, evening.policy) for row in rows]
    screen = evening.setting.at(evening.clock.now())
    letters = Letters(evening.screens, evening.stores.texts)
    letter = letters.to(way, post.ways.all[way], [page for page in found if page], screen, in_doubt=False)
    assert post.ways.deliver({way: letter})[way].was_taken


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("permanent-failure", "the number may be wrong"),
        ("temporary-failure", "the phone is off"),
        ("technical-failure", "a fault between the service and the network"),
    ],
)
def test_a_text_that_was_taken_and_did_not_arrive_did_not_reach_them_and_that_is_said(
    post: Post, status: str, said: str
) -> None:
    post.notify.office.delivers = False
    post.pages()
    post.receipts.look()
    case = post.evening.case()
    assert not case.pages[Role.FIM].is_undelivered
    post.notify.texts(FAY)[0].status = status
    post.evening.later(6)
    post.receipts.look()
    post.receipts.look()
    assert post.evening.case().pages[Role.FIM].is_undelivered
    (matter,) = failing_ways(
        FailingWays(post.evening.stores.documents, post.evening.clock).last(post.ways.all), str.title
    ).values()
    assert matter is not None and "by SMS to Fay was taken, and did not arrive" in matter.says
    post.evening.drain("cases", turns=6)
    words = "\n".join(message.words for message in post.evening.in_cases())
    assert "not delivered" in words and said in words
    assert not post.evening.stores.texts.on_their_way()


def test_a_text_to_somebody_whose_name_holds_a_comma_is_lost_like_any_other(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post.evening.people, "name", lambda _: "Marsh, Fay")
    post.notify.office.delivers = False
    post.pages()
    assert went(post) == [("SMS (Marsh Fay)", True)]
    post.notify.texts(FAY)[0].status = "permanent-failure"
    post.receipts.look()
    assert post.evening.case().pages[Role.FIM].is_undelivered


def test_a_text_that_fails_before_its_case_says_that_it_left_is_lost_too(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    post.notify.office.delivers = False
    texts, kept = post.evening.stores.texts, post.evening.stores.texts.sent

    def sent(text: SentText) -> None:
        """Whoever asks what became of texts looks just now."""
        kept(text)
        post.notify.texts(FAY)[0].status = "permanent-failure"
        post.receipts.look()

    monkeypatch.setattr(texts, "sent", sent)
    post.pages()
    post.evening.later(6)
    post.receipts.look()
    assert post.evening.case().pages[Role.FIM].is_undelivered
    assert not texts.on_their_way()


def test_a_page_that_slack_took_meanwhile_is_not_lost_with_its_text(post: Post) -> None:
    post.notify.office.delivers = False
    post.pages()
    post.evening.drain("role:fim", turns=2)
    post.notify.texts(FAY)[0].status = "permanent-failure"
    post.receipts.look()
    assert not post.evening.case().pages[Role.FIM].is_undelivered
    post.evening.drain("cases", turns=6)
    thread = post.evening.workspace.person("fay").thread("cases", post.evening.in_cases()[-1].ts)
    said = "Page by SMS (Fay) did NOT reach the FIM: the text could not be delivered"
    assert any(said in message.words for message in thread)


def test_a_recipient_without_any_way_is_nobody(evening: Evening) -> None:
    outside = Outside(evening, Ways({"fim": {}}))
    evening.report(**HIGH)
    evening.until(0)
    outside.goes_by(SLACK + 2)
    assert outside.on_the_case() == []


def test_a_text_that_arrived_is_known_to_have(post: Post) -> None:
    post.pages()
    post.receipts.look()
    tried = WaysTried(post.evening.stores.documents).of(Way("fay", "SMS"))
    assert tried is not None and tried.answer is WayAnswer.DELIVERED


def test_a_storm_however_large_is_one_text_with_its_code_its_time_and_its_marking(post: Post) -> None:
    (text,) = post.pages(60)
    assert len(text) <= 918
    for said in ("Reply 47 to acknowledge all 60.", "Sent 13:41 on 2 Mar.", "OFFICIAL-SENSITIVE"):
        assert said in text
    post.replies_with("47")
    assert post.acknowledged("MC-26-0060") == [("fay", "text")]


def test_five_cases_fit_with_a_code_each(post: Post) -> None:
    (text,) = post.pages(5)
    assert len(text) <= 918
    assert text.endswith("OFFICIAL-SENSITIVE")
    assert text.count(" for MC-26-000") == 5


def test_the_technician_hears_where_replies_cannot_be_read_for_a_minute(post: Post) -> None:
    texting = Texting(post.replies, post.receipts, post.evening.machine)
    post.notify.fails(403, times=99, kind="AuthError", path="/v2/received-text-messages")
    for seconds in (0, 30, 31):
        post.evening.later(seconds)
        with pytest.raises(NotifyRefused):
            texting.look()
    assert texting.wrong.startswith("GOV.UK Notify: 403 AuthError")
    (matter,) = no_replies(texting.wrong).values()
    assert matter is not None and "nobody can acknowledge by text" in matter.says
    post.notify.office.faults.clear()
    texting.look()
    assert no_replies(texting.wrong) == {}


def test_nor_does_a_clock_that_is_set_back_keep_it_from_them(post: Post) -> None:
    texting = Texting(post.replies, post.receipts, post.evening.machine)
    post.notify.fails(403, times=99, kind="AuthError", path="/v2/received-text-messages")
    for seconds in (0, -3600, 61):
        post.evening.clock.at += timedelta(seconds=seconds)
        with pytest.raises(NotifyRefused):
            texting.look()
    assert texting.wrong


def test_an_answer_that_makes_no_sense_is_none(post: Post) -> None:
    """Not "nobody wrote", nor "it was never taken", and the technician hears of it."""
    texting = Texting(post.replies, post.receipts, post.evening.machine)
    (text,) = post.pages()
    post.notify.fails(200, times=99)
    post.notify.reply(FAY, code_in(text), datetime.fromtimestamp(post.evening.machine.seconds(), UTC))
    for seconds in (0, 61):
        post.evening.later(seconds)
        with pytest.raises(NotifyAway):
            texting.look()
    assert texting.wrong == "GOV.UK Notify does not answer"
    for asked in (lambda: post.api.find("a name"), lambda: post.api.status(post.notify.texts(FAY)[0].id)):
        with pytest.raises(NotifyAway):
            asked()
    with pytest.raises(NotifyAway):
        post.api.send_text(FAY, "To be heard of", template=post.notify.template)
    post.notify.office.faults.clear()
    texting.look()
    assert post.acknowledged() == [("fay", "text")]


def test_a_clock_that_is_set_back_hides_no_text_that_did_not_arrive(post: Post) -> None:
    post.notify.office.delivers = False
    post.pages()
    post.receipts.look()
    post.evening.clock.at -= timedelta(hours=1)
    post.notify.texts(FAY)[0].status = "permanent-failure"
    post.receipts.look()
    assert post.evening.case().pages[Role.FIM].is_undelivered


def test_what_came_of_an_older_text_does_not_hide_what_came_of_a_newer_one(post: Post) -> None:
    post.notify.office.delivers = False
    post.pages()
    post.evening.later(60)
    post.ways.send("fay", "TEST", "No child is missing.\nOFFICIAL-SENSITIVE")
    first, second = post.notify.texts(FAY)
    first.status, second.status = "permanent-failure", "sending"
    post.receipts.look()
    last = WaysTried(post.evening.stores.documents).of(Way("fay", "SMS"))
    assert last is not None and (last.answer, last.receipt) == (WayAnswer.TAKEN, second.id)


def test_an_alarm_that_did_not_arrive_is_known_too(post: Post) -> None:
    post.notify.office.delivers = False
    post.ways.send("ian", "Clocks stopped", "No page will come.\nOFFICIAL-SENSITIVE")
    post.receipts.look()
    post.notify.texts(IAN)[0].status = "temporary-failure"
    post.evening.later(6)
    post.receipts.look()
    last = WaysTried(post.evening.stores.documents).of(Way("ian", "SMS"))
    assert last is not None and (last.answer, last.said[:12]) == (WayAnswer.UNDELIVERED, "the text cou")
    asked = len(post.notify.office.asked)
    post.evening.later(600)
    post.receipts.look()
    assert len(post.notify.office.asked) == asked
