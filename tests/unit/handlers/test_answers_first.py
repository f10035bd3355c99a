"""Given requests in hand, then what is only shown waits for their answers, for a moment at most."""

import time
from threading import Event, Thread

import pytest

from handlers import answers_first
from handlers.answers_first import AnswersFirst


def shown(first: AnswersFirst) -> Event:
    is_shown = Event()

    def show() -> None:
        first.give_way()
        is_shown.set()

    Thread(target=show, daemon=True).start()
    return is_shown


def test_a_show_begins_once_every_request_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the answer, not at the end of its patience."""
    monkeypatch.setattr(answers_first, "_AT_MOST", 600.0)
    first = AnswersFirst()
    with first.answering():
        is_shown = shown(first)
        assert not is_shown.wait(0.05)
    assert is_shown.wait(60)


def test_it_waits_for_a_moment_at_most() -> None:
    first = AnswersFirst()
    with first.answering():
        assert shown(first).wait(60)


def test_whoever_does_everything_on_one_thread_waits_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers_first, "_AT_MOST", 600.0)
    first, began = AnswersFirst(), time.monotonic()
    with first.answering(), first.answering():
        first.give_way()
    assert time.monotonic() - began < 60
