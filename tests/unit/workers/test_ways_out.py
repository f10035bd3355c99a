"""Beside Slack: a page that cannot be heard there leaves by e-mail or a pager, once, and the case says so."""

from datetime import timedelta

import pytest
from msgspec import Struct

from bot.desk import Desk
from bot.domain.commands import Acknowledge, Take
from bot.domain.events import WentOut
from bot.domain.people import Role
from bot.domain.reach import Unheard
from bot.outgoing import out_lane
from bot.ports.ways_tried import WayAnswer
from bot.time import is_ahead
from tests.outside import Letterbox, Pager
from tests.unit.workers.conftest import Evening
from tests.world import answers, minutes
from workers.ways_out.channel import Attempt, BadWay, Letter
from workers.ways_out.drain import OutLanes
from workers.ways_out.leaving import Unsent
from workers.ways_out.ways import Ways

FIM, OUT = "role:fim", out_lane(Role.FIM)
HIGH = {"markers": answers("suicidal_today")}
SLACK, GIVE_UP = 60.0, 300.0


class Outside:
    """The other ways out of one evening."""

    def __init__(self, evening: Evening, ways: Ways) -> None:
        self.evening = evening
        self.ways = ways
        self.lanes = OutLanes(
            evening.stores,
            evening.desk,
            ways,
            evening.screens,
            evening.setting,
            evening.rate_limits,
            evening.case_clock,
            evening.machine,
            give_up=GIVE_UP,
        )

    def looker(self) -> Unsent:
        """As another timer has it."""
        evening = self.evening
        refused = evening.rate_limits.refused
        return Unsent(
            evening.stores,
            evening.desk,
            evening.duty_desk,
            evening.case_clock,
            evening.machine,
            refused,
            patience=SLACK,
        )

    def goes_by(self, seconds: float, looker: Unsent | None = None) -> None:
        """Each second a timer looks, and what is free to leave leaves."""
        looker = looker or self.looker()
        for _ in range(int(seconds)):
            self.evening.later(1)
            looker.look()
            held = self.evening.rate_limits.holds()
            for lane in self.evening.stores.outbox.lanes():
                if lane.startswith("out:") and not is_ahead(
                    held.get(lane, 0), self.evening.machine.seconds()
                ):
                    self.lanes.drain(lane)

    def on_the_case(self, ref: str = "MC-26-0001") -> list[WentOut]:
        return [e.event for e in self.evening.stores.cases.entries(ref) if isinstance(e.event, WentOut)]


class SlowPhones:
    """Each takes half a minute over a message, in which somebody else finds the lane."""

    def __init__(self, evening: Evening) -> None:
        ways = {name: {"pager": f"slow://{name}"} for name in ("ola", "oz")}
        self.evening = evening
        self.others = Outside(evening, Ways(ways, made={"slow": self.phone}))
        self.written_to: list[str] = []

    def phone(self, _: str, url: str) -> list["SlowPhone"]:
        return [SlowPhone(url.removeprefix("slow://"), self)]


class SlowPhone(Struct, frozen=True):
    whose: str
    phones: SlowPhones
    asks: str = ""
    number: str = ""

    def send(self, _: Letter) -> Attempt:
        self.phones.written_to.append(self.whose)
        self.phones.evening.clock.at += timedelta(seconds=30)
        if len(self.phones.written_to) < 5:
            self.phones.others.lanes.drain(out_lane(Role.OWNER))
        return Attempt(answer=WayAnswer.TAKEN)


@pytest.fixture
def outside(evening: Evening, mail: Letterbox, beeper: Pager) -> Outside:
    return Outside(evening, Ways({"fim": {"e-mail": mail.url, "pager": beeper.url}}))


@pytest.fixture
def refused(evening: Evening, beeper: Pager) -> Outside:
    """A HIGH page waits, and the FIM's one other way takes nothing."""
    beeper.status = 500
    evening.report(**HIGH)
    evening.until(0)
    return Outside(evening, Ways({"fim": {"pager": beeper.url}}))


def test_a_high_page_that_slack_does_not_take_for_a_minute_leaves_by_all_ways_of_the_role(
    evening: Evening, outside: Outside, mail: Letterbox, beeper: Pager
) -> None:
    evening.report(**HIGH)
    evening.until(0)
    outside.goes_by(SLACK)
    assert beeper.pages == []
    outside.goes_by(2)
    assert mail.subjects == ["FIM: act on HIGH MC-26-0001"]
    assert "acknowledge by" in beeper.words[0]
    assert "Slack has not taken this page" in beeper.words[0]
    assert beeper.words[0].endswith("OFFICIAL-SENSITIVE")
    (went,) = outside.on_the_case()
    assert (went.way, went.role, went.why, went.reached) == ("e-mail, pager", Role.FIM, "slack", True)


@pytest.mark.parametrize("seen_before", [True, False])
def test_a_clock_that_is_set_back_keeps_it_from_nobody(
    evening: Evening, outside: Outside, mail: Letterbox, seen_before: bool
) -> None:
    evening.report(**HIGH)
    evening.until(0)
    looker = outside.looker()
    if seen_before:
        looker.look()
    evening.clock.at -= minutes(60)
    outside.goes_by(SLACK - 1, looker)
    assert mail.subjects == []
    outside.goes_by(3, looker)
    assert mail.subjects == ["FIM: act on HIGH MC-26-0001"]


def test_a_lane_of_several_owners_is_held_until_the_last_was_written_to(evening: Evening) -> None:
    for number, owner in enumerate(("ola", "oz"), 1):
        evening.report(**HIGH)
        evening.do(1, owner, Take(), f"MC-26-000{number}")
    evening.until(21)
    phones = SlowPhones(evening)
    looker = phones.others.looker()
    for _ in range(2):
        looker.look()
        evening.later(SLACK + 1)
    phones.others.lanes.drain(out_lane(Role.OWNER))
    assert sorted(phones.written_to) == ["ola", "oz"]


def test_of_a_training_case_it_leaves_as_of_a_childs_and_training_is_the_first_word(
    evening: Evening, outside: Outside, mail: Letterbox, beeper: Pager
) -> None:
    evening.report(**HIGH, training=True)
    evening.until(0)
    outside.goes_by(SLACK + 2)
    assert mail.subjects == ["TRAINING. FIM: act on TRAINING-26-0001 HIGH"]
    assert beeper.words[0].startswith("TRAINING") and "acknowledge by" in beeper.words[0]
    (went,) = outside.on_the_case("TRAINING-26-0001")
    assert (went.way, went.reached) == ("e-mail, pager", True)


def test_no_name_place_or_word_of_anybodys_leaves(
    evening: Evening, outside: Outside, mail: Letterbox, beeper: Pager
) -> None:
    evening.report(**HIGH, last_seen_where="Avonmead School", why_worried="He has sent texts")
    evening.until(0)
    outside.goes_by(SLACK + 2)
    for said in (*mail.subjects, *mail.bodies, *beeper.words):
        assert not any(word in said for word in ("Wren", "Hale", "Avonmead", "texts", "LOG-"))


def test_it_leaves_once_however_many_look_and_however_long_slack_is_away(
    evening: Evening, outside: Outside, beeper: Pager
) -> None:
    evening.report(**HIGH)
    evening.until(0)
    evening.later(SLACK + 1)
    for looker in (outside.looker(), outside.looker(), outside.looker()):
        looker.look()
    outside.goes_by(200)
    assert len(beeper.pages) == 1
    assert len(outside.on_the_case()) == 1


def test_in_its_thread_the_case_says_how_it_left(evening: Evening, outside: Outside) -> None:
    evening.report(**HIGH)
    evening.until(0)
    outside.goes_by(SLACK + 2)
    evening.drain("cases", turns=4)
    told, card = evening.in_cases()
    assert told.says("FIM paged by e-mail, pager 13:41 for HIGH MC-26-0001. Slack had not taken it 13:41")
    thread = "\n".join(message.words for message in evening.workspace.person("fay").thread("cases", card.ts))
    assert "Page sent by e-mail, pager to FIM: Slack did not take it" in thread


def test_what_slack_has_taken_or_somebody_acknowledged_stays(
    evening: Evening, outside: Outside, beeper: Pager
) -> None:
    evening.report(**HIGH)
    evening.report(**HIGH)
    evening.until(0)
    evening.do(0.1, "fay", Acknowledge(), "MC-26-0002")
    evening.drain(FIM, turns=3)
    outside.goes_by(SLACK + 5)
    assert beeper.pages == []


def test_a_medium_page_waits_for_slack(evening: Evening, outside: Outside, beeper: Pager) -> None:
    evening.report()
    evening.until(15)
    assert FIM in evening.stores.outbox.lanes()
    outside.goes_by(SLACK + 5)
    assert beeper.pages == []


def test_a_last_rung_that_stays_silent_for_its_step_is_also_called_the_other_way(
    evening: Evening, outside: Outside, beeper: Pager
) -> None:
    evening.send_home("ian", "sue")  # the FIM is all there is
    evening.report(**HIGH)
    evening.until(0)
    evening.drain(FIM)
    outside.goes_by(2)
    assert beeper.pages == []
    evening.until(5)
    evening.drain(FIM, turns=3)
    outside.goes_by(2)
    assert "Nobody has acknowledged it" in beeper.words[0]
    assert [went.why for went in outside.on_the_case()] == ["unanswered", "silent"]


def test_where_no_rung_is_manned_it_leaves_at_once(evening: Evening, outside: Outside, beeper: Pager) -> None:
    evening.send_home("fay", "ian", "sue")
    evening.report(**HIGH)
    evening.until(0)
    outside.goes_by(2)
    assert "Nobody is on duty" in beeper.words[0]


def test_a_storm_is_one_message_that_names_each_case(
    evening: Evening, outside: Outside, beeper: Pager
) -> None:
    refs = [evening.report(**HIGH) for _ in range(8)]
    evening.until(0)
    outside.goes_by(SLACK + 2)
    (said,) = beeper.words
    assert all(ref in said for ref in refs)
    assert all(len(outside.on_the_case(ref)) == 1 for ref in refs)


def test_one_way_of_two_is_enough(evening: Evening, outside: Outside, mail: Letterbox, beeper: Pager) -> None:
    beeper.status = 500
    evening.report(**HIGH)
    evening.until(0)
    outside.goes_by(200)
    assert (len(mail.subjects), beeper.asked) == (1, 1)
    assert [went.way for went in outside.on_the_case()] == ["e-mail"]


def test_a_way_that_fails_is_tried_again_and_again_at_growing_intervals(
    refused: Outside, beeper: Pager
) -> None:
    refused.goes_by(SLACK + 32)
    assert beeper.asked == 3  # at once, after 5 s, after 10 s more
    beeper.status = 200
    refused.goes_by(30)
    assert [went.reached for went in refused.on_the_case()] == [True]


def test_whoever_acknowledges_meanwhile_is_not_called_again(
    refused: Outside, evening: Evening, beeper: Pager
) -> None:
    refused.goes_by(SLACK + 2)
    evening.do(1.1, "fay", Acknowledge())
    refused.goes_by(60)
    assert beeper.asked == 1
    assert OUT not in evening.stores.outbox.lanes()


def test_that_it_reached_nobody_is_told_as_soon_though_the_clock_was_set_back(refused: Outside) -> None:
    refused.goes_by(SLACK + 2)
    refused.evening.clock.at -= minutes(60)
    refused.goes_by(GIVE_UP + 61)
    assert [went.reached for went in refused.on_the_case()] == [False]


def test_a_page_that_reached_nobody_is_told_on_the_case(
    refused: Outside, evening: Evening, beeper: Pager
) -> None:
    refused.goes_by(SLACK + GIVE_UP + 70)
    (went,) = refused.on_the_case()
    assert (went.way, went.reached) == ("pager", False)
    assert beeper.asked <= 10
    line = evening.screens.line(evening.case(), evening.stores.cases.entries("MC-26-0001")[-1])
    assert line is not None
    assert "reached nobody: Slack did not take it, and pager did not work. Ring them" in line.text


def test_it_is_not_told_so_because_our_clock_was_a_day_ahead_for_a_while(
    refused: Outside, evening: Evening, beeper: Pager
) -> None:
    refused.goes_by(SLACK + 10)
    asked = beeper.asked
    evening.machine.start += 86_400
    refused.goes_by(20)
    assert beeper.asked > asked, "it is tried meanwhile"
    evening.machine.start -= 86_400
    beeper.status = 200
    refused.goes_by(120)
    assert [went.reached for went in refused.on_the_case()] == [True]


def test_a_role_without_a_way_of_its_own_is_called_by_the_fims(mail: Letterbox) -> None:
    ways = Ways({"fim": {"e-mail": mail.url}, "technician": {"e-mail": mail.url}})
    assert ways.whom(Role.DUTY_INSPECTOR, lambda _: ()) == ("fim",)


def test_without_any_way_nothing_is_left_waiting(evening: Evening) -> None:
    outside = Outside(evening, Ways({}))
    evening.send_home("fay", "ian", "sue")
    evening.report(**HIGH)
    evening.until(0)
    outside.goes_by(2)
    assert OUT not in evening.stores.outbox.lanes()
    assert outside.on_the_case() == []


def test_an_address_that_apprise_does_not_know_is_named_but_not_repeated() -> None:
    with pytest.raises(BadWay) as wrong:
        Ways({"fim": {"pager": "carrier-pigeon://hunter2"}})
    assert "pager for fim" in str(wrong.value)
    assert "hunter2" not in str(wrong.value)


@pytest.mark.parametrize(
    "url",
    [
        "smpp://user:hunter2@127.0.0.1/+447700900100/+447700900123",
        "SMPPS://user:hunter2@127.0.0.1/+447700900100/+447700900123",
        "json://127.0.0.1/hunter2?optional=yes",
        "json://127.0.0.1/hunter2?method=POST&Optional=yes",
    ],
)
def test_a_way_that_counts_as_sent_where_nobody_took_it_is_refused(url: str) -> None:
    with pytest.raises(BadWay) as wrong:
        Ways({"fim": {"SMS": url}})
    assert "SMS for fim would count as sent" in str(wrong.value)
    assert "hunter2" not in str(wrong.value)


def test_a_page_is_sent_as_what_calls_somebody_not_as_information(beeper: Pager) -> None:
    Ways({"fim": {"pager": beeper.url}}).send("fim", "FIM: act on HIGH MC-26-0001", "Acknowledge by 13:46.")
    assert beeper.pages[-1]["type"] == "failure"


def asleep(evening: Evening) -> None:
    """From now on the FIM has Do Not Disturb on."""
    evening.desk = Desk(
        evening.stores.cases,
        evening.policy,
        evening.clock,
        evening.people,
        unheard=lambda role, _: Unheard.QUIET if role is Role.FIM else None,
    )


def test_a_page_that_nobody_would_hear_in_slack_leaves_at_once_and_its_card_says_so(
    evening: Evening, outside: Outside, beeper: Pager
) -> None:
    asleep(evening)
    evening.report(**HIGH)
    evening.until(0)
    Outside(evening, outside.ways).goes_by(2)
    evening.drain(FIM, turns=2)
    assert "Do Not Disturb keeps Slack silent for the FIM" in beeper.words[0]
    (card,) = evening.in_fim()
    assert card.says("Sent by e-mail, pager 13:40 (everybody paged has Do Not Disturb on).")


def test_without_any_other_way_the_case_says_that_nobody_would_hear_it_and_whom_to_ring(
    evening: Evening,
) -> None:
    asleep(evening)
    evening.report(**HIGH)
    evening.until(0)
    alone = Outside(evening, Ways({}))
    alone.goes_by(2)
    assert [(went.why, went.reached) for went in alone.on_the_case()] == [("quiet", False)]
    evening.drain(FIM, turns=2)
    (card,) = evening.in_fim()
    assert card.says("Not sent another way (everybody paged has Do Not Disturb on). Ring Fay")
    evening.drain("cases", turns=4)
    (told, *_) = [each for each in evening.in_cases() if ":card:" in str(each.metadata)]
    thread = evening.workspace.person("fay").thread("cases", told.ts)
    assert any(
        line.says("left no other way: everybody paged has Do Not Disturb on, and no other way")
        for line in thread
    )


def test_a_role_that_has_merely_not_answered_is_not_called_by_another_roles_way(
    evening: Evening, beeper: Pager
) -> None:
    alone = Outside(evening, Ways({"duty_inspector": {"pager": beeper.url}}))
    evening.report(**HIGH)
    evening.until(2)
    evening.drain(FIM, turns=2)
    alone.goes_by(2)
    assert beeper.pages == []
    assert alone.on_the_case() == []


def test_a_page_that_neither_slack_nor_another_way_brought_is_called_undelivered(evening: Evening) -> None:
    """That no other way worked says nothing of Slack: who can ring somebody has to hear it."""
    asleep(evening)
    evening.report(**HIGH)
    evening.until(0)
    Outside(evening, Ways({})).goes_by(200)
    assert evening.case().pages[Role.FIM].is_undelivered
