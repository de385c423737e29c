"""Every text of the window stands in the catalogues, finished, with its placeholders and keys, and without markup.

The texts are collected here from the syntax tree, not by Qt's tool, which overlooks some without a word.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QDate, QLocale
from PySide6.QtWidgets import QApplication

import basix_desktop
from basix_desktop.ui import i18n
from basix_desktop.ui.i18n import Message, is_faithful, read_ts
from basix_desktop.ui.resources import resource
from basix_desktop.ui.widgets.text import without_key

ROOT = Path(basix_desktop.__file__).parent
JAPANESE = list(read_ts(resource("i18n/ja.ts")))
ENGLISH = list(read_ts(resource("i18n/en.ts")))
_KANA_OR_KANJI = re.compile("[\u3005\u3040-\u30ff\u3400-\u9fff]")
_KEY = re.compile(r"&([^&])")
#: The same in Japanese: names, keys, and what stands between names.
SAME = {"OK", "Enter", "Basix Desktop"}


@dataclass(frozen=True)
class Text:
    """One text in the source."""

    context: str
    source: str
    comment: str
    counted: bool
    by_tr: bool
    place: str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.context, self.source, self.comment


def key_of(message: Message) -> tuple[str, str, str]:
    return message.context, message.source, message.comment


class Collector(ast.NodeVisitor):
    """``self.tr``, ``QCoreApplication.translate`` and every other name for it, however deep in an expression."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.classes: list[str] = []
        self.found: list[Text] = []
        self.aliases = {"translate"}

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.classes.append(node.name)
        self.generic_visit(node)
        self.classes.pop()

    def visit_Assign(self, node: ast.Assign) -> None:
        value = node.value
        named = isinstance(value, ast.Attribute) and value.attr == "translate"
        if named or (isinstance(value, ast.Name) and value.id in self.aliases):
            self.aliases |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func
        if isinstance(name, ast.Attribute) and name.attr == "tr":
            self._take(node, [ast.Constant(self.classes[-1] if self.classes else ""), *node.args], by_tr=True)
        elif self._is_translate(name):
            self._take(node, node.args, by_tr=False)
        self.generic_visit(node)

    def _is_translate(self, name: ast.expr) -> bool:
        if isinstance(name, ast.Attribute):
            return name.attr == "translate" and ast.unparse(name.value) in ("QCoreApplication", "QApplication")
        return isinstance(name, ast.Name) and name.id in self.aliases

    def _take(self, node: ast.Call, args: list[ast.expr], *, by_tr: bool) -> None:
        place = f"{self.path.relative_to(ROOT)}:{node.lineno}"
        texts = [arg.value if isinstance(arg, ast.Constant) else None for arg in args[:3]]
        assert isinstance(texts[0], str), f"{place}: the context must be written out"
        assert isinstance(texts[1], str), f"{place}: the text must be written out, or nobody can translate it"
        comment = texts[2] if len(texts) > 2 and isinstance(texts[2], str) else ""
        counted = "%n" in texts[1] or len(args) > 3
        self.found.append(Text(texts[0], texts[1], comment, counted, by_tr, place))


@pytest.fixture(scope="module")
def texts() -> list[Text]:
    found: list[Text] = []
    for path in sorted(ROOT.rglob("*.py")):
        collector = Collector(path)
        collector.visit(ast.parse(path.read_text(encoding="utf-8")))
        found += collector.found
    return found


def test_there_are_texts_at_all(texts: list[Text]) -> None:
    assert {text.context for text in texts} >= {"MainWindow", "Calls", "AccountForm", "Welcome", "Live"}


def test_every_text_of_the_source_is_in_the_japanese_catalogue(texts: list[Text]) -> None:
    known = {key_of(message) for message in JAPANESE}
    assert [f"{text.place}: {text.source}" for text in texts if text.key not in known] == []


def test_no_text_is_left_over(texts: list[Text]) -> None:
    wanted = {text.key for text in texts}
    assert [key_of(message) for message in (*JAPANESE, *ENGLISH) if key_of(message) not in wanted] == []


def test_counted_texts_are_asked_for_by_tr_which_is_all_that_qt_s_tool_knows(texts: list[Text]) -> None:
    assert [text.place for text in texts if text.counted and not text.by_tr] == []


def test_english_has_singular_and_plural_for_every_counted_text_and_nothing_else(texts: list[Text]) -> None:
    assert {key_of(m) for m in ENGLISH} == {text.key for text in texts if text.counted}
    assert [m.source for m in ENGLISH if not (m.finished and is_faithful(m) and len(m.forms) == 2)] == []


def test_every_translation_is_finished_with_the_same_placeholders_and_no_markup() -> None:
    assert [key_of(m) for m in JAPANESE if not m.finished] == []
    assert [key_of(m) for m in JAPANESE if not is_faithful(m)] == []
    assert [key_of(m) for m in JAPANESE if any(form != form.strip() for form in m.forms)] == []


def test_every_translation_is_japanese() -> None:
    assert [m.forms for m in JAPANESE if m.source not in SAME and not all(map(is_japanese, m.forms))] == []


def is_japanese(form: str) -> bool:
    """It has kana or kanji, or nothing but placeholders and signs."""
    return bool(_KANA_OR_KANJI.search(form)) or not any(c.isalpha() for c in re.sub(r"\{[^}]*\}|%n", "", form))


def test_a_key_stays_the_same_letter_in_brackets_at_the_end() -> None:
    wrong = []
    for message in JAPANESE:
        keys = _KEY.findall(message.source)
        end = f"(&{keys[0].upper()})" if keys else ""
        end += "…" if message.source.endswith("…") else ""
        if any(not form.endswith(end) or form.count("&") != len(keys) for form in message.forms):
            wrong.append((message.source, message.forms))
    assert wrong == []


def test_a_label_and_the_spoken_name_of_its_field_differ_by_the_key_only() -> None:
    spoken = {(m.context, m.source): m.forms for m in JAPANESE if "&" not in m.source}
    labels = [m for m in JAPANESE if "&" in m.source and (m.context, m.source.replace("&", "")) in spoken]
    assert labels
    for label in labels:
        assert (without_key(label.forms[0]),) == spoken[label.context, label.source.replace("&", "")]


def message(source: str, *forms: str) -> Message:
    return Message("Calls", source, "", forms, finished=True)


def test_a_translation_that_loses_or_invents_a_number_is_not_faithful() -> None:
    assert is_faithful(message("Call {number} now", "今すぐ{number}に発信"))
    assert not is_faithful(message("Call {number} now", "今すぐ発信"))
    assert not is_faithful(message("Call now", "{number}に発信"))
    assert not is_faithful(message("Call {number}", "{name}に発信"))
    assert not is_faithful(message("%n call(s)", "通話"))


def test_a_singular_may_leave_its_number_out_and_the_plural_may_not() -> None:
    assert is_faithful(message("%n call(s)", "one call", "%n calls"))
    assert not is_faithful(message("%n call(s)", "%n call", "calls"))


def test_markup_is_not_faithful() -> None:
    assert not is_faithful(message("Call {number}", "<b>{number}</b>"))
    assert is_faithful(message("less", "3 < 4"))


def test_what_is_unfinished_or_unfaithful_stays_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = tmp_path / "xx.ts"
    catalogue.write_text(
        """<TS><context><name>Calls</name>
        <message><source>Good {a}</source><translation>良い{a}</translation></message>
        <message><source>Draft</source><translation type="unfinished">下書き</translation></message>
        <message><source>Lost {a}</source><translation>失う</translation></message>
        <message><source>Bold</source><translation>&lt;b&gt;太い</translation></message>
        <message numerus="yes"><source>%n s</source><translation><numerusform>%n one</numerusform>
        <numerusform>%n many</numerusform></translation></message></context></TS>""",
        encoding="utf-8",
    )
    monkeypatch.setattr(i18n, "resource", lambda name: catalogue)
    words = i18n.Translations("xx")
    assert not words.isEmpty()
    assert words.translate("Calls", "Good {a}") == "良い{a}"
    assert words.translate(b"Calls", b"Good {a}", b"") == "良い{a}"
    assert words.translate("Elsewhere", "Good {a}") is None
    assert [words.translate("Calls", source) for source in ("Draft", "Lost {a}", "Bold", "")] == [None] * 4
    assert [words.translate("Calls", "%n s", None, n) for n in (0, 1, 2)] == ["%n many", "%n one", "%n many"]


def test_the_program_speaks_the_language_installed_and_english_after(qapp: QApplication) -> None:
    def said() -> list[str]:
        words = [QCoreApplication.translate("Calls", "Today"), QCoreApplication.translate("QPlatformTheme", "Cancel")]
        return [*words, QLocale().toString(QDate(2026, 11, 23), QLocale.FormatType.LongFormat)]

    before = said()
    installed = i18n.install(qapp, "ja")
    japanese = said()
    i18n.remove(qapp, installed)
    assert japanese[:2] == ["今日", "キャンセル"]
    assert "月" in japanese[2]
    assert said() == before
    assert before[:2] == ["Today", "Cancel"]


@pytest.mark.parametrize(
    ("wanted", "system", "chosen"),
    [
        ("ja", ["en-US"], "ja"),
        ("en", ["ja-JP"], "en"),
        ("", ["ja-JP", "ja", "en"], "ja"),
        ("", ["de-DE", "ja-JP"], "ja"),
        ("", ["de-DE"], "en"),
        ("xx", ["ja"], "ja"),
    ],
)
def test_the_language_is_the_one_wanted_or_the_system_s(
    wanted: str, system: list[str], chosen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class System:
        def uiLanguages(self) -> list[str]:
            return system

    monkeypatch.setattr(QLocale, "system", System)
    assert i18n.choose_language(wanted) == chosen
