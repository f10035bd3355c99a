"""No cell under five is shown, and none that is hidden can be worked out from the totals: asked of linear algebra."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.audit.suppression import UNDER, Place, hidden_cells, hidden_rows

COUNTS = st.one_of(st.integers(0, 9), st.integers(0, 60))
TABLES = st.integers(2, 6).flatmap(
    lambda width: st.lists(st.lists(COUNTS, min_size=width, max_size=width), min_size=2, max_size=7)
)


@settings(max_examples=100, deadline=None)
@given(TABLES)
def test_what_is_hidden_stays_hidden(table: list[list[int]]) -> None:
    rows = hidden_rows([sum(counts) for counts in table])
    hidden = hidden_cells(table, rows)
    assert {(r, c) for r, counts in enumerate(table) for c, n in enumerate(counts) if n < UNDER} <= hidden
    assert worked_out(table, hidden, rows) == set()


def worked_out(table: list[list[int]], hidden: set[Place], rows: set[int]) -> set[Place]:
    """The hidden cells that the totals of columns, and the sizes of rows that are shown, leave no choice."""
    unknown = sorted(hidden)
    lines = [[place[0] == row for place in unknown] for row in range(len(table)) if row not in rows]
    lines += [[place[1] == column for place in unknown] for column in range(len(table[0]))]
    reduced = eliminated([[Fraction(each) for each in line] for line in lines], len(unknown))
    return {unknown[line.index(Fraction(1))] for line in reduced if sum(map(bool, line)) == 1}


def eliminated(matrix: list[list[Fraction]], width: int) -> list[list[Fraction]]:
    """In reduced row echelon form."""
    left, rank = matrix, 0
    for column in range(width):
        pivot = next((row for row in range(rank, len(left)) if left[row][column]), None)
        if pivot is None:
            continue
        left[rank], left[pivot] = left[pivot], left[rank]
        left[rank] = [each / left[rank][column] for each in left[rank]]
        for row in range(len(left)):
            if row != rank and (by := left[row][column]):
                left[row] = [a - by * b for a, b in zip(left[row], left[rank], strict=True)]
        rank += 1
    return left[:rank]


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([40, 30, 12], set()),
        ([40, 3, 12], {1, 2}),  # 3 would be what is left of the total
        ([40, 0, 2, 12], {1, 2, 3}),  # two rows that together are two
        ([40, 3, 4, 12], {1, 2}),
        ([3], {0}),
    ],
)
def test_rows_of_few_children(sizes: list[int], expected: set[int]) -> None:
    assert hidden_rows(sizes) == expected


def test_a_small_cell_takes_its_complement_and_another_row_with_it() -> None:
    table = [[3, 40], [20, 30], [9, 90]]
    assert hidden_cells(table, set()) == {(0, 0), (0, 1), (2, 0), (2, 1)}


def test_two_rings_joined_by_one_cell_do_not_keep_that_cell() -> None:
    rings = {(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3)}
    joined = (1, 2)
    table = [[4 if (r, c) in rings or (r, c) == joined else 50 for c in range(4)] for r in range(4)]
    hidden = hidden_cells(table, set())
    assert rings | {joined} < hidden
    assert worked_out(table, hidden, set()) == set()


def test_a_table_of_large_counts_is_shown_whole() -> None:
    assert hidden_cells([[5, 6], [7, 8]], set()) == set()
