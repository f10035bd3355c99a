"""Wilson's interval against published values, and medians that do not forget who was never reached."""

from datetime import timedelta

import pytest

from bot.audit.proportions import spread, wilson


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        # R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (0, 0, 0.0, 1.0),
    ],
)
def test_wilson(count: int, of: int, low: float, high: float) -> None:
    assert wilson(count, of) == pytest.approx((low, high), abs=0.0001)


def minutes(*spans: float | None) -> list[timedelta | None]:
    return [None if span is None else timedelta(minutes=span) for span in spans]


@pytest.mark.parametrize(
    ("times", "median", "nine_in_ten"),
    [
        ((1, 2, 9), 2, 9),
        ((1, 2, 4, 9), 3, 9),
        ((1, 2, None), 2, None),
        ((1, 2, None, None), None, None),  # half of them were never reached
        ((), None, None),
        ((*range(1, 10), None), 5.5, 9),
    ],
)
def test_what_was_never_done_took_longest(
    times: tuple[float | None, ...], median: float | None, nine_in_ten: float | None
) -> None:
    found = spread(minutes(*times))
    assert (found.median, found.nine_in_ten) == tuple(minutes(median, nine_in_ten))
    assert (found.of, found.never) == (len(times), times.count(None))
