"""The proxy to an account's server, with its sign-in: the same for every way of reaching it."""

from __future__ import annotations

from collections.abc import Callable

from basix_desktop.domain.accounts import Account, ProxyMode
from basix_desktop.domain.errors import ProxyProblem, TokenUnavailable
from basix_desktop.net.loop import run_on_daemon_thread
from basix_desktop.net.proxy import Proxy, SystemProxy, choose
from basix_desktop.net.system_proxy import read_system_proxy


class AccountProxy:
    """``password`` may block (a keyring): it is called on a daemon thread, and only for an account with a proxy and a
    proxy user of its own."""

    def __init__(
        self,
        password: Callable[[Account], str] = lambda _: "",
        system: Callable[[], SystemProxy] = read_system_proxy,
    ) -> None:
        self._password = password
        self._system = system

    async def find(self, account: Account, server: str) -> Proxy | None:
        """The proxy for ``server`` (as ``read_server_url`` returns it), None to connect directly. Raises
        ``ProxyProblem``: ``proxy_unusable``; ``proxy_sign_in`` where the keyring does not give the password."""
        setting = account.proxy
        password = ""
        if setting.mode is ProxyMode.CUSTOM and setting.user:
            try:
                password = await run_on_daemon_thread(lambda: self._password(account), "proxy password")
            except TokenUnavailable as problem:
                raise ProxyProblem("proxy_sign_in", problem.id) from None
        system = self._system() if setting.mode is ProxyMode.SYSTEM else SystemProxy()
        return choose(server, setting, password, system)
