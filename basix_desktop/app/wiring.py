"""Who gets what: the parts of one session, without a window. Shared by the window and the command line."""

from __future__ import annotations

import hashlib
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass

from basix_desktop import __version__
from basix_desktop.app.clock import SystemClock
from basix_desktop.app.demo_session import DemoLink, DemoSettings, demo_account
from basix_desktop.app.net_thread import NetThread
from basix_desktop.app.paths import Paths, policy_path
from basix_desktop.app.settings import JsonSettings, TokenPlaces
from basix_desktop.app.stores import Stores
from basix_desktop.credentials.memory import MemoryVault
from basix_desktop.credentials.vault import KeyringVault
from basix_desktop.domain.accounts import Account, Token
from basix_desktop.net.http import Http
from basix_desktop.net.loop import new_event_loop
from basix_desktop.pbx.client import PbxClient
from basix_desktop.services.callbacks import CallbackDesk, Results, Server
from basix_desktop.services.desk import Desk
from basix_desktop.services.dialer import DEADLINES, Deadlines, Dialer
from basix_desktop.services.live import LiveDesk
from basix_desktop.services.ports import Clock, FeedFactory, LiveFeed, Pbx, SettingsStore, Vault

#: Seconds that closing gives a disk that refuses to record how an attempt ended.
LAST_RECORDS = 2.0


@dataclass(frozen=True, slots=True)
class Core:
    """One session's parts. ``close`` ends them in order: network, then journal."""

    paths: Paths
    stores: Stores
    net: NetThread
    http: Http
    desk: Desk
    dialer: Dialer
    live: LiveDesk
    callbacks: CallbackDesk
    demo: DemoLink | None = None

    def close(self) -> None:
        """Stop the network (an attempt past the gate stays SENDING on disk and is recovered as unknown), record what is
        known of attempts and the disk has refused so far, then close the journal. Waits some seconds at the most; what
        still blocks is on daemon threads."""
        self.net.stop()
        self.dialer.finish(LAST_RECORDS)
        self.stores.close()
        if self.demo is not None:
            self.demo.stop()


def open_core(
    paths: Paths,
    *,
    demo: bool = False,
    account_for_once: tuple[Account, Token] | None = None,
    extra_ca: bytes | None = None,
    deadlines: Deadlines = DEADLINES,
    clock: Clock | None = None,
    on_secret: Callable[[str], None] = lambda _: None,
) -> Core:
    """Build a session. Nothing waits here but reading the settings file: databases open with their first use, the
    network starts with the first request.

    ``demo`` brings the demo PBX with a database of its own and touches no keyring; ``account_for_once`` is an account
    that is stored nowhere, its token in memory (``--token-stdin``). ``on_secret`` is told every token before anything
    else can see it, so that no log holds it.
    """
    clock = clock or SystemClock()
    net = NetThread(new_event_loop)
    http = Http(extra_ca, clock.boot_ms)
    settings: SettingsStore = JsonSettings(paths.settings, policy_path())
    vault, link = _vault(paths, demo, account_for_once, on_secret), DemoLink() if demo else None
    pbx: Pbx = PbxClient(http, __version__, proxy_password=vault.proxy_password)
    if link is not None:
        account = demo_account()
        settings = DemoSettings(settings, account)
        vault.set(account, link.token)
        pbx = link.through(pbx)
    stores = Stores(paths.demo_database if demo else paths.database, paths.instances, clock)
    desk = Desk(settings, vault, pbx)
    callbacks = CallbackDesk(net=net, db=stores.db, journal=stores.journal, make_server=_callback_server)
    dialer = Dialer(
        journal=stores.journal,
        db=stores.db,
        net=net,
        pbx=pbx,
        vault=lambda _: vault,
        clock=clock,
        preferences=lambda: desk.preferences,
        allowed_countries=lambda account: stores.favourites.allowed_countries(*account.key),
        deadlines=deadlines,
        result_url=callbacks.url_for,
    )
    make_feed = _late_feed(http, clock, vault)
    live = LiveDesk(
        net=net,
        db=stores.db,
        journal=stores.journal,
        make_feed=make_feed if link is None else link.feeds(make_feed),
        vault=lambda _: vault,
        clock=clock,
    )
    return Core(paths, stores, net, http, desk, dialer, live, callbacks, link)


def feed_name() -> str:
    """The feed's ``app_name``. The PBX allows two connections for each (basix-api.md 2.1), and an API token is a whole
    company's: so each user of each computer has a name of their own, which tells nobody who they are."""
    who = f"{os.environ.get('USER') or os.environ.get('USERNAME') or ''}@{socket.gethostname()}"
    return f"basix-desktop-{hashlib.blake2b(who.encode(), digest_size=4).hexdigest()}"


def _callback_server(results: Results) -> Server:
    """Imported only where an account wants results reported here."""
    from basix_desktop.callback.server import CallbackServer

    return CallbackServer(results)


def _late_feed(http: Http, clock: Clock, vault: Vault) -> FeedFactory:
    """The feed's parts are imported when the first feed is made."""

    def make(account: Account, token: Callable[[], Token]) -> LiveFeed:
        from basix_desktop.cti.feed import make_feed
        from basix_desktop.net.account_proxy import AccountProxy

        maker = make_feed(http, clock, __version__, proxy=AccountProxy(vault.proxy_password), app_name=feed_name())
        return maker(account, token)

    return make


def _vault(
    paths: Paths, demo: bool, account_for_once: tuple[Account, Token] | None, on_secret: Callable[[str], None]
) -> Vault:
    if account_for_once is not None:
        account, token = account_for_once
        on_secret(token.reveal())
        return MemoryVault({account.key: token})
    if demo:
        return MemoryVault()
    return KeyringVault(markers=TokenPlaces(paths.token_places), on_secret=on_secret)
