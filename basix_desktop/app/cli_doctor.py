"""``basix-desktop doctor``: looks at each thing that a call needs, and places none."""

from __future__ import annotations

import os
import secrets
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from basix_desktop.app.cli_output import result, result_json
from basix_desktop.app.cli_session import Session
from basix_desktop.app.cli_words import loss_words, say
from basix_desktop.app.paths import policy_path
from basix_desktop.app.settings import JsonSettings
from basix_desktop.app.wiring import Core
from basix_desktop.credentials.vault import KeyringVault
from basix_desktop.credentials.worker import PatientWorker
from basix_desktop.domain.accounts import Account, Token
from basix_desktop.domain.errors import BasixError, NotReached, TokenUnavailable
from basix_desktop.net.proxy import Proxy, choose
from basix_desktop.net.system_proxy import read_system_proxy
from basix_desktop.store.filesystem import shared_kind
from basix_desktop.ui.explain import explain, plain

#: Seconds for a name look-up, and for the exchange with the PBX.
LOOK_UP: Final = 10.0
EXCHANGE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. ``ok`` None: there was nothing to look at. ``fix`` is what to do."""

    check: str
    ok: bool | None
    text: str
    fix: str = ""
    id: str = ""


NAMES: Final = {
    "data_directory": ("Data directory", "データフォルダー"),
    "settings": ("Settings file", "設定ファイル"),
    "call_log": ("Call log", "通話履歴"),
    "keyring": ("Keyring", "キーリング"),
    "tls": ("Certificates", "証明書"),
    "proxy": ("Proxy", "プロキシ"),
    "account": ("Account", "アカウント"),
    "name": ("Server name", "サーバー名"),
    "sign_in": ("Sign-in at the PBX", "PBXへのサインイン"),
}
TEXTS: Final = {
    "writable": ("{path} can be written", "{path} に書き込めます"),
    "not_writable": ("{path} cannot be written ({error})", "{path} に書き込めません（{error}）"),
    "fix_directory": (
        "Make it writable for you, or choose another with --data-dir.",
        "書き込めるようにするか、--data-dir で別の場所を指定してください。",
    ),
    "settings_fine": ("{path} is fine", "{path} は正常です"),
    "settings_problem": ("{kind}: {where} {detail}", "{kind}：{where} {detail}"),
    "fix_settings": (
        "Correct the file, or set the value in the program.",
        "ファイルを直すか、プログラムで設定してください。",
    ),
    "log_fine": ("{path} can be written and holds {count} calls", "{path} に書き込めます（{count}件）"),
    "log_shared": (
        "{path} can be written and holds {count} calls; on {kind}, a shared file system, each record takes longer",
        "{path} に書き込めます（{count}件）。共有ファイルシステム {kind} にあるため、記録に時間がかかります",
    ),
    "fix_shared": (
        "If calls start slowly, choose a folder on this computer's own disk with --data-dir.",
        "発信が遅いときは、--data-dir でこのパソコンのディスクを指定してください。",
    ),
    "keyring_fine": ("{place} keeps what it is given", "{place} に保存できます"),
    "keyring_lossy": ("{place} does not give back what it is given", "{place} に保存した値を読み出せません"),
    "fix_keyring": (
        "Use another keyring. Until then tokens are kept for the session only.",
        "別のキーリングを使ってください。それまで、トークンは終了時に消えます。",
    ),
    "tls_fine": ("the system's certificates can be read", "システムの証明書を読み込めます"),
    "no_proxy": ("none is used", "使用しません"),
    "proxy_used": ("{url} is used", "{url} を使用します"),
    "proxy_ignored": ("not understood: {problems}", "読み取れない設定：{problems}"),
    "fix_proxy": ("Correct the proxy settings of the system.", "システムのプロキシ設定を直してください。"),
    "account_fine": ("{name}: {domain} at {server}", "{name}：{domain}（{server}）"),
    "name_fine": ("{host} is found", "{host} が見つかりました"),
    "sign_in_fine": ("domain and token are accepted", "ドメインとトークンを確認できました"),
}
_COLOURS: Final = {True: "32", False: "31", None: "33"}
_VERDICTS: Final = {True: ("OK", "正常"), False: ("PROBLEM", "問題あり"), None: ("-", "－")}


def run(session: Session) -> int:
    """0 if nothing was found wrong, else 1. Main thread; a minute at the longest."""
    wrong = False
    for finding in _findings(session):
        wrong = wrong or finding.ok is False
        if session.arguments.json:
            result_json(
                {
                    "check": finding.check,
                    "ok": finding.ok,
                    "id": finding.id,
                    "message": finding.text,
                    "fix": finding.fix,
                }
            )
        else:
            result(_line(finding, session.language))
    return 1 if wrong else 0


def _line(finding: Finding, language: str) -> str:
    japanese = language == "ja"
    word = _VERDICTS[finding.ok][japanese]
    if sys.stdout is not None and sys.stdout.isatty() and "NO_COLOR" not in os.environ:
        word = f"\x1b[{_COLOURS[finding.ok]}m{word}\x1b[0m"
    fix = f"\n    -> {finding.fix}" if finding.fix else ""
    return f"[{word}] {NAMES[finding.check][japanese]}: {finding.text}{fix}"


def _findings(session: Session) -> Iterator[Finding]:
    examiner = _Examiner(session)
    yield examiner.data_directory()
    yield from examiner.settings()
    with session.core() as core:
        yield examiner.guarded("call_log", lambda: examiner.call_log(core))
        yield examiner.guarded("keyring", examiner.keyring)
        yield examiner.guarded("tls", lambda: examiner.tls(core))
        yield from examiner.account(core)


class _Examiner:
    """The single looks. Main thread."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._language = session.language

    def guarded(self, check: str, look: Callable[[], Finding]) -> Finding:
        """A failure with words of its own becomes the finding."""
        try:
            return look()
        except BasixError as error:
            return self._failure(check, error)

    def data_directory(self) -> Finding:
        path = self._session.paths.data_dir
        try:
            self._session.paths.prepare()
            with tempfile.TemporaryFile(dir=path) as probe:
                probe.write(b"basix-desktop")
        except OSError as error:
            text = self._text("not_writable", path=path, error=error.strerror or type(error).__name__)
            return Finding("data_directory", False, text, self._text("fix_directory"))
        return Finding("data_directory", True, self._text("writable", path=path))

    def settings(self) -> Iterator[Finding]:
        store = JsonSettings(self._session.paths.settings, policy_path())
        store.load()
        for problem in store.problems:
            text = self._text("settings_problem", kind=problem.kind, where=problem.where, detail=problem.detail)
            yield Finding("settings", False, text, self._text("fix_settings"), problem.kind)
        if not store.problems:
            yield Finding("settings", True, self._text("settings_fine", path=self._session.paths.settings))

    def call_log(self, core: Core) -> Finding:
        loss = core.stores.open().result()
        if loss is not None:
            fix = say("until_told", self._language, note=str(self._session.loss_note))
            return Finding("call_log", False, loss_words(loss, self._language), fix, "log_lost")
        counts = core.stores.reader.submit(core.stores.history.counts).result()
        count = max(counts.values(), default=0)
        path = self._session.paths.database
        kind = plain(shared_kind(path))
        if kind:
            text = self._text("log_shared", path=path, count=count, kind=kind)
            return Finding("call_log", True, text, self._text("fix_shared"))
        return Finding("call_log", True, self._text("log_fine", path=path, count=count))

    def keyring(self) -> Finding:
        """Writes, reads and removes a value of its own."""
        vault = KeyringVault()
        probe = Account("doctor", f"doctor-{secrets.token_hex(8)}", "https://doctor.invalid")
        kept = vault.set(probe, Token(secrets.token_hex(16)))
        place = vault.place()
        if kept:
            vault.remove(probe)
            return Finding("keyring", True, self._text("keyring_fine", place=place))
        if not place:
            raise TokenUnavailable("keyring_absent")
        return Finding("keyring", False, self._text("keyring_lossy", place=place), self._text("fix_keyring"))

    def tls(self, core: Core) -> Finding:
        core.http.prepare()
        return Finding("tls", True, self._text("tls_fine"))

    def account(self, core: Core) -> Iterator[Finding]:
        """The account, the way to its server, and whether it is let in. What cannot be looked at is left out."""
        try:
            account = self._session.stored_account(self._session.arguments.account)
        except BasixError as error:
            missing = self._failure("account", error)
            yield Finding(
                "account", None if error.id == "account_missing" else False, missing.text, missing.fix, error.id
            )
            return
        text = self._text("account_fine", name=plain(account.name), domain=plain(account.domain), server=account.server)
        yield Finding("account", True, text)
        system = read_system_proxy()
        if system.problems:
            problems = plain(", ".join(system.problems))
            yield Finding("proxy", False, self._text("proxy_ignored", problems=problems), self._text("fix_proxy"))
        try:
            proxy = choose(account.server, account.proxy, "", system)
        except BasixError as error:
            yield self._failure("proxy", error)
            return
        text = self._text("proxy_used", url=plain(proxy.url)) if proxy else self._text("no_proxy")
        yield Finding("proxy", True, text)
        yield self.guarded("name", lambda: self._name(account, proxy))
        yield self.guarded("sign_in", lambda: self._sign_in(core, account))

    def _name(self, account: Account, proxy: Proxy | None) -> Finding:
        """Through a proxy it is the proxy that looks the server's name up."""
        host = urlsplit(proxy.url if proxy else account.server).hostname or ""
        try:
            PatientWorker(LOOK_UP).run(lambda: socket.getaddrinfo(host, None, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError, TokenUnavailable):
            raise NotReached("address_not_found", host) from None
        return Finding("name", True, self._text("name_fine", host=plain(host)))

    def _sign_in(self, core: Core, account: Account) -> Finding:
        try:
            core.net.run(core.desk.test(account, None)).result(EXCHANGE)
        except FutureTimeout:
            raise NotReached("connect_timeout") from None
        return Finding("sign_in", True, self._text("sign_in_fine"))

    def _failure(self, check: str, error: BasixError) -> Finding:
        words = explain(error, self._language)
        detail = f" ({plain(error.detail)})" if error.detail else ""
        return Finding(check, False, f"{words.text}{detail}", words.action, error.id)

    def _text(self, key: str, **parts: object) -> str:
        return TEXTS[key][self._language == "ja"].format(**parts)
