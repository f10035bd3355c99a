"""A step that somebody took already is refused with who took it and when."""

from datetime import timedelta

import pytest

from bot.domain import commands
from bot.domain.commands import Command
from bot.domain.door.duty_rules import decide_duty
from bot.domain.facts import Answer, Child, Grade
from bot.domain.refusals import Refused
from bot.views.wording import duty_refusals, refusal_words
from bot.views.wording.refusal_words import Wish
from handlers.forms.grading_forms import signing_off
from handlers.forms.mending import reopening
from tests.unit.domain.test_handover import Duty
from tests.unit.views.story import Told, rowan
from tests.world import TOLD

REF = "MC-26-0002"  # Rowan's second case, filed as a concern for safety
EARLIER = "MC-26-0001"
Step = tuple[int, str, Command]

SET = commands.SetEnquiry(id="e1", text="CCTV", owner="ola", due_at=TOLD + timedelta(hours=1))
TOLD_US = commands.Inform(id="i1", kind="sighting", text="Seen at the pier")
TO_OLA = commands.Assign(to="ola")
OFF = commands.Decline(why="On another incident")
LOWER = commands.GradeCase(level=Grade.MEDIUM, rationale="Rang")
SAME = commands.SameChild(earlier=EARLIER)
MISSING = commands.Categorise(category="missing")
SAW = commands.Locate(where="Home", seen_in_person=True, seen_by="PC Lee")
MET = commands.Interview(kind="prevention", in_person=True, by_whom="PC Lee")
SHUT = commands.Close(reason="Home")
OPEN = commands.Reopen(why="Gone again")

# What was done, by whom, in which minute after 13:40; what is tried next; what is said.
TWICE: tuple[tuple[str, tuple[Step, ...], tuple[str, Command], str], ...] = (
    ("same child", ((5, "sam", SAME),), ("cal", SAME), "dealt with this (Sam Doyle, 13:45)."),
    ("same child, oneself", ((5, "sam", SAME),), ("sam", SAME), "You did this already, 13:45."),
    ("missing", ((5, "sam", MISSING),), ("cal", MISSING), "dealt with this (Sam Doyle, 13:45)."),
    ("sign-off", ((5, "sam", MISSING),), ("fay", commands.SignOff(why="x")), "(Sam Doyle, 13:45)."),
    ("enquiry", ((5, "sam", SET),), ("fay", SET), "dealt with this (Sam Doyle, 13:45)."),
    ("information", ((5, "cal", TOLD_US),), ("sam", TOLD_US), "dealt with this (Cal, 13:45)."),
    (
        "taken",
        ((5, "ola", commands.Take()),),
        ("ola", commands.Take()),
        "You own it already, accepted 13:45.",
    ),
    (
        "taken over",
        ((5, "sam", commands.Take()), (9, "ola", commands.Take())),
        ("oz", commands.Accept()),
        "dealt with this (Ola Brandt, 13:49).",
    ),
    ("declined", ((5, "sam", TO_OLA), (6, "ola", OFF)), ("ola", OFF), "You did this already, 13:46."),
    (
        "declined, though somebody owned it before",
        ((4, "sam", commands.Take()), (5, "sam", TO_OLA), (6, "ola", OFF)),
        ("ola", commands.Accept()),
        "You declined this 13:46. Nothing changed.",
    ),
    (
        "declined, and taken since",
        ((5, "sam", TO_OLA), (6, "ola", OFF), (7, "oz", commands.Take())),
        ("ola", commands.Accept()),
        "dealt with this (Oz, 13:47).",
    ),
    ("accepted", ((5, "sam", TO_OLA), (6, "ola", commands.Accept())), ("ola", OFF), "accepted 13:46."),
    (
        "approved, and graded by somebody else since",
        (
            (5, "sam", commands.GradeCase(level=Grade.HIGH, rationale="Said so")),
            (6, "sam", LOWER),
            (7, "fay", commands.Approve(why="Agreed")),
            (9, "cal", commands.GradeCase(level=Grade.HIGH, rationale="Said it again")),
        ),
        ("ian", commands.Approve()),
        "Nothing of this kind waits on the case now.",
    ),
    (
        "approved, and graded by somebody else at the same moment",
        (
            (5, "sam", commands.GradeCase(level=Grade.HIGH, rationale="Said so")),
            (6, "sam", LOWER),
            (7, "fay", commands.Approve(why="Agreed")),
            (7, "cal", commands.GradeCase(level=Grade.HIGH, rationale="Said it again")),
        ),
        ("ian", commands.Approve()),
        "Nothing of this kind waits on the case now.",
    ),
    (
        "assigned",
        ((5, "sam", TO_OLA),),
        ("oz", commands.Accept()),
        "assigned to Ola Brandt (Sam Doyle, 13:45).",
    ),
    (
        "owned",
        ((5, "ola", commands.Take()),),
        ("oz", commands.Release(why="x")),
        "Ola Brandt owns it, accepted 13:45.",
    ),
    (
        "reopened",
        ((5, "sam", SAW), (6, "sam", MET), (7, "sam", SHUT), (8, "fay", OPEN)),
        ("sam", OPEN),
        "dealt with this (Fay Marsh, 13:48).",
    ),
    (
        "a yes",
        ((5, "sam", commands.AnswerMarkers(markers={"pregnancy": Answer.YES})),),
        ("cal", commands.AnswerMarkers(markers={"pregnancy": Answer.NO})),
        "Answered YES already: Pregnancy (Sam Doyle, 13:45). To take a YES back, correct it and say why.",
    ),
    (
        "left without permission",
        ((5, "sam", commands.AnswerMarkers(markers={}, adverse_event=True)),),
        ("cal", commands.AnswerMarkers(markers={}, adverse_event=False)),
        "Answered YES already: left school or home without permission (Sam Doyle, 13:45).",
    ),
)


@pytest.fixture
def told() -> Told:
    found = rowan(category="missing", child=Child(name="Rowan Pike", age=13))
    found.concern(2, child=Child(name="Rowan Pike", age=13))
    return found


@pytest.mark.parametrize(
    ("before", "again", "says"), [row[1:] for row in TWICE], ids=[row[0] for row in TWICE]
)
def test_who_was_quicker_and_when(
    told: Told, before: tuple[Step, ...], again: tuple[str, Command], says: str
) -> None:
    for at, by, command in before:
        told.do(at, by, command, REF)
    by, command = again
    assert says in refusal(told, by, command)


def refusal(told: Told, by: str, command: Command) -> str:
    with pytest.raises(Refused) as no:
        told.do(20, by, command, REF)
    return refusal_words.sentence(no.value, Wish(command, by), told.case(REF), told.screen)


def test_a_report_that_says_missing_is_whoever_reported_it(told: Told) -> None:
    with pytest.raises(Refused) as no:
        told.do(20, "sam", MISSING, EARLIER)
    said = refusal_words.sentence(no.value, Wish(MISSING, "sam"), told.case(EARLIER), told.screen)
    assert said == "Somebody has already dealt with this (Cal, 13:41). Nothing changed."


def test_an_incident_number_that_has_a_case(told: Told) -> None:
    with pytest.raises(Refused) as no:
        told.report(20, "sam", incident="LOG-1042")
    wish = Wish(commands.Report(incident="LOG-1042", child=Child(), category="", told_at=TOLD), "sam")
    said = refusal_words.sentence(no.value, wish, told.case(no.value.case), told.screen)
    assert said == (
        f"Not saved again. {EARLIER} has this incident number (Cal, 13:41). Open it, and add to it."
    )


OFFER = commands.OfferHandover(role="fim", to="pat")
TO_SID = commands.OfferHandover(role="fim", to="sid")
ACCEPT = commands.AcceptHandover(role="fim", number=1, first="Rowan")
BY_ROLE = commands.AcceptHandover(role="fim", first="Rowan")
ON = commands.PutOnDuty(role="fim", person="pat")
GONE = commands.TakeOffDuty(role="fim", person="fay")

ON_DUTY: tuple[tuple[str, tuple[Step, ...], tuple[str, Command], str], ...] = (
    ("accepted", ((5, "fay", OFFER), (6, "pat", ACCEPT)), ("pat", ACCEPT), "You accepted this at 13:46."),
    (
        "accepted by role",
        ((5, "fay", OFFER), (6, "pat", BY_ROLE)),
        ("pat", BY_ROLE),
        "You accepted this at 13:46.",
    ),
    (
        "accepted by another",
        ((5, "fay", OFFER), (6, "pat", ACCEPT)),
        ("sid", ACCEPT),
        "Pat accepted this at 13:46.",
    ),
    (
        "replaced",
        ((5, "fay", OFFER), (7, "fay", TO_SID)),
        ("pat", ACCEPT),
        "Not done. Fay Marsh replaced this hand-over at 13:47: it is offered to Sid now.",
    ),
    (
        "another's",
        ((5, "fay", OFFER),),
        ("sid", ACCEPT),
        "Not done. Fay Marsh offered this to Pat. Fay Marsh stays FIM",
    ),
    ("never", (), ("sid", ACCEPT), "Not done. No such hand-over was offered."),
    ("on duty", ((5, "ian", ON),), ("sue", ON), "Pat is on duty as FIM already (Ian, 13:45)."),
    (
        "off duty",
        ((5, "ian", ON), (6, "sam", GONE)),
        ("sue", GONE),
        "Fay Marsh is off duty as FIM already (Sam Doyle, 13:46).",
    ),
    (
        "by the force's list",
        (),
        ("sam", commands.PutOnDuty(role="fim", person="fay")),
        "Fay Marsh is on duty as FIM already.",
    ),
    (
        "nobody",
        (),
        ("sam", commands.PutOnDuty(role="fim", person="nobody")),
        "That person is not set up here.",
    ),
)


@pytest.mark.parametrize(
    ("before", "again", "says"), [row[1:] for row in ON_DUTY], ids=[row[0] for row in ON_DUTY]
)
def test_duties_too(told: Told, before: tuple[Step, ...], again: tuple[str, Command], says: str) -> None:
    duty = Duty()
    for at, by, command in before:
        duty.does(by, command, at)
    by, command = again
    with pytest.raises(Refused) as no:
        decide_duty(command, duty.roster, duty.room(by, 20))
    assert says in duty_refusals.sentence(no.value, Wish(command, by), duty.roster, told.screen)


def test_a_form_that_was_opened_too_late_says_so_too(told: Told) -> None:
    told.do(5, "sam", MISSING, REF)
    assert "recorded as missing (Sam Doyle, 13:45)" in str(signing_off(told.case(REF), told.screen))
    for at, by, command in ((6, "sam", SAW), (7, "sam", MET), (8, "sam", SHUT), (9, "fay", OPEN)):
        told.do(at, by, command, REF)
    assert "open already (reopened: Fay Marsh, 13:49)" in str(reopening(told.case(REF), told.screen))


def test_what_never_was_nobody_is_said_to_have_done(told: Told) -> None:
    """A child who was reported as missing never had a rationale to sign off."""
    with pytest.raises(Refused) as no:
        told.do(5, "fay", commands.SignOff(why="x"), EARLIER)
    said = refusal_words.sentence(no.value, Wish(commands.SignOff(), "fay"), told.case(EARLIER), told.screen)
    assert said == "Nothing of this kind waits on the case now. Nothing changed."
