"""The PBX's methods over HTTPS, one typed method each (basix-api.md 1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

from basix_desktop.domain.accounts import Account, ProxyMode, Token
from basix_desktop.domain.calls import CallRequest, Verdict
from basix_desktop.domain.errors import AccountTestFailed, BasixError
from basix_desktop.domain.servers import read_domain, read_server_url, read_token
from basix_desktop.net.account_proxy import AccountProxy
from basix_desktop.net.exchange import DEFAULT_DEADLINES, Broke, Deadlines, Exchange, Gate, Post
from basix_desktop.net.http import Http
from basix_desktop.net.proxy import SystemProxy
from basix_desktop.net.system_proxy import read_system_proxy
from basix_desktop.pbx import answer, payload, verdict
from basix_desktop.pbx.scrub import Scrub

APP_NAME = "basix-desktop"
#: Nothing depends on a late answer to a test.
TEST_ANSWER_TIME = 20.0
_NOT_BASIX = frozenset({301, 302, 303, 307, 308, 404, 405, 406, 410, 415, 421, 426})


class PbxClient:
    """Fills ``services.ports.Pbx``. Coroutines run on the net thread; it holds nothing of an account."""

    def __init__(
        self,
        http: Http,
        app_version: str,
        proxy_password: Callable[[Account], str] = lambda _: "",
        deadlines: Deadlines = DEFAULT_DEADLINES,
        system_proxy: Callable[[], SystemProxy] = read_system_proxy,
    ) -> None:
        """``proxy_password`` may block (a keyring): it is called on a daemon thread, and only for an account with a
        proxy and a proxy user of its own."""
        self._http = http
        self._user_agent = f"{APP_NAME}/{app_version}"
        self._proxy = AccountProxy(proxy_password, system_proxy)
        self._deadlines = deadlines

    def body(self, request: CallRequest) -> str:
        """The exact JSON of ``call_external``; any thread."""
        return payload.call_external_body(request)

    async def call_external(self, account: Account, token: Token, body: str, gate: Gate, attempt_id: str) -> Verdict:
        """See ``services.ports.Pbx``. Also raises ``InputRefused`` for an account that no request can be made of, again
        before anything is sent."""
        post = await self._post(account, token, "call_external", body, attempt_id)
        exchange = await self._http.post(post, gate, self._deadlines)
        return verdict.judge(exchange, scrub=Scrub(post.user, post.password))

    async def make_ready(self, account: Account) -> None:
        """See ``services.ports.Pbx``. Not through a proxy: its sign-in may lie in a keyring that wants to ask."""
        if account.proxy.mode is ProxyMode.CUSTOM:
            return
        try:
            server = read_server_url(account.server)
            if await self._proxy.find(account, server) is None:
                await self._http.make_ready(f"{server}/call_external")
        except BasixError:
            return  # the call itself will say what is wrong

    async def test(self, account: Account, token: Token) -> None:
        """See ``services.ports.Pbx``."""
        path = urlsplit(read_server_url(account.server)).path
        body = payload.to_json({"uri": f"{path}/ws_cti?app_name={APP_NAME}"})
        post = await self._post(account, token, "gen_ws_ticket", body, "")
        exchange = await self._http.post(post, _open, replace(self._deadlines, answer=TEST_ANSWER_TIME))
        _check_ticket(exchange, Scrub(post.user, post.password))

    async def _post(self, account: Account, token: Token, method: str, body: str, attempt_id: str) -> Post:
        server = read_server_url(account.server)
        headers = [("Content-Type", "application/json"), ("User-Agent", self._user_agent)]
        if attempt_id:
            headers.append(("X-Request-Id", attempt_id))
        return Post(
            url=f"{server}/{method}",
            body=body.encode(),
            user=read_domain(account.domain),
            password=read_token(token.reveal()),
            headers=tuple(headers),
            proxy=await self._proxy.find(account, server),
        )


async def _open() -> None:
    """The gate of a request that places no call."""


def _check_ticket(exchange: Exchange, scrub: Scrub) -> None:
    """Raise ``AccountTestFailed`` unless the PBX gave a ticket. The body is read first, the status second."""
    said = answer.read_object(exchange.body) if exchange.complete else None
    code = said.get("result_code") if said is not None else None
    status = exchange.status
    detail = f"HTTP {status}" if status is not None else f"no answer: {exchange.broke}"
    if said is not None and type(code) is int:
        ticket = said.get("ticket")
        if code == 0 and isinstance(ticket, str) and ticket:
            return
        if code == 0:
            raise AccountTestFailed("answer_unusable", detail, http_status=status)
        error = said.get("error")
        word = answer.clean(error.get("id"), scrub=scrub) if isinstance(error, dict) else ""
        refused = word == "authentication_required" or (status == 401)
        if not refused and status in _NOT_BASIX:
            # another path's or program's own way of saying no
            raise AccountTestFailed("server_not_basix", detail, pbx_id=word, http_status=status)
        id_ = "token_refused" if refused else "pbx_refused"
        raise AccountTestFailed(id_, word or detail, pbx_id=word, http_status=status)
    whole = status if exchange.broke is Broke.NO else None
    raise AccountTestFailed(_test_id(exchange, said is not None), detail, http_status=whole)


def _test_id(exchange: Exchange, is_object: bool) -> str:
    status = exchange.status
    if status == 401:
        return "token_refused"
    if status == 403:
        return "forbidden"
    if status == 429:
        return "too_many_requests"
    if status in _NOT_BASIX:
        return "server_not_basix"
    if status is None or status >= 500 or exchange.broke in (Broke.TIMEOUT, Broke.CONNECTION):
        return "server_failed"
    if status == 200 and not is_object and exchange.broke is Broke.NO:
        return "server_not_basix"  # something answers, but not in the PBX's language
    return "answer_unusable"
