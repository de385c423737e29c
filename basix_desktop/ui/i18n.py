"""The window's language: which one, and the translations of the ``.ts`` files.

The ``.ts`` files are read as they are, so that a checkout, an editable install and a wheel need no compiled copies. A
translation whose ``{placeholders}`` differ from the source, or that holds markup, is left out: the English stays
(reliability.md P15). The sentences about failures are in ``ui.sentences``.
"""

from __future__ import annotations

import pyexpat  # half of what the first picture waited for with ElementTree
import re
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from basix_desktop.ui.resources import resource

LANGUAGES = ("en", "ja")
_PLACEHOLDERS = re.compile(r"\{[^}]*\}|%n")
_MARKUP = re.compile(r"<[A-Za-z/!]")


class Message(NamedTuple):
    """One translation: one form, or singular and plural where the source counts with ``%n``."""

    context: str
    source: str
    comment: str
    forms: tuple[str, ...]
    finished: bool


class _Reader:
    """Takes in the elements of a ``.ts`` file, each when it ends."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self._text: list[str] = []
        self._context = ""
        self._parts: dict[str, str] = {}
        self._forms: list[str] = []
        self._counted = self._finished = False

    def read(self, content: bytes) -> list[Message]:
        parser = pyexpat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._begin, self._end
        parser.CharacterDataHandler = self._text.append
        parser.Parse(content, True)
        return self.messages

    def _begin(self, element: str, attributes: dict[str, str]) -> None:
        self._text.clear()
        if element == "message":
            self._parts, self._forms = {}, []
            self._counted = attributes.get("numerus") == "yes"
        elif element == "translation":
            self._finished = "type" not in attributes

    def _end(self, element: str) -> None:
        text = "".join(self._text)
        if element == "name":
            self._context = text
        elif element == "numerusform":
            self._forms.append(text)
        elif element == "message":
            self._take()
        else:
            self._parts[element] = text

    def _take(self) -> None:
        parts = self._parts
        if "translation" in parts:
            forms = tuple(self._forms) if self._counted else (parts["translation"],)
            finished = self._finished and all(forms)
            self.messages.append(
                Message(self._context, parts.get("source", ""), parts.get("comment", ""), forms, finished)
            )


def read_ts(path: Path) -> list[Message]:
    """The messages of a ``.ts`` file of ours (it is part of the program, not input)."""
    return _Reader().read(path.read_bytes())


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
        self._messages = {
            (message.context, message.source, message.comment): message
            for message in read_ts(resource(f"i18n/{language}.ts"))
            if message.finished
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
        message = self._messages.get(key)
        if message is None or not is_faithful(message):
            return None  # not "", which Qt would show
        forms = message.forms
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
