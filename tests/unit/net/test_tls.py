"""Whose certificates are trusted, and what the environment can and cannot change about it."""

from __future__ import annotations

import ast
import asyncio
import os
import ssl
import subprocess
import sys
import threading
from pathlib import Path
from unittest import mock

import pytest

import basix_desktop
from basix_desktop.domain.errors import CertificateProblem
from basix_desktop.net import tls
from basix_desktop.net.exchange import Deadlines, Post
from basix_desktop.net.http import Http
from basix_desktop.net.loop import new_event_loop
from tests.helpers import fault_scripts as do
from tests.helpers.fault_rows import NAME, authority
from tests.helpers.fault_server import FaultServer, tunnel
from tests.helpers.posting import open_gate, over_tls


def test_nothing_in_the_program_trusts_everybody() -> None:
    package = Path(basix_desktop.__file__).parent
    forbidden = {"CERT_NONE", "_create_unverified_context", "_create_default_https_context", "create_default_context"}
    careless = {("verify", False), ("follow_redirects", True), ("trust_env", True)}
    for file in package.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = getattr(node, "attr", None) or getattr(node, "id", None)
            assert name not in forbidden, f"{file.name}: {name}"
            if isinstance(node, ast.keyword) and isinstance(node.value, ast.Constant):
                assert (node.arg, node.value.value) not in careless, f"{file.name}: {node.arg}"
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                assert node.attr not in ("check_hostname", "verify_mode", "keylog_filename"), file


def test_tls_is_set_up_off_the_loop_and_once() -> None:
    threads: list[threading.Thread] = []

    def build(_: bytes | None) -> ssl.SSLContext:
        threads.append(threading.current_thread())
        return tls.bare_context()

    fresh = Http()
    with (
        FaultServer(do.success) as server,
        mock.patch("basix_desktop.net.tls.build_context", build),
        asyncio.Runner(loop_factory=new_event_loop) as runner,
    ):
        post = Post(f"http://127.0.0.1:{server.port}/x", b"{}", "domain", "token")
        for _ in range(2):
            runner.run(fresh.post(post, open_gate, Deadlines(10, 10)))
    assert len(threads) == 1
    assert threads[0] is not threading.current_thread()
    assert threads[0].daemon


_TLS_PROGRAM = """
import asyncio, sys
from pathlib import Path
from basix_desktop.domain.errors import BasixError
from basix_desktop.net.exchange import Deadlines, Post
from basix_desktop.net.http import Http
from basix_desktop.net.loop import new_event_loop
from basix_desktop.net.proxy import Proxy
async def gate(): pass
url, proxy = sys.argv[1:3]
post = Post(url, b"{}", "d", "t", (("X-Request-Id", "a1"),), Proxy(proxy) if proxy else None)
http = Http(extra_ca=sys.stdin.buffer.read() or None)
with asyncio.Runner(loop_factory=new_event_loop) as runner:
    try:
        print(runner.run(http.post(post, gate, Deadlines(10, 10))).status)
    except BasixError as problem:
        print(problem.id)
"""


def in_process(url: str, ca: bytes, proxy: str = "", **environ: str) -> str:
    """A request from a process of its own, with this environment."""
    ended = subprocess.run(
        [sys.executable, "-c", _TLS_PROGRAM, url, proxy],
        input=ca,
        capture_output=True,
        timeout=60,
        check=True,
        env={**os.environ, **environ},
    )
    assert ended.stderr == b""
    return ended.stdout.decode().strip()


def test_no_key_log_is_written_not_even_for_an_encrypted_proxy(tmp_path: Path) -> None:
    log = tmp_path / "keys.log"
    with FaultServer(over_tls(do.success)) as server, FaultServer(over_tls(tunnel(lambda: server.port))) as proxy:
        ca = authority().cert_pem.bytes()
        proxy_url = f"https://127.0.0.1:{proxy.port}"
        assert in_process(f"https://{NAME}/x", ca, proxy_url, SSLKEYLOGFILE=str(log)) == "200"
    assert not log.exists()


def test_a_missing_or_broken_certificate_file_stops_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pem"
    broken.write_bytes(b"-----BEGIN CERTIFICATE-----\nnot base64\n-----END CERTIFICATE-----\n")
    with FaultServer(over_tls(do.success)) as server:
        url = f"https://127.0.0.1:{server.port}/x"
        ca = authority().cert_pem.bytes()
        assert in_process(url, ca, SSL_CERT_FILE=str(tmp_path / "nowhere.pem")) == "200"
        assert in_process(url, b"", SSL_CERT_FILE=str(tmp_path / "nowhere.pem")) == "certificate_untrusted"
        assert in_process(url, b"", SSL_CERT_FILE=str(broken)) in {"certificate_untrusted", "tls_failed"}


def test_the_systems_own_certificate_file_is_trusted(tmp_path: Path) -> None:
    store = tmp_path / "store.pem"
    store.write_bytes(authority().cert_pem.bytes())
    with FaultServer(over_tls(do.success)) as server:
        assert in_process(f"https://127.0.0.1:{server.port}/x", b"", SSL_CERT_FILE=str(store)) == "200"


def test_an_authority_that_cannot_be_read_is_a_failure_with_a_remedy() -> None:
    with pytest.raises(CertificateProblem) as problem:
        Http(extra_ca=b"not a certificate").prepare()
    assert problem.value.id == "tls_failed"
