"""The record refuses or is away: why, what is saved and what not, and what to do."""

import pytest

from bot.ports.errors import Fate, RecordTrouble
from bot.views.wording import record_words

STAYS = (RecordTrouble.READ_ONLY, RecordTrouble.MEMORY_FULL, RecordTrouble.DISK)


def test_nobody_answered() -> None:
    assert record_words.of_a_form(RecordTrouble.SILENT, Fate.NOTHING) == (
        "Not saved: the record did not answer. Your words are still here. Press Save again; "
        "if it fails twice: paper log, and ring FIM."
    )


def test_what_only_the_technician_mends_sends_nobody_to_press_again_first() -> None:
    assert record_words.of_a_press(RecordTrouble.MEMORY_FULL, Fate.NOTHING) == (
        "Not done: the record server's memory is full. What was saved before is kept. "
        "Use the paper log, and ring FIM. The technician has to mend it; then: press again."
    )


def test_what_may_have_been_saved_is_not_called_unsaved() -> None:
    assert record_words.of_a_form(RecordTrouble.SILENT, Fate.IN_DOUBT) == (
        "Not known whether it is saved: the record did not answer in time. Your words are still here. "
        "Press Save again: nothing is saved twice; if it fails twice: paper log, and ring FIM."
    )


def test_what_was_saved_is_called_saved_though_the_rest_failed() -> None:
    assert record_words.of_a_press(RecordTrouble.LOADING, Fate.WRITTEN) == (
        "Done, at least in part; then the record server has just been started and is reading its file. It goes on by "
        "itself, in a minute perhaps. Look in the case before you do it again; until then: paper log, and ring FIM."
    )


@pytest.mark.parametrize("trouble", list(RecordTrouble))
@pytest.mark.parametrize("fate", list(Fate))
def test_every_one_of_them_says_why_and_what_to_do(trouble: RecordTrouble, fate: Fate) -> None:
    for said in (
        record_words.of_a_form(trouble, fate),
        record_words.of_a_press(trouble, fate),
        record_words.at_a_terminal(trouble, fate),
    ):
        assert record_words.clause(trouble) in said and "paper log, and ring FIM" in said
        assert said.startswith(("Not saved:", "Not done:")) == (fate is Fate.NOTHING)


@pytest.mark.parametrize("trouble", list(RecordTrouble))
def test_whoever_can_mend_it_reads_why_and_how(trouble: RecordTrouble) -> None:
    said = record_words.stands(trouble)
    assert record_words.now(trouble) in said and said.endswith(record_words.mend(trouble))
