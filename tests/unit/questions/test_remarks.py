"""A remark beside a question hides nothing, and changes nothing unseen."""

import pytest

from bot.questions import Intent, understand

ASKED = "what's late?"
REMARKS = [
    "Just been woken up.",
    "Sorry to trouble you,",
    "Sorry if this is obvious but",
    "I'm about to go to the door,",
    "just come back from court,",
    "I was off yesterday.",
    "I've lost track.",
    "Apologies for bothering you,",
    "I need to brief the super.",
    "Long night.",
]
BESIDE = [
    "I'm about to go to the door",
    "writing the handover",
    "before i make a coffee",
    "boss will ask me",
    "full list",
]


@pytest.mark.parametrize("remark", REMARKS)
def test_a_remark_before_a_question_is_passed_over(remark: str) -> None:
    assert understand(f"{remark} {ASKED}") == (Intent.LATE,)


@pytest.mark.parametrize("remark", BESIDE)
def test_a_remark_after_a_question_is_passed_over(remark: str) -> None:
    assert understand(f"whats late, {remark}") == (Intent.LATE,)
    assert understand(f"{ASKED} {remark.capitalize()}.") == (Intent.LATE,)


@pytest.mark.parametrize("remark", [*REMARKS, *BESIDE])
def test_a_remark_alone_asks_nothing(remark: str) -> None:
    assert understand(remark) == ()


@pytest.mark.parametrize(
    "reported",
    [
        "Dave said, what's late?",
        "He asked me, who has it?",
        "I'm on the phone to mum who said, is she still missing?",
    ],
)
def test_what_another_asked_is_not_asked(reported: str) -> None:
    assert understand(reported) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Page the FIM, who has it?",
        "Close it, what's outstanding?",
        "Just been woken up. Close it.",
        "Sorry to ask, can you assign it to me?",
        "I'm off to close it, what's outstanding?",
        "I'm stuck, tell the DI. Any update?",
        "Just add a marker. What's late?",
    ],
)
def test_an_order_is_no_remark(text: str) -> None:
    assert understand(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "ignore that, I'm going off. What's late?",
        "I'm off, don't tell me what's late",
        "I'm not asking, who has it",
        "Who has it? I'm joking.",
        "Just woken up. Never mind, who has it?",
        "Sorry for the wrong thread. Who has it?",
        "before I go home, no update needed, what's late",
        "writing the handover: forget what's late",
    ],
)
def test_what_is_taken_back_beside_a_remark_is_not_asked(text: str) -> None:
    assert understand(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "I'm at the canteen, is it still open?",
        "Is it open? I'm at the canteen.",
        "I've found a phone. Who owns it?",
        "just seen a red corsa, who owns it",
        "I'm on MC-26-0101. What's the status?",
        "I'm in the lift, is it still high?",
        "My leave is booked. Who has it?",
    ],
)
def test_a_remark_that_names_something_else_may_be_what_is_meant(text: str) -> None:
    assert understand(text) == ()


@pytest.mark.parametrize(
    "text", ["any update on the weather", "whats her snapchat", "who has the contract", "any internet"]
)
def test_an_ordinary_word_is_no_slip_of_another(text: str) -> None:
    assert understand(text) == ()


def test_a_child_may_go_by_an_initial() -> None:
    assert understand("is K back yet?") == (Intent.STATUS,)
    assert understand("who's in the B team?") == ()
    assert understand("who is on B shift?") == ()
