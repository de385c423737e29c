"""Names from outside are plain text everywhere, and everything has a name for those who do not see."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAccessible, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QScrollBar, QWidget

from basix_desktop.domain.calls import EndUser, State
from basix_desktop.domain.concerns import Concern, ConcernKind
from basix_desktop.domain.errors import Failure
from tests.gui.dial.world import World

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # offscreen only
HOSTILE = ['<img src="file:///etc/hostname">', "A & B", "\u202e8765", "<b>bold</b>\nline", "&amp;&lt;", "{call}{n}%1"]
_HIDDEN = ("\u202e", "\u202d", "\x00", "\n<")


def everything(world: World) -> list[QWidget]:
    return [world.window, *world.window.findChildren(QWidget)]


def show_everything(world: World) -> None:
    """Every panel and section open at once."""
    world.view.caller.open_more()
    world.find("optionsButton").click()
    world.presenter.show_keypad(True)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_are_shown_as_they_are_and_nowhere_as_markup(closed_world: World, text: str) -> None:
    world = closed_world
    world.favourite("dest", text, usual=True)
    world.open()
    world.view.caller.put(EndUser(text, text, text, text, text))
    world.presenter.fill("0312341234", source=text)
    world.ms += 600
    show_everything(world)
    world.view.caller.put(EndUser(name="x"))
    world.enter()
    press = world.dialing.press
    press.reach(State.INTENT)
    press.end(State.REJECTED, Failure("pbx_refused", text))
    world.settle()
    world.keys("5")
    world.presenter.fill("0612345678", source=text)
    world.window.grab()
    for widget in everything(world):
        if isinstance(widget, QLabel):
            assert widget.textFormat() == Qt.TextFormat.PlainText, widget.objectName()
            assert not any(hidden in widget.text() for hidden in _HIDDEN), widget.text()
        if isinstance(widget, QAbstractButton) and not widget.objectName().startswith("qt_"):
            assert not any(hidden in widget.text() for hidden in _HIDDEN)
        tip = widget.toolTip()
        assert "<" not in tip.removeprefix("<qt>").removesuffix("</qt>"), tip


def test_an_ampersand_in_a_name_is_no_key(closed_world: World) -> None:
    closed_world.favourite("a&b", "A & B", usual=True)
    closed_world.open()
    assert closed_world.find("favouriteButton1").text() == "A && B"
    assert closed_world.find("favouriteButton1").accessibleName() == "A & B"
    assert closed_world.find("callButton").text() == "Call → A && B"
    assert closed_world.find("favouriteButton1").shortcut().isEmpty()


def test_what_the_question_shows_cannot_be_reordered(closed_world: World) -> None:
    closed_world.favourite("evil\u200e", "\u202e4321", usual=True)
    closed_world.open()
    closed_world.ask(Concern(ConcernKind.DOUBTFUL))
    text = "".join(label.text() for label in closed_world.find("secondLookPanel").findChildren(QLabel))
    assert "\u202e" not in text
    assert "03-1234-1234" in text


def test_everything_that_takes_the_focus_has_an_accessible_name(world: World) -> None:
    show_everything(world)
    world.view.number.offer((("TEL", "03-1234-5678"),))
    world.view.destination.editor.open_for(0, "x", "x")
    world.ask(Concern(ConcernKind.DOUBTFUL))
    world.presenter.fill("0612345678", source="Mail")
    world.settle()
    nameless = []
    for widget in everything(world):
        takes_focus = widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisible()
        inside = isinstance(widget, QScrollBar) or widget.focusProxy() is not None
        if takes_focus and not inside:
            spoken = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
            if not spoken.strip():
                nameless.append(widget.objectName() or type(widget).__name__)
    assert nameless == []


def test_a_refusal_is_the_fields_description(world: World) -> None:
    world.keys("0312341234")
    field = world.find("callbackUrlEdit")
    field.setText("ftp://x")
    world.enter()
    description = QAccessible.queryAccessibleInterface(field).text(QAccessible.Text.Description)
    assert "http" in description
    field.setText("")
    assert "ftp" not in field.accessibleDescription()
    assert field.accessibleDescription() == "Called by the PBX with the result"


def test_labels_keys_do_not_collide(world: World) -> None:
    show_everything(world)
    world.view.number.offer((("TEL", "1"), ("", "2"), ("", "3"), ("", "4"), ("", "5"), ("", "6")))
    world.presenter.fill("0612345678", source="Mail")
    keys: list[str] = []
    for widget in everything(world):
        if isinstance(widget, QLabel) and widget.buddy() is not None:
            marked = widget.text().replace("&&", "")
            keys += [marked[marked.index("&") + 1].upper()] if "&" in marked else []
        elif isinstance(widget, QAbstractButton):
            keys += [each.key().toString().removeprefix("Alt+") for each in widget.findChildren(QShortcut)]
            assert widget.shortcut().isEmpty()
    assert len(keys) > 12
    assert sorted(keys) == sorted(set(keys))
    assert not set(keys) & set("FEVCH")  # the menus'


@pytest.mark.parametrize("width", [320, 356, 640])
def test_nothing_is_wider_than_the_column(closed_world: World, japanese_font: str, width: int) -> None:
    before = QApplication.font()
    QApplication.setFont(japanese_font)
    try:
        closed_world.favourite("x" * 200, "株式会社とても長い名前の営業第一部第二課受付窓口" * 3, usual=True)
        closed_world.favourite("1002", "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 2)
        closed_world.open((width, 700))
        show_everything(closed_world)
        closed_world.ask(Concern(ConcernKind.FOREIGN, country="US"), number="01012125550100")
        closed_world.settle()
        assert closed_world.window.width() == width
        for name in (
            "numberEdit",
            "destinationEdit",
            "favouriteButton2",
            "secondLookPanel",
            "callButton",
            "endUserIdEdit",
        ):
            widget = closed_world.find(name)
            right = widget.mapTo(closed_world.window, widget.rect().bottomRight()).x()
            assert right < width, name
    finally:
        QApplication.setFont(before)


def test_the_full_name_of_a_shortened_card_is_in_its_tooltip(closed_world: World) -> None:
    name = "株式会社とても長い名前の営業第一部第二課受付窓口"
    closed_world.favourite("1002", name)
    closed_world.open()
    assert name in closed_world.find("favouriteButton1").toolTip()


def test_every_word_comes_from_the_translations(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a translator that marks what it is asked for, nothing unmarked is left but what came from outside."""
    monkeypatch.undo()
    from PySide6.QtCore import QTranslator

    class Marker(QTranslator):
        def isEmpty(self) -> bool:
            return False

        def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
            return f"§{text}"

    marker = Marker()
    QCoreApplication.installTranslator(marker)
    try:
        world.window.close()
        world.open()
        show_everything(world)
        world.ask(Concern(ConcernKind.COST))
        outside = {"Sales", "Support", "Helen", "佐藤 健", "03-1234-1234 → Sales", "1004", ""}
        unmarked = []
        for widget in everything(world):
            if isinstance(widget, (QLabel, QAbstractButton)) and widget.objectName()[:7] not in ("keypad_", "qt_spin"):
                text = widget.text().replace("&&", "&")
                if "§" not in text and text not in outside and not text.replace("-", "").isdigit():
                    unmarked.append(text)
            if isinstance(widget, QLineEdit) and widget.placeholderText():
                assert "§" in widget.placeholderText()
        assert unmarked == []
    finally:
        QCoreApplication.removeTranslator(marker)
