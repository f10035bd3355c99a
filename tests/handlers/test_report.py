"""`/missing`: a call handler reports a missing child (screens.md §1)."""

from bot.domain.facts import Category
from bot.domain.grades import Grade
from tests.handlers.evening import REPORT, Evening, typed

PAGE_1 = "Report a missing child"
PAGE_2 = "Risk: MC-26-0001"


def test_saving_the_first_page_makes_the_case_and_shows_the_second(evening: Evening) -> None:
    cal = evening.person("cal")
    assert evening.missing("cal").acked
    evening.opened("cal", PAGE_1)

    assert cal.submit(typed(REPORT)).acked

    page = evening.opened("cal", PAGE_2)
    assert page.says("✅ SAVED 13:41. Clocks run from 13:40. FIM paged 13:41.")
    case = evening.case()
    assert (case.child.name, case.age, case.incident) == ("Rowan Pike", 13, "LOG-1042")
    assert (case.category, case.running_grade) == (Category.MISSING, Grade.HIGH)
