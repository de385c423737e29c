"""The table of demo numbers, for the README and ``demo-pbx --help``."""

from __future__ import annotations

from basix_desktop.demo.stories import STORIES

_HEADS = {"en": ("Number ends in", "What happens"), "ja": ("末尾の4桁", "起こること")}


def story_table(language: str = "en", *, markdown: bool = False) -> str:
    """One line per story, in table order. ``language`` is "en" or "ja"; anything else reads as English."""
    heads = _HEADS.get(language, _HEADS["en"])
    rows = [(story.digits, story.words(language)) for story in STORIES]
    if not markdown:
        return "\n".join(f"  {digits}  {words}" for digits, words in rows)
    lines = [heads, ("---", "---"), *((f"`{digits}`", words) for digits, words in rows)]
    return "\n".join(f"| {left} | {right} |" for left, right in lines)
