"""One word for one thing: no name of the house's former private language, and no two rooms or classes of one name."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRODUCT = ("bot", "cli", "handlers", "workers", "config")

GONE = (
    "aside",  # quarantine
    "gathering",  # batching window
    "errand",  # background task
    "handoff",  # in-flight job
    "regularly",  # periodic
    "patrol",  # reconciler
    "teller",  # notifier
    "tether",
    "corners",
    "cures",
    "keeping",
    "upkeep",
    "doubts",
    "rot",
    "hanging_up",
)

SAME_MODULE = {
    "errors": "each layer's own small tree, the same thing in each: the ports', the store's, the handlers'",
}
SAME_CLASS = {
    "Decline": "the command, and what a case's stored snapshot keeps of it",
    "PutOnDuty": "the command, and its event: the record names events by their classes",
}


def modules(*rooms: str) -> Iterator[Path]:
    for room in rooms:
        yield from (file for file in (ROOT / room).rglob("*.py") if file.stem != "__init__")


def defined(file: Path) -> Iterator[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def parts(name: str) -> str:
    """`SlackTeller` and `slack_teller` alike: `_slack_teller_`."""
    return f"_{re.sub(r'(?<=[a-z0-9])(?=[A-Z])', '_', name).lower().strip('_')}_"


@pytest.fixture(scope="module")
def names() -> list[tuple[str, str]]:
    """Each name of a module, class or function, tests too, and where it stands."""
    found = []
    for file in modules(*PRODUCT, "tests"):
        where = file.relative_to(ROOT).as_posix()
        found.append((file.stem, where))
        found += [(node.name, f"{where}:{node.lineno}") for node in defined(file)]
    return found


@pytest.mark.parametrize("gone", GONE)
def test_a_word_of_the_private_language_names_nothing(gone: str, names: list[tuple[str, str]]) -> None:
    assert [(name, where) for name, where in names if re.search(f"_{gone}s?_", parts(name))] == []


def test_no_two_rooms_have_one_name() -> None:
    found = defaultdict(list)
    for file in modules(*PRODUCT):
        found[file.stem].append(file.relative_to(ROOT).as_posix())
    assert twice(found, SAME_MODULE) == {}


def test_no_two_classes_have_one_name() -> None:
    found = defaultdict(list)
    for file in modules(*PRODUCT):
        for node in defined(file):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert twice(found, SAME_CLASS) == {}


def twice(found: Mapping[str, list[str]], said_why: Mapping[str, str]) -> dict[str, list[str]]:
    return {name: places for name, places in found.items() if len(places) > 1 and name not in said_why}
