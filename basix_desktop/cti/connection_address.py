"""Where a connection to the feed goes, as whom and on which way, found anew for every connection."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from basix_desktop.cti.policy import Closed, End, Why
from basix_desktop.domain.accounts import Account, Token
from basix_desktop.domain.errors import BasixError, InputRefused, ProxyProblem, TokenUnavailable
from basix_desktop.domain.inputs import read_feed_user
from basix_desktop.domain.servers import read_domain, read_server_url, read_token
from basix_desktop.net.account_proxy import AccountProxy
from basix_desktop.net.http import Http
from basix_desktop.net.loop import run_on_daemon_thread
from basix_desktop.net.proxy import Proxy

_PATIENT = frozenset({"keyring_timeout", "keyring_failed"})  # a keyring that may answer the next time


@dataclass(frozen=True, slots=True)
class Address:
    """``url`` holds no credentials; ``context`` is None for plain ``ws`` to this computer."""

    url: str
    domain: str = field(repr=False)
    token: str = field(repr=False)
    user_agent: str = ""
    context: ssl.SSLContext | None = field(default=None, repr=False)
    proxy: Proxy | None = None


class Addresses:
    """Finds the address of one account's feed. ``http`` lends its TLS context; ``token`` may block (a keyring)."""

    def __init__(
        self,
        account: Account,
        token: Callable[[], Token],
        *,
        http: Http,
        proxy: AccountProxy,
        app_name: str,
        user_agent: str,
    ) -> None:
        self._account = account
        self._token = token
        self._http = http
        self._proxy = proxy
        self._app_name = app_name
        self._user_agent = user_agent
        self.asking = False  # the keyring, which may ask the user in turn

    async def find(self, forced: bool) -> Address:
        """The address, with the token and the system's proxy as they are now. Raises ``Closed``."""
        try:
            server = read_server_url(self._account.server)
            token, proxy = await self._ask(server)
            return Address(
                feed_url(server, self._app_name, forced, read_feed_user(self._account.feed_user)),
                read_domain(self._account.domain),
                read_token(token.reveal()),
                self._user_agent,
                await self._http.tls_context() if server.startswith("https:") else None,
                proxy,
            )
        except Exception as problem:  # whatever a keyring or the system's settings raise, the feed goes on
            end = _unaddressed(problem)
        raise Closed(end)

    async def _ask(self, server: str) -> tuple[Token, Proxy | None]:
        """The keyring for the token, and for a proxy's password where there is one."""
        self.asking = True
        try:
            token = await run_on_daemon_thread(self._token, "feed token")
            return token, await self._proxy.find(self._account, server)
        finally:
            self.asking = False


def feed_url(server: str, app_name: str, forced: bool, user: str = "") -> str:
    """The address of a server's feed; ``server`` as ``read_server_url`` returns it, ``user`` whose events are wanted by
    name, "" for the whole PBX's. No credentials."""
    whose = {"user_name": user} if user else {"full_events": "true"}
    query = {"app_name": app_name} | whose | ({"forced": "true"} if forced else {})
    scheme, _, rest = server.partition("://")
    return f"{'wss' if scheme == 'https' else 'ws'}://{rest}/ws_cti?{urlencode(query)}"


def _unaddressed(problem: Exception) -> End:
    """Why no attempt to connect could be made."""
    if isinstance(problem, TokenUnavailable):
        return End(Why.TOKEN_LATE if problem.id in _PATIENT else Why.TOKEN_MISSING, problem.id)
    if isinstance(problem, InputRefused):
        return End(Why.TOKEN_MISSING if problem.id == "token_invalid" else Why.UNUSABLE, problem.id)
    if isinstance(problem, ProxyProblem):
        return End(Why.PROXY, problem.id)
    if isinstance(problem, BasixError):  # TLS that cannot be set up
        return End(Why.UNABLE, problem.id)
    return End(Why.LOST, type(problem).__name__)
