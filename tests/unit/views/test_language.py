"""Advice on words that blame a child (domain.md §6): beside the field, never in the way."""

from pathlib import Path

import pytest

from bot.files import language_file
from bot.files.invalid import FileInvalid
from bot.views.wording.language import AdvisedPhrase, Language, hint, with_hints

LANGUAGE = language_file.load()


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("She is STREETWISE for her age", "STREETWISE"),
        ("street-wise lad", "street-wise"),
        ("He keeps putting himself at risk", "putting himself at risk"),
        ("puts   themselves\nat risk", "puts   themselves\nat risk"),
        ("A lifestyle choice, says the home", "lifestyle choice"),
        ("Absconded again; absconder", "Absconded"),
        ("Attention-seeking, says the home", "Attention-seeking"),
        ("just attention seeking", "attention seeking"),
        ("He always goes missing on Fridays", "always goes missing"),
        ("I expect she’ll turn up", "she'll turn up"),
        ("They will turn up", "will turn up"),
    ],
)
def test_blaming_words_get_advice_in_each_of_their_forms(said: str, found: str) -> None:
    assert LANGUAGE.advice(said)[0].found == found


@pytest.mark.parametrize(
    "said",
    [
        "Last seen on Street Lane, likely wise to search it",
        "The stranger put her at risk",
        "Her lifestyle changed in May; her choice of school too",
        "He needs medical attention",
        "He turned up at his aunt's at 21:00",
        "Goes missing from school; has been missing twice",
        "The absence was noted",
        "The risk is to himself",
        "",
    ],
)
def test_innocent_words_get_none(said: str) -> None:
    assert LANGUAGE.advice(said) == []


def test_each_finding_is_said_once_and_the_words_stay_as_typed() -> None:
    said = hint(LANGUAGE.advice("Streetwise. Very streetwise <boy>. Absconded."))
    assert said.count("treetwise") == 1 and "“Absconded”: Say: left without permission" in said


def test_the_hint_stands_right_under_its_field_and_changes_nothing_else() -> None:
    view = {"blocks": [{"type": "input", "block_id": id, "element": {}} for id in ("why", "other")]}
    drawn = with_hints(view, {"why": "streetwise", "other": "Rang her aunt"}, LANGUAGE)
    assert [block["block_id"] for block in drawn["blocks"]] == ["why", "hint_why", "other"]
    assert with_hints(view, {"why": "Rang her aunt"}, LANGUAGE) == view


def test_no_list_no_advice() -> None:
    assert Language().advice("streetwise") == []
    assert Language([AdvisedPhrase(words="wild*", instead="x")]).advice("a wildly wild wilderness walk") != []


def test_a_wrong_file_says_where(tmp_path: Path) -> None:
    file = tmp_path / "language.toml"
    file.write_text(
        '[[phrase]]\nwords = "fine"\ninstead = "x"\n\n[[phrase]]\nwords = "(a+)+"\ninstead = "x"\n'
    )
    with pytest.raises(FileInvalid) as wrong:
        language_file.load(file)
    assert f"{file}:5:" in str(wrong.value)
