"""Accounts that change their domain or server, are tested and removed: a real settings file, a real PBX, and a keyring
that writes down what it is asked for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from basix_desktop.app.settings import JsonSettings
from basix_desktop.credentials.vault import PROXY_SERVICE, SERVICE, KeyringVault, entry_name
from basix_desktop.demo.server import DemoPbx
from basix_desktop.domain.accounts import Account, ProxyMode, ProxySetting, Token
from basix_desktop.domain.errors import AccountTestFailed, InputRefused, SettingsFailed, TokenUnavailable
from basix_desktop.net.http import Http
from basix_desktop.pbx.client import PbxClient
from basix_desktop.services.desk import Desk

TOKEN, OTHER = Token("canary-first"), Token("canary-second")
OFFICE = Account("Office", "old.example", "https://pbx.example/basix/api")
MOVED = replace(OFFICE, domain="new.example")
PROXY = ProxySetting(ProxyMode.CUSTOM, "http://proxy.example:3128", "ken")


class NotedKeyring:
    """A back end that keeps what it is given, unless told to fail."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}
        self.asked: list[tuple[str, str]] = []
        self.deletes, self.forgets = True, False

    def get_password(self, service: str, username: str) -> str | None:
        self.asked.append(("get", username))
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.asked.append(("set", username))
        if not self.forgets:
            self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.asked.append(("delete", username))
        if not self.deletes:
            raise OSError("the keyring does not delete")
        del self.held[service, username]


class World:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.keyring = NotedKeyring()
        self.file = folder / "settings.json"
        self.desk = self.start()

    def start(self) -> Desk:
        """As the next start of the program finds it."""
        vault = KeyringVault(find=lambda: self.keyring, name_place=lambda _: "Shelf", budget=5)
        self.vault = vault
        self.desk = Desk(JsonSettings(self.file, self.folder / "policy.json"), vault, PbxClient(Http(), "0.0"))
        return self.desk

    def tokens(self) -> dict[str, str]:
        return {name: secret for (service, name), secret in self.keyring.held.items() if service == SERVICE}


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path)
    made.desk.save_account(OFFICE, token=TOKEN)
    made.keyring.asked.clear()
    return made


@pytest.fixture(scope="module")
def pbx() -> Iterator[DemoPbx]:
    with DemoPbx(speed=50) as made:
        yield made


def test_a_new_token_for_another_domain_takes_the_old_one_away_last(world: World) -> None:
    saved = world.desk.save_account(MOVED, replacing="Office", token=OTHER)
    assert (saved.in_keyring, saved.left_behind) == (True, None)
    assert world.tokens() == {entry_name(MOVED): OTHER.reveal()}
    steps = world.keyring.asked
    read_back = max(at for at, step in enumerate(steps) if step == ("get", entry_name(MOVED)))
    assert steps.index(("set", entry_name(MOVED))) < read_back < steps.index(("delete", entry_name(OFFICE)))


def test_another_domain_on_the_same_server_takes_the_stored_token_along(world: World) -> None:
    world.start().save_account(MOVED, replacing="Office")
    assert world.tokens() == {entry_name(MOVED): TOKEN.reveal()}


def test_a_stored_token_is_never_sent_to_another_server(world: World) -> None:
    elsewhere = replace(OFFICE, server="https://else.example/basix/api")
    with pytest.raises(InputRefused) as refused:
        world.desk.save_account(elsewhere, replacing="Office")
    assert (refused.value.id, refused.value.field) == ("token_for_other_server", "token")
    with pytest.raises(InputRefused):
        asyncio.run(world.desk.test(elsewhere, None, "Office"))
    assert world.desk.settings.accounts == (OFFICE,)
    assert world.tokens() == {entry_name(OFFICE): TOKEN.reveal()}
    world.desk.save_account(elsewhere, replacing="Office", token=OTHER)
    assert world.tokens() == {entry_name(elsewhere): OTHER.reveal()}


def test_what_another_account_still_needs_stays(world: World) -> None:
    branch = replace(OFFICE, name="Branch")
    world.desk.save_account(branch)
    world.desk.save_account(MOVED, replacing="Office", token=OTHER)
    assert world.tokens() == {entry_name(MOVED): OTHER.reveal(), entry_name(branch): TOKEN.reveal()}
    assert world.desk.save_account(replace(branch, domain=MOVED.domain), replacing="Branch").left_behind is None
    assert world.tokens() == {entry_name(MOVED): OTHER.reveal()}, "the token that is there already is not overwritten"


def test_a_keyring_that_does_not_delete_is_told_and_changes_nothing_else(world: World) -> None:
    world.keyring.deletes = False
    saved = world.desk.save_account(MOVED, replacing="Office", token=OTHER)
    assert saved.in_keyring
    assert saved.left_behind is not None
    assert "Shelf" in saved.left_behind.detail
    assert world.start().settings.accounts == (MOVED,)
    assert world.vault.get(MOVED) == OTHER


def test_a_token_that_the_keyring_does_not_keep_costs_no_stored_one(world: World) -> None:
    world.keyring.forgets = True
    assert not world.desk.save_account(MOVED, replacing="Office", token=OTHER).in_keyring
    assert world.tokens() == {entry_name(OFFICE): TOKEN.reveal()}


def test_what_the_settings_file_refuses_costs_no_stored_token(world: World) -> None:
    (world.folder / "policy.json").write_text(
        json.dumps({"accounts": [{"name": "Office", "domain": OFFICE.domain, "server": OFFICE.server}]}),
        encoding="utf-8",
    )
    desk = world.start()
    for change in (
        lambda: desk.save_account(MOVED, replacing="Office", token=OTHER),
        lambda: desk.remove_account("Office"),
    ):
        with pytest.raises(SettingsFailed) as refused:
            change()
        assert refused.value.id == "fixed_by_policy"
    assert world.tokens() == {entry_name(OFFICE): TOKEN.reveal()}, "nor does one stay that nobody sees"


def test_the_proxy_s_password_moves_along_and_leaves_nothing(world: World) -> None:
    behind = replace(OFFICE, proxy=PROXY)
    world.desk.save_account(behind, replacing="Office", proxy_password="pr0xy-canary")
    world.start().save_account(replace(MOVED, proxy=PROXY), replacing="Office")
    held = {name: secret for (service, name), secret in world.keyring.held.items() if service == PROXY_SERVICE}
    assert held == {entry_name(MOVED): "pr0xy-canary"}


def test_removing_takes_token_and_password_along(world: World) -> None:
    world.desk.save_account(replace(OFFICE, proxy=PROXY), replacing="Office", proxy_password="pr0xy-canary")
    world.start().remove_account("Office")
    assert world.keyring.held == {}
    assert world.desk.settings.accounts == ()


def test_an_account_whose_token_would_remain_unseen_is_not_removed(world: World) -> None:
    world.keyring.deletes = False
    with pytest.raises(TokenUnavailable):
        world.desk.remove_account("Office")
    assert world.start().settings.accounts == (OFFICE,)


def test_testing_asks_the_keyring_again_for_a_token_that_is_refused(world: World, pbx: DemoPbx) -> None:
    """Another program, or another window of this one, has put the right one there since."""
    account = Account("Demo", pbx.domain, pbx.server)
    world.desk.save_account(account, token=Token("no-longer-valid"))
    world.keyring.held[SERVICE, entry_name(account)] = pbx.token
    asyncio.run(world.desk.test(account, None))
    world.keyring.held[SERVICE, entry_name(account)] = "again-not-valid"
    world.vault.set(account, Token("not-valid"), session_only=True)
    with pytest.raises(AccountTestFailed) as failed:
        asyncio.run(world.desk.test(account, None))
    assert failed.value.id == "token_refused"


def test_testing_another_domain_tries_the_token_that_saving_would_take_along(world: World, pbx: DemoPbx) -> None:
    mistyped = Account("Demo", f"{pbx.domain}x", pbx.server)
    world.desk.save_account(mistyped, token=Token(pbx.token))
    asyncio.run(world.desk.test(replace(mistyped, domain=pbx.domain), None, "Demo"))
