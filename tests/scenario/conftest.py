"""A small scenario to bend: what a test adds to it is what the test is about."""

from collections.abc import Callable
from pathlib import Path

import pytest

SMALL = """\
id: T1
title: A small one
source: Invented
start: 2026-03-02T13:40:00+00:00
people: {cal: [control_room], fay: [fim], ola: [officer]}
steps:
  - at: 0m
    by: cal
    report:
      ref: LOG-1
      child: {name: Kit Reed, age: 15}
      category: missing
      why_worried: Not home
      reporter: {name: Jo Reed, relationship: mother, phone: 07700 900100}
      markers: {}
expect:
  - status: {is: open, at: 0m}
until: 30m
"""

Written = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """The small scenario with one text in place of another."""

    def write(before: str = "", after: str = "", name: str = "small.yaml") -> Path:
        assert before in SMALL
        file = tmp_path / name
        file.write_text(SMALL.replace(before, after, 1) if before else SMALL, encoding="utf-8")
        return file

    return write
