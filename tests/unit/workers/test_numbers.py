"""A number as people write it is a UK mobile's in one form, or it is refused: nobody else's phone rings."""

import pytest

from workers.ways_out.numbers import BadNumber, spoken, uk_mobile


@pytest.mark.parametrize(
    "written",
    [
        "07700 900124",
        "07700900124",
        "+447700900124",
        "+44 7700 900124",
        "+44 (0)7700 900124",
        "447700900124",
        "0044 7700 900124",
        " 07700-900124 ",
    ],
)
def test_however_it_is_written_it_is_the_same_number(written: str) -> None:
    assert uk_mobile(written) == "+447700900124"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("07700 900000", "+447700900000"),  # Ofcom's for drama, and GOV.UK Notify's for tests: no network's
        ("07700 900999", "+447700900999"),
        ("07457 123456", "+447457123456"),
        ("07624 300123", "+447624300123"),  # Isle of Man
        ("07781 100123", "+447781100123"),  # Guernsey
    ],
)
def test_mobiles_and_the_ranges_for_tests_are_taken(written: str, number: str) -> None:
    assert uk_mobile(written) == number


@pytest.mark.parametrize(
    "written",
    [
        "07700 90012",
        "07700 9001240",
        "12",
        "",
        "07000 900124",  # a personal number: it may lead anywhere
        "020 7946 0018",  # a landline
        "07600 123456",  # a pager: no text reaches it
        "0800 123 4567",
        "+1 202 555 0123",
        "+07700900124",
        "07700 9oo124",
        "07700 900124 ext 5",
        "07700 900124, 07700 900125",
        "U0KIM",
    ],
)
def test_what_is_none_is_refused_and_not_repeated(written: str) -> None:
    with pytest.raises(BadNumber) as bad:
        uk_mobile(written)
    assert not written.strip() or written.strip() not in str(bad.value)


def test_it_is_said_as_people_read_it() -> None:
    assert spoken("+447700900124") == "+44 7700 900124"
