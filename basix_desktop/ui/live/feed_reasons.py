"""Why the live feed is not live, in words: a few for the chip, and a sentence that says what to do."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from basix_desktop.domain.feed import FeedPhase, FeedStatus


def cause(status: FeedStatus) -> str:
    """In a few words, "" where there is nothing to say but that it is lost or has stopped."""
    reason = status.reason
    if status.phase is FeedPhase.STOPPED:
        found = {
            "token_refused": QCoreApplication.translate("FeedChip", "stopped: token refused"),
            "token_missing": QCoreApplication.translate("FeedChip", "stopped: no token"),
            "unusable": QCoreApplication.translate("FeedChip", "stopped: check the account"),
            "replaced": QCoreApplication.translate("FeedChip", "in use elsewhere"),
        }
    else:
        found = {
            "token_missing": QCoreApplication.translate("FeedChip", "no token from the keyring"),
            "refused": QCoreApplication.translate("FeedChip", "refused by the server"),
            "certificate": QCoreApplication.translate("FeedChip", "certificate not accepted"),
            "proxy": QCoreApplication.translate("FeedChip", "proxy problem"),
            "silent": QCoreApplication.translate("FeedChip", "no calls told by the PBX"),
            "unable": QCoreApplication.translate("FeedChip", "not possible on this computer"),
        }
    found["limit_reached"] = QCoreApplication.translate("FeedChip", "too many connections")
    return found.get(reason, "")


def hint(status: FeedStatus) -> str:
    """What is the matter and what to do about it, in a sentence or two; "" while it is live or being connected."""
    if status.phase is FeedPhase.OFF:
        return QCoreApplication.translate(
            "FeedChip", "The live status of calls and people is not followed. Calls are placed all the same."
        )
    if status.phase is FeedPhase.STOPPED:
        return _stopped(status.reason)
    if status.phase is FeedPhase.WAITING:
        return _waiting(status.reason)
    return _asked() if status.reason == "keyring" else ""


def _asked() -> str:
    return QCoreApplication.translate(
        "FeedChip", "The keyring is asked for the API token. If a window asks for the keyring’s password, enter it."
    )


def _stopped(reason: str) -> str:
    return {
        "token_refused": QCoreApplication.translate(
            "FeedChip", "The PBX does not accept the token for the live status. Check it in Settings, Accounts."
        ),
        "token_missing": QCoreApplication.translate(
            "FeedChip",
            "There is no token for the live status, or the keyring is locked. Enter it in Settings, Accounts.",
        ),
        "unusable": QCoreApplication.translate(
            "FeedChip",
            "The live status cannot use this server or domain, or the user it follows. "
            "Check them in Settings, Accounts.",
        ),
        "replaced": QCoreApplication.translate(
            "FeedChip", "Another copy of this program has taken over the live status."
        ),
        "limit_reached": _limit(),
    }.get(reason, "")


def _waiting(reason: str) -> str:
    lost = QCoreApplication.translate("FeedChip", "The PBX’s live status is not reached. It is tried again by itself.")
    return {
        "token_missing": QCoreApplication.translate(
            "FeedChip",
            "The keyring has not given the API token. If a window asks for the keyring’s password, enter it.",
        ),
        "refused": QCoreApplication.translate(
            "FeedChip",
            "The server answers, but refuses the live status. Check the server, and the user it follows, "
            "in Settings, Accounts.",
        ),
        "certificate": QCoreApplication.translate(
            "FeedChip",
            "The server’s certificate is not trusted, has expired or is another server’s, so the token was not sent. "
            "Check this computer’s clock; if it is right, tell your administrator.",
        ),
        "proxy": QCoreApplication.translate(
            "FeedChip",
            "The proxy cannot be used, refuses, or wants another sign-in. Check it in Settings, Accounts.",
        ),
        "silent": QCoreApplication.translate(
            "FeedChip", "The PBX accepts the connection, but does not tell which calls there are."
        ),
        "unable": QCoreApplication.translate(
            "FeedChip", "This computer cannot set up the connection for the live status. The program’s log says why."
        ),
        "limit_reached": _limit(),
    }.get(reason, lost)


def _limit() -> str:
    return QCoreApplication.translate(
        "FeedChip", "The PBX allows no further connection for the live status: another copy may be running."
    )
