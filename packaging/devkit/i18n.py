"""The window's translations: collected from the source by Qt's own tool, and checked to be complete."""

import re
import shutil
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from devkit.console import StoppedError, run_step
from devkit.places import LOGS, ROOT, TRANSLATIONS, environment, tool

_SOURCES = ("basix_desktop/ui", "basix_desktop/app")
# the source is English, so its own catalogue holds only what is counted ("1 call", "2 calls")
_OPTIONS = {"en": ("-pluralonly", "-target-language", "en"), "ja": ("-target-language", "ja")}
_ALIASES = ("-tr-function-alias", "translate+=t")
_PLACEHOLDER = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True)
class _Message:
    context: str
    source: str
    comment: str
    forms: tuple[str, ...]
    finished: bool

    @property
    def key(self) -> tuple[str, str, str]:
        return self.context, self.source, self.comment

    def fault(self) -> str:
        if not self.finished:
            return "has no translation"
        wanted = sorted(_PLACEHOLDER.findall(self.source))
        if any(sorted(_PLACEHOLDER.findall(form)) != wanted for form in self.forms):
            return "is translated with other {placeholders}"
        return ""


def update(folder: Path = TRANSLATIONS) -> None:
    """Bring the catalogues in ``folder`` up to date: strings that are gone go, new ones come in unfinished.

    Raises:
        StoppedError: Qt's tool failed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sources = sorted(str(path) for name in _SOURCES for path in (ROOT / name).rglob("*.py"))
    for language, options in _OPTIONS.items():
        common = ["-source-language", "en", "-no-obsolete", "-locations", "none", "-no-ui-lines", *_ALIASES]
        command = [tool("pyside6-lupdate"), *common, *options, *sources, "-ts", str(folder / f"{language}.ts")]
        title = f"Collecting the window's texts for {language}.ts"
        if run_step(title, command, env=environment(), log=LOGS / "lupdate.log", quick=True).code != 0:
            raise StoppedError(f"{title} failed; what lupdate said is in {LOGS / 'lupdate.log'}")


def problems() -> list[str]:
    """What keeps the translations from being complete and equal to the source, one line each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for catalogue in TRANSLATIONS.glob("*.ts"):
            shutil.copy(catalogue, folder)
        update(folder)
        return [line for language in _OPTIONS for line in _compare(f"{language}.ts", folder)]


def _compare(name: str, updated: Path) -> list[str]:
    tracked = TRANSLATIONS / name
    if not tracked.exists():
        return [f"{name}: not there; packaging/dev.py i18n makes it"]
    now = {message.key: message for message in _messages(updated / name)}
    gone = [message for message in _messages(tracked) if message.key not in now]
    faults = [f"{name}: {m.source!r} ({m.context}) {m.fault()}" for m in now.values() if m.fault()]
    return sorted(faults + [f"{name}: {m.source!r} ({m.context}) is no longer in the source" for m in gone])


def _messages(catalogue: Path) -> Iterator[_Message]:
    for context in ET.parse(catalogue).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None:
                translation = ET.Element("translation", type="unfinished")
            counted = tuple(form.text or "" for form in translation.iter("numerusform"))
            forms = counted if message.get("numerus") == "yes" else (translation.text or "",)
            finished = translation.get("type") is None and all(form.strip() for form in forms)
            texts = (context.findtext("name", ""), message.findtext("source", ""), message.findtext("comment", ""))
            yield _Message(*texts, forms, finished)
