"""Figures and their limits."""

import math
import random

import pytest
from bench_table import Row, median, percentile, table


def test_the_95th_percentile_leaves_five_in_a_hundred_above() -> None:
    values = list(range(1, 201))
    random.Random(1).shuffle(values)
    assert percentile(values, 95) == 190
    assert sum(value > 190 for value in values) == 10
    assert percentile([7.0], 95) == 7.0
    assert median(values) == 100.5


@pytest.mark.parametrize(
    ("value", "ok"), [(1.79, True), (1.8, True), (1.81, False), (math.nan, False), (math.inf, False)]
)
def test_a_limit_holds_for_what_was_really_measured(value: float, ok: bool) -> None:
    assert Row("x", value, limit=1.8).ok is ok
    assert Row("x", value).ok


def test_the_table_shows_figure_limit_and_verdict() -> None:
    text = table([Row("ours / bare", 1.5, limit=1.8), Row("memory", 3.0, limit=2.5), Row("median", 12.0, "ms")])
    lines = [line.split() for line in text.splitlines()[1:]]
    assert lines == [
        ["ours", "/", "bare", "1.50", "<=", "1.80", "pass"],
        ["memory", "3.00", "<=", "2.50", "FAIL"],
        ["median", "12.00", "ms"],
    ]
