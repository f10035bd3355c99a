"""Grade, downgrade and its decision, sign-off and review (screens.md §8)."""

import pytest

from bot.domain.commands import AnswerMarkers, Approve, GradeCase
from bot.domain.facts import Category, Grade
from bot.views.wording.reasons import Coded
from tests.handlers.evening import Evening, id_of, typed
from tests.handlers.pressing import REF, barred, errors, open_case, press, recorded
from tests.world import TOLD, answers, minutes

GRADE = f"Grade {REF}"
REVIEW = f"Review {REF}"
DECIDE = "Decide a downgrade"
BOTH = {"considered_suicidal_today": "changed", "considered_self_harm": "still"}
ONLY_SUPERVISORS = (
    "Only a supervisor or FIM can do this. On duty: Sam Doyle, Sid Penn, Fay Marsh. "
    "Nothing changed; the attempt was logged."
)


@pytest.fixture
def high(evening: Evening) -> Evening:
    evening.report(1, by=id_of("cal"), incident="LOG-1042", markers=answers("suicidal_today", "self_harm"))
    return evening


@pytest.fixture
def concern(evening: Evening) -> Evening:
    evening.concern(1, by=id_of("cal"), incident="LOG-1042", markers=answers("suicidal_today"))
    return evening


def asked_to_lower(evening: Evening) -> None:
    wish = GradeCase(level=Grade.MEDIUM, considered=tuple(evening.case().live_markers), rationale="He rang")
    evening.do(2, id_of("sam"), wish)


# --- grade --------------------------------------------------------------------------------------------------


def test_up_is_choose_why_done(high: Evening) -> None:
    open_case(high, "cal")
    cal = high.person("cal")
    cal.click("grade", block_id="grade-recorded")
    assert high.opened("cal", GRADE).says("PROPOSED: HIGH. You decide.")
    cal.submit(typed({"level": "high", "rationale": "Said he will harm himself"}))
    recorded(high, "Graded")
    assert high.case().risk.recorded is Grade.HIGH
    high.reads("cal", REF, "Graded HIGH 13:41 Cal Reeve: Said he will harm himself")


def test_down_asks_each_live_marker_and_a_second_person_decides(high: Evening) -> None:
    press(high, "sam", "grade", GRADE)
    sam = high.person("sam")
    sam.choose("live", "medium", block_id="level")
    modal = high.reads(
        "sam",
        GRADE,
        "suicidal statement today; self-harm. A second person decides; HIGH timescales still apply until then.",
    )
    markers = [block for block in modal.blocks if block["block_id"].startswith("considered_")]
    assert [block["element"].get("initial_option") for block in markers] == [None, None]
    sam.submit(typed({**BOTH, "changed": "He rang his father", "rationale": "Seen calm by his teacher"}))
    recorded(high, "DowngradeAsked")
    asked = high.case().risk.downgrade
    assert asked is not None and asked.considered == ("suicidal_today", "self_harm")
    assert asked.changed == ("suicidal_today",) and "What changed: He rang" in asked.rationale
    assert high.case().running_grade is Grade.HIGH


def test_a_downgrade_with_every_marker_still_a_risk_asks_what_changed(high: Evening) -> None:
    press(high, "sam", "grade", GRADE)
    sam = high.person("sam")
    sam.choose("live", "medium", block_id="level")
    high.reads("sam", GRADE, "A second person decides")
    still = dict.fromkeys(BOTH, "still")
    sam.submit(typed({**still, "rationale": "Seen calm by his teacher"}))
    (asked,) = errors(high, "sam").values()
    assert "Every marker is still a risk. What changed" in asked and high.case().risk.downgrade is None
    sam.submit(typed({**still, "changed": "His father has him", "rationale": "Seen calm by his teacher"}))
    recorded(high, "DowngradeAsked")
    assert "What changed: His father has him" in high.case().risk.downgrade.rationale


def test_who_asked_for_a_downgrade_is_offered_no_decision(high: Evening) -> None:
    asked_to_lower(high)
    assert "'action_id': 'decide'" not in str(open_case(high, "sam").blocks)
    assert "'action_id': 'decide'" in str(open_case(high, "sid").blocks)


def test_back_up_again_the_markers_are_no_longer_asked(high: Evening) -> None:
    press(high, "sam", "grade", GRADE)
    sam = high.person("sam")
    sam.choose("live", "medium", block_id="level")
    high.reads("sam", GRADE, "DOWNGRADE from HIGH")
    sam.choose("live", "high", block_id="level")
    high.workspace.wait_for(
        lambda: sam.modal is not None and not sam.modal.says("DOWNGRADE"), "the shorter view"
    )


def test_an_officer_grades_nothing(high: Evening) -> None:
    assert open_case(high, "ola").says("Grade. Waiting for: control room")
    high.person("ola").close()
    barred(
        high,
        "ola",
        "grade",
        "Only the control room or a supervisor can do this. On duty: Sam Doyle, Sid Penn,",
    )


def test_a_grade_says_why(high: Evening) -> None:
    press(high, "cal", "grade", GRADE)
    high.person("cal").submit(typed({"level": "high", "rationale": "  "}))
    assert errors(high, "cal") == {"rationale": "Not recorded. Say why. HIGH timescales still apply."}


# --- decide -------------------------------------------------------------------------------------------------


def test_a_second_person_sees_who_asked_and_what_for_and_approves(high: Evening) -> None:
    asked_to_lower(high)
    open_case(high, "sid")
    sid = high.person("sid")
    sid.click("decide")
    modal = high.opened("sid", DECIDE)
    assert modal.says("Sam Doyle asked 13:42: MEDIUM instead of HIGH") and modal.says("He rang")
    assert modal.says("Self-harm (carer, 13:41): considered")
    sid.submit(typed({"decision": "approve", "why": "Teacher confirms"}))
    recorded(high, "DowngradeApproved")
    assert high.case().running_grade is Grade.MEDIUM


def test_refused_the_grade_stays(high: Evening) -> None:
    asked_to_lower(high)
    press(high, "fay", "decide", DECIDE)
    high.person("fay").submit(typed({"decision": "refuse", "why": "Nobody has seen him"}))
    recorded(high, "DowngradeRefused")
    assert high.case().running_grade is Grade.HIGH


def test_who_asked_does_not_decide(high: Evening) -> None:
    asked_to_lower(high)
    high.send_home(*(id_of(name) for name in ("sid", "fay", "ian", "sue")))
    press(high, "sam", "decide", DECIDE)
    high.person("sam").submit(typed({"decision": "approve", "why": "Yes"}))
    assert errors(high, "sam")["why"].startswith("You asked for this, so another person decides.")
    assert high.case().risk.downgrade is not None


def test_a_call_handler_decides_nothing(high: Evening) -> None:
    asked_to_lower(high)
    barred(high, "cal", "decide", ONLY_SUPERVISORS)


def test_nothing_to_decide_says_so(high: Evening) -> None:
    assert press(high, "sid", "decide", DECIDE).says("Nothing of this kind waits on the case now.")


def test_what_was_decided_meanwhile_says_who_decided_and_when(high: Evening) -> None:
    asked_to_lower(high)
    high.do(3, id_of("fay"), Approve(why="Seen"))
    modal = press(high, "sid", "decide", DECIDE)
    assert modal.says("Somebody has already dealt with this (Fay Marsh, 13:43).")


# --- sign off -----------------------------------------------------------------------------------------------


def test_record_as_missing_stands_first(concern: Evening) -> None:
    open_case(concern, "sam")
    sam = concern.person("sam")
    sam.click("sign_off", block_id="rationale-signed-off")
    modal = concern.opened("sam", "Sign off")
    assert modal.says("(Cal Reeve, 13:40)\nWalking home")
    choices = next(block for block in modal.blocks if block["block_id"] == "decision")["element"]["options"]
    assert [each["text"]["text"] for each in choices] == [
        "Record as missing",
        "Sign off and look again in 1 h",
    ]
    sam.submit(typed({"decision": "missing", "why": "Whereabouts not known"}))
    recorded(concern, "Categorised")
    assert concern.case().category is Category.MISSING


def test_signed_off_it_is_looked_at_again_in_an_hour(concern: Evening) -> None:
    press(concern, "sam", "sign_off", "Sign off")
    concern.person("sam").submit(typed({"decision": "sign_off", "why": "Aunt is driving to him"}))
    recorded(concern, "SignedOff")
    clock = concern.clock_of("concern-for-safety")
    assert clock is not None and clock.due == TOLD + minutes(61)


def test_an_officer_signs_nothing_off(concern: Evening) -> None:
    barred(
        concern,
        "ola",
        "sign_off",
        "Only a supervisor or FIM can sign this off. On duty: Sam Doyle, Sid Penn, Fay",
    )


# --- review -------------------------------------------------------------------------------------------------


def test_a_review_considers_every_live_marker_and_sets_the_next(high: Evening) -> None:
    high.do(2, id_of("sam"), GradeCase(level=Grade.HIGH, rationale="Because"))
    open_case(high, "sam")
    sam = high.person("sam")
    sam.click("review")
    high.opened("sam", REVIEW)
    sam.submit(typed({**BOTH, "rationale": "He has not been seen", "next": "30"}))
    recorded(high, "Reviewed")
    clock = high.clock_of("review")
    assert clock is not None and clock.due == TOLD + minutes(32)


def test_the_next_review_is_never_later_than_the_grades_own(high: Evening) -> None:
    modal = press(high, "sam", "review", REVIEW)
    offered = next(block for block in modal.blocks if block["block_id"] == "next")["element"]["options"]
    assert [each["value"] for each in offered] == ["15", "30"]


def test_a_marker_that_came_meanwhile_is_still_to_consider(high: Evening) -> None:
    press(high, "sam", "review", REVIEW)
    high.do(2, id_of("cal"), AnswerMarkers(markers=answers("cse")))
    high.person("sam").submit(typed({**BOTH, "rationale": "He has not been seen"}))
    assert list(errors(high, "sam").values()) == [
        "Not recorded. Still to consider: sexual exploitation. The grade stays HIGH."
    ]


def test_a_call_handler_reviews_nothing(high: Evening) -> None:
    barred(high, "cal", "review", ONLY_SUPERVISORS)


# --- reference-only -----------------------------------------------------------------------------------------


def asked_of(modal_blocks: list[dict[str, object]]) -> set[object]:
    return {block["block_id"] for block in modal_blocks if block["type"] == "input"}


def test_reference_only_asks_codes_and_log_entries(discreet: Evening) -> None:
    discreet.concern(1, by=id_of("cal"), markers=answers("self_harm"))
    assert asked_of(press(discreet, "sam", "sign_off", "Sign off").blocks) == {"decision", "why", "why_log"}
    sam = discreet.person("sam")
    sam.submit(typed({"decision": "missing", "why": "whereabouts_not_known", "why_log": "5"}))
    recorded(discreet, "Categorised")

    press(discreet, "sam", "grade", GRADE)
    sam.submit(typed({"level": "high", "rationale": "recent_self_harm", "rationale_log": "6"}))
    recorded(discreet, "Graded")
    assert discreet.case().risk.rationale == Coded("recent_self_harm", "6").stored()

    assert asked_of(press(discreet, "sam", "review", REVIEW).blocks) == {
        "considered_self_harm",
        "rationale",
        "rationale_log",
        "next",
    }
    sam.submit(
        typed({"considered_self_harm": "still", "rationale": "grade_stands", "rationale_log": "see log"})
    )
    assert errors(discreet, "sam") == {
        "rationale_log": "Not saved. Type the number of the log entry: digits only."
    }
    sam.submit(typed({"rationale_log": "7"}))
    recorded(discreet, "Reviewed")


def test_reference_only_decides_with_a_code(discreet: Evening) -> None:
    with discreet.before_the_switch():
        discreet.report(1, by=id_of("cal"), markers=answers("suicidal_today"))
        asked_to_lower(discreet)
    modal = press(discreet, "sid", "decide", DECIDE)
    assert modal.says("The reason is in the log.") and not modal.says("He rang")
    discreet.person("sid").submit(typed({"decision": "refuse", "why": "risk_remains", "why_log": "9"}))
    recorded(discreet, "DowngradeRefused")
