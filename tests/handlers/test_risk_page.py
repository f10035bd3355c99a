"""Page 2: markers not asked yet, then the grade (screens.md §1)."""

from threading import Event
from types import ModuleType
from typing import Any

import pytest

from bot.domain.facts import Answer, Grade
from bot.domain.people import Role
from bot.views.wording.refusal_words import PARTLY
from handlers.forms import redrawing
from handlers.forms.considered import NOTHING_CHANGED
from handlers.live_pages import live_lines
from tests.handlers.evening import Evening, typed
from tests.handlers.test_report import PAGE_2, reported


@pytest.fixture
def page_2(evening: Evening) -> Evening:
    reported(evening)
    return evening


def test_more_answers_and_a_grade_are_recorded(page_2: Evening) -> None:
    cal = page_2.person("cal")
    cal.submit(
        typed({"yes_health": ["mental_health"], "level": "high", "rationale": "Said he will harm himself"})
    )
    page_2.workspace.wait_for(lambda: page_2.case().risk.recorded, "the grade")
    assert page_2.case().risk.recorded is Grade.HIGH
    assert page_2.case().markers["mental_health"].answer is Answer.YES
    assert cal.modal is None


def test_the_no_lists_leave_out_what_is_yes(page_2: Evening) -> None:
    cal = page_2.person("cal")
    cal.click("show_no_lists")
    page = page_2.reads("cal", PAGE_2, "Yes 2 · No 0 · 20 risk questions not answered")
    page = page_2.reads("cal", PAGE_2, "Asked and answered NO")
    offered = next(block for block in page.blocks if block.get("block_id") == "no_first")
    assert "self_harm" not in [option["value"] for option in offered["element"]["options"]]

    cal.choose("live", ["medical", "cse"], block_id="no_first")

    page_2.reads("cal", PAGE_2, "Yes 2 · No 2 · 18 risk questions not answered")


def test_yes_and_no_at_once_is_refused_by_name(page_2: Evening) -> None:
    cal = page_2.person("cal")
    cal.click("show_no_lists")
    page_2.reads("cal", PAGE_2, "Asked and answered NO")
    cal.submit(typed({"yes_health": ["pregnancy"], "no_health": ["pregnancy"]}))
    assert cal.modal is not None
    assert cal.modal.errors == {"no_health": "Ticked both YES and NO: Pregnancy. Untick one."}
    assert page_2.did() == ["Reported"]


@pytest.mark.parametrize(("room", "slow"), [(redrawing, "live"), (live_lines, "sight")])
def test_what_was_wrong_stays_there_though_what_was_typed_before_is_drawn_later(
    page_2: Evening, monkeypatch: pytest.MonkeyPatch, room: ModuleType, slow: str
) -> None:
    begun, may_go_on, step = Event(), Event(), getattr(room, slow)

    def slowly(*given: Any, **more: Any) -> Any:
        begun.set()
        may_go_on.wait(60)
        return step(*given, **more)

    monkeypatch.setattr(room, slow, slowly)
    cal = page_2.person("cal")
    cal.click("show_no_lists")
    assert begun.wait(60)
    cal.submit(typed({"rationale": "Said so today"}))
    assert cal.modal is not None
    wrong = cal.modal.errors
    assert "Choose the grade" in str(wrong)
    may_go_on.set()
    page_2.settle()
    assert cal.modal is not None and cal.modal.errors == wrong


def test_a_grade_below_the_running_one_asks_each_live_marker(page_2: Evening) -> None:
    cal = page_2.person("cal")
    cal.choose("live", "medium", block_id="level")
    page = page_2.reads("cal", PAGE_2, "DOWNGRADE from HIGH:")
    assert page.says("A second person decides; HIGH timescales still apply until then.")
    assert page.says("Suicidal statement today (father, 13:41)")

    cal.submit(
        typed(
            {
                "considered_suicidal_today": "changed",
                "considered_self_harm": "still",
                "changed": "He rang his father",
                "rationale": "Seen calm by his teacher",
            }
        )
    )

    page_2.workspace.wait_for(lambda: page_2.case().risk.downgrade, "the downgrade asked for")
    asked = page_2.case().risk.downgrade
    assert asked is not None and set(asked.considered) == {"suicidal_today", "self_harm"}
    assert asked.changed == ("suicidal_today",)
    assert page_2.case().running_grade is Grade.HIGH


def test_a_grade_without_a_reason_is_refused_and_the_answers_stay(page_2: Evening) -> None:
    cal = page_2.person("cal")
    cal.submit(typed({"yes_people": ["weather"], "level": "high"}))
    assert cal.modal is not None
    assert cal.modal.errors == {"rationale": f"{PARTLY} Not recorded. Say why. HIGH timescales still apply."}
    assert page_2.did() == ["Reported", "MarkersAnswered"]


def test_where_a_field_of_the_grade_is_wrong_the_answers_are_called_saved_too(page_2: Evening) -> None:
    cal = page_2.person("cal")
    cal.choose("live", "medium", block_id="level")
    page_2.reads("cal", PAGE_2, "DOWNGRADE from HIGH:")
    still = {"considered_suicidal_today": "still", "considered_self_harm": "still", "rationale": "Seen calm"}
    cal.submit(typed({"looked_after": "yes", **still}))
    assert cal.modal is not None
    (said,) = cal.modal.errors.values()
    assert page_2.did() == ["Reported", "Described"]
    assert said == f"{PARTLY} {NOTHING_CHANGED}"


def test_a_grade_below_the_floor_is_not_offered(page_2: Evening) -> None:
    modal = page_2.opened("cal", PAGE_2)
    grades = next(block for block in modal.blocks if block.get("block_id") == "level")
    assert [option["value"] for option in grades["element"]["options"]] == ["high", "medium"]


def test_a_reason_without_a_grade_is_not_dropped_in_silence(page_2: Evening) -> None:
    cal = page_2.person("cal")
    cal.submit(typed({"yes_people": ["weather"], "rationale": "Said he will harm himself"}))
    assert cal.modal is not None
    assert cal.modal.errors == {"level": "Not recorded. Choose the grade, or empty its reason."}
    assert page_2.did() == ["Reported"]


def test_who_may_answer_and_not_grade_reads_that_the_answers_are_saved(page_2: Evening) -> None:
    page_2.people.people["U0CAL"] = (Role.OFFICER,)
    cal = page_2.person("cal")
    cal.submit(typed({"yes_people": ["weather"], "level": "high", "rationale": "Said he will harm himself"}))
    assert cal.modal is not None
    (said,) = cal.modal.errors.values()
    assert said.startswith(
        "Your answers are saved, but not this: Only the control room or a supervisor can do this."
    )
    assert said.endswith("The attempt was logged.") and "Nothing changed" not in said
    assert page_2.case().markers["weather"].answer is Answer.YES
    assert page_2.case().risk.recorded is None
