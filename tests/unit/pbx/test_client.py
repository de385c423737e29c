"""Testing an account, and what never leaves the program."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

import pytest

from basix_desktop.domain.accounts import Account, ProxyMode, ProxySetting, Token
from basix_desktop.domain.calls import CallRequest, State, Verdict
from basix_desktop.domain.errors import AccountTestFailed, BasixError, InputRefused, ProxyProblem, TokenUnavailable
from basix_desktop.net.exchange import Deadlines
from basix_desktop.net.loop import new_event_loop
from basix_desktop.net.proxy import SystemProxy
from basix_desktop.pbx.client import PbxClient
from tests.helpers import fault_scripts as do
from tests.helpers.fault_rows import NAME, SUCCESS, http
from tests.helpers.fault_server import Connection, FaultServer, Script

TOKEN = Token("canary-téken")
PATIENT = Deadlines(10, 10)
REQUEST = CallRequest("0312341234", "sales")


def client(deadlines: Deadlines = PATIENT, proxy_password: Callable[[Account], str] = lambda _: "") -> PbxClient:
    return PbxClient(http(), "1.2.3", proxy_password, deadlines, SystemProxy)


def account(server: FaultServer, path: str = "/basix/api") -> Account:
    return Account("office", "dömain", f"http://127.0.0.1:{server.port}{path}")


async def gate() -> None:
    """Lets everything through."""


def call(made: PbxClient, account_: Account, token: Token = TOKEN) -> Verdict:
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        return runner.run(made.call_external(account_, token, made.body(REQUEST), gate, "attempt-7"))


def try_out(script: Script, deadlines: Deadlines = PATIENT, path: str = "/basix/api") -> tuple[str, FaultServer]:
    """What testing an account says of a server: the failure's id, or "" for success."""
    with FaultServer(script) as server, asyncio.Runner(loop_factory=new_event_loop) as runner:
        try:
            runner.run(client(deadlines).test(account(server, path), TOKEN))
        except BasixError as problem:
            return problem.id, server
    return "", server


def test_a_call_is_one_post_to_call_external() -> None:
    with FaultServer(do.success) as server:
        verdict = call(client(), account(server))
    assert verdict.state is State.ACCEPTED
    (post,) = server.posts
    assert post.request_id == "attempt-7"
    assert post.head.startswith(b"POST /basix/api/call_external HTTP/1.1\r\n")
    assert b"\r\nUser-Agent: basix-desktop/1.2.3\r\n" in post.head
    pair = base64.b64encode("dömain:canary-téken".encode())
    assert b"\r\nAuthorization: Basic " + pair + b"\r\n" in post.head + b"\r\n"
    assert post.body == b'{"target": "0312341234", "destination": "sales"}'


@pytest.mark.parametrize("path", ["/basix/api", "", "/other/base"])
def test_testing_asks_for_a_ticket_under_the_servers_own_path(path: str) -> None:
    failure, server = try_out(do.json(b'{"result_code":0,"ticket":"t"}'), path=path)
    assert failure == ""
    (post,) = server.posts
    assert post.head.startswith(f"POST {path}/gen_ws_ticket HTTP/1.1\r\n".encode())
    assert json.loads(post.body) == {"uri": f"{path}/ws_cti?app_name=basix-desktop"}


@pytest.mark.parametrize(
    ("script", "failure"),
    [
        (do.answers(401, b"<html>"), "token_refused"),
        (do.json(b'{"result_code":401,"error":{"id":"authentication_required"}}'), "token_refused"),
        (do.json(b'{"result_code":7,"error":{"id":"odd"}}', 401), "token_refused"),
        (do.json(b'{"result_code":7,"error":{"id":"odd"}}'), "pbx_refused"),
        (do.json(b'{"result_code":7}', 500), "pbx_refused"),
        (do.answers(403, b"no"), "forbidden"),
        (do.answers(404, b"<html>"), "server_not_basix"),
        (do.answers(405), "server_not_basix"),
        (do.answers(302, b"", "Location: https://login.example/"), "server_not_basix"),
        (do.answers(308, b"", "Location: https://login.example/"), "server_not_basix"),
        (do.answers(200, b"<html>"), "server_not_basix"),
        (do.answers(200, b""), "server_not_basix"),
        (do.answers(500, b"<html>"), "server_failed"),
        (do.answers(503), "server_failed"),
        (do.answers(429), "too_many_requests"),
        (do.json(b'{"result_code":0}'), "answer_unusable"),
        (do.json(b'{"result_code":0,"ticket":""}'), "answer_unusable"),
        (do.json(b'{"result_code":"0","ticket":"t"}'), "answer_unusable"),
        (do.reads_post_then(do.fin), "server_failed"),
        (do.reads_post_then(do.rst), "server_failed"),
        (do.says(do.http(200, SUCCESS)[:-9]), "server_failed"),
        (do.floods(b"HTTP/1.1 200 OK\r\n\r\n"), "answer_unusable"),
    ],
)
def test_testing_tells_what_is_wrong(script: Script, failure: str) -> None:
    assert try_out(script)[0] == failure


@pytest.mark.parametrize(
    ("script", "word", "status"),
    [
        (do.json(b'{"result_code":7,"error":{"id":"odd"}}'), "odd", 200),
        (do.json(b'{"result_code":7}', 500), "", 500),
        (do.answers(503), "", 503),
        (do.says(do.http(200, SUCCESS)[:-9]), "", None),
        (do.reads_post_then(do.fin), "", None),
        (do.json(b'{"result_code":7,"error":{"id":"' + TOKEN.reveal().encode() + b'"}}'), "***", 200),
        (
            do.json(b'{"result_code":7,"error":{"id":"' + b"x" * 60 + TOKEN.reveal().encode() + b'"}}'),
            "x" * 60 + "***",
            200,
        ),
    ],
)
def test_what_came_back_is_told_with_it(script: Script, word: str, status: int | None) -> None:
    with (
        FaultServer(script) as server,
        asyncio.Runner(loop_factory=new_event_loop) as runner,
        pytest.raises(AccountTestFailed) as problem,
    ):
        runner.run(client().test(account(server), TOKEN))
    failure = problem.value.failure
    assert (failure.pbx_id, failure.http_status) == (word, status)
    assert TOKEN.reveal() not in failure.detail


def test_testing_tells_that_the_server_cannot_be_reached() -> None:
    with FaultServer(do.success) as server:
        gone = account(server)
    with asyncio.Runner(loop_factory=new_event_loop) as runner, pytest.raises(BasixError) as problem:
        runner.run(client().test(gone, TOKEN))
    assert problem.value.id == "connection_refused"


@pytest.mark.parametrize("escaped", [True, False])
def test_an_answer_that_quotes_the_credentials_is_kept_without_them(escaped: bool) -> None:
    def echo(connection: Connection) -> None:
        connection.read_post()
        head = connection.server.posts[0].head.decode()
        said = {"result_code": 9, "you_sent": head, "token": TOKEN.reveal(), "error": {"id": TOKEN.reveal()}}
        said["link"] = "https://x.example/?token=" + quote(TOKEN.reveal())
        connection.send(do.http(200, json.dumps(said, ensure_ascii=escaped).encode()))
        connection.fin()

    with FaultServer(echo) as server:
        verdict = call(client(), account(server))
    assert verdict.state is State.REJECTED
    assert "you_sent" in verdict.answer
    for secret in ("canary", base64.b64encode("dömain:canary-téken".encode()).decode()):
        assert secret not in repr(verdict)


def test_a_word_too_long_to_keep_is_cut_only_where_it_quotes_no_token() -> None:
    said = {"result_code": 9, "error": {"id": "x" * 60 + TOKEN.reveal()}, "path": "/a/" + TOKEN.reveal()}
    with FaultServer(do.json(json.dumps(said).replace("/", "\\/").encode())) as server:
        verdict = call(client(), account(server))
    assert verdict.failure is not None
    assert verdict.failure.pbx_id == "x" * 60 + "***"
    assert '"path": "\\/a\\/***"' in verdict.answer
    assert "canary" not in repr(verdict)


def test_a_token_of_a_few_letters_garbles_no_answer() -> None:
    with FaultServer(do.success) as server:
        assert call(client(), account(server), Token("e")).answer == SUCCESS.decode()


@pytest.mark.parametrize(
    ("change", "token", "failure"),
    [
        ({"server": "http://pbx.example.com/basix/api"}, TOKEN, "server_invalid"),
        ({"server": "https://u:p@pbx.example.com/"}, TOKEN, "server_invalid"),
        ({"domain": "a:b"}, TOKEN, "domain_invalid"),
        ({"domain": ""}, TOKEN, "domain_invalid"),
        ({}, Token(""), "token_invalid"),
        ({}, Token("a\r\nX-Evil: 1"), "token_invalid"),
    ],
)
def test_what_no_request_can_be_made_of_sends_nothing(change: dict[str, str], token: Token, failure: str) -> None:
    with FaultServer(do.success) as server, pytest.raises(InputRefused) as problem:
        call(client(), replace(account(server), **change), token)  # type: ignore[arg-type]
    assert problem.value.id == failure
    assert server.connections == 0


def test_a_proxy_password_is_asked_for_only_where_one_is_used() -> None:
    asked: list[str] = []

    def password(account_: Account) -> str:
        asked.append(account_.name)
        return "pw"

    made = client(proxy_password=password)
    with FaultServer(do.success) as server, FaultServer(do.proxy_says(do.http(407))) as proxy:
        call(made, account(server))
        assert asked == []
        setting = ProxySetting(ProxyMode.CUSTOM, f"http://127.0.0.1:{proxy.port}", "me")
        behind = Account("behind", "d", f"https://{NAME}/basix/api", proxy=setting)
        with pytest.raises(ProxyProblem) as problem:
            call(made, behind)
    assert problem.value.id == "proxy_sign_in"
    assert asked == ["behind"]
    assert b"Proxy-Authorization: Basic " + base64.b64encode(b"me:pw") in proxy.received


def test_a_locked_keyring_is_a_proxy_sign_in_and_sends_nothing() -> None:
    def locked(_: Account) -> str:
        raise TokenUnavailable("keyring_locked")

    setting = ProxySetting(ProxyMode.CUSTOM, "http://127.0.0.1:1", "me")
    with pytest.raises(ProxyProblem) as problem:
        call(client(proxy_password=locked), Account("b", "d", f"https://{NAME}/x", proxy=setting))
    assert problem.value.id == "proxy_sign_in"
