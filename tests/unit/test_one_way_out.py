"""No view of a case is built but through `handlers/sight.py` and `bot/reading_desk.py`, which ask the permission table.

Read from the sources: whoever had the record itself in hand could show a case without asking.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ASKING = {"handlers/sight.py", "bot/reading_desk.py"}
# For a person's eyes: everything that is drawn for them goes through here.
FOR_EYES = sorted(
    str(file.relative_to(ROOT))
    for room in ("handlers", "cli/terminal")
    for file in (ROOT / room).rglob("*.py")
    if str(file.relative_to(ROOT)) not in ASKING
)


def of_the_record(tree: ast.AST) -> Iterator[str]:
    """`….cases`, whatever is read of it; and anything asked of `deps.reading` past the person's sight."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in ("cases", "stores", "quick_stores"):
            owner = ast.unparse(node.value)
            if owner.split(".")[-1] in ("deps", "_deps", "bot", "ours", "stores", "quick_stores"):
                yield f"{owner}.{node.attr}"


@pytest.mark.parametrize("file", FOR_EYES)
def test_the_record_is_in_nobody_s_hand(file: str) -> None:
    found = set(of_the_record(ast.parse((ROOT / file).read_text())))
    assert not found - MAY.get(file, set())


# The key is checked before anybody sits down at the terminal: that reads no case.
MAY = {"cli/terminal/session.py": {"bot.stores"}}


def test_of_the_terminal_s_record_the_key_alone_is_looked_at() -> None:
    source = (ROOT / "cli/terminal/session.py").read_text()
    assert source.count("bot.stores") == source.count("bot.stores.key_check") == 1


def test_the_dependencies_of_handlers_hold_no_record() -> None:
    tree = ast.parse((ROOT / "handlers/dependencies.py").read_text())
    assigned = {
        target.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Attribute)
    }
    declared = {
        node.target.id
        if isinstance(node.target, ast.Name)
        else ast.unparse(node.target).removeprefix("self.")
        for node in ast.walk(tree)
        if isinstance(node, ast.AnnAssign)
    }
    held = assigned | declared
    assert "reading" in held
    assert not {"cases", "stores", "record"} & held


# Drawn by itself: asks the desk for several people, or for a room, at once.
BY_ITSELF = {
    "handlers/dependencies.py": {"again"},  # for a refusal's sentence, after asking
    "handlers/live_pages/open_homes.py": {"open_for"},
    "handlers/live_pages/second_pages.py": {"again_each"},
    "handlers/live_pages/board_keeper.py": {"open_for_a_room", "put_up"},
}


@pytest.mark.parametrize("file", [file for file in FOR_EYES if file.startswith("handlers")])
def test_the_reading_desk_is_asked_by_sight(file: str) -> None:
    asked = {
        node.attr
        for node in ast.walk(ast.parse((ROOT / file).read_text()))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value).endswith(".reading")
    }
    assert asked == BY_ITSELF.get(file, set())
