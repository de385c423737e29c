"""The last four digits choose the story."""

import re

import pytest

from basix_desktop.demo.stories import STORIES, story_for
from basix_desktop.demo.table import story_table


def test_every_story_can_be_chosen_and_only_by_its_own_digits() -> None:
    assert {story_for(f"031234{story.digits}").id for story in STORIES} == {story.id for story in STORIES}
    assert len({story.id for story in STORIES}) == len({story.digits for story in STORIES}) == len(STORIES)


@pytest.mark.parametrize("number", ["0312340101", "+81312340101", "01081312340101", "1840312340101"])
def test_the_spelling_of_the_number_does_not_matter(number: str) -> None:
    assert story_for(number).id == "channel_limit_reached"


@pytest.mark.parametrize("number", ["0312341234", "09011112222", "117", "+442079460000", "0"])
def test_any_other_number_is_answered(number: str) -> None:
    assert story_for(number).id == "answered"


@pytest.mark.parametrize("number", ["090111122222", "+8190111122222"])
def test_the_documented_number_without_a_free_line(number: str) -> None:
    assert story_for(number).id == "channel_limit_reached"


def test_the_table_has_a_line_for_each_story_in_both_languages() -> None:
    for language in ("en", "ja"):
        lines = story_table(language).splitlines()
        assert [line.split()[0] for line in lines] == [story.digits for story in STORIES]
        assert all(bool(re.search(r"[ぁ-ん]", line)) == (language == "ja") for line in lines)


def test_the_markdown_table_is_one() -> None:
    rows = [line.count("|") for line in story_table("ja", markdown=True).splitlines()]
    assert rows == [3] * (len(STORIES) + 2)


def test_an_unknown_language_reads_as_english() -> None:
    assert story_table("fr") == story_table("en") != story_table("ja")
