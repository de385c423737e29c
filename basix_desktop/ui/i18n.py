"""The window's language: which one, and the translations of the ``.ts`` files.

The ``.ts`` files are read as they are, so that a checkout, an editable install and a wheel need no compiled copies. A
translation whose ``{placeholders}`` differ from the source, or that holds markup, is left out: the English stays
(reliability.md P15). The sentences about failures are in ``ui.sentences``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from basix_desktop.ui.resources import resource

LANGUAGES = ("en", "ja")
_PLACEHOLDERS = re.compile(r"\{[^}]*\}|%n")
_MARKUP = re.compile(r"<[A-Za-z/!]")


@dataclass(frozen=True, slots=True)
class Message:
    """One translation: one form, or singular and plural where the source counts with ``%n``."""

    context: str
    source: str
    comment: str
    forms: tuple[str, ...]
    finished: bool


def read_ts(path: Path) -> Iterator[Message]:
    """The messages of a ``.ts`` file of ours (it is part of the program, not input)."""
    for context in ElementTree.parse(path).getroot().iter("context"):  # noqa: S314 - our own file
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None:
                continue
            plural = [form.text or "" for form in translation.iter("numerusform")]
            forms = tuple(plural) if message.get("numerus") == "yes" else (translation.text or "",)
            finished = translation.get("type") is None and all(forms)
            yield Message(name, message.findtext("source") or "", message.findtext("comment") or "", forms, finished)


def is_faithful(message: Message) -> bool:
    """Whether a translation keeps the placeholders and adds no markup. A singular may leave its number out."""
    wanted = sorted(_PLACEHOLDERS.findall(message.source))
    for place, form in enumerate(message.forms):
        found = sorted(_PLACEHOLDERS.findall(form))
        singular = len(message.forms) > 1 and place == 0
        if found != wanted and not (singular and found == [p for p in wanted if p != "%n"]):
            return False
        if _MARKUP.search(form):
            return False
    return True


class Translations(QTranslator):
    """Answers Qt's look-ups from a ``.ts`` file."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._messages: dict[tuple[str, str, str], tuple[str, ...]] = {
            (m.context, m.source, m.comment): m.forms
            for m in read_ts(resource(f"i18n/{language}.ts"))
            if m.finished and is_faithful(m)
        }

    def isEmpty(self) -> bool:
        return not self._messages

    def translate(
        self,
        context: str | bytes,
        sourceText: str | bytes,  # noqa: N803 - Qt's name
        disambiguation: str | bytes | None = None,
        n: int = -1,
    ) -> str | None:
        key = (_text(context), _text(sourceText), _text(disambiguation))
        forms = self._messages.get(key)
        if not forms:
            return None  # not "", which Qt would show
        return forms[0 if len(forms) == 1 or n == 1 else 1]


def _text(value: str | bytes | None) -> str:
    return value.decode() if isinstance(value, bytes) else value or ""


def choose_language(wanted: str) -> str:
    """``wanted`` where it is one of ours, else the system's where we have it, else English."""
    if wanted in LANGUAGES:
        return wanted
    for name in QLocale.system().uiLanguages():
        if name.split("-")[0] in LANGUAGES:
            return name.split("-")[0]
    return "en"


def install(app: QCoreApplication, language: str) -> list[QTranslator]:
    """Translate the program and Qt's own texts. Returns what was installed, for :func:`remove`."""
    QLocale.setDefault(QLocale("ja_JP") if language == "ja" else QLocale("en_US"))
    installed: list[QTranslator] = []
    qt = QTranslator()
    if language != "en" and qt.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        installed.append(qt)
    installed.append(Translations(language))
    for translator in installed:
        app.installTranslator(translator)
    return installed


def remove(app: QCoreApplication, installed: list[QTranslator]) -> None:
    """Back to English, and to the system's way of writing dates and numbers."""
    for translator in installed:
        app.removeTranslator(translator)
    QLocale.setDefault(QLocale.system())
