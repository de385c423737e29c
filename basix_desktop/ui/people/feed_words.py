"""Why nobody is shown, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from basix_desktop.domain.feed import FeedPhase, FeedStatus
from basix_desktop.ui.live.feed_reasons import cause, hint


def why_nobody(status: FeedStatus) -> tuple[str, str]:
    """Title and sentence for an empty list, by how the feed is."""
    if status.phase is FeedPhase.LIVE:
        return (
            QCoreApplication.translate("PeopleEmpty", "Nobody here"),
            QCoreApplication.translate("PeopleEmpty", "The PBX has named no users or groups for this account."),
        )
    if status.phase is FeedPhase.CONNECTING and status.reason == "keyring":
        return QCoreApplication.translate("PeopleEmpty", "Waiting for the keyring…"), hint(status)
    if status.phase is FeedPhase.CONNECTING:
        return (
            QCoreApplication.translate("PeopleEmpty", "Asking the PBX…"),
            QCoreApplication.translate("PeopleEmpty", "People appear here as soon as its live feed is connected."),
        )
    if status.phase is FeedPhase.WAITING:
        return QCoreApplication.translate("PeopleEmpty", "The PBX’s live feed is not reached"), _why_waiting(status)
    if status.phase is FeedPhase.STOPPED:
        return QCoreApplication.translate("PeopleEmpty", "The PBX’s live feed has stopped"), _why_stopped(status.reason)
    return (
        QCoreApplication.translate("PeopleEmpty", "The PBX’s live feed is off"),
        QCoreApplication.translate("PeopleEmpty", "It tells who works here and who is free."),
    )


def _why_waiting(status: FeedStatus) -> str:
    if status.reason == "limit_reached":
        return QCoreApplication.translate(
            "PeopleEmpty",
            "The PBX allows no further connection for now. If another copy of the program is running, "
            "Use it here takes over from it.",
        )
    if cause(status):
        return hint(status)
    return QCoreApplication.translate("PeopleEmpty", "It is tried again by itself. Calls can be placed as usual.")


def _why_stopped(reason: str) -> str:
    if reason == "token_refused":
        return QCoreApplication.translate(
            "PeopleEmpty", "The PBX refused the API token. Enter a valid one in the settings."
        )
    if reason == "token_missing":
        return QCoreApplication.translate(
            "PeopleEmpty", "There is no API token for it, or the keyring is locked. Enter the token in the settings."
        )
    if reason == "unusable":
        return QCoreApplication.translate(
            "PeopleEmpty",
            "The account’s server or domain, or the user it follows, cannot be used. Check them in the settings.",
        )
    if reason == "replaced":
        return QCoreApplication.translate(
            "PeopleEmpty", "Another copy of the program uses it. Choose Use it here to show people in this one."
        )
    if reason == "limit_reached":
        return QCoreApplication.translate(
            "PeopleEmpty", "The PBX allows no further connection. Close another copy of the program, then try again."
        )
    return QCoreApplication.translate("PeopleEmpty", "The PBX refused it. Calls can be placed as usual.")
