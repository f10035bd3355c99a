"""Found, spoken to, closed, open again; voided by two people, or marked a duplicate."""

from bot.domain import commands
from tests.browser.evening.verbs.acts import (
    BLANK,
    REQUIRED,
    STRANGER,
    Act,
    Picked,
    Wrong,
    in_case,
    in_case_menu,
    not_in_menu,
    not_offered,
    on_card_menu,
    told,
    waits_for,
)

ENDING = [
    Act(
        verb=commands.Locate,
        by="ola",
        opens=in_case("Located"),
        wrong=Wrong(
            {
                "Where is the child?": "At his grandmother's",
                "When": "2359",
                "Who has seen the child in person?": Picked("Police"),
            },
            "When",
            "23:59 today is still to come.",
        ),
        answers={"When": "1335"},
        saves="Record",
        seen="seen in person: At his grandmother's",
        refused_to="pat",
        refused=told(on_card_menu("Located"), STRANGER),
    ),
    Act(
        verb=commands.Interview,
        by="ola",
        opens=in_case("Record"),
        wrong=Wrong({"By whom?": "Ola Brandt"}, "Face to face?", REQUIRED),
        answers={"Face to face?": Picked("Face to face")},
        saves="Record",
        seen="recorded the prevention interview, face to face",
        refused_to="cal",
        refused=waits_for("Prevention interview", "officer"),
    ),
    Act(
        verb=commands.Close,
        by="sam",
        opens=in_case("Close case"),
        wrong=Wrong({"Reason": BLANK}, "Reason", "Not recorded. Say why."),
        answers={"Reason": "Back home with his father"},
        saves="Close case",
        seen="closed the case: Back home with his father",
        refused_to="ola",
        refused=not_offered("Close case"),
    ),
    Act(
        verb=commands.Reopen,
        by="sam",
        opens=in_case("Reopen"),
        wrong=Wrong({"Why is it open again?": BLANK}, "Why is it open again?", "Not recorded. Say why."),
        answers={"Why is it open again?": "He left again at 22:00"},
        saves="Reopen",
        seen="reopened the case: He left again at 22:00",
        refused_to="cal",
        refused=not_offered("Reopen"),
    ),
    Act(
        verb=commands.Void,
        by="sam",
        opens=in_case_menu("Void"),
        wrong=Wrong(
            {"Why should there be no such case?": BLANK}, "Why should there be no such case?", "Say why."
        ),
        answers={"Why should there be no such case?": "An exercise, typed by mistake"},
        saves="Ask to void",
        seen="asked to void the case; a second person confirms: An exercise",
        refused_to="cal",
        refused=not_in_menu("Void"),
    ),
    Act(
        verb=commands.Confirm,
        by="sid",
        opens=in_case("Confirm"),
        wrong=Wrong({}, "Your decision", REQUIRED),
        answers={"Your decision": Picked("Yes: end every clock and close it")},
        saves="Confirm",
        seen="confirmed",
        refused_to="sam",
        refused=not_offered("Confirm"),
    ),
]

TWICE = [
    Act(
        verb=commands.Duplicate,
        by="sam",
        opens=in_case_menu("Mark as duplicate"),
        wrong=Wrong(
            {"Of which case?": "LOG-9999", "How do you know?": "Two calls"},
            "Of which case?",
            "Not saved. Type the reference or incident number of another case.",
        ),
        answers={"Of which case?": "LOG-1900"},
        saves="Ask to mark",
        seen="a second person confirms: Two calls",
        refused_to="cal",
        refused=not_in_menu("Mark as duplicate"),
    ),
]
