"""Nothing is lost between a case and its bytes, now or in ten years."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from traceback import format_exception_only
from typing import Any, get_args, get_type_hints

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from bot.domain.case import Case
from bot.domain.events import AnyEvent, Entry
from bot.ports.destination import OutboxKind
from bot.ports.errors import Unreadable
from bot.ports.outbox import Outgoing
from bot.store.codec import EntryCodec, Snapshots, decode_outgoing, encode_outgoing

REF = "MC-26-0001"
EVENTS: tuple[type[Any], ...] = get_args(AnyEvent)
GOLDEN = (Path(__file__).parent / "golden" / "entries-v1.jsonl").read_bytes().splitlines()

codec = EntryCodec()
cases = Snapshots(Case)

st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))
st.register_type_strategy(int, st.integers(-(2**63), 2**63 - 1))


def _every_field(kind: type[Struct]) -> st.SearchStrategy[Struct]:
    """Also those with a default, which hypothesis would leave alone."""
    hints = get_type_hints(kind)
    return st.builds(kind, **{name: st.from_type(hints[name]) for name in kind.__struct_fields__})


def _all_kinds(kind: type[Struct] = Struct) -> Iterator[type[Struct]]:
    for below in kind.__subclasses__():
        yield below
        yield from _all_kinds(below)


for known in _all_kinds():
    if known.__module__.startswith("bot."):
        st.register_type_strategy(known, _every_field)

quickly = settings(max_examples=20, deadline=None)


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.__name__)
@quickly
@given(data=st.data())
def test_every_event_comes_back_as_it_went_in(kind: type[Any], data: st.DataObject) -> None:
    entry = replace(data.draw(st.from_type(Entry)), event=data.draw(st.from_type(kind)))
    assert codec.decode(REF, codec.encode(entry, "step")) == entry


@quickly
@given(case=st.from_type(Case))
def test_a_case_comes_back_as_it_went_in(case: Case) -> None:
    read = cases.decode(cases.encode(case.version, case))
    assert read == case
    # Screens show markers, enquiries and information in the order they came.
    assert read is not None and list(read.markers) == list(case.markers)


@quickly
@given(row=st.from_type(Outgoing))
def test_an_outbox_row_comes_back_as_it_went_in(row: Outgoing) -> None:
    assert decode_outgoing(encode_outgoing(row)) == row


def test_a_row_stored_before_is_read_and_a_kind_of_a_newer_version_holds_up_nobody() -> None:
    stored = (
        b'{"id":"1","lane":"cases","kind":"%s","ref":"MC-26-0001","version":1,"at":"2026-03-02T17:00:00Z"}'
    )
    assert decode_outgoing(stored % b"undelivered").kind is OutboxKind.UNDELIVERED
    assert decode_outgoing(stored % b"of next year").kind is OutboxKind.UNKNOWN


def test_every_event_of_the_first_version_is_kept_as_an_example() -> None:
    written = {msgspec.json.decode(line)["body"]["type"] for line in GOLDEN}
    missing = {kind.__name__ for kind in EVENTS} - written
    assert not missing, "add a line to golden/entries-v1.jsonl for each new event; never change an old line"


@pytest.mark.parametrize("line", GOLDEN, ids=lambda line: msgspec.json.decode(line)["body"]["type"])
def test_what_was_written_by_the_first_version_is_read_for_ever(line: bytes) -> None:
    said = msgspec.json.decode(line)
    envelope = msgspec.json.encode(said["head"]) + b"\n" + msgspec.json.encode(said["body"])
    entry = codec.decode(REF, envelope)
    assert_kept(said["body"], msgspec.json.decode(msgspec.json.encode(entry.event)))


def assert_kept(old: Any, now: Any) -> None:
    """All that was written is there; a newer version may have added to it."""
    match old:
        case dict():
            for key, value in old.items():
                assert_kept(value, now[key])
        case list():
            for each, kept in zip(old, now, strict=True):
                assert_kept(each, kept)
        case _:
            assert now == old


def test_an_old_event_is_upgraded_step_by_step() -> None:
    old = _envelope(1, {"type": "Remarked", "words": "Called the school"})
    newer = EntryCodec(
        version=3,
        upgrades={
            1: lambda event: {**event, "type": "Noted"} if event["type"] == "Remarked" else event,
            2: lambda event: {"type": event["type"], "text": event["words"]},
        },
    )
    event = newer.decode(REF, old).event
    assert msgspec.to_builtins(event) == {"type": "Noted", "text": "Called the school"}


@pytest.mark.parametrize(
    "envelope",
    [
        pytest.param(lambda: _envelope(99, {"type": "Noted", "text": "Wren"}), id="of a newer version"),
        pytest.param(lambda: _envelope(1, {"type": "Unheard", "text": "Wren"}), id="of an unknown event"),
        pytest.param(lambda: _envelope(1, {"type": "Graded", "level": "Wren"}), id="of a wrong value"),
        pytest.param(lambda: b"Wren", id="of no envelope at all"),
    ],
)
def test_an_unreadable_entry_fails_loud_and_quotes_nothing(envelope: Any) -> None:
    with pytest.raises(Unreadable) as why:
        codec.decode(REF, envelope())
    assert "Wren" not in "".join(format_exception_only(why.value))
    assert why.value.__context__ is None or why.value.__suppress_context__


def _envelope(version: int, body: dict[str, Any]) -> bytes:
    head = {"v": version, "at": "2026-03-02T13:40:00Z", "by": "U-CAL", "type": body["type"], "step": "s"}
    return msgspec.json.encode(head) + b"\n" + msgspec.json.encode(body)
