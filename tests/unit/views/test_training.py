"""Whoever meets a training case anywhere reads that it is one: on each surface that there is, or will be."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.domain.facts import Child
from bot.domain.people import Actor, Role
from bot.domain.training import TRAINING
from bot.ports.cases import OpenCases, Pulse
from bot.views.cards import renderer
from bot.views.lists import home_page, wall_board
from bot.views.lists.audit_brief import audit_brief, brief_message
from bot.views.lists.listing import Shown, listing
from bot.views.message import Message
from bot.views.plain import export_document, export_page, paper_board, plain_case
from bot.views.plain.audit_document import LeftOut
from bot.views.plain.export_document import Redaction
from bot.views.timeline_picture.spans import story as picture
from tests.unit.views.busy import busy
from tests.unit.views.story import Told
from tests.unit.views.surfaces import messages, views
from tests.world import TOLD

# Surfaces of no case (an audit leaves those of training out), of a person's duty, or of references that the catalogue
# itself gives. A new one that shows a case does not belong here.
OF_NO_CASE = frozenset(
    {
        *("moved card", "sent twice", "notice", "moved", "board taken down"),
        *("practice", "practised", "not understood"),
        *("home of nobody", "unfinished", "run out", "old digest", "audit", "left outside", "put on duty"),
        *("duty", "duty above", "hand over", "shift", "shift and who is asleep", "planned turns"),
        *("hand-over accepted", "hand-over delivered late", "hand-over late", "hand-over not delivered"),
        *("hand-over replaced", "handed", "taken over asleep"),
        *("stopped", "over", "running again", "undecided, 0 unreadable", "undecided, 1 unreadable"),
        *(
            "undecided, 500 unreadable",
            "not done, of which case",
            "not done, of several",
            "not done, of many",
        ),
    }
)
# Whose words that are read out are about many cases, or about who does what.
NOT_ABOUT_ONE = frozenset({"list", "board", "hand-over", "hand-over not delivered, its card", "help"})
ORDERS = "not done: "


def a_training_case(*, full: bool = True) -> Told:
    return busy("x", full=full, training=True)


def surfaces(told: Told) -> Iterator[tuple[str, Any]]:
    yield from ((name, message) for name, message in messages(told))
    yield from views(told)


def read(shown: Any) -> Iterator[str]:
    """What a reader sees of it: no values, and nothing that only a program reads."""
    if isinstance(shown, Message):
        yield from read(shown.blocks)
    elif isinstance(shown, dict):
        if shown.get("type") in ("mrkdwn", "plain_text"):
            yield str(shown["text"])
        for within in shown.values():
            yield from read(within)
    elif isinstance(shown, list | tuple):
        for each in shown:
            yield from read(each)


@pytest.mark.parametrize("full", [True, False])
def test_each_surface_of_a_training_case_says_so(full: bool) -> None:
    told = a_training_case(full=full)
    silent = {name for name, shown in surfaces(told) if not any(TRAINING in said for said in read(shown))}
    assert silent - OF_NO_CASE == set(), "say it: naming.heading, naming.spoken, naming.label"


def test_what_is_read_out_of_a_page_a_card_or_an_answer_begins_with_it() -> None:
    for name, message in messages(a_training_case()):
        if name in OF_NO_CASE | NOT_ABOUT_ONE or name.startswith(ORDERS):
            continue
        said = message.text.removeprefix("Not delivered: ")
        assert said.startswith(TRAINING) or name == "undelivered", f"{name}: {message.text}"


def test_no_surface_of_a_childs_case_says_training() -> None:
    told = busy("x", full=True)
    said = {name for name, shown in surfaces(told) if any(TRAINING in words for words in read(shown))}
    assert said == {"help"}


def one_of_each() -> tuple[Told, OpenCases]:
    """A training case that is the graver, and the longer late."""
    told = Told()
    told.report(0, training=True, incident="LOG-1", child=Child(name="Rue Hart", age=9))
    told.report(20, incident="LOG-2", child=Child(name="Wren Hale", age=15))
    told.until(60)
    return told, told.stores.cases.open_cases()


def test_a_list_counts_children_and_shows_them_first() -> None:
    told, opened = one_of_each()
    shown = listing(opened, "fay", Shown(), told.screen)
    said = list(read(shown))
    assert said[0].startswith("1 open and 1 TRAINING · ") and said[1].startswith("1 late · 0 due soon")
    rows = [words for words in said if "age " in words and " · " in words]
    assert rows[0].startswith("MEDIUM · MC-26-0002") and rows[1].startswith("TRAINING-26-0001 · HIGH · age 9")


def test_the_board_and_a_home_page_count_children_and_show_them_first() -> None:
    told, opened = one_of_each()
    board = list(read(wall_board.board(opened, Pulse(last_check=TOLD), told.screen).message))
    assert board[0].startswith("Board · 1 open and 1 TRAINING · 0 HIGH · 1 late · 1 no owner")
    rows = [words for words in board if "-26-000" in words]
    assert "MC-26-0002" in rows[0] and rows[1].startswith("TRAINING-26-0001")
    viewer = Actor(id="fay", roles=frozenset({Role.FIM}))
    home = list(read(home_page.home(opened, viewer, None, Pulse(last_check=TOLD), told.screen).view))
    assert "*1 OPEN and 1 TRAINING:* 1 late · 0 due soon · 0 in time · 1 no owner" in home


def test_a_digest_counts_what_trains_apart_and_has_it_last() -> None:
    told, opened = one_of_each()
    trains, child = sorted(opened.cases, key=lambda case: not case.training)
    both = list(read(told.screens.digest([child, trains], Role.FIM)))
    assert both[0].startswith("🔺 1 case and 1 TRAINING need FIM")
    assert any("1 MEDIUM, 1 TRAINING." in words for words in both)
    alone = told.screens.digest([trains], Role.FIM)
    assert alone.text.startswith("TRAINING: 1 case needs FIM")


def test_terminal_paper_picture_and_export_say_it_first() -> None:
    told, opened = one_of_each()
    case, record = told.case("TRAINING-26-0001"), told.stores.cases.entries("TRAINING-26-0001")
    head = "TRAINING-26-0001 · HIGH · age 9"
    assert plain_case.one_case(case, record, told.screen).startswith(head)
    assert plain_case.rows(opened, told.screen).startswith("1 open and 1 TRAINING · ")
    assert plain_case.summary(case, told.screen)["training"] is True
    assert head in paper_board.board(opened, told.screen)
    assert picture(case, record, told.screen).title.startswith("Timeline of TRAINING-26-0001")
    document = export_document.exported(case, record, told.screen, Redaction.REFERENCES, "Fay Marsh")
    assert document["case"]["training"] is True and document["headline"].startswith(head)
    assert f"<h1>{head}" in export_page.page(document)


def test_the_short_audit_says_how_many_were_left_out() -> None:
    told = Told()
    left_out = LeftOut(training=("TRAINING-26-0001", "TRAINING-26-0002"))
    shown = brief_message(audit_brief([], left_out, TOLD, told.screen))
    assert any("Left out: 2 training." in said for said in read(shown))


def test_a_card_that_cannot_be_drawn_says_it_too() -> None:
    told, _ = one_of_each()
    case = told.case("TRAINING-26-0001")
    for plain in (renderer.page(case, Role.FIM, ()), renderer.state(case), renderer.plain_offer(case)):
        assert TRAINING in plain.text
    assert TRAINING in renderer.digest([case] * 3, Role.FIM).text
