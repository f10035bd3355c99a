"""The same child under another spelling is found; another child is not (domain.md §4)."""

import pytest

from bot.domain.facts import Child
from bot.domain.likeness import Trace, names_alike, plain_number, traces
from tests.world import World


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("Rowan Pike", "Rowan Pyke"),
        ("Rowan Pike", "PIKE Rowan"),
        ("Zoe Ngata", "Zoë Ngatá"),
        ("Mohammed Idris", "Muhammad Idriss"),
        ("Anne-Marie Holt", "Anne Marie Holt"),
        ("Sophie Clarke", "Sofie Clark"),
        ("Kit Marlow", "Kit James Marlowe"),
        ("Ewan Thorn", "Euan Thorne"),
        ("Michał Głowacki", "Michal Glowacki"),
        ("Michał Głowacki", "GLOWACKI, Michal"),
        ("Søren Ærø", "Soren Aero"),
        ("Đorđe Đurić", "Dorde Duric"),
        ("Işıl Yıldız", "Isil Yildiz"),
        ("İpek Şahin", "Ipek Sahin"),
        ("Þóra Guðrún", "Thora Gudrun"),
        ("Œdile Strauß", "Oedile Strauss"),
        ("Siân O'Brien", "Sian OBrien"),
        ("Siân O’Brien", "SIAN OBRIEN"),
        ("Sian O`Brien", "Sian O ʼBrien"),
        ("Sian O Brien", "Sian OBrien"),
        ("Kay D´Souza", "Kay DSouza"),
        ("Lena Smith-Jones", "Lena Smith Jones"),
        ("Lena Smith–Jones", "Jones Lena Smith"),
        ("Lena Smith-Jones", "Lena Smithjones"),
        ("Anne-Marie Holt", "Annemarie Holt"),
        ("Ibrahim Al-Sayed", "Ibrahim Alsayed"),
    ],
)
def test_one_child_spelt_two_ways_is_alike_and_is_found(heard: str, written: str) -> None:
    assert names_alike(heard, written) and names_alike(written, heard)
    assert traces_of(heard) & traces_of(written)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rowan Pike", "Robin Pike"),
        ("Rowan Pike", "Rowan Vale"),
        ("Rowan", "Rowan Pike"),
        ("", "Rowan Pike"),
        ("", ""),
        ("Michał Głowacki", "Michał Nowak"),
        ("Sian O'Brien", "Sian Byrne"),
        ("Lena Smith-Jones", "Lena Vale"),
    ],
)
def test_another_child_is_not_alike(one: str, other: str) -> None:
    assert not names_alike(one, other)


def test_a_typing_mistake_in_one_word_is_found_by_the_other() -> None:
    assert names_alike("Rowan Pike", "Rowan Pikr")
    assert traces_of("Rowan Pike") & traces_of("Rowan Pikr")


@pytest.mark.parametrize(
    ("name", "filed_before"),
    [
        ("Michał Głowacki", {"mkł", "głk", "głk mkł"}),
        ("Sian O'Brien", {"sn", "*", "brn", "* brn", "* sn", "brn sn"}),
    ],
)
def test_what_was_filed_before_is_still_found(name: str, filed_before: set[str]) -> None:
    """Cases written before these letters were known keep the traces of then."""
    assert filed_before <= {found.value for found in traces_of(name)}


def traces_of(name: str) -> frozenset[Trace]:
    world = World()
    ref = world.report(child=Child(name=name, age=15))
    return frozenset(trace for trace in traces(world.case(ref)) if trace.kind == "name")


def test_an_incident_number_is_the_same_however_it_is_typed() -> None:
    assert plain_number("LOG-1042") == plain_number("log 1042") == plain_number("LOG1042")
    assert plain_number("LOG-1042") != plain_number("LOG-1043")
