"""What was wrong with the settings file and the policy file, in words for the window."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from basix_desktop.app.settings import SettingsProblem
from basix_desktop.ui.widgets.text import clean

translate = QCoreApplication.translate

# Values that are named; the command line's ``doctor`` names all.
_NAMED = 4


class SettingsNotice(NamedTuple):
    """``name`` is the notice's object name."""

    name: str
    title: str
    text: str


def notices(problems: Sequence[SettingsProblem]) -> list[SettingsNotice]:
    """One for each kind of problem there is."""
    by_kind: dict[str, list[SettingsProblem]] = {}
    for problem in problems:
        by_kind.setdefault(problem.kind, []).append(problem)
    return [_WORDS[kind](found) for kind, found in by_kind.items()]


def _damaged(found: list[SettingsProblem]) -> SettingsNotice:
    text = translate(
        "SettingsWords",
        "It could not be read and is kept as {file}. Accounts and preferences are at their defaults: set them up "
        "again, or mend that file and put it back.",
    )
    kept = Path(found[0].detail.partition(" (")[0]).name
    title = translate("SettingsWords", "The settings file was damaged")
    return SettingsNotice("settingsDamagedNotice", title, text.format(file=clean(kept)))


def _unreadable(found: list[SettingsProblem]) -> SettingsNotice:
    text = translate(
        "SettingsWords",
        "Accounts and preferences are at their defaults until {file} can be read ({reason}). The file was not changed.",
    )
    return SettingsNotice(
        "settingsUnreadableNotice",
        translate("SettingsWords", "The settings file cannot be read"),
        text.format(file=clean(Path(found[0].where).name), reason=clean(found[0].detail)),
    )


def _ignored(found: list[SettingsProblem]) -> SettingsNotice:
    title = translate("SettingsWords", "Some values in the settings file are not used")
    return SettingsNotice("settingsIgnoredNotice", title, _listed(found))


def _policy(found: list[SettingsProblem]) -> SettingsNotice:
    title = translate("SettingsWords", "Some values set by your administrator are not used")
    return SettingsNotice("policyNotice", title, _listed(found))


def _listed(found: list[SettingsProblem]) -> str:
    lines = [f"{clean(problem.where)}: {clean(problem.detail)}" for problem in found]
    return "\n".join(_cut(lines))


def _cut(lines: list[str]) -> Iterable[str]:
    yield from lines[:_NAMED]
    if len(lines) > _NAMED:
        yield translate("SettingsWords", "… and {count} more").format(count=len(lines) - _NAMED)


_WORDS = {
    "settings_damaged": _damaged,
    "settings_unreadable": _unreadable,
    "settings_value_ignored": _ignored,
    "policy_unusable": _policy,
}
