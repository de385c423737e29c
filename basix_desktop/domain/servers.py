"""What an account's server address, domain, token and proxy may be, checked where they are typed.

The rules are reliability.md G2 to G5 and S3.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from urllib.parse import SplitResult, urlsplit

from basix_desktop.domain.errors import InputRefused

#: The Windows credential store holds 2,560 bytes of UTF-16, that is 1,280 characters (reliability.md G5).
MAX_TOKEN = 1000
MAX_DOMAIN = 255
MAX_URL = 1000
_DEFAULT_PORTS = {"http": 80, "https": 443}
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)\Z")
_PATH = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*\Z")
_ASCII_DIGITS = re.compile(r"[0-9]{1,5}\Z")


def read_server_url(text: str) -> str:
    """The base address of the PBX's API as it is stored: lower-case scheme and host, no default port, no final slash.

    Only ``https``; ``http`` to a loopback address alone. Raises ``InputRefused("server_invalid", "server")`` for
    anything else, and for credentials, a query or a fragment in the address.
    """
    try:
        return _read_url(text, schemes=("https", "http"), with_path=True)
    except ValueError as problem:
        raise InputRefused("server_invalid", "server", _why(problem)) from None


def read_proxy_url(text: str) -> str:
    """The address of an HTTP proxy, ``http://host:port`` or ``https://host:port``; without a scheme it is ``http``.

    Raises ``InputRefused("proxy_invalid", "proxy")``; also for credentials in it: they have fields of their own.
    """
    text = text.strip()
    try:
        return _read_url(text if "://" in text else f"http://{text}", schemes=("http", "https"), with_path=False)
    except ValueError as problem:
        raise InputRefused("proxy_invalid", "proxy", _why(problem)) from None


def read_domain(text: str) -> str:
    """The domain name as sent: spaces around it do not count. Raises ``InputRefused("domain_invalid", "domain")`` when
    it is empty, too long, or holds a colon (RFC 7617), white space or control characters."""
    domain = text.strip()
    if not domain or len(domain) > MAX_DOMAIN or ":" in domain or not _is_plain(domain):
        raise InputRefused("domain_invalid", "domain")
    return domain


def read_token(text: str) -> str:
    """The API token as sent: white space around it, as pasting and pipes leave it, does not count. Raises
    ``InputRefused("token_invalid", "token")`` when it is empty, longer than 1,000 characters, or holds white space or
    control characters. The refusal never quotes the token."""
    token = text.strip()
    if not token or len(token) > MAX_TOKEN or not _is_plain(token):
        raise InputRefused("token_invalid", "token")
    return token


def is_loopback(host: str) -> bool:
    """Whether a host, as it stands in an address, is this computer: ``localhost`` or a loopback literal."""
    host = host.strip("[]").lower()
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _Unusable(ValueError):
    """Says why in words of ours. Other ``ValueError``s may quote the address, a password included."""


def _why(problem: ValueError) -> str:
    return str(problem) if isinstance(problem, _Unusable) else "malformed"


def _is_plain(text: str) -> bool:
    """No white space, no control or format characters, nothing that has no UTF-8 form."""
    return not any(c.isspace() or unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in text)


def _read_url(text: str, *, schemes: tuple[str, ...], with_path: bool) -> str:
    text = text.strip()
    if len(text) > MAX_URL or not _is_plain(text) or "\\" in text:
        raise _Unusable("not an address")
    parts = urlsplit(text)
    scheme = parts.scheme.lower()
    if scheme not in schemes or not parts.netloc:
        raise _Unusable("not a web address")
    if "@" in parts.netloc:
        raise _Unusable("holds credentials")
    if any(mark in text for mark in "?#"):
        raise _Unusable("holds a query or a fragment")
    host = _read_host(parts)
    if with_path and scheme == "http" and not is_loopback(host):
        raise _Unusable("not encrypted")
    port = _read_port(parts)
    shown_port = "" if port in (None, _DEFAULT_PORTS[scheme]) else f":{port}"
    return f"{scheme}://{host}{shown_port}{_read_path(parts.path, with_path=with_path)}"


def _read_path(path: str, *, with_path: bool) -> str:
    path = path.rstrip("/")
    if path and not with_path:
        raise _Unusable("holds a path")
    if not _PATH.match(path) or any(part in ("", ".", "..") for part in path.split("/")[1:]):
        raise _Unusable("unusable path")
    return path


def _read_port(parts: SplitResult) -> int | None:
    bracketed = "[" in parts.netloc
    host, colon, port = (parts.netloc.rpartition("]")[2] if bracketed else parts.netloc).partition(":")
    if bracketed and host:
        raise _Unusable("unusable host name")
    if not colon:
        return None
    if not _ASCII_DIGITS.match(port) or not 1 <= int(port) <= 65535:
        raise _Unusable("unusable port")
    return int(port)


def _read_host(parts: SplitResult) -> str:
    """The host in the one spelling that is stored: names in lower case and ASCII, addresses in canonical form."""
    netloc = parts.netloc
    if netloc.startswith("["):
        literal = netloc[1:].partition("]")[0]
        if "%" in literal:
            raise _Unusable("an address of one network interface")
        return f"[{ipaddress.IPv6Address(literal).compressed}]"
    name = netloc.partition(":")[0].lower().removesuffix(".")
    if not name.isascii():
        name = name.encode("idna").decode("ascii")
    elif "xn--" in name:
        name.encode("ascii").decode("idna")  # raises where it is malformed
    labels = name.split(".")
    if len(name) > 253 or not all(_LABEL.match(label) for label in labels):
        raise _Unusable("unusable host name")
    if labels[-1].isdigit() or labels[-1].startswith("0x"):
        return str(ipaddress.IPv4Address(name))  # 127.1 and 0x7f000001 are read differently from place to place
    return name
