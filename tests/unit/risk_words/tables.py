"""The tables beside this file: one sentence a line, as callers say it."""

from pathlib import Path

TABLES = Path(__file__).with_name("tables")
MARKERS = (
    "suicidal_today",
    "self_harm",
    "abduction",
    "cse",
    "trafficking",
    "cce",
    "serious_violence",
    "medication",
    "medical",
    "adverse_event",
)


def lines(name: str, folder: str = "") -> list[str]:
    return (TABLES / folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()
