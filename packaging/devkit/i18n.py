"""The window's translations: collected from the source by Qt's own tool, and checked to be complete."""

import shutil
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

from devkit.console import StoppedError, run_step
from devkit.places import LOGS, ROOT, TRANSLATIONS, environment, tool

_SOURCES = ("basix_desktop/ui", "basix_desktop/app")


def catalogues() -> list[Path]:
    """The translation files of the project."""
    return sorted(TRANSLATIONS.glob("*.ts"))


def update(targets: list[Path]) -> None:
    """Bring ``targets`` up to date with the source; strings that are gone go, new ones come in unfinished."""
    sources = sorted(str(path.relative_to(ROOT)) for folder in _SOURCES for path in (ROOT / folder).rglob("*.py"))
    options = ["-no-obsolete", "-locations", "none"]
    command = [
        tool("pyside6-lupdate"),
        *options,
        *(str(ROOT / source) for source in sources),
        "-ts",
        *map(str, targets),
    ]
    if run_step("Collecting the texts", command, env=environment(), log=LOGS / "lupdate.log").code != 0:
        raise StoppedError(f"The texts could not be collected; what lupdate said is in {LOGS / 'lupdate.log'}")


def problems() -> list[str]:
    """What keeps the translations from being complete and equal to the source, one line each."""
    with tempfile.TemporaryDirectory() as folder:
        copies = [Path(shutil.copy(original, folder)) for original in catalogues()]
        if not copies:
            return ["resources/i18n has no translations"]
        before = [_messages(copy) for copy in copies]
        update(copies)
        return [line for copy, old in zip(copies, before, strict=True) for line in _compare(copy, old)]


def _compare(updated: Path, old: dict[tuple[str, str, str], bool]) -> list[str]:
    now = _messages(updated)
    lines = [
        f"{updated.name}: no translation of {key[1]!r} ({key[0]})" for key, finished in now.items() if not finished
    ]
    lines += [f"{updated.name}: {key[1]!r} ({key[0]}) is no longer in the source" for key in old.keys() - now.keys()]
    return sorted(lines)


def _messages(catalogue: Path) -> dict[tuple[str, str, str], bool]:
    """Context, source text and comment of every message, and whether its translation is finished and not empty."""
    found: dict[tuple[str, str, str], bool] = {}
    for context in ET.parse(catalogue).getroot().iter("context"):
        for message in context.iter("message"):
            key = (context.findtext("name", ""), message.findtext("source", ""), message.findtext("comment", ""))
            translation = message.find("translation")
            found[key] = translation is not None and _is_finished(translation)
    return found


def _is_finished(translation: ET.Element) -> bool:
    texts = [form.text for form in translation.iter("numerusform")] or [translation.text]
    return translation.get("type") is None and all(text and text.strip() for text in texts)
