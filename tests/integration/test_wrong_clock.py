"""This computer's clock is years off (reliability.md E3, L2): nothing is sent, the clock is named, nothing breaks."""

from __future__ import annotations

import datetime
import ssl
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from tests.helpers.fault_server import Connection, FaultServer
from tests.integration.cli_process import Cli, cli_in
from tests.integration.test_kill_matrix import ANSWER

TOKEN = "canary-of-the-clock"


def faketime() -> Path | None:
    """Debian's library, which tells a process another time."""
    return next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)


pytestmark = pytest.mark.skipif(sys.platform != "linux" or faketime() is None, reason="needs libfaketime")


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def server(authority: trustme.CA) -> Iterator[FaultServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    next_year = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=365)
    authority.issue_cert("127.0.0.1", not_after=next_year).configure_cert(context)

    def serve(connection: Connection) -> None:
        connection.start_tls(context)
        connection.read_post()
        connection.send(ANSWER)
        connection.hold()

    with FaultServer(serve) as made:
        yield made


@pytest.fixture
def cli(tmp_path: Path, authority: trustme.CA) -> Cli:
    bundle = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(bundle)
    return cli_in(tmp_path, SSL_CERT_FILE=str(bundle))


def at(cli: Cli, when: str) -> Cli:
    """The same computer with its clock set to that."""
    faked = {"LD_PRELOAD": str(faketime()), "FAKETIME": when, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    return Cli(cli.home, {**cli.environment, **faked})


def place(server: FaultServer, *options: str) -> list[str]:
    address = f"https://127.0.0.1:{server.port}/basix/api"
    account = ["--server", address, "--domain", "example", "--token-stdin", "--yes"]
    return ["call", "0312341234", "sales", *account, *options]


def test_with_the_right_clock_the_call_is_placed(cli: Cli, server: FaultServer) -> None:
    placed = cli.run(*place(server, "--json"), stdin=TOKEN.encode())
    assert (placed.status, placed.json["outcome"]) == (0, "placed"), placed.err


@pytest.mark.parametrize(
    ("when", "id_"),
    [
        ("@2038-01-20 03:14:08", "certificate_expired"),
        ("@1971-01-01 00:00:00", "certificate_not_yet_valid"),
    ],
)
def test_with_a_wrong_one_it_is_not_and_the_clock_is_named(cli: Cli, server: FaultServer, when: str, id_: str) -> None:
    told = at(cli, when).run(*place(server, "--json"), stdin=TOKEN.encode())
    assert (told.status, told.json["outcome"], told.json["error"]["id"]) == (3, "not_placed", id_)
    for language, word in (("en", "date and time"), ("ja", "日付と時刻")):
        words = at(cli, when).run("--lang", language, *place(server), stdin=TOKEN.encode())
        assert word in words.err + words.out
    assert server.posts == []
    assert TOKEN.encode() not in server.received
    rows = cli.run("log", "--json").lines
    assert [row["state"] for row in rows] == ["NOT_SENT"] * 3
    assert all(row["created_at"].startswith(when[1:5]) for row in rows)
    placed = cli.run(*place(server, "--json"), stdin=TOKEN.encode())
    assert placed.status == 0, "set right, it calls"
