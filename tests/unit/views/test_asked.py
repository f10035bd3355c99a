"""What the caller's words ask about stands in the order of the first page, the gravest first."""

from bot.domain import commands
from bot.views.wording import risk_questions
from tests.unit.views.story import rowan
from tests.world import answers


def test_suicide_is_asked_first_whatever_was_said_first() -> None:
    told = rowan(why_worried="He has no insulin with him. He wants to end it.", markers=answers())
    told.do(2, "cal", commands.Note(text="Gang members were at the door"))
    found = [each.marker for each in risk_questions.unanswered(told.case(), told.screen)]
    assert found[0] == "suicidal_today" and found.index("suicidal_today") < found.index("medication")
    assert found == [marker for marker in risk_questions.YES_CHOICES if marker in found]
