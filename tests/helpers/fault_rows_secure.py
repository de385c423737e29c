"""Rows E, F and G: certificates, proxies, sign-in."""

from __future__ import annotations

import datetime
import functools
import ssl
import warnings

from tests.helpers import fault_scripts as do
from tests.helpers import fault_worlds as world
from tests.helpers.fault_rows import (
    ENCRYPTED,
    NAME,
    PATIENT,
    PLACED,
    SHORT_CONNECT,
    Row,
    Via,
    authority,
    not_sent,
    server_context,
    tls_expired,
    tls_named,
    tls_of_another_authority,
    unknown,
)

NO_POST = (0,)
TLS = (Via.TLS,)
PROXY = (Via.PROXY,)
DIRECT = (Via.DIRECT,)


@functools.cache
def tls_not_yet() -> ssl.SSLContext:
    soon = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=2)
    return server_context(authority().issue_cert("127.0.0.1", NAME, not_before=soon))


@functools.cache
def tls_old() -> ssl.SSLContext:
    context = server_context(authority().issue_cert("127.0.0.1", NAME))
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings(action="ignore"):
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


def _wants_client(version: ssl.TLSVersion) -> ssl.SSLContext:
    context = server_context(authority().issue_cert("127.0.0.1", NAME))
    context.maximum_version = version
    context.verify_mode = ssl.CERT_REQUIRED
    authority().configure_trust(context)
    return context


@functools.cache
def wants_client_12() -> ssl.SSLContext:
    return _wants_client(ssl.TLSVersion.TLSv1_2)


@functools.cache
def wants_client_13() -> ssl.SSLContext:
    return _wants_client(ssl.TLSVersion.TLSv1_3)


@functools.cache
def tls_without_intermediate() -> ssl.SSLContext:
    """The server sends its own certificate and not the one between it and the authority."""
    cert = authority().create_child_ca().issue_cert("127.0.0.1", NAME)
    lone = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with cert.private_key_pem.tempfile() as key, cert.cert_chain_pems[0].tempfile() as leaf:
        lone.load_cert_chain(leaf, key)
    return lone


CERTIFICATES = (
    Row(
        "E1",
        "unknown authority",
        do.success,
        not_sent("certificate_untrusted"),
        ENCRYPTED,
        NO_POST,
        server_tls=tls_of_another_authority,
    ),
    Row(
        "E2",
        "wrong host name",
        do.success,
        not_sent("certificate_wrong_host"),
        ENCRYPTED,
        NO_POST,
        server_tls=lambda: tls_named("other.test"),
    ),
    Row("E3", "expired", do.success, not_sent("certificate_expired"), ENCRYPTED, NO_POST, server_tls=tls_expired),
    Row(
        "E3-early",
        "not yet valid",
        do.success,
        not_sent("certificate_not_yet_valid"),
        ENCRYPTED,
        NO_POST,
        server_tls=tls_not_yet,
    ),
    Row(
        "E4-stall",
        "the handshake stalls",
        do.success,
        not_sent("connect_timeout"),
        ENCRYPTED,
        NO_POST,
        SHORT_CONNECT,
        before_tls=do.hold,
    ),
    Row(
        "E4-rst",
        "RST in the handshake",
        do.success,
        not_sent("connection_lost_early"),
        ENCRYPTED,
        NO_POST,
        before_tls=do.rst_unread,
    ),
    Row(
        "E4-fin",
        "FIN in the handshake",
        do.success,
        not_sent("connection_lost_early"),
        ENCRYPTED,
        NO_POST,
        before_tls=do.fin,
    ),
    Row(
        "E4-plain",
        "plain HTTP where TLS belongs",
        do.success,
        not_sent("tls_failed"),
        ENCRYPTED,
        NO_POST,
        before_tls=do.retorts(do.http(400, b"no")),
    ),
    Row("E5", "TLS 1.1 at most", do.success, not_sent("tls_failed"), ENCRYPTED, NO_POST, server_tls=tls_old),
    Row(
        "E6-12",
        "a client certificate is wanted, TLS 1.2",
        do.success,
        not_sent("tls_failed"),
        ENCRYPTED,
        NO_POST,
        server_tls=wants_client_12,
    ),
    Row(
        "E6-13",
        "a client certificate is wanted, TLS 1.3",
        do.success,
        unknown("connection_broke"),
        ENCRYPTED,
        NO_POST,
        server_tls=wants_client_13,
    ),
    Row(
        "E7",
        "SSL_CERT_FILE leads nowhere",
        do.success,
        PLACED,
        ENCRYPTED,
        world=world.environment(SSL_CERT_FILE="/nowhere.pem"),
    ),
    Row(
        "E9",
        "no intermediate certificate",
        do.success,
        not_sent("certificate_untrusted"),
        ENCRYPTED,
        NO_POST,
        server_tls=tls_without_intermediate,
    ),
)


def _proxy(name: str, fault: str, raw: bytes, failure: str, ending: do.Ending = do.fin) -> Row:
    deadlines = SHORT_CONNECT if ending is do.hold else PATIENT
    return Row(name, fault, do.success, not_sent(failure), PROXY, NO_POST, deadlines, proxy=do.proxy_says(raw, ending))


def _named(name: str, fault: str, url: str) -> Row:
    """The system names a proxy that cannot be used."""
    return Row(name, fault, do.success, not_sent("proxy_unusable"), PROXY, NO_POST, environ={"HTTPS_PROXY": url})


PROXIES = (
    _proxy("F2-fin", "CONNECT: FIN", b"", "proxy_refused"),
    _proxy("F2-rst", "CONNECT: RST", b"", "proxy_refused", do.rst),
    _proxy("F2-silence", "CONNECT: silence", b"", "proxy_unreachable", do.hold),
    _proxy("F2-garbage", "CONNECT: not HTTP", b"SSH-2.0-x\r\n\r\n", "proxy_refused"),
    _proxy("F2-half", "CONNECT: half an answer", b"HTTP/1.1 20", "proxy_refused"),
    _proxy("F3-407", "407", do.http(407, b"sign in"), "proxy_sign_in"),
    _proxy("F3-403", "403", do.http(403, b"no"), "proxy_refused"),
    _proxy("F3-503", "503", do.http(503, b"no"), "proxy_refused"),
    _proxy("F3-302", "302", do.http(302, b"", "Location: http://127.0.0.1/login"), "proxy_refused"),
    _proxy("F3-body", "200 with a page instead of a tunnel", do.http(200, b"<html>"), "connection_lost_early"),
    Row(
        "F4",
        "the tunnel breaks in mid POST",
        do.reads_post_then(do.hold),
        unknown("connection_broke"),
        PROXY,
        NO_POST,
        tunnel_bytes=20_000,
        padding=200_000,
    ),
    Row(
        "F5-v6",
        "NO_PROXY=[::1]",
        do.success,
        PLACED,
        PROXY,
        environ={"HTTPS_PROXY": "http://127.0.0.1:{proxy}", "NO_PROXY": "[::1]"},
    ),
    Row(
        "F5-cidr",
        "NO_PROXY with networks and garbage",
        do.success,
        PLACED,
        PROXY,
        environ={"https_proxy": "127.0.0.1:{proxy}", "no_proxy": "fe80::/10, 10.0.0.0/8,[::, 1.2.3.4/99, :::"},
    ),
    Row(
        "F5-covers",
        "NO_PROXY covers the server",
        do.success,
        not_sent("address_not_found"),
        PROXY,
        NO_POST,
        environ={"ALL_PROXY": "http://127.0.0.1:{proxy}", "NO_PROXY": ".test"},
        world=world.no_such_name(NAME),
    ),
    Row(
        "F5-loopback",
        "this computer never goes through a proxy",
        do.success,
        PLACED,
        (Via.DIRECT, Via.TLS),
        environ={"HTTPS_PROXY": "http://127.0.0.1:1", "HTTP_PROXY": "http://127.0.0.1:1"},
    ),
    _named("F6-socks", "HTTPS_PROXY=socks5://", "socks5://127.0.0.1:{proxy}"),
    _named("F6-ftp", "HTTPS_PROXY=ftp://", "ftp://x"),
    _named("F6-colons", "HTTPS_PROXY=::::", "::::"),
    _named("F6-port", "HTTPS_PROXY with a port of 99999", "http://127.0.0.1:99999"),
    Row(
        "F7",
        "credentials in HTTPS_PROXY",
        do.success,
        PLACED,
        PROXY,
        environ={"HTTPS_PROXY": "http://us%65r:pw%40@127.0.0.1:{proxy}"},
    ),
    Row(
        "F8",
        "http beyond this computer",
        do.success,
        not_sent("server_invalid"),
        PROXY,
        NO_POST,
        url="http://{name}/basix/api",
    ),
    Row(
        "F9",
        "an intercepting proxy",
        do.success,
        not_sent("certificate_untrusted"),
        PROXY,
        NO_POST,
        server_tls=tls_of_another_authority,
    ),
)
