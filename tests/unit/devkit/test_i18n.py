"""A translation that is missing, stale or has other placeholders is found. Uses Qt's own tool on the real source."""

from pathlib import Path

import pytest
from devkit import i18n


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with two texts, one of them counted, and translations of both."""
    source = tmp_path / "basix_desktop" / "ui" / "view.py"
    source.parent.mkdir(parents=True)
    source.write_text(
        "from PySide6.QtCore import QCoreApplication\n"
        'QCoreApplication.translate("Calls", "Call {number}")\n'
        'QCoreApplication.translate("Calls", "%n call(s)", "", 2)\n'
    )
    monkeypatch.setattr(i18n, "ROOT", tmp_path)
    monkeypatch.setattr(i18n, "TRANSLATIONS", tmp_path / "i18n")
    i18n.update(tmp_path / "i18n")
    ja, en = tmp_path / "i18n" / "ja.ts", tmp_path / "i18n" / "en.ts"
    form = "<numerusform></numerusform>"
    text = ja.read_text(encoding="utf-8").replace(form, "<numerusform>%n件</numerusform>")
    text = text.replace('<translation type="unfinished"></translation>', "<translation>{number}に発信</translation>")
    ja.write_text(text.replace(' type="unfinished"', ""), encoding="utf-8")
    text = en.read_text(encoding="utf-8").replace(form, "<numerusform>%n calls</numerusform>")
    en.write_text(text.replace(' type="unfinished"', ""), encoding="utf-8")
    return tmp_path


def test_complete_translations_have_no_problem(project: Path) -> None:
    assert i18n.problems() == []


def test_a_new_text_is_missed(project: Path) -> None:
    with (project / "basix_desktop" / "ui" / "view.py").open("a") as source:
        source.write('QCoreApplication.translate("Calls", "Hang up")\n')
    assert i18n.problems() == ["ja.ts: 'Hang up' (Calls) has no translation"]


def test_a_text_that_is_gone_is_found(project: Path) -> None:
    (project / "basix_desktop" / "ui" / "view.py").write_text(
        'from PySide6.QtCore import QCoreApplication\nQCoreApplication.translate("Calls", "Call {number}")\n'
    )
    assert i18n.problems() == [
        "en.ts: '%n call(s)' (Calls) is no longer in the source",
        "ja.ts: '%n call(s)' (Calls) is no longer in the source",
    ]


def test_other_placeholders_are_found(project: Path) -> None:
    ja = project / "i18n" / "ja.ts"
    ja.write_text(ja.read_text(encoding="utf-8").replace("{number}に発信", "{name}に発信"), encoding="utf-8")
    assert i18n.problems() == ["ja.ts: 'Call {number}' (Calls) is translated with other {placeholders}"]


def test_a_language_that_is_not_there_is_said(project: Path) -> None:
    (project / "i18n" / "ja.ts").unlink()
    assert i18n.problems() == ["ja.ts: not there; packaging/dev.py i18n makes it"]
