"""Who has the case: asked, declined, taken, let go, accepted, and passed to another force."""

from bot.domain import commands
from tests.browser.evening.verbs.acts import (
    BLANK,
    CONTROL_ROOM,
    REQUIRED,
    Act,
    Chosen,
    Picked,
    Wrong,
    in_case,
    in_case_menu,
    in_messages,
    not_in_menu,
    not_offered,
    on_card,
    on_card_menu,
    told,
    waits_for,
)

OWNER = [
    Act(
        verb=commands.Assign,
        by="cal",
        opens=on_card_menu("Assign"),
        wrong=Wrong({}, "Who", REQUIRED),
        answers={"Who": Chosen("Ola Brandt")},
        saves="Assign",
        seen="assigned it to Ola Brandt; awaiting acceptance",
        refused_to="ola",
        refused=told(on_card_menu("Assign"), CONTROL_ROOM),
    ),
    Act(
        verb=commands.Decline,
        by="ola",
        opens=in_messages("Decline"),
        wrong=Wrong(
            {"Why can you not own it?": BLANK}, "Why can you not own it?", "Not recorded. Say why. HIGH"
        ),
        answers={"Why can you not own it?": "At the hospital until 15:00"},
        saves="Decline",
        seen="declined ownership: At the hospital until 15:00",
        refused_to="cal",
        refused=not_offered("Decline"),
    ),
    Act(
        verb=commands.Take,
        by="sam",
        opens=on_card("Take ownership of {ref}"),
        seen="took ownership",
        refused_to="cal",
        refused=told(
            on_card("Take ownership of {ref}"), "Only an officer or a supervisor can do this. On duty:"
        ),
    ),
    Act(
        verb=commands.Release,
        by="sam",
        opens=in_case_menu("Release: no longer mine"),
        wrong=Wrong({"Why are you releasing it?": BLANK}, "Why are you releasing it?", "Say why."),
        answers={"Why are you releasing it?": "End of duty"},
        saves="Release",
        seen="released it; no owner: End of duty",
        refused_to="fay",
        refused=not_in_menu("Release: no longer mine"),
    ),
    Act(
        verb=commands.Assign,
        by="sam",
        opens=in_case("Assign"),
        answers={"Who": Chosen("Ola Brandt")},
        saves="Assign",
        seen="assigned it to Ola Brandt; awaiting acceptance",
        refused_to="ola",
        refused=not_offered("Assign"),
    ),
    Act(
        verb=commands.Accept,
        by="ola",
        opens=in_messages("Accept"),
        seen="accepted ownership",
        refused_to="cal",
        refused=not_offered("Accept"),
    ),
    Act(
        verb=commands.Transfer,
        by="sam",
        opens=in_case_menu("Pass to another force"),
        wrong=Wrong(
            {"Which force?": BLANK, "Why is it theirs?": Picked("The child lives there")},
            "Which force?",
            "Not saved. Type the other force.",
        ),
        answers={"Which force?": "Southshire"},
        saves="Pass on",
        seen="passed it to another force (the child lives there); owned here until they accept: Southshire",
        refused_to="ola",
        refused=not_in_menu("Pass to another force"),
    ),
    Act(
        verb=commands.AcceptTransfer,
        by="cal",
        opens=in_case("Record accepted"),
        wrong=Wrong(
            {"Who there accepted?": BLANK}, "Who there accepted?", "Not saved. Type who there accepted."
        ),
        answers={"Who there accepted?": "Inspector Wren"},
        saves="Record",
        seen="recorded that the other force accepted: Inspector Wren",
        refused_to="ola",
        refused=waits_for("Transfer", "control room"),
    ),
]
