"""What is stored of where messages are: as it was written before there were types for it."""

import pytest

from bot.domain.people import Role
from bot.ports import places
from bot.ports.destination import Destination, LaneKind
from bot.ports.places import Place

FIM, ONE = Destination("role:fim"), Destination("person:U1")


def test_a_place_is_read_as_it_is_printed() -> None:
    read = Place("C1:1772458800.000100")
    assert (read.channel, read.ts) == ("C1", "1772458800.000100")
    assert Place.of(read.channel, read.ts) == "C1:1772458800.000100"


@pytest.mark.parametrize("printed", ["", "C1", "C1:", ":17.5"])
def test_what_is_no_place_is_not_taken_for_one(printed: str) -> None:
    with pytest.raises(ValueError):
        Place(printed).ts  # noqa: B018


def test_cards_are_found_again_under_the_names_that_they_had() -> None:
    assert places.case_key("MC-26-0001") == "case:MC-26-0001"
    assert places.page_key(FIM, "MC-26-0001") == "page:role:fim:MC-26-0001"
    assert places.older_key(FIM, "MC-26-0001") == "older:role:fim:MC-26-0001"
    assert places.digest_key(Place("C1:17.5")) == "digest:C1:17.5"
    assert places.offer_key(ONE, "MC-26-0001") == "offer:person:U1:MC-26-0001"
    assert places.declined_key(ONE, "MC-26-0001") == "declined:person:U1:MC-26-0001"
    assert places.handover_key(FIM, 3) == "handover:role:fim:3"


@pytest.mark.parametrize(
    ("lane", "kind", "name"),
    [
        ("cases", LaneKind.CASES, ""),
        ("role:fim", LaneKind.ROLE, "fim"),
        ("person:U1", LaneKind.PERSON, "U1"),
        ("out:fim", LaneKind.FALLBACK, "fim"),
        ("aside:role:fim", LaneKind.QUARANTINE, "role:fim"),
        ("putby:person:U1", LaneKind.POSTPONED, "person:U1"),
    ],
)
def test_a_lane_that_was_stored_before_is_read_and_printed_alike(
    lane: str, kind: LaneKind, name: str
) -> None:
    assert (Destination(lane).kind, Destination(lane).name) == (kind, name)
    assert Destination.of(kind, name) == lane


def test_what_is_held_goes_back_to_where_it_was_taken_from() -> None:
    held = Destination.of(LaneKind.QUARANTINE, Destination("role:fim"))
    assert held.before == "role:fim"
    assert held.before.role is Role.FIM


def test_a_lane_of_a_newer_version_is_nobodys() -> None:
    assert Destination("pigeon:fim").kind is LaneKind.UNKNOWN


def test_an_owners_card_is_drawn_where_no_role_is_named() -> None:
    assert Destination("role:fim").role is Role.FIM
    assert Destination("person:U1").role is Role.OWNER
