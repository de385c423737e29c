"""The real cause below an exception decides what is said of it."""

from __future__ import annotations

import errno
import socket
import ssl

import httpx
import pytest

from basix_desktop.net.causes import Stage, explain


def _below(cause: BaseException) -> httpx.ConnectError:
    """As httpx hands it on: its own exception above the library's above the system's."""
    outer = httpx.ConnectError("All connection attempts failed")
    middle = OSError("All connection attempts failed")
    middle.__cause__ = cause
    outer.__cause__ = middle
    return outer


@pytest.mark.parametrize(
    ("cause", "failure"),
    [
        (socket.gaierror(socket.EAI_NONAME, "x"), "address_not_found"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "x"), "connection_refused"),
        (OSError(errno.ENETUNREACH, "x"), "network_unreachable"),
        (OSError(errno.EMFILE, "x"), "too_many_files"),
        (TimeoutError(errno.ETIMEDOUT, "x"), "connect_timeout"),
        (TimeoutError(), "connect_timeout"),
        (ConnectionResetError(errno.ECONNRESET, "x"), "connection_lost_early"),
        (OSError(errno.EIO, "x"), "network_failed"),
        (httpx.PoolTimeout("x"), "network_failed"),
    ],
)
def test_without_a_proxy(cause: BaseException, failure: str) -> None:
    found = explain(_below(cause), Stage.TCP, proxied=False, connect_status=None)
    assert found is not None
    assert found.id == failure


def test_of_several_addresses_the_most_telling_failure_counts() -> None:
    group = ExceptionGroup(
        "several", [OSError(errno.ENETUNREACH, "v6"), ConnectionRefusedError(errno.ECONNREFUSED, "v4")]
    )
    found = explain(_below(group), Stage.TCP, proxied=False, connect_status=None)
    assert found is not None
    assert found.id == "connection_refused"


@pytest.mark.parametrize(
    ("code", "failure"),
    [
        (9, "certificate_not_yet_valid"),
        (10, "certificate_expired"),
        (62, "certificate_wrong_host"),
        (64, "certificate_wrong_host"),
        (18, "certificate_untrusted"),
        (20, "certificate_untrusted"),
        (0x800B0101, "certificate_expired"),
        (0x800B0101 - 2**32, "certificate_expired"),
        (0x800B0109, "certificate_untrusted"),
        (-67818, "certificate_expired"),
        (-67602, "certificate_wrong_host"),
    ],
)
def test_certificates(code: int, failure: str) -> None:
    problem = ssl.SSLCertVerificationError("x")
    problem.verify_code = code
    problem.verify_message = "said\x1b by the system"
    found = explain(_below(problem), Stage.TLS, proxied=True, connect_status=200)
    assert found is not None
    assert found.id == failure
    assert found.detail == f"said? by the system (code {code})"


@pytest.mark.parametrize(
    ("stage", "status", "cause", "failure"),
    [
        (Stage.TCP, None, ConnectionRefusedError(errno.ECONNREFUSED, "x"), "proxy_unreachable"),
        (Stage.TCP, None, socket.gaierror(socket.EAI_NONAME, "x"), "proxy_unreachable"),
        (Stage.TCP, None, OSError(errno.EMFILE, "x"), "too_many_files"),
        (Stage.PROXY_TLS, None, ssl.SSLError("x"), "proxy_unusable"),
        (Stage.CONNECT, 407, OSError("x"), "proxy_sign_in"),
        (Stage.CONNECT, 502, OSError("x"), "proxy_refused"),
        (Stage.CONNECT, None, TimeoutError(), "proxy_unreachable"),
    ],
)
def test_through_a_proxy(stage: Stage, status: int | None, cause: BaseException, failure: str) -> None:
    found = explain(_below(cause), stage, proxied=True, connect_status=status)
    assert found is not None
    assert found.id == failure


def test_a_mistake_of_ours_is_not_called_a_network_failure() -> None:
    assert explain(TypeError("x"), Stage.TCP, proxied=False, connect_status=None) is None


def test_a_detail_holds_no_text_of_the_other_side() -> None:
    found = explain(httpx.RemoteProtocolError("<b>rude</b>"), Stage.CONNECT, proxied=True, connect_status=None)
    assert found is not None
    assert "rude" not in found.detail
