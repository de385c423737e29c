"""Takes the credentials out of what a server says, before that is stored or shown (reliability.md S1).

A server that quotes what it was sent writes it for JSON, for HTML or for an address, each in ways of its own, or for
two of them at once. So a text is read back from such writing, as long as there is any, and searched at each step. The
last thing in an answer that was cut off may be the beginning of a secret.
"""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

#: A token of fewer characters is not looked for by itself, nor a piece of one: it would be found in any text.
SHORTEST = 6
_HIDDEN = "***"
#: Writings within one another that are read back; nobody is known to use more than two.
_MOST_LAYERS = 3
_ESCAPE = re.compile(
    r"%[0-7][0-9A-Fa-f]|(?:%[89A-Fa-f][0-9A-Fa-f])+"
    r"|\\u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\[\"'/\\]"
    r"|&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][0-9A-Za-z]{1,31});"
)
#: At the end of what was cut off: the first part of a character, of so many at most.
_LAST = 64
_CUT_OFF = re.compile(
    r"[\ufffd\ud800-\udbff]*(?:%[0-9A-Fa-f]?|\\(?:u[0-9A-Fa-f]{0,3}|x[0-9A-Fa-f]?)?|&#?[0-9A-Za-z]{0,31})?\Z"
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text, and for each of its characters where it begins and ends in what the server wrote."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


class Scrub:
    """For the answers to one request; call it with a text."""

    def __init__(self, user: str, token: str) -> None:
        pair = base64.b64encode(f"{user}:{token}".encode()).decode()
        secrets = [pair, pair.translate(_URL_SAFE)]
        if len(token) >= SHORTEST:
            alone = base64.b64encode(token.encode()).decode()
            secrets += [token, alone, alone.translate(_URL_SAFE), token.encode().hex(), token.encode().hex().upper()]
        secrets += [secret.rstrip("=") for secret in secrets]  # the padding may be left out
        # A token may itself look like such writing, and is then read back with the rest.
        readings = {reading.text for secret in secrets for reading in _layers(secret)}
        self._secrets = [pair, *(text for text in readings if len(text) >= SHORTEST)]

    def __call__(self, text: str) -> str:
        """The text without them."""
        kept, at = list[str](), 0
        for start, end in sorted(span for reading in _layers(text) for span in self._spans(reading)):
            if start >= at:
                kept += [text[at:start], _HIDDEN]
            at = max(at, end)
        return "".join([*kept, text[at:]])

    def _spans(self, reading: _Reading) -> Iterator[tuple[int, int]]:
        """Where the secrets stand in what the server wrote."""
        whole = reading.text[:-_LAST] + _CUT_OFF.sub("", reading.text[-_LAST:])
        for secret in self._secrets:
            at = reading.text.find(secret)
            while at >= 0:
                yield reading.starts[at], reading.ends[at + len(secret) - 1]
                at = reading.text.find(secret, at + 1)
            begun = _begun(whole, secret)
            if begun is not None:
                yield reading.starts[begun], reading.ends[-1]


_URL_SAFE = str.maketrans("+/", "-_")


def _begun(text: str, secret: str) -> int | None:
    """Where the secret begins of which the text has only the first part, at its end."""
    for length in range(min(len(secret), len(text)), SHORTEST - 1, -1):
        if text.endswith(secret[:length]):
            return len(text) - length
    return None


def _layers(text: str) -> Iterator[_Reading]:
    reading: _Reading | None = _Reading(text, range(len(text)), range(1, len(text) + 1))
    for _ in range(1 + _MOST_LAYERS):
        if reading is not None:
            yield reading
            reading = _read_back(reading)


def _read_back(written: _Reading) -> _Reading | None:
    """One writing less; None where there is none."""
    parts, starts, ends, at = list[str](), list[int](), list[int](), 0
    for escape in _ESCAPE.finditer(written.text):
        before, after = escape.span()
        plain = _meaning(escape[0])
        parts += [written.text[at:before], plain]
        starts += [*written.starts[at:before], *[written.starts[before]] * len(plain)]
        ends += [*written.ends[at:before], *[written.ends[after - 1]] * len(plain)]
        at = after
    if not parts:
        return None
    return _Reading("".join([*parts, written.text[at:]]), [*starts, *written.starts[at:]], [*ends, *written.ends[at:]])


def _meaning(escape: str) -> str:
    if escape.startswith("%"):
        return unquote(escape)
    if escape.startswith("&"):
        return html.unescape(escape)
    if escape.startswith("\\u"):
        return str(json.loads(f'"{escape}"'))
    return chr(int(escape[2:], 16)) if escape.startswith("\\x") else escape[1:]
