"""Name look-ups that hang hold up neither the loop nor the end of the process."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import threading
from unittest import mock

import pytest

from basix_desktop.net.loop import new_event_loop, run_on_daemon_thread


def test_look_ups_run_on_daemon_threads() -> None:
    seen: list[threading.Thread] = []

    found = [(socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", 443))]

    def look_up(*_: object) -> object:
        seen.append(threading.current_thread())
        return found

    with mock.patch("socket.getaddrinfo", look_up), asyncio.Runner(loop_factory=new_event_loop) as runner:
        loop = runner.get_loop()
        assert runner.run(loop.getaddrinfo("pbx.test", 443)) is found
    assert [thread.daemon for thread in seen] == [True]
    assert seen[0] is not threading.main_thread()


def test_a_real_look_up_connects() -> None:
    def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"hello")
        writer.close()

    async def connect() -> bytes:
        server = await asyncio.start_server(greet, "127.0.0.1")
        async with server:
            reader, writer = await asyncio.open_connection("localhost", server.sockets[0].getsockname()[1])
            data = await reader.read()
            writer.close()
            await writer.wait_closed()
        return data

    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        assert runner.run(connect()) == b"hello"


def test_what_the_function_raises_reaches_its_caller() -> None:
    def fail() -> None:
        raise LookupError("no")

    with asyncio.Runner(loop_factory=new_event_loop) as runner, pytest.raises(LookupError):
        runner.run(run_on_daemon_thread(fail, "failing"))


def test_a_late_result_is_forgotten() -> None:
    release, done = threading.Event(), threading.Event()

    def late() -> None:
        release.wait(10)
        done.set()

    async def cancelled() -> None:
        task = asyncio.ensure_future(run_on_daemon_thread(late, "late"))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        release.set()
        await asyncio.get_running_loop().run_in_executor(None, done.wait, 10)

    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(cancelled())
    assert done.is_set()


def test_the_process_ends_while_a_look_up_hangs() -> None:
    program = """
import asyncio, socket, threading
from basix_desktop.net.loop import new_event_loop
socket.getaddrinfo = lambda *_: threading.Event().wait()
async def main():
    try:
        await asyncio.wait_for(asyncio.get_running_loop().getaddrinfo("pbx.test", 443), 0.05)
    except TimeoutError:
        print("given up")
with asyncio.Runner(loop_factory=new_event_loop) as runner:
    runner.run(main())
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=True)
    assert ended.stdout == "given up\n"
    assert ended.stderr == ""
