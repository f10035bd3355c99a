"""Which cells of a table of children are not shown: those under five, and what they could be worked out from.

The total of each column, and how many are in each row, are taken as known to whoever reads. Rows and columns are the
nodes of a graph, each hidden cell an edge between its two: it can be worked out exactly where it is a bridge, that is,
where no ring of hidden cells goes through it (D. Gusfield, A graph theoretic approach to statistical data security,
SIAM J. Comput. 17 (1988) 552-571).
"""

from collections.abc import Iterator, Sequence

UNDER = 5  # a count below this is of so few that somebody may be known by it

Table = Sequence[Sequence[int]]  # rows of counts, each row as long
Place = tuple[int, int]


def hidden_rows(sizes: Sequence[int]) -> set[int]:
    """Rows of so few children that nothing of them is shown; and others, so that none is what is left of the total."""
    hidden = {row for row, size in enumerate(sizes) if size < UNDER}
    while hidden and sum(sizes[row] for row in hidden) < UNDER:
        others = [row for row in range(len(sizes)) if row not in hidden]
        if not others:
            break
        hidden.add(min(others, key=lambda row: sizes[row]))
    return hidden


def hidden_cells(table: Table, rows: set[int]) -> set[Place]:
    """`rows`: those that `hidden_rows` names, hidden whole."""
    hidden = {
        (row, column)
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        if row in rows or count < UNDER
    }
    while (bare := next(_told_by_the_others(table, hidden, rows), None)) is not None:
        hidden.add(bare)
    return hidden


def _told_by_the_others(table: Table, hidden: set[Place], rows: set[int]) -> Iterator[Place]:
    """What else to hide, for each line whose hidden cells are too few to keep a secret, and for each bridge."""
    for line in _lines(table, rows):
        inside = [place for place in line if place in hidden]
        if inside and (len(inside) == 1 or sum(table[row][column] for row, column in inside) < UNDER):
            yield from _smallest(table, [place for place in line if place not in hidden])
    for row, column in _bridges(hidden):
        beside = [
            (r, c)
            for r, counts in enumerate(table)
            for c in range(len(counts))
            if (r == row or c == column) and (r, c) not in hidden
        ]
        yield from _smallest(table, beside)


def _lines(table: Table, rows: set[int]) -> Iterator[list[Place]]:
    """A row whose size is hidden adds up to nothing that is known."""
    width = len(table[0]) if table else 0
    for row in range(len(table)):
        if row not in rows:
            yield [(row, column) for column in range(width)]
    for column in range(width):
        yield [(row, column) for row in range(len(table))]


def _smallest(table: Table, places: Sequence[Place]) -> Iterator[Place]:
    if places:
        yield min(places, key=lambda place: (table[place[0]][place[1]], place))


def _bridges(hidden: set[Place]) -> Iterator[Place]:
    """Hidden cells whose row and column hang together by nothing else."""
    for place in sorted(hidden):
        if not _hang_together(place, hidden - {place}):
            yield place


def _hang_together(place: Place, others: set[Place]) -> bool:
    rows, columns = {place[0]}, set[int]()
    while True:
        reached = {column for row, column in others if row in rows}
        back = {row for row, column in others if column in reached}
        if place[1] in reached:
            return True
        if reached <= columns and back <= rows:
            return False
        rows, columns = rows | back, columns | reached
