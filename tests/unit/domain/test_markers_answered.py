"""The report's later questions: answered once its clocks run, without making them "new information"."""

from bot.domain.commands import AnswerMarkers
from bot.domain.facts import Answer, Grade
from bot.domain.refusals import Because
from tests.world import World, answers


def test_a_yes_raises_the_running_grade_at_once_and_starts_no_clock_of_its_own() -> None:
    world = World()
    world.report()
    world.do(2, "cal", AnswerMarkers(markers=answers("suicidal_today")))
    assert world.case().running_grade is Grade.HIGH
    assert world.case().markers["suicidal_today"].source == "report"
    assert world.case().information == {}


def test_a_yes_is_not_taken_back_here() -> None:
    world = World()
    world.report(markers=answers("self_harm"))
    back = AnswerMarkers(markers={"self_harm": Answer.NO})
    assert world.refused(1, "cal", back) is Because.ALREADY_DONE


def test_only_markers_that_exist_are_answered() -> None:
    world = World()
    world.report()
    assert world.refused(1, "cal", AnswerMarkers(markers=answers("hair"))) is Because.REQUIRED_FIELD
    assert world.refused(1, "cal", AnswerMarkers(markers={})) is Because.REQUIRED_FIELD


def test_whoever_may_report_may_answer() -> None:
    world = World()
    world.report(by="ola")
    world.do(1, "ola", AnswerMarkers(markers=answers("weather")))
    assert world.refused(2, "pat", AnswerMarkers(markers=answers("cse"))) is Because.NOT_PERMITTED
