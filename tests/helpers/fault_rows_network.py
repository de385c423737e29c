"""Rows A and B: the network before and after the send."""

from __future__ import annotations

import errno
import socket

from tests.helpers import fault_scripts as do
from tests.helpers import fault_worlds as world
from tests.helpers.fault_rows import (
    ALL,
    ENCRYPTED,
    NAME,
    PLACED,
    SHORT_ANSWER,
    SHORT_CONNECT,
    SUCCESS,
    Row,
    Via,
    not_sent,
    refused,
    tls_named,
    unknown,
)

LOCALHOST = "http://localhost:{port}/basix/api"
BROKE = unknown("connection_broke")
LATE = unknown("no_answer_in_time")
NO_LINE = b'{"result_code":500,"error":{"id":"channel_limit_reached"}}'
DIRECT = (Via.DIRECT,)
TLS = (Via.TLS,)
NO_POST = (0,)
MAYBE = (0, 1)


def _no_route(name: str, code: int) -> Row:
    reached_proxy = {Via.PROXY: not_sent("proxy_unreachable")}
    return Row(
        name,
        f"the system answers connect() with {errno.errorcode[code]}",
        do.success,
        not_sent("network_unreachable"),
        posts=NO_POST,
        world=world.connect_fails(code),
        otherwise=reached_proxy,
    )


BEFORE = (
    Row(
        "A1",
        "the name does not resolve",
        do.success,
        not_sent("address_not_found"),
        via=TLS,
        posts=NO_POST,
        url="https://nowhere.invalid/basix/api",
        world=world.no_such_name("nowhere.invalid"),
    ),
    Row(
        "A1-again",
        "the resolver says: try again later",
        do.success,
        not_sent("address_not_found"),
        via=TLS,
        posts=NO_POST,
        url="https://nowhere.invalid/basix/api",
        world=world.no_such_name("nowhere.invalid", socket.EAI_AGAIN),
    ),
    Row(
        "A2",
        "the look-up hangs; when it answers later, nothing is sent",
        do.success,
        not_sent("connect_timeout"),
        via=DIRECT,
        posts=NO_POST,
        deadlines=SHORT_CONNECT,
        url=LOCALHOST,
        world=world.hanging_look_up,
    ),
    Row(
        "A3",
        "the name leads to another server",
        do.success,
        not_sent("certificate_wrong_host"),
        via=TLS,
        posts=NO_POST,
        url=f"https://{NAME}:{{port}}/basix/api",
        world=world.leads_here(NAME),
        server_tls=lambda: tls_named("other.test"),
    ),
    Row(
        "A4",
        "connection refused",
        do.success,
        not_sent("connection_refused"),
        via=(Via.DIRECT, Via.TLS),
        posts=NO_POST,
        world=world.connect_fails(errno.ECONNREFUSED),
    ),
    Row(
        "A5",
        "SYN dropped",
        do.success,
        not_sent("connect_timeout"),
        via=DIRECT,
        posts=NO_POST,
        deadlines=SHORT_CONNECT,
        url=LOCALHOST,
        world=world.silent_addresses("127.0.0.2"),
    ),
    _no_route("A6-unreachable", errno.EHOSTUNREACH),
    _no_route("A6-prohibit", errno.EACCES),
    _no_route("A6-blackhole", errno.EINVAL),
    _no_route("A7", errno.ENETUNREACH),
    Row(
        "A8",
        "three addresses, none answers: one budget for all",
        do.success,
        not_sent("connect_timeout"),
        via=DIRECT,
        posts=NO_POST,
        deadlines=SHORT_CONNECT,
        url=LOCALHOST,
        world=world.silent_addresses("127.0.0.2", "127.0.0.3", "127.0.0.4"),
    ),
    Row(
        "A8-third",
        "three addresses, the third is alive",
        do.success,
        PLACED,
        via=DIRECT,
        url=LOCALHOST,
        world=world.names(lambda *_: ["127.0.0.2", "127.0.0.3", "127.0.0.1"], "localhost"),
    ),
    Row(
        "A9",
        "accepted, FIN at once",
        do.fin,
        BROKE,
        posts=MAYBE,
    ),
    Row("A10", "accepted, RST with nothing read", do.rst_unread, BROKE, posts=MAYBE),
    Row(
        "A13",
        "no file descriptor left",
        do.success,
        not_sent("too_many_files"),
        posts=NO_POST,
        world=world.no_file_descriptors,
        process_wide=True,
    ),
)

AFTER = (
    Row("B1", "POST read, FIN", do.reads_post_then(do.fin), BROKE),
    Row("B2", "POST read, RST", do.reads_post_then(do.rst), BROKE),
    Row("B3", "POST read, silence", do.reads_post_then(do.hold), LATE, deadlines=SHORT_ANSWER),
    Row("B4", "head read, RST", do.reads_head_then(do.rst), BROKE, posts=NO_POST, padding=8_000_000),
    Row("B4-fin", "head read, FIN", do.reads_head_then(do.fin), BROKE, posts=MAYBE, padding=1_000_000),
    Row("B5", "nothing is read", do.deaf, LATE, posts=NO_POST, deadlines=SHORT_ANSWER, padding=16_000_000),
    Row("B6", "RST in mid body", do.reads_some_then(200_000, do.rst), BROKE, posts=NO_POST, padding=8_000_000),
    Row("B7-status", "half a status line, FIN", do.says(b"HTTP/1.1 20"), BROKE),
    Row("B7-headers", "half the headers, FIN", do.says(b"HTTP/1.1 200 OK\r\nContent-Length: 7"), BROKE),
    Row("B7-silence", "half a status line, silence", do.says(b"HTTP/1", do.hold), LATE, deadlines=SHORT_ANSWER),
    Row("B8", "half the body, FIN", do.says(do.http(200, SUCCESS)[:-20]), BROKE),
    Row(
        "B8-prefix",
        "a success, and less than the stated length",
        do.says(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + SUCCESS),
        BROKE,
    ),
    Row(
        "B8-chunks",
        "a success in chunks without the last one",
        do.says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n" % (len(SUCCESS), SUCCESS)),
        BROKE,
    ),
    Row("B8-rst", "half the body, RST", do.says(do.http(200, SUCCESS)[:-20], do.rst), BROKE),
    Row("B9", "half the body, silence", do.says(do.http(200, SUCCESS)[:-20], do.hold), LATE, deadlines=SHORT_ANSWER),
    Row(
        "B9-unbounded",
        "a success without length, and no end",
        do.says(do.http(200, SUCCESS, length=False), do.hold),
        LATE,
        deadlines=SHORT_ANSWER,
    ),
    Row(
        "B10",
        "100 Continue, silence",
        do.says(b"HTTP/1.1 100 Continue\r\n\r\n", do.hold),
        LATE,
        deadlines=SHORT_ANSWER,
    ),
    Row(
        "B10-answer",
        "100 Continue, then the answer",
        do.says(b"HTTP/1.1 100 Continue\r\n\r\n" + do.http(200, SUCCESS)),
        PLACED,
    ),
    Row("B10-fin", "103 Early Hints, FIN", do.says(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"), BROKE),
    Row("B10-upgrade", "101 Switching Protocols", do.answers(101, length=False), BROKE),
    Row(
        "B11",
        "a byte now and then, for ever",
        do.drips(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 99, 0.02),
        LATE,
        deadlines=SHORT_ANSWER,
    ),
    Row("B11-ends", "a byte at a time, to a good end", do.drips(do.http(200, SUCCESS), 0.001), PLACED),
    Row("B12", "a late success", do.says(do.http(200, SUCCESS), after=0.2), PLACED),
    Row("B12-refused", "a late refusal", do.says(do.http(200, NO_LINE), after=0.2), refused("channel_limit_reached")),
    Row("B13", "the whole answer, then RST", do.says(do.http(200, SUCCESS), do.rst), PLACED, via=ALL),
    Row("B14", "two answers", do.says(do.http(200, SUCCESS) + do.http(200, NO_LINE)), PLACED),
    Row(
        "B14-refused",
        "two answers, the first a refusal",
        do.says(do.http(200, NO_LINE) + do.http(200, SUCCESS)),
        refused("channel_limit_reached"),
    ),
    Row("B-ok", "no fault at all", do.success, PLACED),
    Row("B-close", "a success without length, ended by FIN", do.answers(200, SUCCESS, length=False), PLACED),
    Row(
        "B-chunks",
        "a success in two chunks",
        do.says(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n"
            % (SUCCESS[:8], len(SUCCESS) - 8, SUCCESS[8:])
        ),
        PLACED,
    ),
    Row("B-garbage", "not HTTP", do.says(b"SSH-2.0-OpenSSH_9.2p1\r\n" * 3), BROKE, via=ENCRYPTED),
    Row("B-old", "HTTP/1.0", do.says(b"HTTP/1.0 200 OK\r\n\r\n" + SUCCESS), PLACED),
    Row("B-h2", "HTTP/2's preface", do.says(b"\x00\x00\x00\x04\x00\x00\x00\x00\x00"), BROKE),
)
