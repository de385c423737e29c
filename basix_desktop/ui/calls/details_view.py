"""The details of one attempt below the log: what happened, what to do, and everything technical behind a button."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from basix_desktop.ui.calls.details_text import explanation_of, technical, time_line
from basix_desktop.ui.calls.parts import ElidedLabel, plain_label
from basix_desktop.ui.calls.question_panel import QuestionPanel
from basix_desktop.ui.calls.reading import Details, LogRow
from basix_desktop.ui.calls.wording import Wording, who_and_where
from basix_desktop.ui.theme import GAP, GRID, MARGIN, look
from basix_desktop.ui.widgets.buttons import PressButton
from basix_desktop.ui.widgets.text import spoken

_TECHNICAL_LINES = 14
_NAME_COLUMNS = (40, 24, 12, 6)  # how much of the names stands in the heading, by the room there is


class DetailsView(QWidget):
    """Shows what it is given; asks nobody."""

    call_again = Signal()
    copy_uuid = Signal()
    technical_opened = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("callDetails")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        look(self, "surface")
        self._details: Details | None = None
        self._wording: Wording | None = None
        self._heading = ElidedLabel("callDetailsHeading", "heading")
        self.again_button = PressButton("callAgainButton", parent=self)
        self.copy_button = PressButton("copyUuidButton", parent=self)
        self.question = QuestionPanel()
        self._story = _Story()
        self._toggle = _toggle_button()
        self._technical = _technical_edit()
        self._copy_technical = PressButton("copyTechnicalButton", parent=self)
        self._lay_out()
        self.again_button.clicked.connect(self.call_again)
        self.copy_button.clicked.connect(self.copy_uuid)
        self._toggle.toggled.connect(self._open_technical)
        self._toggle.clicked.connect(self._show_technical)
        self._copy_technical.clicked.connect(lambda: QApplication.clipboard().setText(self._technical.toPlainText()))
        self._open_technical(False)
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self._heading, 1)
        head.addWidget(self.again_button)
        head.addWidget(self.copy_button)
        toggles = QHBoxLayout()
        toggles.setContentsMargins(GRID, 0, 0, 0)
        toggles.addWidget(self._toggle)
        toggles.addStretch(1)
        toggles.addWidget(self._copy_technical)
        inside = QWidget()
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        look(inside, "surface")
        column = QVBoxLayout(inside)
        column.setContentsMargins(MARGIN - GAP - 2, 0, MARGIN, GAP)
        column.setSpacing(GRID)
        column.addLayout(_indented(self.question))
        column.addWidget(self._story)
        column.addLayout(toggles)
        column.addLayout(_indented(self._technical))
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self._scroll = scroll
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 3 * GRID, 0, 0)
        outer.setSpacing(GAP)
        head.setContentsMargins(MARGIN, 0, MARGIN, 0)
        outer.addLayout(head)
        outer.addWidget(scroll, 1)

    def tab_stops(self) -> list[QWidget]:
        """From top to bottom."""
        technical = [self._toggle, self._copy_technical, self._technical]
        return [self.again_button, self.copy_button, *self.question.buttons(), self._story, *technical]

    @property
    def attempt_id(self) -> str:
        """Which attempt is shown; "" for none."""
        return self._details.row.attempt.id if self._details else ""

    @property
    def row(self) -> LogRow | None:
        return self._details.row if self._details else None

    def tell(self, details: Details, wording: Wording) -> None:
        """Show an attempt. The same one anew keeps what is open and where it was scrolled to."""
        other = self.attempt_id != details.row.attempt.id
        self._details, self._wording = details, wording
        attempt = details.row.attempt
        versions = [who_and_where(details.row, columns=columns) for columns in _NAME_COLUMNS]
        self._heading.set_versions([*versions, details.row.number])
        self._heading.tip = [who_and_where(details.row, columns=1000)]
        self.copy_button.setVisible(bool(attempt.uuids))
        self.question.setVisible(details.asked)
        self.question.ask_about(wording.about(details.row))
        self.question.show_word(attempt.user_word)
        self._story.tell(details, wording)
        self._name_again_button()
        if other:
            self._scroll.verticalScrollBar().setValue(0)
        self._fill_technical()

    def clear(self) -> None:
        self._details = None

    def retranslate(self) -> None:
        self.copy_button.setText(self.tr("Copy leg UUID"))
        self._toggle.setText(self.tr("Technical details"))
        self._technical.setAccessibleName(self.tr("Technical details"))
        self._copy_technical.setText(self.tr("Copy technical details"))
        self._name_again_button()
        self.question.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _name_again_button(self) -> None:
        waiting = self._details is not None and self._details.row.attempt.needs_check
        self.again_button.setText(self.tr("Call again anyway…") if waiting else self.tr("Call again"))

    def _open_technical(self, opened: bool) -> None:
        self._toggle.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
        self._technical.setVisible(opened)
        self._copy_technical.setVisible(opened)
        self._fill_technical()

    def _show_technical(self, opened: bool) -> None:
        """Bring into sight what has just been opened."""
        self.technical_opened.emit(opened)
        if opened:
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            self._scroll.ensureWidgetVisible(self._technical)

    def _fill_technical(self) -> None:
        """Only while it can be seen: the PBX's answer may be 64 KiB long."""
        if not self._toggle.isChecked() or self._details is None:
            return
        text = technical(self._details)
        if text != self._technical.toPlainText():
            self._technical.setPlainText(text)


class _Story(QFrame):
    """What happened, in words. One stop for the keyboard, at which a screen reader reads all of it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("callStory")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setStyleSheet(
            "#callStory:focus { border: 2px solid palette(highlight); border-radius: 4px; } "
            "#callStory { border: 2px solid transparent; }"
        )
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(GAP, GRID, GAP, GRID)
        self._grid.setHorizontalSpacing(6 * GRID)
        self._grid.setVerticalSpacing(GRID)
        self._grid.setColumnStretch(1, 1)

    def tell(self, details: Details, wording: Wording) -> None:
        """Until the question above is answered, it says what to do, and the time line why it has to be asked."""
        moments, attempt = time_line(details, wording), details.row.attempt
        explanation = None if attempt.unanswered else explanation_of(details, wording.language)
        said = [explanation.title, explanation.sentence()] if explanation else []
        story = spoken("\n".join([*said, *(f"{time} {words}" for time, words in moments)]))
        if self.accessibleName() == story and self._grid.count():
            return
        self.setAccessibleName(story)
        while (item := self._grid.takeAt(0)) is not None:
            if (label := item.widget()) is not None:
                label.deleteLater()
        row = 0
        paragraphs = [(explanation.title, "heading"), (explanation.sentence(), "")] if explanation else []
        for text, style in paragraphs:
            self._grid.addWidget(_selectable(text, style), row, 0, 1, 2)
            row += 1
        for time, words in moments:
            self._grid.addWidget(_selectable(time, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(_selectable(words), row, 1)
            row += 1


def _indented(widget: QWidget) -> QHBoxLayout:
    """In line with the story's text, which stands inside its focus frame."""
    row = QHBoxLayout()
    row.setContentsMargins(GAP + 2, 0, 0, 0)
    row.addWidget(widget)
    return row


def _selectable(text: str, style: str = "") -> QWidget:
    label = plain_label(style=style)
    label.setText(text)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _toggle_button() -> QToolButton:
    button = QToolButton()
    button.setObjectName("technicalDetailsButton")
    button.setCheckable(True)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    look(button, "flat")
    return button


def _technical_edit() -> QPlainTextEdit:
    edit = QPlainTextEdit()
    edit.setObjectName("technicalDetailsEdit")
    edit.setReadOnly(True)
    edit.setTabChangesFocus(True)
    edit.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    edit.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    edit.setMinimumHeight(_TECHNICAL_LINES * edit.fontMetrics().lineSpacing())
    return edit
