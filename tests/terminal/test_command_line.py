"""Every user of a machine reads each command line on it: nothing of a child and nobody's words is taken from there."""

from collections.abc import Iterator

import click
import pytest

from bot.domain.declared import STEPS, Field, FieldKind, leaves_of
from cli import main
from cli.terminal.case_command import AS
from cli.terminal.command_line import option_of
from tests.terminal.conftest import REPORTED, Terminal, words_of

NEVER_PERSONAL = {
    FieldKind.CODE,
    FieldKind.FLAG,
    FieldKind.AGE,
    FieldKind.PAST,
    FieldKind.COMING,
    FieldKind.MARKERS,
    FieldKind.CONSIDERED,
    FieldKind.PERSON,  # of the force
    FieldKind.CASE,
    FieldKind.ITEM,
}
LEAVES = {leaf.name: leaf for kind, step in STEPS.items() if step.verb for leaf in leaves_of(kind)}

# Words that no step declares, and why they may stand there.
OTHERS = {
    "ask text": "a question to a scenario, in which nobody is real",
    "ask --case": "a scenario's name of a case",
    "ask --at": "a time",
    "risk-words text": "phrases to try; a caller's own words come as -",
    "export ref_": "a reference",
    "purge ref_": "a reference",
    "verify ref": "a reference",
    "processing-log --case": "a reference",
    "processing-log --by": "who did it, of the force",
    "processing-log --from": "a time",
    "manifest --request-url": "the force's gateway",
    "manifest --source": "a folder of this program's",
    "damaged show name": "the record's own names",
    "damaged restore name": "the record's own names",
    "damaged dismiss name": "the record's own names",
}


PERSONAL = [
    (step.verb, leaf, step.of_case)
    for kind, step in STEPS.items()
    if step.verb
    for leaf in leaves_of(kind)
    if leaf.is_personal
]


def test_each_field_is_a_persons_or_says_nothing_of_one() -> None:
    """A kind that comes later is looked at here."""
    personal = {leaf.kind for leaf in LEAVES.values() if leaf.is_personal}
    assert personal == {
        FieldKind.WORDS,
        FieldKind.BORN,
        FieldKind.TOLD,
        FieldKind.CORRECTION,
        FieldKind.NUMBER,
    }
    assert {leaf.kind for leaf in LEAVES.values() if not leaf.is_personal} == {
        *NEVER_PERSONAL,
        FieldKind.NUMBER,
    }
    numbers = {name: leaf.is_personal for name, leaf in LEAVES.items() if leaf.kind is FieldKind.NUMBER}
    assert numbers == {"ref": False, "child.person_ref": True}


@pytest.mark.parametrize(
    ("verb", "field", "of_case"), PERSONAL, ids=[f"{verb} {option_of(leaf)}" for verb, leaf, _ in PERSONAL]
)
def test_it_is_refused_before_anything_is_looked_up(
    terminal: Terminal, verb: str, field: Field, of_case: bool
) -> None:
    typed = words_of(
        "cal", f"case {verb.replace('_', '-')} {'LOG-1' if of_case else ''} {option_of(field)} Wren_Hale"
    )
    said = terminal.run_as_typed(typed, "Wren Hale\n" * 20)
    assert said.code == 1, said
    assert f"{option_of(field)} is not taken from there." in said.err and f"{option_of(field)} -" in said.err
    assert "Wren" not in said.err + said.out


def options(command: click.Command, path: str = "") -> Iterator[str]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found and (path, name) != ("", "case"):
                yield from options(found, f"{path} {name}".strip())
    for parameter in command.params:
        if parameter is AS:  # who acts, of the force
            continue
        is_flag = isinstance(parameter, click.Option) and parameter.is_flag
        if not is_flag and isinstance(parameter.type, click.types.StringParamType):
            yield f"{path} {parameter.opts[-1]}"


def test_every_other_word_on_a_command_line_is_known() -> None:
    assert set(options(main)) == set(OTHERS)


def test_several_are_read_a_line_each_in_the_order_in_which_they_stand(terminal: Terminal) -> None:
    """And what is asked comes after them."""
    typed = f"case {REPORTED} --reporter-phone - --child-name - --last-seen-where - --reporter-name -"
    lines = "07700 900001\nRowan Pike\nPier\nTom Pike\nHe texted\nfather\n"
    assert terminal.run_as_typed(words_of("cal", typed), lines).code == 0
    shown = terminal.done("cal", "show LOG-1042")
    assert "Rowan Pike" in shown and "Pier" in shown and "Tom Pike" in shown and "07700 900001" in shown


def test_a_line_that_never_comes_is_not_guessed(terminal: Terminal) -> None:
    typed = words_of("cal", f"case {REPORTED} --child-name - --reporter-phone -")
    said = terminal.run_as_typed(typed, "Rowan Pike\n")
    assert said.code == 2 and "before the line for --reporter-phone" in said.err
    assert terminal.case("cal", "list --json").document == []


def test_what_is_coded_stays_an_option(terminal: Terminal) -> None:
    terminal.reported()
    for typed in (
        "note LOG-1042 --text note_in_log",
        "tell LOG-1042 --who carer,social_care --how by_telephone --took not_known",
        "correct LOG-1042 --field markers.pregnancy --to no --why other_in_log",
        "correct LOG-1042 --field child.age --to 14 --why other_in_log",
    ):
        outcome = terminal.run_as_typed(words_of("cal", f"case {typed}"))
        assert "is not taken from there" not in outcome.err, outcome


@pytest.mark.parametrize("field", ["child.name", "born", "child.person_ref", "reporter.phone", "no.such"])
def test_the_right_value_of_something_personal_is_personal(terminal: Terminal, field: str) -> None:
    typed = f"case correct LOG-1042 --field {field} --to 2013-03-02"
    assert "--to is not taken from there" in terminal.run_as_typed(words_of("cal", typed)).err


def test_a_birth_date_is_not_an_age(terminal: Terminal) -> None:
    typed = words_of("cal", "case report --incident LOG-7 --child-age 2_Mar_2013")
    assert "--child-age is not taken from there" in terminal.run_as_typed(typed).err
