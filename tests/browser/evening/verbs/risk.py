"""The grade goes up, down by two people, and is reviewed; the category is signed off, then mended."""

from bot.domain import commands
from tests.browser.evening.verbs.acts import (
    BLANK,
    CONTROL_ROOM,
    REQUIRED,
    Act,
    Picked,
    Wrong,
    in_case,
    not_offered,
    not_read,
    on_card,
    told,
    waits_for,
)

LIVE = ("Suicidal statement today", "Self-harm", "Mental health")
STILL = {marker: Picked("Still a risk") for marker in LIVE}
WHY_GRADE = "Why this grade?"

RISK = [
    Act(
        verb=commands.GradeCase,
        by="cal",
        opens=in_case("Grade"),
        wrong=Wrong(
            {"Grade": Picked("High"), WHY_GRADE: BLANK},
            WHY_GRADE,
            "Not recorded. Say why. HIGH timescales still apply.",
        ),
        answers={WHY_GRADE: "Said today that he wants to end it"},
        saves="Record grade",
        seen="graded HIGH: Said today that he wants to end it",
        refused_to="ola",
        refused=waits_for("Grade", "control room"),
    ),
    Act(
        verb=commands.GradeCase,
        by="sam",
        opens=in_case("Grade"),
        wrong=Wrong(
            {"Grade": Picked("Medium"), "Suicidal statement today": Picked("Changed"), WHY_GRADE: "He rang"},
            "Self-harm",
            REQUIRED,
        ),
        answers={
            "Self-harm": Picked("Still a risk"),
            "Mental health": Picked("Still a risk"),
            "What changed, who says so, when? (optional)": "He rang his father at 13:40",
        },
        saves="Record grade",
        seen="asked to lower the grade to MEDIUM; a second person decides",
        refused_to="ola",
        refused=not_offered("Grade"),
    ),
    Act(
        verb=commands.Refuse,
        by="fay",
        opens=in_case("Decide"),
        wrong=Wrong({"Why?": "Nobody has seen him"}, "Your decision", REQUIRED),
        answers={"Your decision": Picked("Refuse: the grade stays")},
        saves="Record",
        seen="refused the lower grade: Nobody has seen him",
        refused_to="cal",
        refused=waits_for("Downgrade decision", "supervisor"),
    ),
    Act(
        verb=commands.GradeCase,
        by="sam",
        opens=in_case("Grade"),
        answers={
            "Grade": Picked("Medium"),
            **STILL,
            "What changed, who says so, when? (optional)": "His teacher rang at 13:42",
            WHY_GRADE: "His teacher is with him",
        },
        saves="Record grade",
        seen="His teacher is with him",
        refused_to="ola",
        refused=not_offered("Grade"),
    ),
    Act(
        verb=commands.Approve,
        by="sid",
        opens=in_case("Decide"),
        wrong=Wrong(
            {"Your decision": Picked("Approve the lower grade"), "Why?": BLANK},
            "Why?",
            "Not recorded. Say why. HIGH timescales still apply.",
        ),
        answers={"Why?": "Confirmed by the school"},
        saves="Record",
        seen="approved the lower grade: Confirmed by the school",
        refused_to="sam",
        refused=waits_for("Downgrade decision", "a second person"),
    ),
    Act(
        verb=commands.Review,
        by="sam",
        opens=in_case("Review"),
        wrong=Wrong({**STILL, "What did the review find?": BLANK}, "What did the review find?", "Say why."),
        answers={
            "What did the review find?": "Still with his teacher",
            "Next review in (optional)": Picked("1 h"),
        },
        saves="Record review",
        seen="reviewed the grade, next by",
        refused_to="cal",
        refused=waits_for("Review", "supervisor"),
    ),
    Act(
        verb=commands.CarerDisagrees,
        by="cal",
        opens=in_case("Carer disagrees"),
        wrong=Wrong(
            {"What does the carer say?": BLANK}, "What does the carer say?", "Not recorded. Say why. MEDIUM"
        ),
        answers={"What does the carer say?": "He has never stayed out before"},
        saves="Record",
        seen="He has never stayed out before",
        refused_to="pat",
        refused=not_read(),
    ),
]

ALERT = [
    Act(
        verb=commands.DecideAlert,
        by="sam",
        opens=in_case("Child Rescue Alert"),
        wrong=Wrong({"Why?": "No sign of abduction"}, "Child Rescue Alert", REQUIRED),
        answers={"Child Rescue Alert": Picked("Criteria not met")},
        saves="Record",
        seen="No sign of abduction",
        refused_to="cal",
        refused=not_offered("Child Rescue Alert"),
    ),
]

_WHY_NOT = "Why is this not missing? What is known, who said so, when?"
CATEGORY = [
    Act(
        verb=commands.Categorise,
        by="cal",
        opens=in_case("Will police attend?"),
        wrong=Wrong(
            {"Will police attend?": Picked("No: RCRP, or for another reason"), _WHY_NOT: BLANK},
            _WHY_NOT,
            "Not saved. Say why this is not missing: what is known, who said so, when.",
        ),
        answers={_WHY_NOT: "His aunt says that he walks to her"},
        saves="Record",
        seen="police will NOT attend (RCRP or other)",
        refused_to="ola",
        refused=not_offered("Will police attend?"),
    ),
    Act(
        verb=commands.Categorise,
        by="cal",
        opens=in_case("Will police attend?"),
        answers={"Will police attend?": Picked("Yes"), _WHY_NOT: "He has not come to his aunt"},
        saves="Record",
        seen="police will attend: He has not come to his aunt",
        refused_to="pat",
        refused=not_read(),
    ),
    Act(
        verb=commands.SignOff,
        by="sam",
        opens=in_case("Sign off"),
        wrong=Wrong(
            {"Your decision": Picked("Sign off and look again in 1 h"), "Why?": BLANK}, "Why?", "Say why."
        ),
        answers={"Why?": "His aunt is driving to him"},
        saves="Record",
        seen="signed off the concern-for-safety rationale: His aunt is driving to him",
        refused_to="cal",
        refused=waits_for("Concern-for-safety rationale sign-off", "supervisor"),
    ),
    Act(
        verb=commands.Categorise,
        by="cal",
        opens=on_card("Record as missing, {ref}"),
        seen="recorded it as missing",
        refused_to="ola",
        refused=told(on_card("Record as missing, {ref}"), CONTROL_ROOM),
    ),
]
