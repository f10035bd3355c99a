"""The processing log is kept apart from the cases, in order, only ever added to; a step's lines come with the step."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.events import Corrected, EpisodesShown, Graded, Noted, Paged
from bot.domain.facts import Grade
from bot.domain.people import TIMER, Role
from bot.domain.permissions import Look
from bot.domain.processing import Processing, ProcessingKind
from bot.ports.errors import Conflict
from bot.ports.stores import Stores
from tests.contract.steps import note, report, step

AT = datetime(2026, 2, 3, 3, 12, tzinfo=UTC)
REF = "MC-26-0001"


def of(person: str, *, allowed: bool = True) -> Processing:
    return Processing(
        kind=ProcessingKind.CONSULTATION,
        at=AT,
        by=person,
        roles=frozenset({Role.FIM}),
        action=Look.CASE.value,
        ref=REF,
        place="C0FIM",
        surface="slack",
        allowed=allowed,
    )


def disclosed(*people: str) -> Processing:
    return Processing(
        kind=ProcessingKind.DISCLOSURE, at=AT, by=TIMER.id, action="card", ref=REF, place="C0CASES", to=people
    )


def kinds(stores: Stores) -> list[tuple[str, str]]:
    return [(said.kind.value, said.action) for said in stores.log_reader.newest(100)]


def test_what_was_noted_comes_back_in_order(stores: Stores) -> None:
    assert stores.log_reader.newest(10) == []
    stores.processing_log.note(of("fay"), of("sam", allowed=False))
    stores.processing_log.note(of("ola"))
    noted = stores.log_reader.newest(10)
    assert noted == [of("fay"), of("sam", allowed=False), of("ola")]
    assert stores.log_reader.newest(2) == noted[-2:]
    assert [(line.number, line.said) for line in stores.log_reader.lines()] == list(enumerate(noted, start=1))


@pytest.mark.parametrize("people", [(), ("U1",), tuple(f"U{number}" for number in range(300))])
def test_who_was_there_to_read_it_comes_back_however_many(stores: Stores, people: tuple[str, ...]) -> None:
    stores.processing_log.note(disclosed(*people), disclosed(*people))
    assert stores.log_reader.newest(9) == [disclosed(*people)] * 2
    assert stores.log_reader.check() == []


def test_everything_that_a_line_can_say_comes_back(stores: Stores) -> None:
    erased = Processing(
        kind=ProcessingKind.ERASURE, at=AT, by="sam", action="purge", ref=REF, entries=20, digest="ab" * 32
    )
    combined = Processing(kind=ProcessingKind.COMBINATION, at=AT, by="sam", action="answer", refs=("A", "B"))
    stores.processing_log.note(erased, combined)
    assert stores.log_reader.newest(9) == [erased, combined]


def test_a_step_stands_there_with_what_it_did(stores: Stores) -> None:
    stores.cases.append(report(REF))
    case = stores.cases.load(REF)
    assert case is not None
    graded = Graded(level=Grade.MEDIUM, rationale="r", considered=())
    corrected = Corrected(field="incident", to="LOG-9", why="typo")
    stores.cases.append(step(case, Noted(text="a"), graded, corrected, EpisodesShown(refs=("MC-25-0009",))))
    assert kinds(stores) == [
        ("collection", "reported"),
        ("collection", "noted"),
        ("alteration", "graded, corrected"),
        ("combination", "episodes shown"),
    ]
    combined = stores.log_reader.newest(1)[0]
    assert (combined.ref, combined.refs, combined.by) == (REF, ("MC-25-0009",), "U-CAL")
    assert (combined.roles, combined.surface) == (frozenset({Role.CONTROL_ROOM}), "test")


def test_nothing_that_was_said_is_in_it(stores: Stores) -> None:
    stores.cases.append(report(REF))
    assert "Wren" not in repr(stores.log_reader.newest(9)) and "Mill" not in repr(stores.log_reader.newest(9))


def test_what_the_engine_notes_of_its_pages_is_no_alteration(stores: Stores) -> None:
    stores.cases.append(report(REF))
    case = stores.cases.load(REF)
    stores.cases.append(step(case, Paged(lines=()), by=TIMER.id))
    assert kinds(stores) == [("collection", "reported")]


def test_a_step_that_was_not_taken_is_not_there(stores: Stores) -> None:
    stores.cases.append(report(REF))
    case = stores.cases.load(REF)
    assert case is not None
    stores.cases.append(note(case, "first"))
    with pytest.raises(Conflict):
        stores.cases.append(note(case, "second"))
    assert len(kinds(stores)) == 2


def test_a_step_stands_at_its_own_time(stores: Stores) -> None:
    stores.cases.append(report(REF))
    (line,) = stores.log_reader.newest(9)
    (entry,) = stores.cases.entries(REF)
    assert line.at == entry.at and line.at.utcoffset() == timedelta(0)
