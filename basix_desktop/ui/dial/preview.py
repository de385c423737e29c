"""What is said below the number while it is typed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from basix_desktop.domain import guard
from basix_desktop.domain.accounts import Account, Preferences
from basix_desktop.domain.countries import country_name
from basix_desktop.domain.errors import InputRefused, NumberAmbiguous
from basix_desktop.domain.numbers import Number
from basix_desktop.ui.dial.number_section import NumberSection
from basix_desktop.ui.dial.reading import read_number
from basix_desktop.ui.explain import refusal
from basix_desktop.ui.widgets.text import isolated

#: What a number in the making is anyway: told when Call is pressed, not at every key.
_NOT_YET = frozenset({"number_missing", "not_a_number"})


def sent_as(number: Number, language: str) -> str:
    """ "Japan · will be sent as 0312341234"."""
    country = country_name(number.region, language)
    words = QCoreApplication.translate("Dial", "{country} · will be sent as {number}")
    if not country:
        words = QCoreApplication.translate("Dial", "Will be sent as {number}")
    words = words.replace("{country}", country).replace("{number}", number.sent)
    if number.left_out:
        left_out = QCoreApplication.translate("Dial", "Left out: {text}")
        words = f"{words}\n{left_out.replace('{text}', isolated(number.left_out))}"
    return words


class Preview:
    """Keeps the line below the number true."""

    def __init__(self, section: NumberSection) -> None:
        self._section = section
        self.source = ""

    def show(self, account: Account, preferences: Preferences, language: str) -> bool:
        """Read the field again and say what would be sent, ask which number is meant, or refuse. True for a number that
        could be called as it stands."""
        text = self._section.edit.text()
        candidates: tuple[tuple[str, str], ...] = ()
        callable_ = False
        try:
            number = read_number(text, account)
            rules = guard.GuardRules(home=account.home_region, allow_premium=preferences.allow_premium)
            guard.examine(number, rules)
        except NumberAmbiguous as error:
            candidates = error.candidates
            self._section.tell(refusal(error, language))
        except InputRefused as error:
            self._refuse(error, text, language)
        else:
            self._section.tell(self._with_source(sent_as(number, language)))
            callable_ = True
        self._section.offer(candidates)
        return callable_

    def _refuse(self, error: InputRefused, text: str, language: str) -> None:
        if error.id not in _NOT_YET:
            self._section.refuse(refusal(error, language))
        elif text.strip():
            self._section.tell(self._with_source(QCoreApplication.translate("Dial", "Not a whole number yet")))
        else:
            self._section.tell("")

    def _with_source(self, words: str) -> str:
        if not self.source:
            return words
        source = QCoreApplication.translate("Dial", "From {source}").replace("{source}", isolated(self.source))
        return f"{words}\n{source}"
