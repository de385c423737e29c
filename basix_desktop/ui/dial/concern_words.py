"""Why a call wants a second look, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from basix_desktop.domain.concerns import Concern, ConcernKind
from basix_desktop.domain.countries import country_name
from basix_desktop.domain.live import Ready
from basix_desktop.ui.widgets.text import isolated


def concern_words(concern: Concern, language: str) -> str:
    """One sentence for one reason."""
    if concern.kind is ConcernKind.FOREIGN:
        return _foreign(concern, language)
    if concern.kind is ConcernKind.CALLED_JUST_NOW:
        return _with_time(QCoreApplication.translate("SecondLook", "You called this number {time}."), concern)
    if concern.kind is ConcernKind.MAY_HAVE_BEEN_PLACED:
        words = QCoreApplication.translate(
            "SecondLook", "A call to this number may have been placed {time}. Check whether it rang."
        )
        return _with_time(words, concern)
    if concern.kind is ConcernKind.ON_CALL:
        return QCoreApplication.translate("SecondLook", "A call to this number has not ended yet, as far as is known.")
    if concern.kind is ConcernKind.DIAL_RATE:
        words = QCoreApplication.translate("SecondLook", "Unusually many calls: {count} in a short time.")
        return words.replace("{count}", str(concern.count))
    if concern.kind is ConcernKind.NOT_READY:
        return _not_ready(concern)
    return _kind_of_number(concern.kind)


def _not_ready(concern: Concern) -> str:
    words = _group_not_ready(concern.ready) if concern.is_group else _person_not_ready(concern.ready)
    return words.replace("{name}", isolated(concern.name or concern.destination))


def _group_not_ready(ready: str) -> str:
    if ready == Ready.BUSY:
        return QCoreApplication.translate("SecondLook", "Everybody in {name} is on a call.")
    return QCoreApplication.translate("SecondLook", "Nobody in {name} is free.")


def _person_not_ready(ready: str) -> str:
    if ready == Ready.BUSY:
        return QCoreApplication.translate("SecondLook", "{name} is on a call.")
    if ready == Ready.RINGING:
        return QCoreApplication.translate("SecondLook", "The telephone of {name} is ringing.")
    if ready == Ready.DO_NOT_DISTURB:
        return QCoreApplication.translate("SecondLook", "{name} does not want to be disturbed.")
    if ready == Ready.FORWARDED:
        return QCoreApplication.translate("SecondLook", "Calls to {name} are forwarded.")
    if ready == Ready.AWAY:
        return QCoreApplication.translate("SecondLook", "{name} is away.")
    return QCoreApplication.translate("SecondLook", "{name} may not be ready to take a call.")


def _foreign(concern: Concern, language: str) -> str:
    if not concern.country:
        return QCoreApplication.translate("SecondLook", "This is an international call.")
    words = QCoreApplication.translate("SecondLook", "This is an international call ({country}).")
    return words.replace("{country}", country_name(concern.country, language))


def _kind_of_number(kind: ConcernKind) -> str:
    if kind is ConcernKind.PREMIUM:
        return QCoreApplication.translate("SecondLook", "This is a premium-rate or satellite number: it is expensive.")
    if kind is ConcernKind.COST:
        return QCoreApplication.translate("SecondLook", "Calls to this number may cost more than usual.")
    if kind is ConcernKind.SERVICE:
        return QCoreApplication.translate("SecondLook", "This is a telephone service, not a person.")
    return QCoreApplication.translate("SecondLook", "This number looks unusual: please check its digits.")


def _with_time(words: str, concern: Concern) -> str:
    return words.replace("{time}", ago(concern.seconds_ago))


def ago(seconds: int | None) -> str:
    """How long ago, roughly."""
    return _Ago().words(seconds)


class _Ago(QObject):
    """An object, because Qt's collector of texts knows counted ones (``%n``) only by ``self.tr``."""

    def words(self, seconds: int | None) -> str:
        if seconds is None or seconds < 5:
            return self.tr("just now")
        if seconds < 60:
            return self.tr("%n second(s) ago", None, seconds)
        minutes = seconds // 60
        return self.tr("%n minute(s) ago", None, minutes) if minutes < 60 else self.tr("more than an hour ago")
