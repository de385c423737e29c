"""The first start: connect to a PBX, or try the demo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from basix_desktop.services.desk import Desk
from basix_desktop.ui.settings.account_editor import AccountEditor
from basix_desktop.ui.settings.account_form import AccountForm
from basix_desktop.ui.tasks import Tasks
from basix_desktop.ui.theme import GAP, GRID, SECTION, Theme, look
from basix_desktop.ui.widgets.buttons import PressButton
from basix_desktop.ui.widgets.text import without_key

translate = QCoreApplication.translate
_WIDTH = 520


class WelcomeView(QScrollArea):
    """``connected(name, in_keyring)`` when an account is stored, ``demo_wanted`` for the demo PBX."""

    connected = Signal(str, bool)
    demo_wanted = Signal()
    announced = Signal(str)  # words for screen readers, of what is shown

    def __init__(
        self, *, desk: Desk, tasks: Tasks, theme: Theme, language: Callable[[], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("welcomeView")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.form = AccountForm(theme, language(), full=False)
        self._place = QLabel()
        self._build()
        self.editor = AccountEditor(
            self.form, self.test_button, self._result, desk=desk, tasks=tasks, language=language, parent=self
        )
        self.editor.edit(None)
        self.editor.saved.connect(self.connected)
        self.editor.announced.connect(self.announced)
        self.connect_button.clicked.connect(self.editor.save)
        self.demo_button.clicked.connect(self.demo_wanted)
        self.form.entered.connect(self.editor.save)
        tasks.slow(desk.token_place, self._show_place)

    def focus_first(self) -> None:
        self.form.domain.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        page = QWidget()
        look(page, "page")
        outer = QVBoxLayout(page)
        outer.setContentsMargins(SECTION, SECTION, SECTION, SECTION)
        card = QFrame()
        look(card, "card")
        card.setMaximumWidth(_WIDTH)
        card.setMinimumWidth(360)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(card, 10)
        row.addStretch()
        outer.addStretch()
        outer.addLayout(row)
        outer.addStretch()
        layout = QVBoxLayout(card)
        layout.setContentsMargins(7 * GRID, 7 * GRID, 7 * GRID, 7 * GRID)
        layout.setSpacing(GAP)
        layout.addWidget(_label(translate("Welcome", "Connect to your PBX"), "title"))
        layout.addWidget(_label(translate("Welcome", "Your administrator has the domain and the API token."), "muted"))
        layout.addSpacing(GAP)
        layout.addWidget(self.form)
        look(self._place, "muted")
        self._place.setTextFormat(Qt.TextFormat.PlainText)
        self._place.setWordWrap(True)
        layout.addWidget(self._place)
        layout.addSpacing(GAP)
        layout.addLayout(self._test_row())
        layout.addSpacing(GAP)
        layout.addLayout(self._button_row())
        self.setWidget(page)

    def _test_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        self.test_button = PressButton("testAccountButton")
        self.test_button.setText(translate("Welcome", "&Test"))
        self.test_button.setAccessibleDescription(translate("Welcome", "Test domain and token without placing a call"))
        self._result = QLabel()
        self._result.setObjectName("accountResultLabel")
        row.addWidget(self.test_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._result, 1, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _button_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.demo_button = PressButton("tryDemoButton")
        self.demo_button.setText(translate("Welcome", "Try the de&mo PBX"))
        self.connect_button = PressButton("connectButton", "primary")
        self.connect_button.setText(translate("Welcome", "C&onnect"))
        for button in (self.test_button, self.demo_button, self.connect_button):
            button.setAccessibleName(without_key(button.text()))
        row.addWidget(self.demo_button)
        row.addStretch()
        row.addWidget(self.connect_button)
        return row

    def _show_place(self, place: str) -> None:
        if place:
            text = translate("Welcome", "The token is kept in this computer's keyring ({place}).").format(place=place)
        else:
            text = translate("Welcome", "This computer has no keyring: the token is kept only until the program ends.")
        self._place.setText(text)


def _label(text: str, kind: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    look(label, kind)
    return label
