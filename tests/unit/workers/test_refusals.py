"""One thing that Slack refuses: no other child's waits for it, what was delivered is not sent again, and who must know
does."""

from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.commands import AcceptHandover, Acknowledge, Assign, Inform, Note, OfferHandover, Take
from bot.domain.events import SlackSilent
from bot.domain.people import Role
from bot.outgoing import person_lane, role_lane
from bot.ports.destination import Destination, LaneKind, OutboxKind
from bot.ports.outbox import EDITS
from bot.ports.places import Place, page_key
from bot.slack.slack_chat import PostDeclined
from bot.slack.slack_codes import For, final_for
from bot.views.message import Message as Drawn
from sandbox import facts
from sandbox.client import Message
from tests.outside import Letterbox
from tests.unit.workers.conftest import Evening
from tests.unit.workers.test_delivery import PowerCut, power_cut
from tests.unit.workers.test_older_cards import unanswered
from tests.unit.workers.test_ways_out import Outside
from tests.world import answers
from workers.delivery.claiming import AGAIN, TRIES, Postponed, put_by
from workers.ways_out.leaving import Unsent
from workers.ways_out.ways import Ways

FIM, SUPERVISOR = role_lane(Role.FIM), role_lane(Role.SUPERVISOR)
OLA = person_lane("ola")
HIGH = {"markers": answers("suicidal_today")}
FIRST, SECOND = "MC-26-0001", "MC-26-0002"
LOCKED = ["restricted_action_thread_locked", "thread_locked", "cannot_reply_to_message"]
LEFT = ["account_inactive", "user_not_found", "user_disabled", "channel_not_found", "is_archived"]


def card(evening: Evening, ref: str) -> Message:
    """The newest."""
    return [message for message in evening.in_cases() if message.says(ref)][-1]


def in_thread(evening: Evening, of: Message) -> str:
    return "\n".join(message.words for message in evening.workspace.person("fay").thread("cases", of.ts)[1:])


# --- a thread that takes no more -------------------------------------------------------------------------------------


@pytest.fixture
def two_cards(evening: Evening) -> Evening:
    evening.report()
    evening.report()
    evening.drain("cases", turns=6)
    return evening


def test_a_case_whose_thread_is_locked_goes_on_under_a_card_of_its_own(two_cards: Evening) -> None:
    first = card(two_cards, FIRST)
    two_cards.workspace.person("fay").lock("cases", first.ts)
    two_cards.do(1, "sam", Note(text="Rang the school"), FIRST)
    two_cards.drain("cases", turns=6)
    newer = card(two_cards, FIRST)
    assert newer.ts != first.ts
    assert "Sam" in in_thread(two_cards, newer), "the line is not lost"
    (older,) = [message for message in two_cards.in_cases() if message.ts == first.ts]
    assert newer.ts.replace(".", "") in older.words and not older.action_ids
    two_cards.drain_all("cases")


@pytest.mark.parametrize(
    ("trouble", "how"),
    [
        ("server_error", {}),
        ("rate_limited", {"seconds": 5}),
        ("error", {"error": "message_not_found"}),
        ("error", {"error": "channel_not_found"}),
        ("error", {"error": "unheard_of"}),
    ],
)
def test_its_older_card_leads_there_in_the_end_where_slack_does_not_take_that_at_once(
    two_cards: Evening, trouble: str, how: dict[str, float | str]
) -> None:
    """Nothing more happens in the case that would have the card drawn again."""
    first = card(two_cards, FIRST)
    two_cards.workspace.person("fay").lock("cases", first.ts)
    two_cards.workspace.fault(trouble, "chat.getPermalink", **how)
    two_cards.do(1, "sam", Note(text="Rang the school"), FIRST)
    two_cards.drain("cases", turns=6)
    two_cards.workspace.clear_faults()
    two_cards.drain_all("cases")
    assert leads_to_the_newer(two_cards, first)


def leads_to_the_newer(evening: Evening, first: Message) -> bool:
    newer = card(evening, FIRST)
    (older,) = [message for message in evening.in_cases() if message.ts == first.ts]
    return newer.ts != first.ts and newer.ts.replace(".", "") in older.words and not older.action_ids


def test_so_do_both_where_the_newer_cards_thread_is_locked_meanwhile_too(two_cards: Evening) -> None:
    fay = two_cards.workspace.person("fay")
    two_cards.workspace.fault("server_error", "chat.getPermalink")
    locked = []
    for minute in (1, 2):
        locked.append(card(two_cards, FIRST))
        fay.lock("cases", locked[-1].ts)
        two_cards.do(minute, "sam", Note(text="Rang the school"), FIRST)
        two_cards.drain("cases", turns=6)
    two_cards.workspace.clear_faults()
    two_cards.drain_all("cases")
    assert all(leads_to_the_newer(two_cards, each) for each in locked)


def test_so_does_one_onto_which_slack_takes_a_drawing_after_that(two_cards: Evening) -> None:
    first = card(two_cards, FIRST)
    two_cards.do(1, "sam", Take(), FIRST)
    with unanswered(two_cards) as late:
        two_cards.drain("cases", turns=2)
    two_cards.workspace.person("fay").lock("cases", first.ts)
    two_cards.do(1.2, "sam", Note(text="Rang the school"), FIRST)
    two_cards.drain("cases", turns=6)
    assert leads_to_the_newer(two_cards, first)
    two_cards.chat.edit(*late[0])
    assert not leads_to_the_newer(two_cards, first), "it looks open again"
    two_cards.drain_all("cases")
    assert leads_to_the_newer(two_cards, first)


@pytest.fixture
def slowly_locked(two_cards: Evening, monkeypatch: pytest.MonkeyPatch) -> Evening:
    """Slack takes more than a second to say so: the newer card is posted in the same turn."""

    def too_late(*_: object) -> str:
        monkeypatch.undo()
        two_cards.later(1.5)
        raise PostDeclined("chat.postMessage", "thread_locked")

    two_cards.do(1, "sam", Note(text="Rang the school"), FIRST)
    monkeypatch.setattr(two_cards.chat, "post", too_late)
    return two_cards


def test_so_does_one_whose_newer_card_was_posted_without_an_answer(slowly_locked: Evening) -> None:
    first = card(slowly_locked, FIRST)
    slowly_locked.workspace.fault("lost_reply", "chat.postMessage", count=1)
    slowly_locked.drain("cases", turns=6)
    slowly_locked.drain_all("cases")
    assert leads_to_the_newer(slowly_locked, first)


def test_so_does_one_whose_worker_was_killed_once_the_newer_card_was_there(slowly_locked: Evening) -> None:
    first = card(slowly_locked, FIRST)
    with pytest.MonkeyPatch.context() as broken, pytest.raises(PowerCut):
        broken.setattr("workers.delivery.turn.Turn.link", power_cut)
        slowly_locked.drain("cases", turns=6)
    slowly_locked.delivery = slowly_locked.new_delivery()
    slowly_locked.later(60)
    slowly_locked.drain_all("cases")
    assert leads_to_the_newer(slowly_locked, first)


def test_no_other_childs_line_waits_for_it(two_cards: Evening) -> None:
    two_cards.workspace.person("fay").lock("cases", card(two_cards, FIRST).ts)
    for ref in (FIRST, SECOND):
        two_cards.do(1, "sam", Note(text="Rang the school"), ref)
    two_cards.drain("cases", turns=4)
    assert "Sam" in in_thread(two_cards, card(two_cards, SECOND))


@pytest.mark.parametrize("code", LOCKED)
def test_however_slack_says_that_a_thread_takes_no_more(two_cards: Evening, code: str) -> None:
    before = card(two_cards, FIRST)
    two_cards.workspace.fault("error", "chat.postMessage", error=code, count=1)
    two_cards.do(1, "sam", Note(text="Rang the school"), FIRST)
    two_cards.drain("cases", turns=4)
    assert card(two_cards, FIRST).ts != before.ts
    assert "Sam" in in_thread(two_cards, card(two_cards, FIRST))


# --- a person who left -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["conversations.open", "chat.postMessage"])
@pytest.mark.parametrize("code", LEFT)
def test_who_cannot_be_asked_is_named_to_the_supervisor(evening: Evening, method: str, code: str) -> None:
    evening.report()
    evening.do(1, "sam", Assign(to="ola"))
    fault = evening.workspace.fault("error", method, error=code)
    evening.drain(OLA)
    evening.workspace.clear_faults(fault)
    evening.drain(SUPERVISOR)
    (told,) = evening.workspace.person("sam").sees("supervisors")
    assert (
        told.says("Not delivered to Ola") and told.says(FIRST) and told.says("to be asked to take the case")
    )
    assert OLA not in evening.stores.outbox.lanes() and SUPERVISOR not in evening.stores.outbox.lanes()


def test_a_page_to_an_owner_who_left_is_told_to_the_supervisor_with_what_it_was_about(
    evening: Evening,
) -> None:
    evening.report(**HIGH)
    evening.do(1, "ola", Take())
    evening.do(2, "cal", Inform(id="call", kind="call", text="Seen at the bus station"))
    evening.until(12)
    evening.workspace.seed({"people": {"ola": {"id": "ola", "deleted": True}}})
    evening.drain(OLA)
    evening.drain(SUPERVISOR, turns=4)
    told = [
        message
        for message in evening.workspace.person("sam").sees("supervisors")
        if message.says("Ola cannot be")
    ]
    assert len(told) == 1 and told[0].says("New information")
    assert OLA not in evening.stores.outbox.lanes()


def test_a_role_whose_only_holder_cannot_be_written_to_is_paged_in_the_fims_channel(evening: Evening) -> None:
    evening.direct = {Role.SUPERINTENDENT: lambda: frozenset({"sue"})}
    evening.delivery = evening.new_delivery()
    evening.workspace.seed({"people": {"sue": {"id": "sue", "deleted": True}}})
    evening.report(**HIGH)
    evening.until(16)
    evening.drain("role:superintendent", turns=2)
    assert any("superintendent" in page.words.lower() for page in evening.in_fim())


# --- a channel -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["is_archived", "not_in_channel", "restricted_action"])
def test_a_role_whose_own_channel_lets_nothing_in_is_paged_in_the_fims(evening: Evening, code: str) -> None:
    evening.report(category="missing")
    evening.until(10)
    assert SUPERVISOR in evening.stores.outbox.lanes()
    evening.workspace.fault("error", "chat.postMessage", error=code, channel="C0SUPER")
    evening.delivery.drain(SUPERVISOR)
    evening.delivery.drain(SUPERVISOR)
    assert any(page.says(FIRST) for page in evening.in_fim())


def test_a_page_of_any_grade_leaves_another_way_at_once_where_the_fims_channel_is_gone(
    evening: Evening,
) -> None:
    evening.report()
    evening.until(15)
    looker = Unsent(
        evening.stores,
        evening.desk,
        evening.duty_desk,
        evening.case_clock,
        evening.machine,
        evening.rate_limits.refused,
        patience=60.0,
    )
    looker.look()
    assert not _silent(evening)
    evening.workspace.fault("error", "chat.postMessage", error="is_archived")
    evening.delivery.drain(FIM)
    looker.look()
    assert _silent(evening)
    evening.workspace.clear_faults()
    evening.drain(FIM, turns=2)
    assert evening.rate_limits.refused() == {}


def _silent(evening: Evening) -> bool:
    said = [entry.event for entry in evening.stores.cases.entries(FIRST)]
    return any(isinstance(event, SlackSilent) and event.role is Role.FIM for event in said)


# --- a card that cannot be redrawn now ------------------------------------------------------------------------------


@pytest.fixture(params=["in the role's own channel", "with the owner alone"])
def answered(request: pytest.FixtureRequest, evening: Evening) -> tuple[Evening, Destination]:
    """A page stands in a place that lets nothing in any more, and it has been acknowledged."""
    evening.report(**HIGH)
    if request.param == "with the owner alone":
        evening.do(1, "ola", Take())
        evening.do(2, "cal", Inform(id="call", kind="call", text="Seen at the bus station"))
        lane, who = OLA, "ola"
    else:
        lane, who = SUPERVISOR, "sam"
    evening.until(12)
    evening.drain(lane, turns=3)
    assert "acknowledge" in page_of(evening, lane).action_ids
    for method in ("chat.update", "chat.postMessage", "conversations.open"):
        evening.workspace.fault("error", method, error="is_archived", channel=place_of(evening, lane).channel)
    evening.do(13, who, Acknowledge())
    for _ in range(3):
        evening.drain(lane, turns=2)
        evening.postponed(lane)
    return evening, lane


def place_of(evening: Evening, lane: Destination) -> Place:
    found = evening.stores.outbox.card(page_key(lane, FIRST))
    assert found is not None
    return found


def page_of(evening: Evening, lane: Destination) -> Message:
    where = place_of(evening, lane)
    person, channel = ("ola", where.channel) if lane.person else ("sam", "supervisors")
    return next(post for post in evening.workspace.person(person).sees(channel) if post.ts == where.ts)


def test_an_answered_card_stops_asking_once_its_place_can_be_reached_again(
    answered: tuple[Evening, Destination],
) -> None:
    evening, lane = answered
    assert "acknowledge" in page_of(evening, lane).action_ids, "Slack took nothing"
    evening.workspace.clear_faults()
    evening.later(AGAIN)
    evening.postponed(lane)
    evening.drain(lane, turns=3)
    assert "acknowledge" not in page_of(evening, lane).action_ids
    assert not evening.stores.outbox.pending(Destination.of(LaneKind.POSTPONED, lane), 10)


def test_a_card_that_cannot_be_reached_for_half_a_day_is_left_as_it_is(
    answered: tuple[Evening, Destination],
) -> None:
    evening, lane = answered
    evening.tried(lane, TRIES)
    evening.postponed(lane)
    evening.drain(lane, turns=2)
    waiting = [
        row
        for each in (lane, Destination.of(LaneKind.POSTPONED, lane))
        for row in evening.stores.outbox.pending(each, 10)
    ]
    assert not [row for row in waiting if row.is_edit]


def test_a_card_whose_newer_one_is_out_of_reach_refuses_nothing_else_of_its_lane(evening: Evening) -> None:
    """Its pages go to the FIM's channel meanwhile, and the health report would name that as shut."""
    evening.report(**HIGH)
    evening.until(10)
    evening.drain(SUPERVISOR)
    evening.workspace.fault("server_error", "chat.update")
    evening.until(20)
    evening.drain(SUPERVISOR)
    assert len(evening.workspace.person("sam").sees("supervisors")) == 2, "the older one has not shrunk"
    evening.workspace.clear_faults()
    for method in ("chat.update", "chat.postMessage", "chat.getPermalink"):
        evening.workspace.fault("error", method, error="not_in_channel", channel="C0SUPER")
    for _ in range(3):
        evening.later(AGAIN)
        evening.postponed(SUPERVISOR)
        evening.drain(SUPERVISOR, turns=2)
        assert evening.rate_limits.refused() == {}
    evening.workspace.clear_faults()
    evening.drain_all(SUPERVISOR)
    older, newer = evening.workspace.person("sam").sees("supervisors")
    assert newer.ts.replace(".", "") in older.words and not older.action_ids


def test_it_is_not_left_because_our_own_clock_was_a_day_ahead_for_a_while(
    answered: tuple[Evening, Destination],
) -> None:
    evening, lane = answered
    evening.machine.start += 86_400
    for _ in range(2):
        evening.postponed(lane)
        evening.drain(lane, turns=2)
    evening.machine.start -= 86_400
    evening.workspace.clear_faults()
    evening.later(AGAIN)
    evening.postponed(lane)
    evening.drain(lane, turns=3)
    assert "acknowledge" not in page_of(evening, lane).action_ids


def test_who_has_nothing_to_put_by_puts_off_nothing_that_waits_there(evening: Evening) -> None:
    """A page may be among it, and a place may refuse every few seconds."""
    outbox, now = evening.stores.outbox, evening.machine.seconds()
    held, token = Destination.of(LaneKind.POSTPONED, OLA), outbox.claim(OLA, now, 10.0)
    assert token is not None
    evening.rate_limits.hold(held, now + AGAIN)
    assert put_by(outbox, evening.rate_limits, OLA, token, [], now + 5)
    assert evening.rate_limits.holds()[held] == now + AGAIN


def test_what_is_put_by_later_puts_off_nothing_that_waits_there_either(evening: Evening) -> None:
    """Else a refused page would wait for as long as edits are put by more often than each half minute."""
    for _ in range(2):
        evening.do(1, "sam", Assign(to="ola"), evening.report())
    outbox, now = evening.stores.outbox, evening.machine.seconds()
    held, token = Destination.of(LaneKind.POSTPONED, OLA), outbox.claim(OLA, now, 10.0)
    assert token is not None
    for seconds, row in zip((0, AGAIN / 2), outbox.pending(OLA, 9), strict=True):
        assert put_by(outbox, evening.rate_limits, OLA, token, [row], now + seconds)
        assert evening.rate_limits.holds()[held] == now + AGAIN


def test_what_a_newer_version_has_written_for_who_left_stays_where_it_is(evening: Evening) -> None:
    evening.report()
    evening.do(1, "sam", Assign(to="ola"))
    (offer,) = evening.stores.outbox.pending(OLA, 9)
    strange = [
        replace(offer, id=f"{offer.id}:{rank}", kind=OutboxKind.UNKNOWN, rank=rank) for rank in (0, EDITS)
    ]
    evening.stores.outbox.ask_again(OLA, strange)
    evening.workspace.seed({"people": {"ola": {"id": "ola", "deleted": True}}})
    evening.drain(OLA, turns=2)
    assert evening.stores.outbox.pending(OLA, 9) == strange


# --- one row, for whatever reason ------------------------------------------------------------------------------------


def test_a_page_that_slack_refuses_alone_holds_up_no_other_and_is_tried_again(evening: Evening) -> None:
    for _ in range(2):
        evening.report(**HIGH)
    evening.until(0)
    evening.workspace.fault("error", "chat.postMessage", error="message_limit_exceeded", count=1)
    evening.drain(FIM, turns=3)
    (page,) = evening.in_fim()
    assert page.says(SECOND)
    put_by = Postponed(evening.stores.outbox, evening.rate_limits, evening.machine)
    assert evening.rate_limits.holds()[f"putby:{FIM}"] > evening.machine.seconds()
    evening.later(AGAIN)
    put_by.drain_all([Destination(f"putby:{FIM}")])
    evening.drain(FIM)
    assert [page.says(FIRST) for page in evening.in_fim()] == [False, True]
    assert FIM not in evening.stores.outbox.lanes()


def refused(evening: Evening, monkeypatch: pytest.MonkeyPatch, words: str) -> list[str]:
    """What is about that, whenever it is posted; how often it was."""
    post, tries = evening.chat.post, list[str]()

    def unless_it_says_so(channel: str, message: Drawn, *given: Any) -> str:
        if words in message.text:
            tries.append(message.text)
            raise PostDeclined("chat.postMessage", "unheard_of")
        return post(channel, message, *given)

    monkeypatch.setattr(evening.chat, "post", unless_it_says_so)
    return tries


def test_nor_does_what_is_said_of_a_page_that_did_not_arrive(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening.report(**HIGH)
    evening.until(0)
    evening.desk.remark(FIRST, SlackSilent(page=2, role=Role.FIM, why="is_archived"))
    tries = refused(evening, monkeypatch, "FIM page not delivered for HIGH MC-26-0001: the")
    evening.drain("cases", turns=4)
    assert tries and card(evening, FIRST)


def test_nor_does_what_is_said_of_a_person_who_left(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening.report()
    evening.do(1, "sam", Assign(to="ola"))
    left = evening.workspace.fault("error", "conversations.open", error="account_inactive")
    evening.drain(OLA)
    evening.workspace.clear_faults(left)
    evening.duty_desk.handle(OfferHandover(role="supervisor", to="sid"), evening.actor("sam"), "test")
    tries = refused(evening, monkeypatch, "Ola cannot be reached")
    evening.drain(SUPERVISOR, turns=2)
    (offer,) = evening.workspace.person("sam").sees("supervisors")
    assert tries and offer.says("Sam to Sid")


def test_nor_does_one_hand_over(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    for giver, role in (("fay", "fim"), ("sam", "supervisor")):
        evening.duty_desk.handle(OfferHandover(role=role, to="ian"), evening.actor(giver), "test")
    tries = refused(evening, monkeypatch, "Fay to Ian")
    evening.drain(person_lane("ian"), turns=2)
    (offer,) = evening.workspace.person("ian").sees("missing")
    assert tries and offer.says("Sam to Ian")


def test_nor_does_what_is_said_of_who_is_let_into_a_channel(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening.duty_desk.handle(OfferHandover(role="fim", to="ian"), evening.actor("fay"), "test")
    evening.drain(FIM, turns=2)
    accept = AcceptHandover(role="fim", first="coded:high_first;log=3")
    evening.duty_desk.handle(accept, evening.actor("ian"), "test")
    evening.workspace.fault("error", "conversations.invite", error="missing_scope")
    tries = refused(evening, monkeypatch, "is not in this channel")
    evening.drain(FIM, turns=2)
    (offer,) = evening.in_fim()
    assert tries and offer.says("accepted")


# --- an address ------------------------------------------------------------------------------------------------------


def test_one_address_of_three_that_is_refused_has_nobody_written_to_twice(
    evening: Evening, mail: Letterbox
) -> None:
    mail.refuses = {"gone@example.org"}
    url = mail.url.replace("to=duty@example.org", "to=duty@example.org,gone@example.org,two@example.org")
    outside = Outside(evening, Ways({"fim": {"e-mail": url}}))
    evening.report(**HIGH)
    evening.until(0)
    outside.goes_by(180)
    assert sorted(mail.recipients) == ["duty@example.org", "two@example.org"]
    (went,) = outside.on_the_case()
    assert went.way == "e-mail (1 of 3), e-mail (3 of 3)"


# --- the table -------------------------------------------------------------------------------------------------------


def test_each_answer_to_a_post_is_known_or_holds_up_one_row_only() -> None:
    """Of the codes in Slack's reference, none that is about a channel counts as one row's."""
    about_places = [
        code for code in facts.method("chat.postMessage").errors if "channel" in code or "archived" in code
    ]
    assert about_places, "the reference names some"
    known = {code: final_for(code) for code in about_places if not code.startswith("duplicate")}
    assert set(known.values()) <= {For.PLACE, For.MESSAGE}, known
