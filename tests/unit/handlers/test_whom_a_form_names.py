"""A form that says who is paged says it of this force's ladders, not of the ones that are shipped."""

from collections.abc import Mapping
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.clocks import ClockName
from bot.domain.people import Role
from handlers.forms import grading_forms, mending
from tests.unit.views.story import Told

FORMS: Mapping[ClockName, Any] = {
    ClockName.TRANSFER_REFUSED: mending.sent_back,
    ClockName.CONCERN_FOR_SAFETY: grading_forms.attending,
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize(("role", "said"), [(Role.FIM, "FIM"), (Role.DUTY_INSPECTOR, "duty inspector")])
def test_it_names_the_first_rung(name: ClockName, role: Role, said: str) -> None:
    told = Told()
    told.concern(known=False)
    screen = told.screen
    clocks = dict(screen.policy.clocks)
    clocks[name] = replace(clocks[name], ladder=(role,))
    ours = replace(screen, policy=replace(screen.policy, clocks=clocks))
    assert f"the {said} is paged" in str(FORMS[name](told.case(), ours))
