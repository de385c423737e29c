"""How long ago: on the clock that runs while the computer sleeps, else, after a restart, on the wall clock."""

from __future__ import annotations

from dataclasses import dataclass

from basix_desktop.services.ports import Clock


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time on both clocks, in milliseconds."""

    wall: int
    boot_id: str
    boot: int

    @classmethod
    def now(cls, clock: Clock) -> Moment:
        return cls(clock.wall_ms(), clock.boot_id(), clock.boot_ms())

    def seconds_since(self, earlier: Moment) -> float:
        """May be negative after a restart, when the wall clock was put back meanwhile."""
        if self.boot_id == earlier.boot_id:
            return (self.boot - earlier.boot) / 1000
        return (self.wall - earlier.wall) / 1000
