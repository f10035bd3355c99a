"""The case card and its thread (screens.md §2, §13)."""

from datetime import datetime

import pytest

from bot.domain.commands import (
    Acknowledge,
    Assign,
    Categorise,
    Close,
    Interview,
    Keep,
    Locate,
    Note,
    RefuseTransfer,
    Take,
    Transfer,
)
from bot.domain.facts import Child
from bot.ports.cases import OpenCases
from bot.views.cards.handover_card import handover_card
from tests.unit.views.story import rowan, said
from tests.unit.views.surfaces import OFFER
from tests.world import TOLD, answers, minutes


def test_the_card_says_risk_who_and_what_is_owed() -> None:
    told = rowan(markers=answers("suicidal_today", "self_harm", "mental_health"))
    told.until(5)
    card = told.card()
    assert said(card) == [
        "🔺 HIGH · MC-26-0001 · age 13",
        "*Rowan Pike* · Concern for safety, whereabouts NOT known · no owner\n"
        "Last seen 12:45 Avonmead School · police told 13:40 · LOG-1042",
        "*Outstanding*\n"
        "🔺 LATE since 13:45: FIM not aware\n"
        "🔺 LATE since 13:45: no owner\n"
        "⚪ DUE 13:50: record a grade\n"
        "and 8 more in Open case",
        "FIM paged 13:45",
        "YES: suicidal statement today; self-harm; mental health · 19 risk questions not answered\nCRA: not considered",
        "Take ownership | Record as missing | Open case | ▾",
        "OFFICIAL-SENSITIVE",
    ]
    assert card.text == "HIGH MC-26-0001, age 13: Concern for safety, whereabouts NOT known, no owner."


def test_in_reference_only_mode_the_log_has_the_rest() -> None:
    shown = said(rowan(full=False).card())
    assert shown[1] == (
        "Concern for safety, whereabouts NOT known · no owner\n"
        "Last seen 12:45 · police told 13:40 · details in LOG-1042"
    )


@pytest.mark.parametrize(
    ("at", "where", "said_so"),
    [
        (None, "not known", "Last seen: not known · "),
        (None, "Avonmead School", "Last seen Avonmead School, time not known · "),
        (TOLD - minutes(55), "Not known", "Last seen 12:45 · "),
    ],
)
def test_what_nobody_knows_of_the_last_sighting_is_said_once(
    at: datetime | None, where: str, said_so: str
) -> None:
    facts = said(rowan(last_seen_at=at, last_seen_where=where).card())[1].splitlines()[1]
    assert facts.startswith(said_so)


def test_only_buttons_that_work_now() -> None:
    told = rowan()
    told.do(2, "ola", Take())
    told.do(3, "sam", Categorise(category="missing"))
    assert said(told.card())[-2] == "Open case | ▾"


def test_asked_is_not_owning() -> None:
    told = rowan()
    told.do(2, "sam", Assign(to="ola"))
    assert "no owner, assigned to Ola Brandt, awaiting acceptance" in said(told.card())[1]


def test_a_closed_case_says_so_and_only_opens() -> None:
    told = rowan()
    told.do(10, "ola", Locate(where="Home", seen_in_person=True))
    told.do(11, "ola", Interview(kind="prevention", in_person=True))
    told.do(12, "sam", Close(reason="Home and well"))
    shown = said(told.card())
    assert shown[0] == "✅ CLOSED · HIGH · MC-26-0001 · age 13"
    assert shown[-2] == "Open case"


def lines(full: bool = True) -> list[str]:
    told = rowan(full=full)
    told.do(4, "fay", Acknowledge())
    told.do(5, "ola", Note(text="Bus station searched"))
    found = [told.screens.line(told.case(), entry) for entry in told.record]
    return [said(line)[0] for line in found if line is not None]


def test_a_line_each_in_the_thread() -> None:
    assert lines() == [
        "13:41 Cal (control room) reported MC-26-0001, concern for safety, whereabouts NOT known: "
        "Believed to be walking home.",
        "13:41 FIM paged: not aware yet.",
        "13:44 Fay Marsh (FIM) acknowledged: FIM aware.",
        "13:45 Ola Brandt (officer) added a note: Bus station searched.",
    ]


def test_without_anybodys_words_in_reference_only_mode() -> None:
    assert lines(full=False)[-1] == "13:45 Ola Brandt (officer) added a note."


def test_only_what_is_quiet_is_said_to_be_quiet() -> None:
    told = rowan()
    told.until(6)
    told.do(6, "fay", Acknowledge())
    line = told.screens.line(told.case(), told.record[-2])
    assert line is not None
    assert "acknowledged: FIM aware; Owner. Owner quiet until 13:56." in line.text


@pytest.mark.parametrize("age", [12, 13])
def test_a_high_child_is_shown_with_a_reason_on_every_card(age: int) -> None:
    """On the case's card, the page, the officer's card and in a hand-over: age is a reason like any other."""
    told = rowan(
        child=Child(name="Rowan Pike", age=age), markers=answers("suicidal_today") if age == 13 else {}
    )
    why = "suicidal statement today" if age == 13 else "under 13"
    told.do(2, "sam", Assign(to="ola"))
    shown = {
        "card": told.card(),
        "page": told.page(),
        "offer": told.screens.offer(told.case(), "ola"),
        "hand-over": handover_card(OFFER, OpenCases(cases=(told.case(),)), told.screen),
    }
    assert [name for name, message in shown.items() if why not in "\n".join(said(message)).lower()] == []


def test_a_case_that_is_passed_on_says_what_the_other_force_must_see() -> None:
    told = rowan()
    told.do(5, "sam", Transfer(force="northshire", why="lives_there"))
    assert (
        "Passed to northshire 13:45 (the child lives there): NOT accepted there, still ours\n"
        "The other force must see: CHILD MISSING (their code: MP-CHILD)"
    ) in said(told.card())
    told.do(6, "cal", RefuseTransfer(name="Inspector Bell", why="wrong_code"))
    assert (
        "🔺 SENT BACK 13:46 by Inspector Bell: sent under the wrong code. Keep it, or pass it on again"
    ) in said(told.card())
    told.do(7, "sam", Keep(why="Ours after all"))
    assert not any("SENT BACK" in line for line in said(told.card()))


def test_a_force_that_is_not_in_the_table_is_to_be_asked() -> None:
    told = rowan()
    told.do(5, "sam", Transfer(force="Farshire"))
    assert any("(their code is not in our table: ask for it)" in line for line in said(told.card()))
