"""What a scenario file may say, and how it is understood."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.replay.engine import replay
from bot.replay.judge import judge
from bot.replay.scenario import load
from bot.store.memory import MemoryStores
from tests.scenario.conftest import Written

UNTIL = "until: 30m"


def saw(file: Path) -> list[Any]:
    scenario = load(file)
    return [each.saw for each in judge(scenario, replay(scenario, MemoryStores()))]


def expecting(written: Written, entry: str, steps: str = "") -> str:
    last: str = saw(written("expect:\n", f"{steps}expect:\n  - {entry}\n"))[0]
    return last


def test_yaml_words_are_answers_and_states(written: Written) -> None:
    steps = (
        "  - {at: 1m, by: cal, information: {id: i, kind: call, text: x, markers: {cse: true, cce: NO}}}\n"
    )
    assert expecting(written, "proposed: {level: high, at: 1m}", steps).startswith("high, because of cse")
    assert expecting(written, "clock: {name: closure, state: off, at: 1m}") == "off"
    assert expecting(written, "clock: {name: closure, state: false, at: 1m}") == "off"


def test_a_time_may_be_a_time(written: Written) -> None:
    scenario = load(written(UNTIL, "until: 2026-03-02T15:10:00+01:00"))
    assert scenario.until == datetime(2026, 3, 2, 14, 10, tzinfo=UTC)


def test_a_case_alone_needs_no_name(written: Written) -> None:
    file = written("      ref: LOG-1\n", "")
    assert load(file).refs == ("T1",)
    assert saw(file) == ["open"]


def test_an_unknown_last_sighting_is_left_out(written: Written) -> None:
    assert saw(written("category: missing", "category: missing\n      last_seen_at: not_known")) == ["open"]


def test_what_is_left_empty_is_missing(written: Written) -> None:
    entry = "refused: {step: 1, because: required-field}"
    file = written("why_worried: Not home", "why_worried:")
    file.write_text(file.read_text().replace("status: {is: open, at: 0m}", entry))
    assert saw(file) == ["required-field"]


def test_a_step_on_a_case_that_was_never_opened(written: Written) -> None:
    steps = "  - {at: 1m, by: cal, note: {text: x}}\n"
    file = written("category: missing", "category: lost")
    file.write_text(
        file.read_text().replace(
            "expect:\n", f"{steps}expect:\n  - refused: {{step: 2, because: required-field}}\n"
        )
    )
    assert saw(file)[0] == "required-field"


def test_the_force_s_own_numbers(written: Written) -> None:
    policy = (
        "policy: {clocks: {owner-accepted: {medium: 3m}}, steps: {medium: 2m}, quick_repeats: 1}\nuntil: 30m"
    )
    page = "page: {clock: owner-accepted, role: fim, at: 3m}"
    file = written(UNTIL, policy)
    file.write_text(file.read_text().replace("status: {is: open, at: 0m}", page))
    # Only a FIM is on duty: one quick repeat after two minutes, and then an hour of quiet.
    assert saw(file) == ["paged at 3m, 5m"]


def test_nothing_need_be_expected(written: Written) -> None:
    assert saw(written("expect:\n  - status: {is: open, at: 0m}\n", "expect:\n")) == []


def test_an_unfinished_step_is_refused_in_the_order_of_the_rules(written: Written) -> None:
    """Who asks, and whether the case takes it, come before what is missing (domain.md §5, refusals)."""
    steps = (
        "  - {at: 1m, by: zed, located: {where: x}}\n"
        "  - {at: 1m, by: fay, located: {where: x}}\n"
        "  - {at: 2m, by: fay, interview: {kind: prevention, in_person: yes}}\n"
        "  - {at: 3m, by: fay, close: {reason: Back}}\n"
        "  - {at: 4m, by: fay, grade: {rationale: x}}\n"
    )
    for step, because in ((2, "no-such-person"), (3, "required-field"), (6, "case-closed")):
        assert expecting(written, f"refused: {{step: {step}, because: {because}}}", steps) == because


def test_a_refusal_of_a_step_that_is_not_there(written: Written) -> None:
    assert (
        expecting(written, "refused: {step: 2, because: not-permitted}")
        == "there is no step 2; the last is 1"
    )


def test_a_page_joins_a_card_less_than_a_minute_old(written: Written) -> None:
    """By edit: paged, not posted."""
    steps = (
        "  - {at: 1m, by: ola, take: {}}\n"
        "  - {at: 2m, by: ola, enquiry: {id: a, text: x, owner: ola, due: 10m}}\n"
        "  - {at: 2m30s, by: ola, enquiry: {id: b, text: x, owner: ola, due: 10m}}\n"
        "  - {at: 3m, by: ola, enquiry: {id: c, text: x, owner: ola, due: 10m}}\n"
    )
    both = expecting(written, "page: {clock: enquiry-done, role: owner, at: 12m30s}", steps)
    assert both.startswith("paged at 12m, 12m30s")
    assert expecting(written, "pages: {role: owner, at_most: 1, before: 13m}", steps) == "1 post"
    assert expecting(written, "pages: {role: owner, at_most: 2, before: 14m}", steps) == "2 posts"
