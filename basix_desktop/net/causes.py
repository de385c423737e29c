"""Why a request was not sent: exceptions before the gate become failures with a remedy.

The class of httpx's exception says little (one ``ConnectError`` for a name, a port and a certificate), so the real
causes below it are looked at. No text of the other side, no address with credentials gets into a ``detail``.
"""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from enum import StrEnum

from basix_desktop.domain.errors import BasixError, CertificateProblem, NotReached, ProxyProblem


class Stage(StrEnum):
    """How far a request had come. With a proxy, everything before TLS is between us and the proxy."""

    START = "start"
    TCP = "tcp"
    PROXY_TLS = "proxy_tls"
    CONNECT = "connect"
    TLS = "tls"
    READY = "ready"


_ERRNOS = {
    errno.EMFILE: "too_many_files",
    errno.ENFILE: "too_many_files",
    errno.ECONNREFUSED: "connection_refused",
    errno.ETIMEDOUT: "connect_timeout",
    errno.ECONNRESET: "connection_lost_early",
    errno.ECONNABORTED: "connection_lost_early",
    errno.EPIPE: "connection_lost_early",
    errno.ENETUNREACH: "network_unreachable",
    errno.EHOSTUNREACH: "network_unreachable",
    errno.ENETDOWN: "network_unreachable",
    errno.EADDRNOTAVAIL: "network_unreachable",
    errno.EACCES: "network_unreachable",  # a route marked "prohibit", or a firewall
    errno.EPERM: "network_unreachable",
    errno.EINVAL: "network_unreachable",  # a route marked "blackhole"
}
#: Of several addresses' failures the one that says most.
_TELLING = (
    "too_many_files",
    "connection_refused",
    "connection_lost_early",
    "connect_timeout",
    "network_unreachable",
)
#: X509_V_ERR_* of OpenSSL; Windows' and macOS' own codes (as truststore hands them on).
_CERTIFICATE_CODES = {
    9: "certificate_not_yet_valid",
    10: "certificate_expired",
    62: "certificate_wrong_host",
    63: "certificate_wrong_host",
    64: "certificate_wrong_host",
    0x800B0101: "certificate_expired",  # CERT_E_EXPIRED: also "not yet valid"
    0x800B010F: "certificate_wrong_host",  # CERT_E_CN_NO_MATCH
    -67818: "certificate_expired",  # errSecCertificateExpired
    -67819: "certificate_not_yet_valid",  # errSecCertificateNotValidYet
    -67602: "certificate_wrong_host",  # errSecHostNameMismatch
}


#: TLS errors that only say that the other side is gone, or that bytes were awaited when something else went wrong.
_NO_ALERT = (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


def explain(problem: BaseException, stage: Stage, proxied: bool, connect_status: int | None) -> BasixError | None:
    """The failure behind an exception raised before the gate, or None if it is not one of the network's."""
    causes = list(_causes(problem))
    certificate = next((cause for cause in causes if isinstance(cause, ssl.SSLCertVerificationError)), None)
    if proxied and stage is not Stage.TLS:
        return _explain_proxy(causes, certificate, stage, connect_status)
    if certificate is not None:
        return _explain_certificate(certificate)
    if stage is Stage.TLS:
        return _explain_handshake(causes)
    return _explain_network(causes)


def _causes(problem: BaseException) -> Iterator[BaseException]:
    """An exception and everything below it, each once."""
    waiting, seen = [problem], set[int]()
    while waiting:
        cause = waiting.pop(0)
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        if isinstance(cause, BaseExceptionGroup):
            waiting.extend(cause.exceptions)
        waiting.extend(below for below in (cause.__cause__, cause.__context__) if below is not None)


def _explain_certificate(problem: ssl.SSLCertVerificationError) -> CertificateProblem:
    code = getattr(problem, "verify_code", 0)
    unsigned = code & 0xFFFFFFFF if isinstance(code, int) and code < 0 else code
    known = _CERTIFICATE_CODES.get(code) or _CERTIFICATE_CODES.get(unsigned) or "certificate_untrusted"
    said = str(getattr(problem, "verify_message", "") or "")
    return CertificateProblem(known, _plain(f"{said} (code {code})" if said else f"code {code}"))


def _explain_handshake(causes: list[BaseException]) -> BasixError:
    """TLS did not come about, for another reason than the certificate."""
    if any(isinstance(cause, TimeoutError) and not isinstance(cause, ssl.SSLError) for cause in causes):
        return NotReached("connect_timeout", "during the TLS handshake")
    for cause in causes:
        if isinstance(cause, ssl.SSLError) and not isinstance(cause, _NO_ALERT):
            return CertificateProblem("tls_failed", _plain(cause.reason or type(cause).__name__))
    return NotReached("connection_lost_early", "during the TLS handshake")


def _explain_network(causes: list[BaseException]) -> BasixError | None:
    look_up = next((cause for cause in causes if isinstance(cause, socket.gaierror | UnicodeError)), None)
    if look_up is not None:
        code = getattr(look_up, "errno", None)
        return NotReached("address_not_found", f"getaddrinfo {code}" if code is not None else "unusable host name")
    found = {_ERRNOS[cause.errno]: cause for cause in causes if isinstance(cause, OSError) and cause.errno in _ERRNOS}
    for id_ in _TELLING:
        if id_ in found:
            return NotReached(id_, _named(found[id_]))
    if any(isinstance(cause, TimeoutError) for cause in causes):
        return NotReached("connect_timeout")
    known = any(isinstance(cause, OSError) for cause in causes) or is_transport_error(causes[0])
    return NotReached("network_failed", _named(causes[-1])) if known else None


def _explain_proxy(
    causes: list[BaseException], certificate: ssl.SSLError | None, stage: Stage, connect_status: int | None
) -> BasixError | None:
    """Whatever fails before the tunnel stands is between us and the proxy."""
    if stage is Stage.CONNECT:
        if connect_status is not None and not 200 <= connect_status < 300:
            id_ = "proxy_sign_in" if connect_status == 407 else "proxy_refused"
            return ProxyProblem(id_, f"CONNECT answered with HTTP {connect_status}")
        if any(isinstance(cause, TimeoutError) for cause in causes):
            return ProxyProblem("proxy_unreachable", "no answer to CONNECT")
        return ProxyProblem("proxy_refused", f"CONNECT: {type(causes[0]).__name__}")
    if stage is Stage.PROXY_TLS:
        what = getattr(certificate, "verify_message", "") or type(causes[0]).__name__
        return ProxyProblem("proxy_unusable", _plain(f"TLS to the proxy: {what}"))
    reached = _explain_network(causes)
    if isinstance(reached, NotReached) and reached.id == "too_many_files":
        return reached
    return ProxyProblem("proxy_unreachable", reached.failure.detail or reached.id) if reached else None


def is_transport_error(problem: BaseException) -> bool:
    """Whether an exception is one of httpx's or httpcore's (told without importing them)."""
    return type(problem).__module__.partition(".")[0] in ("httpx", "httpcore", "h11", "anyio")


def _named(problem: BaseException) -> str:
    """An exception's class and error number: their texts may quote the other side."""
    number = getattr(problem, "errno", None)
    return f"{type(problem).__name__} {errno.errorcode.get(number, number)}" if number else type(problem).__name__


def _plain(text: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in text)[:200]
