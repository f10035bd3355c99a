"""`/missing`: a call handler reports a missing child (screens.md §1)."""

from threading import Event

import pytest

from bot.domain import commands
from bot.domain.events import Delivered, SlackSilent
from bot.domain.facts import Category, Grade
from bot.domain.people import Role
from handlers.dependencies import Body, Dependencies
from handlers.live_pages import live_lines
from handlers.sight import Sight
from tests.handlers.evening import REPORT, Evening, id_of, typed
from tests.world import TOLD, minutes

PAGE_1 = "Report a missing child"
PAGE_2 = "Risk: MC-26-0001"
REF = "MC-26-0001"


def test_saving_the_first_page_makes_the_case_and_shows_the_second(evening: Evening) -> None:
    cal = evening.person("cal")
    assert evening.missing("cal").acked
    evening.opened("cal", PAGE_1)

    assert cal.submit(typed(REPORT)).acked

    page = evening.opened("cal", PAGE_2)
    assert page.says("✅ SAVED 13:41. Clocks run from 13:40.\nFIM being paged since 13:41.")
    case = evening.case()
    assert (case.child.name, case.age, case.incident) == ("Rowan Pike", 13, "LOG-1042")
    assert (case.category, case.running_grade) == (Category.MISSING, Grade.HIGH)


def test_the_second_page_follows_what_becomes_of_the_page(evening: Evening) -> None:
    reported(evening)
    cal = evening.person("cal")
    cal.choose("live", ["pregnancy"], block_id="yes_health")
    evening.settle()
    evening.desk.remark(REF, SlackSilent(page=2, role=Role.FIM, why="not_in_channel"))
    evening.refresher.turn()
    page = evening.reads(
        "cal", PAGE_2, "FIM page of 13:41 not delivered: the FIM's channel cannot be reached"
    )
    assert page.says("Ring Fay Marsh") and not page.says("FIM paged")
    evening.desk.remark(REF, Delivered(page=2, role=Role.FIM))
    evening.refresher.turn()
    page = evening.reads("cal", PAGE_2, "FIM paged 13:41")
    assert page.says("Yes 3 ") and not page.says("not delivered")
    evening.settle()
    drawn = len(evening.workspace.calls("views.update"))
    evening.refresher.turn()
    evening.settle()
    assert len(evening.workspace.calls("views.update")) == drawn, "there is nothing left to say"


def test_the_second_page_follows_its_page_though_the_first_one_was_redrawn_while_it_was_typed(
    evening: Evening,
) -> None:
    """Both are one view to Slack, with another hash and other metadata: what was known of the first is void."""
    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    cal = evening.person("cal")
    cal.choose("live", ["suicidal_today", "self_harm"], block_id="yes")
    evening.reads("cal", PAGE_1, "PROPOSED: HIGH. You decide.")
    cal.submit(typed(REPORT))
    evening.reads("cal", PAGE_2, "FIM being paged since 13:41")
    evening.settle()
    evening.refresher.turn()
    evening.desk.remark(REF, Delivered(page=2, role=Role.FIM))
    evening.refresher.turn()
    evening.reads("cal", PAGE_2, "FIM paged 13:41")


def test_the_second_page_follows_its_page_though_another_process_drew_it_last(evening: Evening) -> None:
    reported(evening)
    cal = evening.person("cal")
    cal.choose("live", ["pregnancy"], block_id="yes_health")
    page = evening.reads("cal", PAGE_2, "Yes 3 ")
    evening.settle()
    same = {name: page.raw[name] for name in ("type", "callback_id", "title", "submit", "blocks")}
    carried = page.raw["private_metadata"]
    evening.deps.asking.views_update(view_id=page.id, view={**same, "private_metadata": carried})
    evening.desk.remark(REF, Delivered(page=2, role=Role.FIM))
    evening.refresher.turn()
    assert evening.reads("cal", PAGE_2, "FIM paged 13:41").says("Yes 3 ")


def test_what_was_typed_on_page_1_is_never_drawn_over_page_2(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A busy bot comes to its redraw only once the form is saved."""
    may_draw, look = Event(), live_lines.sight

    def late(body: Body, deps: Dependencies) -> Sight:
        assert may_draw.wait(60)
        return look(body, deps)

    cal = evening.person("cal")
    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    cal.fill(typed(REPORT))
    evening.settle()
    with monkeypatch.context() as busy:
        busy.setattr(live_lines, "sight", late)
        cal.choose("live", ["cse"], block_id="yes")
        cal.submit({})
        evening.opened("cal", PAGE_2)
        may_draw.set()
        evening.settle()
    modal = cal.modal
    assert modal is not None and modal.title == PAGE_2 and modal.says("SAVED 13:41")


def test_the_second_page_follows_a_page_that_is_decided_or_read_only_later(evening: Evening) -> None:
    reported(evening, yes=["self_harm"], age="16", why_worried="She is late.")
    evening.refresher.turn()
    evening.reads("cal", PAGE_2, "SAVED 13:41")
    evening.clock.at = TOLD + minutes(15)
    evening.desk.recheck(REF)
    evening.refresher.turn()
    evening.reads("cal", PAGE_2, "FIM being paged since 13:55")
    evening.desk.remark(REF, Delivered(page=evening.case().pages[Role.FIM].number, role=Role.FIM))
    evening.refresher.turn()
    evening.reads("cal", PAGE_2, "FIM paged 13:55")


def test_the_second_page_lets_go_of_a_page_that_was_answered_before_it_was_delivered(
    evening: Evening,
) -> None:
    reported(evening)
    evening.do(2, id_of("fay"), commands.Acknowledge())
    evening.refresher.turn()
    evening.workspace.wait_for(
        lambda: not evening.opened("cal", PAGE_2).says("being paged"), "an answered page is not on its way"
    )


def test_cancelling_the_second_page_loses_nothing(evening: Evening) -> None:
    reported(evening)
    evening.person("cal").close()
    assert evening.did() == ["Reported"]


def reported(evening: Evening, **other: object) -> None:
    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    evening.person("cal").submit(typed({**REPORT, **other}))
    evening.opened("cal", PAGE_2)
    evening.settle()


def test_a_tick_changes_the_proposal_and_keeps_what_was_typed(evening: Evening) -> None:
    cal = evening.person("cal")
    evening.missing("cal")
    assert evening.opened("cal", PAGE_1).says("PROPOSED: MEDIUM")
    cal.fill(typed({"name": "Rowan Pike", "age": "13"}))

    cal.choose("live", ["cse"], block_id="yes")

    page = evening.reads("cal", PAGE_1, "PROPOSED: HIGH. You decide.")
    assert page.says("Sexual exploitation")
    assert page.values["name"]["value"]["value"] == "Rowan Pike"


def test_a_tick_that_changes_no_words_redraws_nothing(evening: Evening) -> None:
    cal = evening.person("cal")
    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    cal.choose("live", ["self_harm"], block_id="yes")
    cal.choose("live", ["medical"], block_id="yes")
    evening.reads("cal", PAGE_1, "PROPOSED: HIGH")
    assert len(evening.workspace.calls("views.update")) == 1


def test_concern_for_safety_says_stop_and_asks_why(evening: Evening) -> None:
    cal = evening.person("cal")
    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    cal.fill(typed(REPORT))

    cal.click("concern_instead")

    page = evening.reads("cal", PAGE_1, "STOP.")
    assert page.says("a supervisor must sign this off by 13:55; otherwise the FIM is paged.")
    cal.submit(typed({"not_missing": "Believed to be walking home"}))
    grading = evening.opened("cal", PAGE_2)
    assert grading.values["rationale"]["value"]["value"] is None, (
        "why it is not missing is no reason for a grade"
    )
    case = evening.case()
    assert (case.category, case.whereabouts_known) == (Category.CONCERN_FOR_SAFETY, False)
    assert case.rationale == "Believed to be walking home"


def test_keep_as_missing_takes_the_concern_back(evening: Evening) -> None:
    cal = evening.person("cal")
    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    cal.click("concern_instead")
    evening.reads("cal", PAGE_1, "STOP.")
    cal.click("keep_missing")
    evening.reads("cal", PAGE_1, "Category: *MISSING*")
    cal.submit(typed(REPORT))
    evening.opened("cal", PAGE_2)
    assert evening.case().category is Category.MISSING


def test_known_whereabouts_are_a_concern_with_a_reason(evening: Evening) -> None:
    cal = evening.person("cal")
    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    cal.choose("live", "known", block_id="where_now")
    evening.reads("cal", PAGE_1, "Why is this not missing?")
    cal.submit(typed({**REPORT, "not_missing": "With her aunt, who answered the phone"}))
    evening.opened("cal", PAGE_2)
    assert evening.case().whereabouts_known


def test_a_reason_of_spaces_is_refused_under_its_field(evening: Evening) -> None:
    cal = evening.person("cal")
    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    cal.click("concern_instead")
    evening.reads("cal", PAGE_1, "STOP.")
    cal.submit(typed({**REPORT, "not_missing": "   "}))
    modal = cal.modal
    assert modal is not None and modal.errors == {
        "not_missing": "Not saved. Say why this is not missing: what is known, who said so, when."
    }
    assert evening.stores.cases.open_refs() == []


def test_a_time_still_to_come_is_refused_under_its_field(evening: Evening) -> None:
    cal = evening.person("cal")
    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    cal.submit(typed({**REPORT, "last_seen_at": "2345"}))
    modal = cal.modal
    assert modal is not None and modal.errors == {
        "last_seen_at": "Not saved. 23:45 today is still to come. For last night type: yest 2345."
    }


@pytest.mark.parametrize(
    ("typed_time", "asked"),
    [
        ("9", 'Type "yest 2100" or "0900".'),
        ("01/03", "Type the time of day too"),
        ("half past nine", '"yest 2130"'),
    ],
)
def test_a_time_that_may_be_two_is_asked_about_under_its_field(
    evening: Evening, typed_time: str, asked: str
) -> None:
    cal = evening.person("cal")
    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    cal.submit(typed({**REPORT, "last_seen_at": typed_time}))
    modal = cal.modal
    assert modal is not None and asked in modal.errors["last_seen_at"]
    assert evening.stores.cases.open_refs() == []


@pytest.mark.parametrize(
    ("typed_time", "minutes_before"),
    [("yesterday 9pm", 1000), ("an hour ago", 59), ("01/03 2130", 970), ("2215hrs yesterday", 925)],
)
def test_times_as_people_type_them(evening: Evening, typed_time: str, minutes_before: int) -> None:
    cal = evening.person("cal")
    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    cal.submit(typed({**REPORT, "last_seen_at": typed_time}))
    evening.opened("cal", PAGE_2)
    assert evening.case().last_seen_at == TOLD - minutes(minutes_before)


def test_a_wrong_time_and_a_wrong_age_are_both_said_at_once(evening: Evening) -> None:
    cal = evening.person("cal")
    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    cal.submit(typed({**REPORT, "last_seen_at": "lunch", "age": "teenager"}))
    modal = cal.modal
    assert modal is not None and set(modal.errors) == {"last_seen_at", "age"}


def test_the_same_incident_again_shows_that_case_and_offers_to_add(evening: Evening) -> None:
    reported(evening)
    cat = evening.person("cat")
    evening.missing("cat")
    evening.opened("cat", PAGE_1)
    cat.submit(typed(REPORT))
    again = evening.opened("cat", "Already reported")
    assert again.says("LOG-1042 is MC-26-0001 already (Cal Reeve, 13:4")

    cat.click("add_to_case")
    evening.opened("cat", "New information")
    cat.submit(typed({"text": "A neighbour saw him by the river"}))

    evening.workspace.wait_for(lambda: evening.case().information, "the information on the case")
    assert [item.text for item in evening.case().information.values()] == ["A neighbour saw him by the river"]


def test_whoever_has_no_role_is_told_at_once_to_pass_the_report_on(evening: Evening) -> None:
    evening.people.people[id_of("oz")] = ()
    evening.missing("oz")
    evening.told("oz", "Nothing is saved: you have no role here. Pass the report on now. On duty: Sam Doyle")
    evening.settle()
    assert evening.person("oz").modal is None


def test_whoever_is_nobody_here_is_told_at_once_whom_to_ring_and_no_name(evening: Evening) -> None:
    evening.missing("pat")
    said = evening.told("pat", "If a child is at risk, ring the control room.")
    assert "Sam Doyle" not in said.words
    evening.settle()
    assert evening.person("pat").modal is None


def test_a_role_lost_while_the_form_is_open_is_said_on_saving(evening: Evening) -> None:
    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    evening.people.people[id_of("cal")] = ()
    evening.person("cal").submit(typed(REPORT))
    modal = evening.opened("cal", PAGE_1)
    assert next(iter(modal.errors.values())).startswith("Nothing is saved: you have no role here.")
    assert evening.stores.cases.open_refs() == []


def test_who_may_not_grade_is_asked_no_grade(evening: Evening) -> None:
    evening.missing("ola")
    evening.opened("ola", PAGE_1)
    evening.person("ola").submit(typed(REPORT))
    page = evening.opened("ola", PAGE_2)
    assert page.says("The control room or a supervisor records the grade.")
    evening.person("ola").choose("live", ["mental_health"], block_id="yes_health")
    evening.reads("ola", PAGE_2, "Yes 3")
    assert not {block["block_id"] for block in evening.opened("ola", PAGE_2).blocks} & {"level", "rationale"}


def test_ten_thousand_characters_pasted_are_refused_not_cut(evening: Evening) -> None:
    """Slack's own page stops a paste at the input's limit; what comes past it must fail safely all the same."""
    cal = evening.person("cal")
    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    cal.submit(typed({**REPORT, "why_worried": "x" * 3000}))
    evening.opened("cal", PAGE_2)
    assert evening.case().why_worried == "x" * 3000
    evening.post(evening.screens.card(evening.case()))


def test_earlier_episodes_stand_before_the_grade(evening: Evening) -> None:
    reported(evening, person_ref="N-20881")
    evening.person("cal").close()
    evening.missing("cat")
    evening.opened("cat", PAGE_1)
    evening.person("cat").submit(
        typed({**REPORT, "incident": "LOG-1050", "person_ref": "N-20881", "yes": []})
    )
    page = evening.opened("cat", "Risk: MC-26-0002")
    assert page.says("SEEN BEFORE.")
    assert page.words.index("SEEN BEFORE") < page.words.index("Grade")
    assert "EpisodesShown" in evening.did("MC-26-0002")
