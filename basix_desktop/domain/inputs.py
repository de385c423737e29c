"""The other fields of a call, read alike by the window and the command line.

Each function returns exactly what is sent, or raises ``InputRefused`` naming its field. "" stays "" where a field is
optional.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from urllib.parse import urlsplit

from basix_desktop.domain.calls import EndUser
from basix_desktop.domain.errors import InputRefused
from basix_desktop.domain.limits import MAX_TEXT
from basix_desktop.domain.number_dialling import compose
from basix_desktop.domain.number_plan import interpret
from basix_desktop.domain.number_text import dialled, fold

#: Longest text of an end user's fields, and of a URL, in characters.
MAX_FIELD = 256
MAX_URL = 2048
#: Longest name of an account, which stands in lists, in characters.
MAX_ACCOUNT_NAME = 64
#: Largest ring time, in seconds: what any 32-bit server can hold.
MAX_SECONDS = 2**31 - 1
_MAX_DIGITS = 20


def read_answer_timeout(text: str) -> int:
    """Seconds, 1 to ``MAX_SECONDS``; full-width digits are understood. Raises ``answer_timeout_invalid``."""
    folded = fold(text[: MAX_TEXT + 1]).strip()
    if not re.fullmatch(r"[0-9]{1,12}", folded) or not 1 <= int(folded) <= MAX_SECONDS:
        raise InputRefused("answer_timeout_invalid", "answer_timeout", text[:40])
    return int(folded)


def read_callback_url(text: str) -> str:
    """An HTTP or HTTPS URL with a host and without credentials, or "". Raises ``callback_url_invalid``, and
    ``url_has_sign_in`` and ``url_too_long`` as for every URL."""
    return _read_url(text, "callback_url_invalid", "callback_url")


def read_listener_address(text: str) -> str:
    """The address of this computer to listen on, as a literal: ``127.0.0.1``, ``0.0.0.0`` for all, ``::1``. Raises
    ``listener_address_invalid``: a name could stand for another computer tomorrow."""
    folded = fold(text[: MAX_TEXT + 1]).strip().removeprefix("[").removesuffix("]")
    try:
        address = ipaddress.ip_address(folded)
    except ValueError as error:
        raise InputRefused("listener_address_invalid", "listener_address", "not an address") from error
    if address.is_multicast or "%" in folded:
        raise InputRefused("listener_address_invalid", "listener_address", "not an address of one computer")
    return str(address)


def read_listener_port(text: str) -> int:
    """1 to 65535; full-width digits are understood. Raises ``listener_port_invalid``."""
    folded = fold(text[: MAX_TEXT + 1]).strip()
    if not re.fullmatch(r"[0-9]{1,5}", folded) or not 1 <= int(folded) <= 65535:
        raise InputRefused("listener_port_invalid", "listener_port")
    return int(folded)


def read_listener_url(text: str) -> str:
    """The public address of the listener, to which each call's own path is added: as :func:`read_callback_url`, but
    not empty, without query and fragment, and with room left; without a final slash. Raises
    ``listener_url_invalid``."""
    url = _read_url(text, "listener_url_invalid", "listener_url").rstrip("/")
    if not url or any(mark in url for mark in "?#") or not url.isascii():
        raise InputRefused("listener_url_invalid", "listener_url", "not an address to which a path can be added")
    if len(url) > MAX_URL - 100:
        raise InputRefused("url_too_long", "listener_url", "no room for a path")
    return url


def read_account_name(text: str) -> str:
    """An account's name, less white space around it. Raises ``account_name_missing``, ``account_name_too_long``, and
    ``account_name_invalid`` for characters that cannot be seen."""
    name = text.strip()
    if not name:
        raise InputRefused("account_name_missing", "name")
    if len(name) > MAX_ACCOUNT_NAME:
        raise InputRefused("account_name_too_long", "name")
    if not name.isprintable():
        raise InputRefused("account_name_invalid", "name")
    return name


def read_feed_user(text: str) -> str:
    """The PBX's name of the one user whose events the live feed follows, less white space around it, or "" for the
    whole PBX (basix-api.md 2.1). Raises ``feed_user_invalid`` for control characters and for more than 256
    characters."""
    return _read_text(text, "feed_user", "feed_user_invalid")


def read_avatar_url(text: str) -> str:
    """An HTTP or HTTPS URL of a picture, or "". Raises ``avatar_url_invalid``."""
    return _read_url(text, "avatar_url_invalid", "end_user_avatar")


def read_calling_number(text: str, home: str = "JP") -> str:
    """The number shown to the person called: national digits (``05068601111``), or "".

    Never refused for its validity (basix-api.md 1.1). One from another country keeps its ``+``. Raises
    ``calling_number_invalid`` for anything but digits and separators, ``calling_number_too_long`` for more than 20
    digits.
    """
    folded = fold(text[: MAX_TEXT + 1]).strip()
    if not folded and not text.strip():
        return ""
    digits = dialled(folded)
    if not re.fullmatch(r"[-+\d ().]+", folded) or not re.fullmatch(r"\+?[0-9]+", digits):
        raise InputRefused("calling_number_invalid", "calling_number", ascii(text[:40]))
    if len(digits.removeprefix("+")) > _MAX_DIGITS:
        raise InputRefused("calling_number_too_long", "calling_number", ascii(text[:40]))
    meaning = interpret(digits, home) if digits.startswith("+") else None
    if meaning is None or meaning.foreign or not meaning.country:
        return digits
    return compose(meaning, home, e164=False) or digits


def read_end_user(
    id: str = "",  # noqa: A002 - the field's name everywhere
    name: str = "",
    organization: str = "",
    avatar: str = "",
    prefecture: str = "",
) -> EndUser:
    """The caller's data, less white space around each. Raises ``end_user_invalid`` for control characters and for more
    than 256 characters, ``avatar_url_invalid`` for what is no URL."""
    return EndUser(
        id=_read_text(id, "end_user_id"),
        name=_read_text(name, "end_user_name"),
        organization=_read_text(organization, "end_user_organization"),
        avatar=read_avatar_url(avatar),
        prefecture=_read_text(prefecture, "end_user_prefecture"),
    )


def _read_text(text: str, field: str, id: str = "end_user_invalid") -> str:  # noqa: A002
    stripped = text.strip()
    if len(stripped) > MAX_FIELD:
        raise InputRefused(id, field, f"{len(stripped)} characters")
    _refuse_controls(stripped, id, field)
    return stripped


def _read_url(text: str, id: str, field: str) -> str:  # noqa: A002
    url = text.strip()
    if not url:
        return ""
    _refuse_controls(url, id, field)
    try:
        parts = urlsplit(url)
        usable = parts.port is None or 1 <= parts.port <= 65535
        host = parts.hostname or ""
    except ValueError as error:
        raise InputRefused(id, field, "not a URL") from error
    usable = usable and parts.scheme.lower() in ("http", "https") and _is_host(host)
    if not usable or re.search(r"[\s\\<>\"{}|^`]", url):
        raise InputRefused(id, field, "not an http or https URL that can be called")
    if "@" in parts.netloc:
        raise InputRefused("url_has_sign_in", field, "credentials in the URL")
    if len(url) > MAX_URL:
        raise InputRefused("url_too_long", field, f"{len(url)} characters")
    return url


def _is_host(host: str) -> bool:
    try:
        if ":" in host:
            return bool(ipaddress.ip_address(host))
        name = host.encode("idna").decode() if not host.isascii() else host
    except ValueError:
        return False
    labels = name.removesuffix(".").split(".")
    return len(name) <= 253 and all(re.fullmatch(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)", label) for label in labels)


def _refuse_controls(text: str, id: str, field: str) -> None:  # noqa: A002
    for char in text:
        if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") or char in "\u202d\u202e":
            raise InputRefused(id, field, f"U+{ord(char):04X}")
