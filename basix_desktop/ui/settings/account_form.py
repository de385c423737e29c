"""The fields of one account, read into a draft. Used by the first start (the short form) and by Settings (all)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from basix_desktop.domain import countries, inputs, servers
from basix_desktop.domain.accounts import DEFAULT_SERVER, Account, DialFormat, ProxyMode, ProxySetting, Token
from basix_desktop.ui.refusals import FieldReader
from basix_desktop.ui.settings.form_grid import FormGrid
from basix_desktop.ui.settings.listener_fields import ListenerFields
from basix_desktop.ui.settings.token_edit import TokenEdit
from basix_desktop.ui.theme import Theme
from basix_desktop.ui.widgets.combos import ChoiceCombo
from basix_desktop.ui.widgets.fields import EntryEdit


@dataclass(frozen=True, slots=True)
class AccountDraft:
    """What the form holds. ``None``: the stored secret stays."""

    account: Account
    token: Token | None
    proxy_password: str | None


class AccountForm(QWidget):
    """``changed`` comes with every edit, ``entered`` with a fresh Enter in a line of text. Secrets are never shown
    again once stored."""

    changed = Signal()
    entered = Signal()

    def __init__(self, theme: Theme, language: str, *, full: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._full = full
        # what ``ui.explain`` calls the place below these fields
        self.places = ("form",) if full else ("first_start", "form")
        self._language = language
        self._original = Account(name="", domain="")
        self._token_stored = False
        self._password_stored = False
        self.grid = FormGrid(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.grid)
        self._build_connection(theme)
        self._build_calling()
        self.listener = ListenerFields(self.grid, shown=full, parent=self)
        self.listener.changed.connect(self._edited)
        self._build_feed()
        self._build_proxy(theme)
        for line in self.findChildren(EntryEdit):
            line.entered.connect(self.entered)
        self.show_account(None)

    def _build_connection(self, theme: Theme) -> None:
        self.name = _line("accountNameEdit")
        self.domain = _line("accountDomainEdit")
        self.token = TokenEdit("accountTokenEdit", theme=theme)
        self.server = _line("accountServerEdit", placeholder=DEFAULT_SERVER)
        translate = QCoreApplication.translate
        self.grid.add("name", translate("AccountForm", "&Name"), self.name)
        self.grid.set_row_visible("name", self._full)
        self.grid.add("domain", translate("AccountForm", "&Domain"), self.domain)
        self.grid.add("token", translate("AccountForm", "API to&ken"), self.token)
        self.grid.add("server", translate("AccountForm", "&Server"), self.server)
        for edit in (self.name, self.domain, self.token, self.server):
            edit.textEdited.connect(self._edited)
        for edit in (self.domain, self.server):  # what the token belongs to
            edit.textEdited.connect(lambda _: self.grid.clear_refusal("token"))

    def _build_calling(self) -> None:
        translate = QCoreApplication.translate
        self.region = ChoiceCombo("accountRegionCombo")
        for code in sorted(countries.regions(), key=lambda code: (code != "JP", self._country(code))):
            self.region.addItem(self._country(code), code)
        self.format = ChoiceCombo("accountFormatCombo")
        self.format.addItem(translate("AccountForm", "National (0312341234)"), DialFormat.NATIONAL)
        self.format.addItem(translate("AccountForm", "International (+81312341234)"), DialFormat.E164)
        self.calling_numbers = _line("accountCallingNumbersEdit")
        self.callback_url = _line("accountCallbackUrlEdit")
        rows: tuple[tuple[str, str, QWidget, str], ...] = (
            ("region", translate("AccountForm", "&Country"), self.region, ""),
            ("format", translate("AccountForm", "Numbers are sent"), self.format, ""),
            (
                "calling_number",
                translate("AccountForm", "Caller &IDs"),
                self.calling_numbers,
                translate("AccountForm", "Numbers that may be shown, with commas between. The first is the usual one."),
            ),
            ("callback_url", translate("AccountForm", "Call&back URL"), self.callback_url, ""),
        )
        for name, label, field, hint in rows:
            self.grid.add(name, label, field, hint=hint if self._full else "")
            self.grid.set_row_visible(name, self._full)
        self.calling_numbers.textEdited.connect(self._edited)
        self.callback_url.textEdited.connect(self._edited)
        self.region.activated.connect(self._edited)
        self.format.activated.connect(self._edited)

    def _build_feed(self) -> None:
        translate = QCoreApplication.translate
        self.feed_user = _line("accountFeedUserEdit", placeholder=translate("AccountForm", "Everybody"))
        hint = translate(
            "AccountForm", "One user’s name on the PBX, such as helen: then only that user’s calls are shown live."
        )
        label = translate("AccountForm", "Live status o&f")
        self.grid.add("feed_user", label, self.feed_user, hint=hint if self._full else "")
        self.grid.set_row_visible("feed_user", self._full)
        self.feed_user.textEdited.connect(self._edited)

    def _build_proxy(self, theme: Theme) -> None:
        translate = QCoreApplication.translate
        self.proxy = ChoiceCombo("accountProxyCombo")
        self.proxy.addItem(translate("AccountForm", "As the system"), ProxyMode.SYSTEM)
        self.proxy.addItem(translate("AccountForm", "None"), ProxyMode.NONE)
        self.proxy.addItem(translate("AccountForm", "This one"), ProxyMode.CUSTOM)
        self.proxy_url = _line("accountProxyUrlEdit", placeholder="http://proxy.example.com:8080")
        self.proxy_user = _line("accountProxyUserEdit")
        self.proxy_password = TokenEdit("accountProxyPasswordEdit", theme=theme)
        self.grid.add("proxy_mode", translate("AccountForm", "&Proxy"), self.proxy)
        self.grid.add("proxy", translate("AccountForm", "Prox&y address"), self.proxy_url)
        self.grid.add("proxy_user", translate("AccountForm", "Proxy &user"), self.proxy_user)
        self.grid.add("proxy_password", translate("AccountForm", "Proxy pass&word"), self.proxy_password)
        self.grid.set_row_visible("proxy_mode", self._full)
        self.proxy.activated.connect(self._edited)
        for edit in (self.proxy_url, self.proxy_user, self.proxy_password):
            edit.textEdited.connect(self._edited)

    def show_account(
        self, account: Account | None, *, token_stored: bool = False, password_stored: bool = False
    ) -> None:
        """Fill the form; ``None`` empties it."""
        self._original = account or Account(name="", domain="")
        self._token_stored, self._password_stored = token_stored, password_stored
        shown = self._original
        self.name.setText(shown.name)
        self.domain.setText(shown.domain)
        self.server.setText("" if shown.server == DEFAULT_SERVER else shown.server)
        self.token.clear()
        self.token.set_stored(token_stored)
        self.region.setCurrentIndex(max(0, self.region.findData(shown.home_region)))
        self.format.setCurrentIndex(self.format.findData(shown.dial_format))
        self.calling_numbers.setText(", ".join(shown.calling_numbers))
        self.callback_url.setText(shown.callback_url)
        self.listener.show_listener(shown.listener)
        self.feed_user.setText(shown.feed_user)
        self.proxy.setCurrentIndex(self.proxy.findData(shown.proxy.mode))
        self.proxy_url.setText(shown.proxy.url)
        self.proxy_user.setText(shown.proxy.user)
        self.proxy_password.clear()
        self.proxy_password.set_stored(password_stored)
        self.grid.clear_refusals()
        self._show_rows()

    def read(self) -> AccountDraft:
        """The draft. Raises ``Refusals``, whose fields :meth:`refuse` finds."""
        reader = FieldReader(self.grid.names())
        name = (
            reader.read(lambda: inputs.read_account_name(self.name.text()), "") if self._full else self._original.name
        )
        domain = reader.read(lambda: servers.read_domain(self.domain.text()), "")
        token = reader.read(self._token, None)
        server = reader.read(self._server, "")
        region = str(self.region.currentData())
        numbers = reader.read(lambda: self._calling_numbers(region), tuple[str, ...]())
        listener = self.listener.read(self._original.listener, reader)
        url = "" if listener.enabled else self.callback_url.text()
        account = replace(
            self._original,
            name=name or domain[: inputs.MAX_ACCOUNT_NAME],
            domain=domain,
            server=server,
            home_region=region,
            dial_format=DialFormat(self.format.currentData()),
            calling_numbers=numbers,
            default_calling_number=numbers[0] if numbers else "",
            callback_url=reader.read(lambda: inputs.read_callback_url(url), ""),
            listener=listener,
            feed_user=reader.read(lambda: inputs.read_feed_user(self.feed_user.text()), ""),
            proxy=reader.read(self._proxy_setting, ProxySetting()),
        )
        reader.finish()
        return AccountDraft(account, token, self._password())

    def refuse(self, sentences: dict[str, str]) -> None:
        """Say each beside its field, and go to the first there is here."""
        self.grid.clear_refusals()
        here = [field for field, sentence in sentences.items() if self.grid.refuse(field, sentence)]
        if here:
            self.grid.go_to(here[0])

    def _token(self) -> Token | None:
        """None: the stored one stays."""
        typed = self.token.text()
        return None if not typed and self._token_stored else Token(servers.read_token(typed))

    def _server(self) -> str:
        return servers.read_server_url(self.server.text()) if self.server.text().strip() else DEFAULT_SERVER

    def _calling_numbers(self, region: str) -> tuple[str, ...]:
        texts = [text for text in re.split(r"[,;、，；\n]+", self.calling_numbers.text()) if text.strip()]
        return tuple(dict.fromkeys(inputs.read_calling_number(text, region) for text in texts))

    def _proxy_setting(self) -> ProxySetting:
        mode = ProxyMode(self.proxy.currentData())
        if mode is not ProxyMode.CUSTOM:
            return ProxySetting(mode)
        return ProxySetting(mode, servers.read_proxy_url(self.proxy_url.text()), self.proxy_user.text().strip())

    def _password(self) -> str | None:
        if ProxyMode(self.proxy.currentData()) is not ProxyMode.CUSTOM:
            return "" if self._password_stored else None
        typed = self.proxy_password.text()
        return None if not typed and (self._password_stored or not self.proxy_user.text().strip()) else typed

    def _show_rows(self) -> None:
        """Those that are of use as things stand."""
        self.listener.show_rows()
        custom = self._full and self.proxy.currentData() == ProxyMode.CUSTOM
        for name in ("proxy", "proxy_user", "proxy_password"):
            self.grid.set_row_visible(name, custom)

    def _edited(self) -> None:
        self._show_rows()
        self.changed.emit()

    def _country(self, code: str) -> str:
        return countries.country_name(code, self._language)


def _line(name: str, *, placeholder: str = "") -> EntryEdit:
    edit = EntryEdit(name)
    edit.setPlaceholderText(placeholder)
    return edit
