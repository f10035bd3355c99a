"""A page that Slack would not take as it was drawn still calls, says what to do, and can be acknowledged."""

from msgspec.structs import replace

from bot.domain.people import Role
from bot.views.cards import renderer
from tests.unit.views.story import rowan, said

CALLED = {Role.FIM: "<!subteam^S0FIM>"}


def test_a_refused_page_calls_whom_it_called_and_keeps_its_buttons() -> None:
    told = rowan()
    told.setting = replace(told.setting, mentions=CALLED)
    told.screens.__init__(told.setting, told.clock)  # type: ignore[misc]  # the same screens, with a mention
    page, plain, bare = renderer.shapes(told.page())
    sentence = "HIGH MC-26-0001, age 13: acknowledge by 13:46 or the duty inspector is paged."
    assert said(plain) == [f"<!subteam^S0FIM> {sentence}", "Acknowledge | Open case", "OFFICIAL-SENSITIVE"]
    assert plain.text == page.text == sentence
    assert bare.text == f"<!subteam^S0FIM> {sentence}" and not bare.blocks


def test_what_could_not_be_drawn_speaks_words_and_not_codes() -> None:
    told = rowan()
    shown = said(renderer.page(told.case(), Role.DUTY_INSPECTOR, told.lines(Role.FIM)))
    assert shown[0] == (
        "<!channel> HIGH MC-26-0001, age 13 needs the duty inspector now: FIM not aware. "
        "The rest could not be shown; the page stands. Call the technician."
    )
    assert shown[1] == "Acknowledge | Open case"
