"""A force's own neighbours, each with its own code for a missing child."""

from pathlib import Path

import pytest

from bot.domain import commands
from bot.files import forces_file, reasons_file
from bot.files.invalid import FileInvalid
from bot.views.wording import passed_on
from bot.views.wording.reasons import Coded
from cli.compose.shared import share
from config.settings import read_settings
from handlers.forms import mending
from tests.unit.settings_given import GOOD
from tests.unit.views.story import rowan

OWN = """
[southshire]
name = "Southshire"
missing_child = "CH-MISS"
[neighbouring_force]
name = "A neighbouring force"
missing_child = "ask them"
[transport_police]
name = "British Transport Police"
missing_child = "BTP-M1"
[another_force]
name = "Another force"
missing_child = "ask them"
"""


def test_a_table_for_each_force_that_is_offered(tmp_path: Path) -> None:
    file = tmp_path / "forces.toml"
    file.write_text(OWN.replace("[transport_police]", "[railway]"))
    with pytest.raises(FileInvalid, match=r"expected a table \[transport_police\]"):
        forces_file.load(file, offered=reasons_file.load().of("transfer"))


@pytest.mark.parametrize("content", ["reference", "full"])
def test_an_own_neighbour_is_offered_and_its_code_is_on_the_card(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "forces.toml"
    file.write_text(OWN)
    for name, value in {**GOOD, "MISSING_CONTENT": content, "MISSING_FORCES_FILE": str(file)}.items():
        monkeypatch.setenv(name, value)
    told = rowan(full=content == "full")
    screen = share(read_settings()).setting.at(told.clock.now())
    form = mending.transferring(told.case(), screen)
    assert "Southshire" in str(form)
    assert "Northshire" not in str(form)
    said = "southshire" if screen.full else Coded("southshire", "12").stored()
    told.do(5, "sam", commands.Transfer(force=said, why="lives_there"))
    lines = " ".join(passed_on.lines(told.case(), screen))
    assert "The other force must see: CHILD MISSING (their code: CH-MISS)" in lines
