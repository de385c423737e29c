"""What was wrong with the settings file and the policy file, in words for the window."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from basix_desktop.app.settings import SettingsProblem
from basix_desktop.ui.widgets.text import clean, without_key

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
    template = translate("SettingsWords", "{place}: {reason}")
    lines = [template.format(place=_place(problem.where), reason=_reason(problem.detail)) for problem in found]
    return "\n".join(_cut(lines))


def _place(where: str) -> str:
    """A preference by the words it has in Settings; the rest as the file has it, where it is to be mended."""
    source, colon, path = where.rpartition(": ")
    labels = {
        "preferences.language": translate("PreferencesPage", "&Language"),
        "preferences.allow_premium": translate("PreferencesPage", "Expensive numbers"),
        "preferences.calls_per_minute": translate("PreferencesPage", "Ask above calls a &minute"),
        "preferences.calls_per_hour": translate("PreferencesPage", "Ask above calls an &hour"),
    }
    return clean(source + colon) + (" " if colon else "") + without_key(labels.get(path, clean(path)))


def _reason(detail: str) -> str:
    """``app.settings_codec`` and ``app.settings`` give it in English, for the command line."""
    if between := re.fullmatch(r"is not between (\d+) and (\d+)", detail):
        template = translate("SettingsWords", "it must be from {low} to {high}")
        return template.format(low=between[1], high=between[2])
    if detail == "has a name that is taken":
        return translate("SettingsWords", "another account has this name")
    if " is not " in f" {detail}":
        return translate("SettingsWords", "it is not of the right kind")
    return translate("SettingsWords", "it cannot be used ({detail})").format(detail=clean(detail))


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
