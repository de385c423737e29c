"""Whose events the live feed follows: the account's field, what it refuses, and what is stored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from basix_desktop.app.settings import JsonSettings
from basix_desktop.domain.accounts import Account, Settings
from basix_desktop.ui.explain import refusal
from basix_desktop.ui.refusals import Refusals
from basix_desktop.ui.settings.account_form import AccountForm
from basix_desktop.ui.theme import Theme

PLAIN = Account("Tokyo", "tokyo", "https://pbx.example/basix/api")


@pytest.fixture
def form(qapp: QApplication, qtbot: QtBot) -> AccountForm:
    made = AccountForm(Theme(qapp), "en", full=True)
    qtbot.addWidget(made)
    made.show_account(PLAIN, token_stored=True)
    return made


def field(form: AccountForm) -> QLineEdit:
    edit = form.findChild(QLineEdit, "accountFeedUserEdit")
    assert edit is not None
    return edit


def put(form: AccountForm, text: str) -> None:
    field(form).setText(text)
    field(form).textEdited.emit(text)


def test_it_is_the_whole_pbx_unless_somebody_is_named(form: AccountForm, tmp_path: Path, qtbot: QtBot) -> None:
    assert form.read().account.feed_user == ""
    assert "only that user’s calls" in field(form).accessibleDescription()
    with qtbot.waitSignal(form.changed):
        put(form, " helen ")
    account = form.read().account
    assert account == replace(PLAIN, feed_user="helen")
    JsonSettings(tmp_path / "settings.json").save(Settings((account,)))
    (read,) = JsonSettings(tmp_path / "settings.json").load().accounts
    form.show_account(read, token_stored=True)
    assert field(form).text() == "helen"
    assert form.read().account == account


def test_the_short_form_does_not_ask(qapp: QApplication, qtbot: QtBot) -> None:
    short = AccountForm(Theme(qapp), "en", full=False)
    qtbot.addWidget(short)
    short.show_account(replace(PLAIN, feed_user="helen"), token_stored=True)
    assert not field(short).isVisibleTo(short)
    assert short.read().account.feed_user == "helen"


@pytest.mark.parametrize("text", ["he\x07len", "\u202ehelen", "x" * 257])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_refusal_stands_beside_the_field(form: AccountForm, text: str, language: str) -> None:
    put(form, text)
    with pytest.raises(Refusals) as refused:
        form.read()
    ((name, error),) = refused.value.fields.items()
    assert error.id == "feed_user_invalid"
    sentence = refusal(error, language)
    form.refuse({name: sentence})
    assert field(form).accessibleDescription() == sentence
    assert field(form).text() == text
    put(form, "helen")
    assert field(form).accessibleDescription() != sentence
