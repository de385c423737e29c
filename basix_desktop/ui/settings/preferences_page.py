"""What holds for the whole program: language, expensive numbers, how many calls are unusual."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from basix_desktop.domain.accounts import MOST_PER_HOUR, MOST_PER_MINUTE, Preferences
from basix_desktop.domain.errors import BasixError
from basix_desktop.services.desk import Desk
from basix_desktop.ui.explain import explain
from basix_desktop.ui.settings.form_grid import FormGrid
from basix_desktop.ui.tasks import Tasks
from basix_desktop.ui.theme import GAP, GRID, look
from basix_desktop.ui.widgets.combos import ChoiceCombo
from basix_desktop.ui.widgets.seconds_spin import SecondsSpin

translate = QCoreApplication.translate


class PreferencesPage(QWidget):
    """Every change is saved at once. ``announced``: words for screen readers, of what is shown here."""

    announced = Signal(str)

    def __init__(self, *, desk: Desk, tasks: Tasks, language: Callable[[], str]) -> None:
        super().__init__()
        self._desk = desk
        self._tasks = tasks
        self._language = language
        self._build()
        self._show(desk.preferences)
        self._lock()
        self.language.activated.connect(self._save)
        self.premium.clicked.connect(self._save)
        self.per_minute.editingFinished.connect(self._save)
        self.per_hour.editingFinished.connect(self._save)

    def _build(self) -> None:
        self.grid = FormGrid(label_width=200)
        self.language = ChoiceCombo("languageCombo")
        self.language.addItem(translate("PreferencesPage", "As the system"), "")
        self.language.addItem("English", "en")
        self.language.addItem("日本語", "ja")
        self.premium = QCheckBox(translate("PreferencesPage", "Allow premium-rate and satellite &numbers"))
        self.premium.setObjectName("allowPremiumCheck")
        self.per_minute = SecondsSpin("callsPerMinuteSpin", largest=MOST_PER_MINUTE)
        self.per_hour = SecondsSpin("callsPerHourSpin", largest=MOST_PER_HOUR)
        self.grid.add(
            "language",
            translate("PreferencesPage", "&Language"),
            self.language,
            hint=translate("PreferencesPage", "Takes effect at the next start."),
        )
        self.grid.add("calls_per_minute", translate("PreferencesPage", "Ask above calls a &minute"), self.per_minute)
        self.grid.add(
            "calls_per_hour",
            translate("PreferencesPage", "Ask above calls an &hour"),
            self.per_hour,
            hint=translate("PreferencesPage", "More calls than this need one confirmation each."),
        )
        self.grid.add("allow_premium", translate("PreferencesPage", "Expensive numbers"), self.premium)
        self.premium.setAccessibleName(translate("PreferencesPage", "Allow premium-rate and satellite numbers"))
        self.result = QLabel()
        self.result.setTextFormat(Qt.TextFormat.PlainText)
        self.result.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4 * GRID, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self.grid)
        layout.addWidget(self.result)
        layout.addStretch()

    def _show(self, preferences: Preferences) -> None:
        self.language.setCurrentIndex(max(0, self.language.findData(preferences.language)))
        self.premium.setChecked(preferences.allow_premium)
        self.per_minute.set_seconds(preferences.calls_per_minute)
        self.per_hour.set_seconds(preferences.calls_per_hour)

    def _lock(self) -> None:
        template = translate("PreferencesPage", "Set by your administrator ({source}).")
        for path, source in self._desk.locked().items():
            name = path.removeprefix("preferences.")
            if path != name and name in ("language", "allow_premium", "calls_per_minute", "calls_per_hour"):
                self.grid.lock(name, template.format(source=source))

    def _save(self) -> None:
        wanted = replace(
            self._desk.preferences,
            language=str(self.language.currentData()),
            allow_premium=self.premium.isChecked(),
            calls_per_minute=self.per_minute.value() or self._desk.preferences.calls_per_minute,
            calls_per_hour=self.per_hour.value() or self._desk.preferences.calls_per_hour,
        )
        self._refuse_unread()
        self._say("")
        if wanted != self._desk.preferences:
            self._tasks.slow(lambda: self._desk.set_preferences(wanted), None, self._failed)

    def _refuse_unread(self) -> None:
        """A number that does not read as one, or that the settings file would not take, stays as it was typed, and the
        old value holds. It is announced once: the user has gone on already."""
        words = translate("PreferencesPage", "Type a whole number from 1 to {most}. Until then the old value holds.")
        for name, spin in (("calls_per_minute", self.per_minute), ("calls_per_hour", self.per_hour)):
            if spin.value():
                self.grid.clear_refusal(name)
            elif not spin.property("refused"):
                self.grid.refuse(name, words.format(most=spin.maximum()))
                self.announced.emit(words.format(most=spin.maximum()))

    def _failed(self, error: BasixError) -> None:
        self._show(self._desk.preferences)
        self._refuse_unread()
        self._say(explain(error, self._language()).sentence())

    def _say(self, text: str) -> None:
        look(self.result, "error")
        self.result.setText(text)
        if text:
            self.announced.emit(text)
