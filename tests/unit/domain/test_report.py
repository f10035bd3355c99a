"""What must be there to open a case (domain.md §4), and that nothing is saved by halves."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain import commands
from bot.domain.content import ContentRules
from bot.domain.facts import Child, Grade, Reporter
from bot.domain.refusals import Because, Refused
from tests.world import TOLD, World, minutes


@pytest.mark.parametrize(
    ("said", "because", "field"),
    [
        ({"incident": ""}, Because.REQUIRED_FIELD, "incident"),
        ({"child": Child(age=13)}, Because.REQUIRED_FIELD, "name"),
        ({"child": Child(name="Wren Hale")}, Because.REQUIRED_FIELD, "age"),
        ({"why_worried": "  "}, Because.REQUIRED_FIELD, "why_worried"),
        ({"why_worried": "x" * 3001}, Because.REQUIRED_FIELD, "why_worried"),
        ({"rationale": "x" * 3001}, Because.REQUIRED_FIELD, "rationale"),
        ({"child": Child(name="Wren Hale", age=15, school="x" * 3001)}, Because.REQUIRED_FIELD, "school"),
        ({"reporter": Reporter(name="Jo", relationship="carer")}, Because.REQUIRED_FIELD, "reporter_phone"),
        ({"category": ""}, Because.REQUIRED_FIELD, "category"),
        ({"category": "absent"}, Because.UNKNOWN_CATEGORY, "category"),
        ({"category": "concern_for_safety"}, Because.RATIONALE_REQUIRED, "rationale"),
        ({"told_at": TOLD + minutes(1)}, Because.IN_THE_FUTURE, "told_at"),
        ({"last_seen_at": TOLD + minutes(1)}, Because.IN_THE_FUTURE, "last_seen_at"),
        ({"by": "nobody"}, Because.NO_SUCH_PERSON, "by"),
        ({"by": "pat"}, Because.NOT_PERMITTED, ""),
    ],
)
def test_a_bad_report_opens_nothing(said: dict[str, Any], because: Because, field: str) -> None:
    world = World()
    with pytest.raises(Refused) as no:
        world.report(**said)
    assert (no.value.because, no.value.field) == (because, field)
    assert world.stores.cases.open_refs() == []
    assert world.report() == "MC-26-0001"  # and no number was lost


def test_the_same_incident_number_shows_the_case_it_has() -> None:
    world = World()
    world.report(incident="LOG-7")
    with pytest.raises(Refused) as no:
        world.report(at=1, incident="LOG-7")
    assert (no.value.because, no.value.case) == (Because.ALREADY_DONE, "MC-26-0001")


def test_an_officer_reports_but_does_not_grade() -> None:
    world = World()
    world.report(by="ola")
    with pytest.raises(Refused) as no:
        world.report(at=1, by="ola", grade=world.graded(Grade.HIGH))
    assert no.value.because is Because.NOT_PERMITTED


def test_in_reference_only_mode_the_words_stay_in_the_log() -> None:
    World(content=ContentRules(full=False)).report(child=Child(age=13))


def test_a_birth_date_gives_the_age_when_police_were_told() -> None:
    world = World()
    world.report(child=Child(name="Wren Hale", born=date(2013, 3, 3)))
    assert world.case().age == 12
    assert world.case().running_grade is Grade.HIGH


def test_the_grade_in_a_report_counts_from_when_police_were_told() -> None:
    world = World()
    world.report(at=20, grade=world.graded(Grade.MEDIUM))
    world.until(60)
    assert world.paged("duty-inspector-told") == [(60, "fim")]
    assert world.state("grade-recorded") == "off"


SUMMER_NIGHT = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight in London


def test_on_its_birthday_a_child_is_as_old_as_the_force_s_calendar_says() -> None:
    world = World(zone=ZoneInfo("Europe/London"))
    world.clock.at = SUMMER_NIGHT
    command = commands.Report(
        incident="LOG-1",
        child=Child(name="Wren Hale", born=date(2013, 7, 1)),
        category="missing",
        told_at=SUMMER_NIGHT,
        why_worried="Gone",
        reporter=Reporter(name="Jo Lane", phone="07700 900003", relationship="carer"),
    )
    case = world.desk.report(command, world.actor("cal"), "slack").case
    assert (case.age, case.running_grade) == (13, Grade.MEDIUM)
    told = SUMMER_NIGHT - minutes(60)  # a day earlier by that calendar
    mended = commands.Correct(field="reported_at", to=told.isoformat(), why="Misread")
    corrected = world.desk.handle(case.ref, mended, world.actor("cal"), "slack").case
    assert (corrected.age, corrected.told_at) == (12, told)


def test_a_child_who_was_born_today_by_the_force_s_calendar_can_be_missing() -> None:
    world = World(zone=ZoneInfo("Europe/London"))
    world.clock.at = SUMMER_NIGHT
    world.first = world.report(told=world.minute(SUMMER_NIGHT), child=Child(name="A", born=date(2026, 7, 1)))
    assert world.case().age == 0
