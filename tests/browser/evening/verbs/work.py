"""What is known, told, set, done, heard, considered, noted and corrected."""

from bot.domain import commands
from tests.browser.evening.verbs.acts import (
    BLANK,
    REQUIRED,
    STRANGER,
    Act,
    Chosen,
    Picked,
    Wrong,
    in_case,
    in_case_menu,
    not_in_menu,
    on_card_menu,
    told,
    waits_for,
)

WORK = [
    Act(
        verb=commands.Acknowledge,
        by="fay",
        opens=in_case("Acknowledge"),
        seen="acknowledged: ",
        refused_to="cal",
        refused=waits_for("FIM aware", "FIM"),
    ),
    Act(
        verb=commands.Tell,
        by="fay",
        opens=in_case("Record told"),
        wrong=Wrong(
            {"How (optional)": "By radio", "Who there took it?": "Ian Frost"}, "Who was told", REQUIRED
        ),
        answers={"Who was told": Picked("The duty inspector")},
        saves="Record",
        seen="Ian Frost",
        refused_to="pat",
        refused=told(on_card_menu("Told"), STRANGER),
    ),
    Act(
        verb=commands.SetEnquiry,
        by="sam",
        opens=in_case("Set enquiry"),
        wrong=Wrong(
            {
                "What is to be done?": BLANK,
                "Who does it": Chosen("Ola Brandt"),
                "Due in": Picked("30 min"),
            },
            "What is to be done?",
            "Not saved. Type what is to be done.",
        ),
        answers={"What is to be done?": "CCTV of the bus station"},
        saves="Set",
        seen="CCTV of the bus station",
        refused_to="cal",
        refused=waits_for("Line of enquiry", "supervisor"),
    ),
    Act(
        verb=commands.FinishEnquiry,
        by="ola",
        opens=in_case("Done"),
        wrong=Wrong({"What came of it?": BLANK}, "What came of it?", "Not saved. Type what came of it."),
        answers={"What came of it?": "Boarded the 14:02 alone"},
        saves="Record result",
        seen="finished an enquiry: Boarded the 14:02 alone",
        refused_to="pat",
        refused=waits_for("Enquiry: Ola Brandt", "officer"),
    ),
    Act(
        verb=commands.Inform,
        by="cal",
        opens=on_card_menu("Information"),
        wrong=Wrong(
            {"What is new? Their words": BLANK}, "What is new? Their words", "Not saved. Type what is new."
        ),
        answers={"What is new? Their words": "Seen by the river at 13:30"},
        saves="Save, start clock",
        seen="Seen by the river at 13:30",
        refused_to="pat",
        refused=told(on_card_menu("Information"), STRANGER),
    ),
    Act(
        verb=commands.Consider,
        by="ola",
        opens=in_case("Consider"),
        wrong=Wrong(
            {"What follows from it?": BLANK},
            "What follows from it?",
            "Not saved. Type what follows from it.",
        ),
        answers={"What follows from it?": "The helicopter looks there"},
        saves="Record",
        seen="considered new information: The helicopter looks there",
        refused_to="cal",
        refused=waits_for("New information", "officer"),
    ),
    Act(
        verb=commands.Note,
        by="cal",
        opens=in_case("Add note"),
        wrong=Wrong(
            {"What is being done?": BLANK}, "What is being done?", "Not saved. Type what is being done."
        ),
        answers={"What is being done?": "Rang his aunt"},
        saves="Record",
        seen="recorded an activity: Rang his aunt",
        refused_to="pat",
        refused=waits_for("Any activity", "officer"),
    ),
    Act(
        verb=commands.RecordPpn,
        by="ola",
        opens=in_case("Record notice"),
        wrong=Wrong(
            {"Ethnicity, as on the notice": "White British", "School, as on the notice": BLANK},
            "School, as on the notice",
            "Not saved. Type the school, or: not known.",
        ),
        answers={"School, as on the notice": "Avonmead School"},
        saves="Record",
        seen="recorded the public protection notice",
        refused_to="pat",
        refused=waits_for("Public protection notice", "officer"),
    ),
    Act(
        verb=commands.Correct,
        by="cal",
        opens=in_case_menu("Correct a mistake"),
        wrong=Wrong(
            {
                "What is wrong?": Chosen("When last seen"),
                "What is right?": "2359",
                "How do you know?": "The school rang",
            },
            "What is right?",
            "is still to come.",
        ),
        answers={"What is right?": "1230"},
        saves="Correct",
        seen="corrected last_seen_at: The school rang",
        refused_to="ola",
        refused=not_in_menu("Correct a mistake"),
    ),
]
