"""Figures, their limits, and the table they end in."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table. ``limit`` None: for information only. ``decimals`` of the figure and its limit."""

    name: str
    value: float
    unit: str = ""
    limit: float | None = None
    decimals: int = 2

    @property
    def ok(self) -> bool:
        return self.limit is None or (math.isfinite(self.value) and self.value <= self.limit)

    def cells(self) -> tuple[str, str, str, str]:
        limit = "" if self.limit is None else f"<= {self.limit:.{self.decimals}f}"
        verdict = "" if self.limit is None else ("pass" if self.ok else "FAIL")
        return self.name, f"{self.value:.{self.decimals}f} {self.unit}".strip(), limit, verdict


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest value that is not exceeded by ``percent`` of them (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def median(values: Sequence[float]) -> float:
    return float(statistics.median(values))


def table(rows: Sequence[Row]) -> str:
    """Columns: what, figure, limit, verdict."""
    lines = [("", "figure", "limit", ""), *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    return "\n".join(
        f"{line[0]:<{widths[0]}}  {line[1]:>{widths[1]}}  {line[2]:>{widths[2]}}  {line[3]}".rstrip() for line in lines
    )
