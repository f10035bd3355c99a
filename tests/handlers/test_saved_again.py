"""A form whose answer Slack did not hear stays open, and is saved again, as it says itself: nothing is saved twice."""

import pytest

from tests.handlers.evening import Evening, id_of, typed
from tests.handlers.pressing import press

FORMS = {
    "telling": ("Who was told", {"who": ["social_care"], "how": "Radio", "took": "Jo Hill"}, "Told"),
    "add_note": ("Note on MC-26-0001", {"text": "Rang his aunt"}, "Noted"),
    "locating": ("Child located", {"where": "At his aunt's", "seen": "nobody"}, "Located"),
}


def saves_unheard(evening: Evening, name: str, values: dict[str, object]) -> None:
    """Slack hears no answer, and says so; the form stays."""
    evening.workspace.settings(ack_seconds=3)
    evening.workspace.fault("ignore_acks", "view_submission", count=1)
    assert not evening.person(name).submit(typed(values)).acked
    evening.workspace.settings(ack_seconds=60)  # for a busy machine, again


@pytest.mark.parametrize("form", FORMS)
def test_the_same_form_is_one_step(evening: Evening, form: str) -> None:
    title, values, event = FORMS[form]
    evening.report(1, by=id_of("cal"), incident="LOG-1042")
    press(evening, "fay", form, title)
    saves_unheard(evening, "fay", values)
    assert evening.did().count(event) == 1
    assert evening.person("fay").submit({}).acked
    assert evening.person("fay").modal is None
    assert evening.did().count(event) == 1


def test_words_that_were_changed_meanwhile_are_kept_too(evening: Evening) -> None:
    evening.report(1, by=id_of("cal"), incident="LOG-1042")
    press(evening, "fay", "add_note", "Note on MC-26-0001")
    saves_unheard(evening, "fay", {"text": "Rang his aunt"})
    assert evening.person("fay").submit(typed({"text": "Rang his aunt twice"})).acked
    assert evening.did().count("Noted") == 2
