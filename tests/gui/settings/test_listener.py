"""An account's own listener for results: its fields, what they refuse, and what is stored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from basix_desktop.app.settings import JsonSettings
from basix_desktop.domain.accounts import Account, CallbackListener, Settings
from basix_desktop.ui.explain import refusal
from basix_desktop.ui.refusals import Refusals
from basix_desktop.ui.settings.account_form import AccountForm
from basix_desktop.ui.theme import Theme

PLAIN = Account("Tokyo", "tokyo", "https://pbx.example/basix/api", callback_url="https://crm.example.com/done")
HERE = CallbackListener(True, "127.0.0.1", 8790, "https://office.example.com/results")


@pytest.fixture
def form(qapp: QApplication, qtbot: QtBot) -> AccountForm:
    made = AccountForm(Theme(qapp), "en", full=True)
    qtbot.addWidget(made)
    made.show_account(PLAIN, token_stored=True)
    return made


def seen(form: AccountForm, name: str) -> bool:
    field = form.findChild(QWidget, name)
    assert field is not None
    return field.isVisibleTo(form)


def put(form: AccountForm, name: str, text: str) -> QLineEdit:
    edit = form.findChild(QLineEdit, f"accountListener{name}Edit")
    assert edit is not None
    edit.setText(text)
    edit.textEdited.emit(text)
    return edit


def test_it_is_off_until_it_is_wanted(form: AccountForm) -> None:
    assert not seen(form, "accountListenerAddressEdit")
    assert seen(form, "accountCallbackUrlEdit")
    assert form.read().account.listener == CallbackListener()
    form.listener.wanted.click()
    for name in ("Address", "Port", "Url"):
        assert seen(form, f"accountListener{name}Edit")
    assert not seen(form, "accountCallbackUrlEdit"), "the PBX calls one address only"


def test_what_is_typed_is_stored_and_shown_again(form: AccountForm, tmp_path: Path) -> None:
    form.listener.wanted.click()
    put(form, "Address", " ０.0.0.0 ")
    put(form, "Port", "８７９１")
    put(form, "Url", "https://office.example.com/results/")
    account = form.read().account
    assert account.listener == replace(HERE, address="0.0.0.0", port=8791)
    assert account.callback_url == ""
    JsonSettings(tmp_path / "settings.json").save(Settings((account,)))
    (read,) = JsonSettings(tmp_path / "settings.json").load().accounts
    form.show_account(read, token_stored=True)
    assert form.read().account == read == account


def test_switching_it_off_keeps_its_fields_for_the_next_time(form: AccountForm) -> None:
    form.show_account(replace(PLAIN, callback_url="", listener=HERE), token_stored=True)
    form.listener.wanted.click()
    assert form.read().account.listener == replace(HERE, enabled=False)
    assert seen(form, "accountCallbackUrlEdit")


def test_the_short_form_does_not_ask(qapp: QApplication, qtbot: QtBot) -> None:
    short = AccountForm(Theme(qapp), "en", full=False)
    qtbot.addWidget(short)
    short.show_account(PLAIN, token_stored=True)
    assert not seen(short, "accountListenBox")
    assert not seen(short, "accountListenerPortEdit")
    assert not seen(short, "accountCallbackUrlEdit")


@pytest.mark.parametrize(
    ("name", "text", "id_"),
    [
        ("Address", "", "listener_address_invalid"),
        ("Address", "localhost", "listener_address_invalid"),
        ("Address", "224.0.0.1", "listener_address_invalid"),
        ("Address", "fe80::1%eth0", "listener_address_invalid"),
        ("Port", "", "listener_port_invalid"),
        ("Port", "0", "listener_port_invalid"),
        ("Port", "65536", "listener_port_invalid"),
        ("Port", "80a", "listener_port_invalid"),
        ("Url", "", "listener_url_invalid"),
        ("Url", "ftp://office.example.com", "listener_url_invalid"),
        ("Url", "https://office.example.com/?a=1", "listener_url_invalid"),
        ("Url", "https://office.example.com/#a", "listener_url_invalid"),
        ("Url", "https://u:p@office.example.com/", "url_has_sign_in"),
        ("Url", "office.example.com", "listener_url_invalid"),
        ("Url", "https://office.example.com/" + "x" * 2000, "url_too_long"),
    ],
)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_refusal_stands_beside_its_field(form: AccountForm, name: str, text: str, id_: str, language: str) -> None:
    form.listener.wanted.click()
    put(form, "Url", HERE.public_url)
    edit = put(form, name, text)
    with pytest.raises(Refusals) as refused:
        form.read()
    ((field, error),) = refused.value.fields.items()
    assert error.id == id_
    sentence = refusal(error, language)
    form.refuse({field: sentence})
    assert edit.accessibleDescription() == sentence
    assert edit.text() == text
    put(form, name, text + "1")
    assert edit.accessibleDescription() != sentence


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0", "::", "::1", "[::1]", "192.168.1.20"])
def test_addresses_of_a_computer_are_taken(form: AccountForm, address: str) -> None:
    form.listener.wanted.click()
    put(form, "Url", HERE.public_url)
    put(form, "Address", address)
    assert form.read().account.listener.address == address.strip("[]")
