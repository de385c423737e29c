"""Taking secrets and telephone numbers out of text before it reaches a log (reliability.md S1, S24)."""

from __future__ import annotations

import base64
import hashlib
import re
import threading
import unicodedata
from typing import Final
from urllib.parse import quote

HIDDEN: Final = "***"
#: Secrets shorter than this are not searched for: they would tear holes into ordinary words.
SHORTEST_SECRET: Final = 4

_AUTHORIZATION = re.compile(
    r"(?i)\b((?:proxy-)?authorization['\"]?\s*[:=,]\s*)(?:b?['\"])?(?:(?:basic|bearer)\s+)?[^\s'\",)]+"
)
#: Not "Basic authentication": credentials hold a capital, a digit or a filling.
_SCHEME = re.compile(r"\b(?i:(basic|bearer))\s+(?=\S*[A-Z0-9=])[A-Za-z0-9+/_=.~-]{6,}")
_NAMED = re.compile(r"(?i)\b((?:api[_-]?)?(?:token|password|passwd|secret|ticket)['\"]?\s*[:=]\s*b?['\"]?)[^\s'\",&)]+")
_USERINFO = re.compile(r"(?<=//)[^/\s@'\"]+@")
#: What looks like a number and is none comes first: leg UUIDs, IPv4 addresses.
_NUMBER = re.compile(
    r"(?P<keep>\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\b|\b\d{1,3}(?:\.\d{1,3}){3}\b(?::\d+)?)"
    r"|(?<![\w.])(?P<number>[+＋]?\(?\d(?:[ \-‐‑‒–—―−ー－().／/\u3000\u00a0]{0,2}\d){5,})(?!\w)"
)


class Redactor:
    """Any thread. ``key`` makes a number's mark: equal numbers have equal marks, and only who has the key can try
    numbers against one."""

    def __init__(self, key: bytes) -> None:
        self._key = key[:64]
        self._lock = threading.Lock()
        self._secrets: tuple[str, ...] = ()

    def hide(self, secret: str) -> None:
        """Remove this secret from now on: as it is, in a URL, in hexadecimal, and in base64 at any offset."""
        if len(secret) < SHORTEST_SECRET:
            return
        with self._lock:
            known = dict.fromkeys((*self._secrets, *_forms(secret)))
            self._secrets = tuple(sorted(known, key=len, reverse=True))

    def clean(self, text: str) -> str:
        """The text without secrets; numbers of six digits and more as their last three and a mark."""
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        text = _AUTHORIZATION.sub(rf"\1{HIDDEN}", text)
        text = _SCHEME.sub(rf"\1 {HIDDEN}", text)
        text = _NAMED.sub(rf"\1{HIDDEN}", text)
        text = _USERINFO.sub(f"{HIDDEN}@", text)
        return _NUMBER.sub(self._mask, text)

    def number(self, number: str) -> str:
        """A number for a log line: "…678#1f3a9c"."""
        digits = "".join(str(unicodedata.digit(char)) for char in number if unicodedata.digit(char, None) is not None)
        mark = hashlib.blake2b(digits.encode(), key=self._key, digest_size=4).hexdigest()
        return f"…{digits[-3:]}#{mark}"

    def _mask(self, match: re.Match[str]) -> str:
        return match["keep"] or self.number(match["number"])


def _forms(secret: str) -> list[str]:
    raw = secret.encode("utf-8", "surrogatepass")
    coded = [base64.b64encode(b"\0" * pad + raw).decode() for pad in range(3)]
    # Of base64 only what no neighbouring byte has a part in: the token stands behind "DOMAIN:" in Basic credentials.
    inner = [text[(0, 2, 3)[pad] : (len(raw) + pad) * 8 // 6] for pad, text in enumerate(coded)]
    forms = [secret, quote(secret, safe=""), raw.hex(), raw.hex().upper(), *inner]
    forms += [form.translate({43: "-", 47: "_"}) for form in inner]
    return [form for form in forms if len(form) >= SHORTEST_SECRET]
