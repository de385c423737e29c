"""The summary of a test run tells the truth about every part."""

from pathlib import Path

import pytest
from devkit.results import Outcome, summary

_REPORT = """<testsuites><testsuite tests="{t}" failures="{f}" errors="{e}" skipped="{s}"/></testsuites>"""


def _report(folder: Path, tests: int, failures: int = 0, errors: int = 0, skipped: int = 0) -> Path:
    path = folder / "report.xml"
    path.write_text(_REPORT.format(t=tests, f=failures, e=errors, s=skipped))
    return path


def test_counts_come_from_the_report(tmp_path: Path) -> None:
    outcome = Outcome.of_pytest("unit", 1, _report(tmp_path, 10, 2, 1, 3), 1.0)
    assert (outcome.passed, outcome.failed, outcome.errors, outcome.skipped, outcome.ok) == (4, 2, 1, 3, False)


@pytest.mark.parametrize("code", [2, 3, 4, -9])
def test_a_run_that_broke_off_is_an_error_even_without_a_report(tmp_path: Path, code: int) -> None:
    outcome = Outcome.of_pytest("unit", code, tmp_path / "none.xml", 1.0)
    assert not outcome.ok
    assert "1 errors" in summary([outcome], 1.0).splitlines()[-1]


def test_nothing_selected_is_no_failure(tmp_path: Path) -> None:
    outcome = Outcome.of_pytest("unit", 5, tmp_path / "none.xml", 1.0)
    assert outcome.ok
    assert "nothing selected" in outcome.line()


def test_closing_line_adds_all_parts_up_as_pytest_writes_it(tmp_path: Path) -> None:
    parts = [
        Outcome.of_pytest("unit", 0, _report(tmp_path, 300, skipped=1), 2.0),
        Outcome.of_pytest("gui", 1, _report(tmp_path, 12, failures=2), 2.0),
        Outcome.of_check("mypy", ok=False, seconds=1.0),
        Outcome("screen", ran=False, note="missing xvfb"),
    ]
    text = summary(parts, 3725.25)
    assert text.splitlines()[-1].strip("=") == " 2 failed, 309 passed, 1 skipped, 1 errors in 3725.25s (1:02:05) "
    assert "NOT RUN  missing xvfb" in text
