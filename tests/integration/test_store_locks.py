"""The lock that says "in use": kept for as long as the log is open, so that no other program deletes a file of it.

A lock that is lost shows nowhere in this process: what counts is what the kernel says, and what another one then does.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from basix_desktop.app.clock import SystemClock
from basix_desktop.app.paths import Paths
from basix_desktop.app.stores import Stores
from basix_desktop.app.wiring import open_core
from basix_desktop.domain.accounts import Account, Token
from basix_desktop.domain.calls import CallRequest, State
from basix_desktop.domain.numbers import read
from basix_desktop.services.dialer import Order
from basix_desktop.store import backups, filesystem
from basix_desktop.store.database import open_database
from tests.helpers.dialing import Seen
from tests.helpers.fault_server import Connection, FaultServer
from tests.helpers.file_locks import deleted, held, needs_proc
from tests.helpers.mounts import mounts_with
from tests.integration.cli_process import Cli, cli_in
from tests.integration.test_kill_matrix import ANSWER, url
from tests.unit.store.kit import Desk
from tests.unit.store.kit import desk as process

pytestmark = needs_proc

TOKEN = "t0ken-of-the-account"


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    return cli_in(tmp_path)


@pytest.fixture
def stores(cli: Cli) -> Iterator[Stores]:
    """A window's view of the log that ``cli`` uses, open to write and to read."""
    made = Stores(cli.data_dir / "calls.sqlite3", cli.data_dir / "instances", SystemClock())
    made.open().result(20)
    made.reader.submit(made.history.counts).result(20)
    yield made
    assert made.close()


def test_the_writer_has_it_and_the_shared_memory_has_one_of_its_own(tmp_path: Path) -> None:
    with process(tmp_path) as one:
        one.call()
        assert held(one.path) == ["READ"]
        assert held(one.path.with_name("calls.sqlite3-shm")) == ["READ"]


def second_writer(one: Desk) -> None:
    open_database(one.path).close()


def second_reader(one: Desk) -> None:
    open_database(one.path, read_only=True).close()


def back_up(one: Desk) -> None:
    backups.newest_good(backups.make(one.reading, one.path, 1))


@pytest.mark.parametrize("meanwhile", [second_writer, second_reader, back_up])
def test_nothing_that_is_opened_beside_it_drops_it(tmp_path: Path, meanwhile: Callable[[Desk], None]) -> None:
    with process(tmp_path) as one:
        one.call()
        meanwhile(one)
        assert held(one.path) == ["READ"]
        assert held(one.path.with_name("calls.sqlite3-shm")) == ["READ"]


def test_nor_does_an_examination_or_another_program(stores: Stores, cli: Cli) -> None:
    log = cli.data_dir / "calls.sqlite3"
    assert held(log) == ["READ"]
    assert stores.examine() == []
    assert held(log) == ["READ"]
    for command in ("log", "doctor"):
        cli.run(command)
        assert held(log) == ["READ"]
        assert deleted() == []
        assert log.with_name("calls.sqlite3-wal").exists()


def test_a_transaction_where_other_machines_may_use_the_file_stays_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no lock between transactions there; in one, another look at the file must not open it to others."""
    monkeypatch.setattr(filesystem, "MOUNTS", mounts_with("nfs4", tmp_path))
    with process(tmp_path) as one:
        one.database.execute("BEGIN IMMEDIATE")
        before = held(one.path)
        second_reader(one)
        assert held(one.path) == before != []
        one.database.execute("ROLLBACK")


def test_a_file_put_in_its_place_is_locked_too(stores: Stores, cli: Cli) -> None:
    copy = stores.db.submit(lambda: backups.make(stores._writer()[0], cli.data_dir / "calls.sqlite3", 1)).result(20)
    for _ in "12":
        stores.replace_log(copy).result(20)
        stores.reader.submit(stores.history.counts).result(20)
        assert held(cli.data_dir / "calls.sqlite3") == ["READ"]


def test_a_program_that_came_and_went_hides_no_call_in_flight(cli: Cli) -> None:
    """The window is calling and the PBX takes its time; the same number on the command line is refused, not sent."""
    answered = threading.Event()

    def slow(connection: Connection) -> None:
        connection.read_post()
        assert answered.wait(30)
        connection.send(ANSWER)
        connection.hold()

    with FaultServer(slow) as server:
        account = Account("office", "example.com", url(server))
        paths = Paths.choose(cli.data_dir)
        paths.prepare()
        core = open_core(paths, account_for_once=(account, Token(TOKEN)))
        try:
            core.stores.open().result(20)
            assert cli.run("log").status == 0
            number = read("0312341234", "JP", account.dial_format)
            seen = Seen()
            order = Order(account, CallRequest(number.sent, "sales"), number, number.sent)
            press = core.dialer.place(order, seen)
            seen.wait(State.SENDING)
            for_once = ("--server", account.server, "--domain", account.domain, "--token-stdin")
            told = cli.run("call", "0312341234", "sales", *for_once, "--yes", "--json", stdin=TOKEN.encode())
            answered.set()
            assert press.done.result(20).state is State.ACCEPTED
        finally:
            answered.set()
            core.close()
        assert (told.status, told.json["error"]["id"]) == (3, "call_in_progress")
        assert len(server.posts) == 1
    (row,) = cli.run("log", "--json").lines
    assert row["state"] == "ACCEPTED"
