"""How long the demo's clock waits for its origin: the story begins on time on a busy machine too."""

from datetime import timedelta

from bot.cli.demo.stage import curtain


def test_a_machine_with_nothing_else_to_do_waits_four_seconds() -> None:
    assert curtain(0.0, 2) == timedelta(seconds=4)


def test_each_process_that_waits_for_a_processor_adds_to_it() -> None:
    assert curtain(13.0, 2) == timedelta(seconds=13.75)
    assert curtain(13.0, 8) < curtain(13.0, 2)


def test_it_has_an_end() -> None:
    assert curtain(1000.0, 1) == timedelta(seconds=30)
