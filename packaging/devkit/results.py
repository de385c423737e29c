"""How the parts of a test run ended, and the summary of them all."""

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Outcome:
    """One part of the run. ``ran`` is false where it could not be run; ``note`` then says why."""

    name: str
    passed: int = 0
    failed: int = 0
    errors: int = 0
    skipped: int = 0
    seconds: float = 0.0
    ok: bool = True
    ran: bool = True
    note: str = ""

    @classmethod
    def of_check(cls, name: str, ok: bool, seconds: float) -> "Outcome":
        """A check that is no test: only its failure is counted, as an error."""
        return cls(name, errors=0 if ok else 1, seconds=seconds, ok=ok)

    @classmethod
    def of_pytest(cls, name: str, code: int, report: Path, seconds: float) -> "Outcome":
        """A pytest run, from its exit code and its JUnit report; code 5 (nothing selected) is no failure."""
        counts = _counts(report)
        ok = code in (0, 5)
        note = {0: "", 1: "", 5: "nothing selected"}.get(code, f"pytest ended with {code}")
        errors = counts["errors"] or (0 if ok or counts["failures"] else 1)
        good = counts["tests"] - counts["failures"] - counts["errors"] - counts["skipped"]
        return cls(name, good, counts["failures"], errors, counts["skipped"], seconds, ok, note=note)

    def line(self) -> str:
        """The part in one line."""
        if not self.ran:
            return f"  {self.name:24} NOT RUN  {self.note}"
        state = "ok" if self.ok else "FAILED"
        counts = f"{self.passed} passed, {self.failed} failed, {self.errors} errors, {self.skipped} skipped"
        told = counts if self.passed + self.failed + self.skipped else ""
        return f"  {self.name:24} {state:8} {self.seconds:6.1f} s  {told} {self.note}".rstrip()


def _counts(report: Path) -> dict[str, int]:
    names = ("tests", "failures", "errors", "skipped")
    try:
        suites = list(ET.parse(report).getroot().iter("testsuite"))
    except (OSError, ET.ParseError):
        suites = []
    return {name: sum(int(suite.get(name, "0")) for suite in suites) for name in names}


def summary(outcomes: list[Outcome], seconds: float) -> str:
    """Every part, and at the end the closing line that pytest prints, over all parts."""
    parts = [
        f"{count} {word}"
        for word, count in (
            ("failed", sum(o.failed for o in outcomes)),
            ("passed", sum(o.passed for o in outcomes)),
            ("skipped", sum(o.skipped for o in outcomes)),
            ("errors", sum(o.errors for o in outcomes)),
        )
        if count
    ]
    clock = f"{int(seconds) // 3600}:{int(seconds) // 60 % 60:02}:{int(seconds) % 60:02}"
    closing = f" {', '.join(parts) or 'no tests ran'} in {seconds:.2f}s ({clock}) "
    return "\n".join(["", "Summary", *(outcome.line() for outcome in outcomes), "", closing.center(100, "=")])
