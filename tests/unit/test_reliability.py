"""docs/reliability.md: each row that says what stops a page names the test that holds it."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TABLE = (ROOT / "docs/reliability.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in TABLE.splitlines() if "::" in line]


def test_there_are_at_least_twenty_five_rows_and_none_ends_in_silence() -> None:
    assert len(ROWS) >= 25
    assert [row for row in ROWS if len(row) != 5 or not all(row)] == []
    assert len({row[0] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_the_test_that_a_row_names_is_there(row: list[str]) -> None:
    (named,) = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row[-1])
    file, test = named
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
