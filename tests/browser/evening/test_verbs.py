"""Every verb, taken once in the page by the person whose it is, and refused to one whose it is not."""

import pytest
from playwright.sync_api import expect

from bot.domain.commands import Command
from tests.browser.evening.conftest import Cast, Entering, Reporting, ref_of
from tests.browser.evening.verbs import OTHERWISE, STORIES
from tests.browser.evening.verbs.acts import takes


def test_no_verb_is_forgotten() -> None:
    told = {act.verb for story in STORIES.values() for act in story}
    assert told | set(OTHERWISE) == set(Command.__subclasses__())
    assert not told & set(OTHERWISE)


@pytest.mark.parametrize("name", STORIES)
def test_each_verb_is_refused_to_one_and_taken_by_another(
    cast: Cast, reporting: Reporting, name: str
) -> None:
    if name == "twice":
        reporting(incident="LOG-1900")
    card = reporting(concern=name == "category")
    for act in STORIES[name]:
        act.refused(cast.enters(act.refused_to, card), ref_of(card))
        takes(cast, act, card)


def test_who_holds_no_role_reports_nothing(enters: Entering) -> None:
    pat = enters("pat", "missing-cases")
    pat.say("/missing")
    expect(pat.message("Only visible to you").last).to_contain_text(
        "Nothing is saved: you have no role here."
    )
    expect(pat.modal).to_have_count(0)
