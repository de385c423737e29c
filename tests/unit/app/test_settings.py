"""The settings file: what is read, what is kept, what wins."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from basix_desktop.app.settings import JsonSettings, TokenPlaces, WindowState
from basix_desktop.app.settings_codec import read_account, write
from basix_desktop.domain.accounts import (
    Account,
    CallbackListener,
    DialFormat,
    Preferences,
    ProxyMode,
    ProxySetting,
    Settings,
)
from basix_desktop.domain.errors import SettingsFailed

TOKYO = Account(
    name="本社 Head office",
    domain="example",
    server="https://pbx.example/basix/api",
    home_region="JP",
    dial_format=DialFormat.E164,
    calling_numbers=("05068601111", "0312341234"),
    default_calling_number="05068601111",
    answer_timeout=60,
    callback_url="https://example.com/done",
    proxy=ProxySetting(ProxyMode.CUSTOM, "http://proxy.example:8080", "tanaka"),
    listener=CallbackListener(True, "0.0.0.0", 8790, "https://office.example/results"),
    feed_user="helen",
)
OSAKA = Account("Osaka", "osaka", "https://pbx.example/basix/api")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def put(path: Path, document: Any) -> None:
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")


def kept(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def kinds(store: JsonSettings) -> list[str]:
    return [problem.kind for problem in store.problems]


def test_what_is_saved_is_read_by_the_next_process(path: Path) -> None:
    wanted = Settings((TOKYO, OSAKA), "Osaka", Preferences(language="ja", allow_premium=True, calls_per_minute=3))
    JsonSettings(path).save(wanted)
    reader = JsonSettings(path)
    assert reader.load() == wanted
    assert reader.problems == ()
    assert "本社 Head office" in path.read_text(encoding="utf-8"), "the file is for people too"
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_without_a_file_everything_is_at_its_default(path: Path) -> None:
    store = JsonSettings(path)
    assert (store.load(), store.problems) == (Settings(), ())
    assert not path.exists(), "reading writes nothing"


def test_keys_of_another_version_survive_saving(path: Path) -> None:
    put(
        path,
        {
            "future": [1, {"two": 3}],
            "preferences": {"language": "ja", "colour": "blue"},
            "accounts": [
                {"name": "Osaka", "domain": "osaka", "note": "keep", "proxy": {"mode": "none", "pac": "x"}},
                {"no": "account"},
                "nonsense",
            ],
        },
    )
    store = JsonSettings(path)
    settings = store.load()
    renamed = replace(settings.accounts[0], name="大阪", answer_timeout=30)
    store.save(replace(settings, accounts=(renamed, TOKYO), active="大阪"))
    document = kept(path)
    assert document["future"] == [1, {"two": 3}]
    assert document["preferences"]["colour"] == "blue"
    assert document["accounts"][0]["note"] == "keep"
    assert document["accounts"][0]["proxy"] == {"mode": "none", "url": "", "user": "", "pac": "x"}
    assert document["accounts"][0]["name"] == "大阪"
    assert {"no": "account"} in document["accounts"]
    assert "nonsense" in document["accounts"]
    assert JsonSettings(path).load().accounts == (renamed, TOKYO)


@pytest.mark.parametrize(
    "damaged",
    ["", "{", "[]", "null", '"text"', "\x00" * 40, "[" * 100_000, '{"a": 1}}'],
)
def test_a_damaged_file_is_moved_aside_and_reported(path: Path, damaged: str) -> None:
    path.write_bytes(damaged.encode())
    store = JsonSettings(path)
    assert store.load() == Settings()
    assert kinds(store) == ["settings_damaged"]
    (aside,) = path.parent.glob("settings.damaged-*.json")
    assert aside.read_bytes() == damaged.encode()
    assert str(aside) in store.problems[0].detail
    store.save(Settings((OSAKA,), "Osaka"))
    assert JsonSettings(path).load().accounts == (OSAKA,)
    assert aside.read_bytes() == damaged.encode()


def test_a_byte_order_mark_is_no_damage(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps({"preferences": {"language": "en"}}).encode())
    assert JsonSettings(path).load().preferences.language == "en"


@pytest.mark.parametrize(
    ("account", "where"),
    [
        ({"name": "A", "domain": "d", "answer_timeout": "60"}, "accounts[0].answer_timeout"),
        ({"name": "A", "domain": "d", "answer_timeout": True}, "accounts[0].answer_timeout"),
        ({"name": "A", "domain": "d", "answer_timeout": 0}, "accounts[0].answer_timeout"),
        ({"name": "A", "domain": "d", "answer_timeout": 1.5}, "accounts[0].answer_timeout"),
        ({"name": "A", "domain": "d", "dial_format": "morse"}, "accounts[0].dial_format"),
        ({"name": "A", "domain": "d", "calling_numbers": "050"}, "accounts[0].calling_numbers"),
        ({"name": "A", "domain": "d", "calling_numbers": ["1", 2]}, "accounts[0].calling_numbers"),
        ({"name": "A", "domain": "d", "proxy": "http://p"}, "accounts[0].proxy"),
        ({"name": "A", "domain": "d", "proxy": {"mode": 1}}, "accounts[0].proxy.mode"),
    ],
)
def test_a_value_of_the_wrong_type_costs_only_itself(path: Path, account: dict[str, Any], where: str) -> None:
    put(path, {"accounts": [account]})
    store = JsonSettings(path)
    assert store.load().accounts == (Account("A", "d"),)
    assert [(problem.kind, problem.where) for problem in store.problems] == [("settings_value_ignored", where)]


@pytest.mark.parametrize(
    "account",
    [
        {"name": "A"},
        {"domain": "d"},
        {"name": "", "domain": "d"},
        {"name": "A", "domain": 7},
        {"name": "A", "domain": "a:b"},
        {"name": "A", "domain": "d", "server": "http://pbx.example/api"},
        {"name": "A", "domain": "d", "server": "https://user:pw@pbx.example/api"},
        7,
    ],
)
def test_an_account_that_cannot_be_used_is_left_out_but_not_lost(path: Path, account: Any) -> None:
    put(path, {"accounts": [account, {"name": "Osaka", "domain": "osaka"}]})
    store = JsonSettings(path)
    settings = store.load()
    assert [each.name for each in settings.accounts] == ["Osaka"]
    assert "settings_value_ignored" in kinds(store)
    store.save(replace(settings, active="Osaka"))
    assert account in kept(path)["accounts"]


def test_two_processes_keep_each_others_changes(path: Path) -> None:
    first, second = JsonSettings(path), JsonSettings(path)
    first.save(Settings((OSAKA,), "Osaka"))
    seen_by_second = second.load()
    first.save(replace(first.load(), accounts=(OSAKA, TOKYO), preferences=Preferences(language="ja")))
    second.save(replace(seen_by_second, preferences=Preferences(show_keypad=True)))
    both = JsonSettings(path).load()
    assert both.accounts == (OSAKA, TOKYO)
    assert both.preferences == Preferences(language="ja", show_keypad=True)
    second.load()
    first.save(replace(first.load(), accounts=(TOKYO,), active=TOKYO.name))
    second.save(replace(both, accounts=(replace(OSAKA, answer_timeout=9), TOKYO)))
    assert JsonSettings(path).load().accounts == (replace(OSAKA, answer_timeout=9), TOKYO)


def test_the_policy_wins_and_says_so(path: Path, tmp_path: Path) -> None:
    policy = tmp_path / "policy.json"
    put(
        policy,
        {
            "preferences": {"language": "ja", "unknown": 1},
            "accounts": [
                {"name": "Osaka", "server": "https://proxy.example/api"},
                {"name": "Branch", "domain": "branch", "callback_url": "https://example.com/"},
                {"name": "No domain"},
            ],
        },
    )
    JsonSettings(path).save(Settings((OSAKA, TOKYO), "Osaka", Preferences(language="en", show_keypad=True)))
    store = JsonSettings(path, policy)
    settings = store.load()
    by_name = {account.name: account for account in settings.accounts}
    assert by_name["Osaka"] == replace(OSAKA, server="https://proxy.example/api")
    assert by_name["Branch"].domain == "branch"
    assert by_name[TOKYO.name] == TOKYO
    assert settings.preferences == Preferences(language="ja", show_keypad=True)
    assert store.locked() == dict.fromkeys(
        [
            "preferences.language",
            "accounts.Osaka",
            "accounts.Osaka.server",
            "accounts.Branch",
            "accounts.Branch.domain",
            "accounts.Branch.callback_url",
        ],
        str(policy),
    )
    assert kinds(store) == ["policy_unusable"]


def test_what_the_policy_fixes_cannot_be_changed_and_is_not_written(path: Path, tmp_path: Path) -> None:
    policy = tmp_path / "policy.json"
    put(policy, {"preferences": {"language": "ja"}, "accounts": [{"name": "Branch", "domain": "branch"}]})
    JsonSettings(path).save(Settings((), "", Preferences(language="en")))
    store = JsonSettings(path, policy)
    settings = store.load()
    for forbidden in (
        replace(settings, preferences=replace(settings.preferences, language="en")),
        replace(settings, accounts=()),
        replace(settings, accounts=(replace(settings.accounts[0], domain="mine"),)),
    ):
        with pytest.raises(SettingsFailed) as caught:
            store.save(forbidden)
        assert caught.value.id == "fixed_by_policy"
        assert str(policy) in caught.value.detail
    store.save(replace(settings, preferences=replace(settings.preferences, show_keypad=True)))
    own = kept(path)
    assert own["preferences"]["language"] == "en"
    assert own["accounts"] == []
    policy.unlink()
    assert JsonSettings(path, policy).load() == Settings((), "", Preferences(language="en", show_keypad=True))


@pytest.mark.parametrize("content", ["{", "[]", "\x00"])
def test_a_broken_policy_is_reported_and_left_where_it_is(path: Path, tmp_path: Path, content: str) -> None:
    policy = tmp_path / "policy.json"
    policy.write_text(content)
    store = JsonSettings(path, policy)
    assert store.load() == Settings()
    assert kinds(store) == ["policy_unusable"]
    assert policy.read_text() == content


def test_a_save_that_fails_leaves_the_file_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = JsonSettings(path)
    store.save(Settings((OSAKA,), "Osaka"))
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SettingsFailed) as caught:
        store.save(Settings((OSAKA, TOKYO), "Osaka"))
    assert caught.value.id == "settings_not_saved"
    assert path.read_bytes() == before
    assert sorted(file.name for file in path.parent.iterdir()) == ["settings.json", "settings.json.lock"]


def test_a_file_that_cannot_be_read_is_not_overwritten(path: Path) -> None:
    path.mkdir()  # readable for nobody, root included
    store = JsonSettings(path)
    assert store.load() == Settings()
    assert kinds(store) == ["settings_unreadable"]
    with pytest.raises(SettingsFailed):
        store.save(Settings((OSAKA,)))
    assert path.is_dir()


@pytest.mark.parametrize(
    ("listener", "where"),
    [
        ({"enabled": "yes"}, "accounts[0].listener.enabled"),
        ({"port": 65536}, "accounts[0].listener.port"),
        ({"port": -1}, "accounts[0].listener.port"),
        ({"port": "8790"}, "accounts[0].listener.port"),
        ({"address": None}, "accounts[0].listener.address"),
        ("127.0.0.1:8790", "accounts[0].listener"),
    ],
)
def test_a_listener_that_cannot_be_read_is_off_and_named(path: Path, listener: Any, where: str) -> None:
    put(path, {"accounts": [{"name": "Osaka", "domain": "osaka", "listener": listener}]})
    store = JsonSettings(path)
    assert store.load().accounts[0].listener == CallbackListener()
    assert [problem.where for problem in store.problems] == [where]


def test_a_policy_may_fix_the_listener(path: Path, tmp_path: Path) -> None:
    fixed = {"enabled": True, "port": 8790, "public_url": "https://office.example/results"}
    put(tmp_path / "policy.json", {"accounts": [{"name": "Osaka", "domain": "osaka", "listener": fixed}]})
    store = JsonSettings(path, tmp_path / "policy.json")
    settings = store.load()
    (account,) = settings.accounts
    assert account.listener == CallbackListener(True, "127.0.0.1", 8790, "https://office.example/results")
    with pytest.raises(SettingsFailed):
        store.save(replace(settings, accounts=(replace(account, listener=CallbackListener()),)))


def test_the_demo_account_never_reaches_the_file(path: Path) -> None:
    JsonSettings(path).save(Settings((replace(OSAKA, demo=True), TOKYO), "Osaka"))
    assert [account["name"] for account in kept(path)["accounts"]] == [TOKYO.name]


names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip)


@given(
    st.builds(
        Account,
        name=names,
        domain=st.just("d"),
        server=st.just("https://pbx.example/api"),
        dial_format=st.sampled_from(DialFormat),
        calling_numbers=st.lists(st.text()).map(tuple),
        default_calling_number=st.text(),
        answer_timeout=st.integers(1, 2**31 - 1),
        callback_url=st.text(),
        proxy=st.builds(ProxySetting, st.sampled_from(ProxyMode), st.text(), st.text()),
        listener=st.builds(CallbackListener, st.booleans(), st.text(), st.integers(0, 65535), st.text()),
    )
)
def test_every_account_survives_writing_and_reading(account: Account) -> None:
    problems: list[str] = []
    document = json.loads(json.dumps(write(account)))
    assert read_account(document, "", lambda where, _: problems.append(where)) == account
    assert problems == []


@example({"accounts": [{"name": []}]})
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    ["accounts", "preferences", "active", "name", "domain", "proxy", "calling_numbers", "language"]
                ),
                inner,
            )
        ),
    )
)
def test_no_json_whatever_stops_the_start(tmp_path_factory: pytest.TempPathFactory, document: Any) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    policy = tmp_path_factory.getbasetemp() / "any-policy.json"
    put(path, document)
    put(policy, document)
    store = JsonSettings(path, policy)
    settings = store.load()
    assert isinstance(settings, Settings)
    store.save(replace(settings, preferences=settings.preferences))
    for aside in path.parent.glob("any.damaged-*"):
        aside.unlink()


def test_window_state_is_kept_and_its_loss_is_no_error(tmp_path: Path) -> None:
    WindowState(tmp_path / "state.json").save({"geometry": "AAAA", "width": 3})
    assert WindowState(tmp_path / "state.json").load() == {"geometry": "AAAA", "width": 3}
    (tmp_path / "state.json").write_text("{")
    assert WindowState(tmp_path / "state.json").load() == {}
    WindowState(tmp_path / "nowhere" / "state.json").save({"width": 1})
    assert WindowState(tmp_path / "nowhere" / "state.json").load() == {}


def test_token_places_are_remembered_by_entry(tmp_path: Path) -> None:
    places = TokenPlaces(tmp_path / "places.json")
    places.put("a", "GNOME Keyring")
    places.put("b", "KWallet")
    places.put("a", "")
    again = TokenPlaces(tmp_path / "places.json")
    assert (again.get("a"), again.get("b"), again.get("c")) == ("", "KWallet", "")
    (tmp_path / "places.json").write_text('{"b": 7}')
    assert again.get("b") == ""


@pytest.mark.parametrize("how", ["saving", "loading"])
def test_a_file_that_is_damaged_while_we_run_costs_no_account(path: Path, how: str) -> None:
    """What was read before is still known: a preference that is changed then must not empty the file."""
    store = JsonSettings(path)
    store.load()
    store.save(Settings((TOKYO, OSAKA), TOKYO.name))
    path.write_bytes(b'{"accounts": [{"name"')
    if how == "loading":
        assert store.load().accounts == (TOKYO, OSAKA)
    store.save(Settings((TOKYO, OSAKA), TOKYO.name, Preferences(calls_per_hour=7)))
    read = JsonSettings(path).load()
    assert (read.accounts, read.preferences.calls_per_hour) == ((TOKYO, OSAKA), 7)
    (aside,) = path.parent.glob("settings.damaged-*.json")
    assert aside.read_bytes() == b'{"accounts": [{"name"'
