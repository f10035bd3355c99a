"""config/reasons.toml: a code means one thing, in whichever list it stands."""

from pathlib import Path

import pytest

from bot.files import reasons_file
from bot.files.invalid import FileInvalid
from bot.views.wording.reasons import Coded


def test_what_was_chosen_reads_as_it_was_offered() -> None:
    reasons = reasons_file.load()
    for choices in reasons.lists.values():
        for code, words in choices.items():
            assert reasons.words(Coded(code).stored()) == words


def test_a_code_with_other_words_in_another_list_is_refused_where_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "reasons.toml"
    clash = (
        reasons_file.DEFAULT.read_text()
        + '\n[extra]\nbetween_shifts = "One"\n[more]\nbetween_shifts = "Two"\n'
    )
    file.write_text(clash)
    with pytest.raises(FileInvalid, match="the same words in every list with between_shifts"):
        reasons_file.load(file)
