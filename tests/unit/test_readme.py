"""The README's table of demo numbers is the demo's own."""

from __future__ import annotations

from pathlib import Path

from basix_desktop.demo.table import story_table

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_the_demo_numbers_are_those_of_the_demo() -> None:
    told = README.partition("<!-- demo numbers: begin -->")[2].partition("<!-- demo numbers: end -->")[0]
    assert told.strip() == story_table("en", markdown=True).strip()
