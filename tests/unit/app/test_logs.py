"""The log file: redacted, private, and never in the way."""

from __future__ import annotations

import logging
import os
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from basix_desktop.app import logs

TOKEN = "canary-0123456789-token"


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    (tmp_path / "logs").mkdir()
    return tmp_path / "logs"


@pytest.fixture
def log(directory: Path) -> Iterator[logs.FileLog]:
    log = logs.start(directory, logging.DEBUG)
    yield log
    log.stop()


def written(log: logs.FileLog, directory: Path) -> str:
    log.stop(10)
    return (directory / logs.FILE_NAME).read_text(encoding="utf-8")


def test_what_is_logged_is_in_the_file_once_it_is_stopped(log: logs.FileLog, directory: Path) -> None:
    for number in range(1000):
        logging.getLogger("basix_desktop.test").info("line %d of 日本語", number)
    text = written(log, directory)
    assert text.count("日本語") == 1000
    assert text.index("line 0 ") < text.index("line 999 ")
    assert log.dropped == 0
    if os.name == "posix":
        assert stat.S_IMODE((directory / logs.FILE_NAME).stat().st_mode) == 0o600


@pytest.mark.logs_expected("failed")
def test_neither_secrets_nor_numbers_nor_values_of_variables(log: logs.FileLog, directory: Path) -> None:
    log.redactor.hide(TOKEN)
    logger = logging.getLogger("basix_desktop.test")
    logger.info("calling %s with %s", "0312341234", TOKEN)
    local = "value-of-a-variable"
    try:
        raise RuntimeError(f"Authorization: Basic QUJDREVGR0g= {TOKEN} 09011112222")
    except RuntimeError:
        logger.exception("failed with 0312345678")
    text = written(log, directory)
    assert len(local) > 0
    for secret in (TOKEN, "0312341234", "09011112222", "0312345678", "QUJDREVGR0g=", local):
        assert secret not in text
    assert "…234#" in text
    assert "RuntimeError" in text
    assert "Traceback" in text


def test_chatty_libraries_are_kept_quiet(log: logs.FileLog, directory: Path) -> None:
    for name in ("httpx", "httpcore.http11", "websockets.client", "asyncio", "keyring.backend", "uvicorn.access"):
        logging.getLogger(name).info("GET https://user:pw@host")
        logging.getLogger(name).debug("> Authorization: Basic abc")
    assert written(log, directory) == ""


def test_an_argument_that_cannot_be_written_is_dropped_not_raised(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])  # pytest's own raises
    log = logs.start(directory)

    class Hostile:
        def __str__(self) -> str:
            raise RuntimeError("no")

    logging.getLogger("basix_desktop.test").info("%s", Hostile())
    logging.getLogger("basix_desktop.test").info("%d", "not a number")
    logging.getLogger("basix_desktop.test").info("a lone surrogate: \ud800")
    assert "surrogate" in written(log, directory)
    assert log.dropped == 2


def test_a_directory_that_cannot_be_written_breaks_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    log = logs.start(tmp_path / "nowhere" / "logs")
    logging.getLogger("basix_desktop.test").info("into the void")
    log.stop()
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_drops_lines_and_says_nothing(directory: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (directory / logs.FILE_NAME).symlink_to("/dev/full")
    log = logs.start(directory)
    for _ in range(10):
        logging.getLogger("basix_desktop.test").info("no room for this")
    log.stop(10)
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a named pipe")
def test_a_disk_that_hangs_stops_nobody(directory: Path) -> None:
    os.mkfifo(directory / logs.FILE_NAME)
    reader = os.open(directory / logs.FILE_NAME, os.O_RDONLY | os.O_NONBLOCK)  # never reads
    log = logs.start(directory)
    try:
        for _ in range(logs.WAITING * 2):
            logging.getLogger("basix_desktop.test").info("x" * 200)
        assert log.dropped > 0
        log.stop(0.05)
    finally:
        os.set_blocking(reader, True)
        draining = threading.Thread(target=lambda: [None for _ in iter(lambda: os.read(reader, 65536), b"")])
        draining.start()
        log.stop(20)
        draining.join(20)
        os.close(reader)


def test_files_are_rotated(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MAX_BYTES", 2000)
    log = logs.start(directory)
    for number in range(200):
        logging.getLogger("basix_desktop.test").info("line %d %s", number, "x" * 50)
    log.stop(10)
    files = sorted(file.name for file in directory.glob(f"{logs.FILE_NAME}*"))
    assert files == [logs.FILE_NAME, *(f"{logs.FILE_NAME}.{n}" for n in range(1, logs.BACKUPS + 1))]
    assert all(file.stat().st_size <= 2200 for file in directory.glob(f"{logs.FILE_NAME}*"))
    if os.name == "posix":
        assert {stat.S_IMODE(file.stat().st_mode) for file in directory.iterdir()} == {0o600}


def test_marks_of_numbers_stay_the_same_from_start_to_start(directory: Path) -> None:
    marks = []
    for _ in range(2):
        log = logs.start(directory)
        marks.append(log.redactor.number("0312341234"))
        log.stop()
    assert marks[0] == marks[1]


def test_a_file_that_cannot_be_rotated_is_written_on(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held_open(*_: object) -> None:
        raise PermissionError(13, "The process cannot access the file because it is being used by another process")

    monkeypatch.setattr(logs, "MAX_BYTES", 500)
    monkeypatch.setattr(os, "rename", held_open)
    log = logs.start(directory)
    for number in range(50):
        logging.getLogger("basix_desktop.test").info("line %d", number)
    log.stop(10)
    assert "line 49" in (directory / logs.FILE_NAME).read_text(encoding="utf-8")
