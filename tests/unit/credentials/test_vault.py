"""The vault over back ends that behave, and over ones that do not (reliability.md H1 to H14)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from basix_desktop.credentials.backends import Backend
from basix_desktop.credentials.memory import MemoryVault
from basix_desktop.credentials.vault import KeyringVault, entry_name
from basix_desktop.domain.accounts import Account, Token
from basix_desktop.domain.errors import TokenUnavailable
from basix_desktop.services.ports import Vault

ACCOUNT = Account("Head office", "example", "https://pbx.example/basix/api")
TOKEN = Token("kanaria-Ωトークン-0123456789")


class Shelf:
    """A back end that keeps what it is given."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.held[service, username]


class Broken(Shelf):
    """Raises on every call from now on."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def get_password(self, service: str, username: str) -> str | None:
        raise self.error

    def set_password(self, service: str, username: str, password: str) -> None:
        raise self.error

    def delete_password(self, service: str, username: str) -> None:
        raise self.error


class Hanging(Shelf):
    """Waits, as behind an unlock prompt, until somebody answers."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = threading.Event()
        self.waiting = 0
        self.writes: list[str] = []

    def get_password(self, service: str, username: str) -> str | None:
        self.waiting += 1
        self.answered.wait(20)
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.answered.wait(20)
        self.writes.append(password)
        super().set_password(service, username, password)


class Notes:
    """Markers in memory."""

    def __init__(self) -> None:
        self.held: dict[str, str] = {}

    def get(self, entry: str) -> str:
        return self.held.get(entry, "")

    def put(self, entry: str, place: str) -> None:
        self.held[entry] = place


def vault_over(backend: Backend, **options: object) -> KeyringVault:
    return KeyringVault(find=lambda: backend, name_place=lambda _: "Shelf", **options)  # type: ignore[arg-type]


def no_keyring() -> Backend:
    raise TokenUnavailable("keyring_absent", "none here")


def failure_of(fn: Callable[[], object]) -> TokenUnavailable:
    with pytest.raises(TokenUnavailable) as caught:
        fn()
    return caught.value


@pytest.fixture
def hanging() -> Iterator[Hanging]:
    backend = Hanging()
    yield backend
    backend.answered.set()


def test_a_token_written_by_one_session_is_read_by_the_next() -> None:
    shelf = Shelf()
    assert vault_over(shelf).set(ACCOUNT, TOKEN) is True
    assert vault_over(shelf).get(ACCOUNT) == TOKEN


def test_renaming_an_account_keeps_its_token_and_another_domain_has_none() -> None:
    shelf = Shelf()
    vault_over(shelf).set(ACCOUNT, TOKEN)
    vault = vault_over(shelf)
    assert vault.get(replace(ACCOUNT, name="Branch", server="https://pbx.example/basix/api/")) == TOKEN
    assert failure_of(lambda: vault.get(replace(ACCOUNT, domain="other"))).id == "token_missing"
    assert failure_of(lambda: vault.get(replace(ACCOUNT, server="https://b.example"))).id == "token_missing"


def test_without_a_keyring_the_token_lives_for_the_session_only() -> None:
    vault = KeyringVault(find=no_keyring)
    assert vault.set(ACCOUNT, TOKEN) is False
    assert vault.get(ACCOUNT) == TOKEN
    assert failure_of(lambda: KeyringVault(find=no_keyring).get(ACCOUNT)).id == "keyring_absent"
    assert vault.place() == ""


def test_session_only_leaves_the_keyring_alone() -> None:
    shelf = Shelf()
    vault = vault_over(shelf)
    assert vault.set(ACCOUNT, TOKEN, session_only=True) is False
    assert vault.get(ACCOUNT) == TOKEN
    assert shelf.held == {}


@pytest.mark.parametrize("kept", [None, "", TOKEN.reveal()[:-1]])
def test_a_keyring_that_does_not_give_back_what_it_got_is_not_trusted(kept: str | None) -> None:
    class Mutilating(Shelf):
        def set_password(self, service: str, username: str, password: str) -> None:
            if kept is not None:
                self.held[service, username] = kept

    shelf, notes = Mutilating(), Notes()
    vault = vault_over(shelf, markers=notes)
    assert vault.set(ACCOUNT, TOKEN) is False
    assert vault.get(ACCOUNT) == TOKEN
    assert not shelf.held, "a mutilated token would be refused by the PBX at the next start"
    assert notes.held == {}


def error_named(name: str, *args: object, base: type[Exception] = Exception) -> Exception:
    error: Exception = type(name, (base,), {})(*args)
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (error_named("KeyringLocked", "Failed to unlock the collection!"), "keyring_locked"),
        (error_named("InitError", "Failed to create the collection"), "keyring_locked"),
        (error_named("SecretServiceNotAvailableException", "no"), "keyring_absent"),
        (error_named("KeyringError", "Can't get password: (-25293, 'x')"), "keyring_failed"),
        (error_named("error", 1783, "CredWrite", "The stub received bad data"), "keyring_failed"),
        (OSError(8, "Not enough memory"), "keyring_failed"),
        (RuntimeError(TOKEN.reveal()), "keyring_failed"),
    ],
)
def test_what_a_back_end_raises_becomes_a_remedy_without_its_text(error: Exception, expected: str) -> None:
    vault = vault_over(Broken(error))
    reading = failure_of(lambda: vault.get(ACCOUNT))
    assert reading.id == expected
    writing = failure_of(lambda: vault.set(ACCOUNT, TOKEN))
    assert TOKEN.reveal() not in f"{reading} {writing}"


@pytest.mark.parametrize("status", [-25293, -25308, -67030])
def test_a_mac_that_must_be_asked_first_counts_as_locked(status: int) -> None:
    class Mac(Shelf):
        def get_password(self, service: str, username: str) -> str | None:
            try:
                raise error_named("SecAuthFailure", status, "Security Auth Failure")
            except Exception as cause:
                raise error_named("KeyringError", f"Can't get password from keychain: {cause}") from cause

    assert failure_of(lambda: vault_over(Mac()).get(ACCOUNT)).id == "keyring_locked"


def test_a_failed_save_leaves_the_earlier_token_in_use() -> None:
    class Full(Shelf):
        def set_password(self, service: str, username: str, password: str) -> None:
            if self.held:
                raise error_named("error", 1783, "CredWrite", password)
            super().set_password(service, username, password)

    shelf = Full()
    vault = vault_over(shelf)
    vault.set(ACCOUNT, TOKEN)
    assert "1783" in failure_of(lambda: vault.set(ACCOUNT, Token("another"))).detail
    assert vault.get(ACCOUNT) == TOKEN
    assert vault_over(shelf).get(ACCOUNT) == TOKEN


def test_the_session_survives_the_death_of_its_keyring() -> None:
    shelf = Shelf()
    vault_over(shelf).set(ACCOUNT, TOKEN)
    alive = [True]

    def find() -> Backend:
        if not alive[0]:
            raise error_named("InitError", "gone")
        return shelf

    vault = KeyringVault(find=find, name_place=lambda _: "Shelf")
    vault.get(ACCOUNT)
    alive[0] = False
    assert vault.get(ACCOUNT) == TOKEN
    assert failure_of(lambda: vault.set(ACCOUNT, Token("new"))).id == "keyring_locked"
    vault.doubt(ACCOUNT, TOKEN)
    assert vault.get(ACCOUNT) == TOKEN


def test_a_refused_token_is_asked_for_again() -> None:
    """Another window, or the command line, may have put a new one into the keyring."""
    shelf = Shelf()
    vault = vault_over(shelf)
    vault.set(ACCOUNT, TOKEN)
    vault_over(shelf).set(ACCOUNT, Token("new"))
    assert vault.get(ACCOUNT) == TOKEN
    vault.doubt(ACCOUNT, Token("another that was refused"))
    assert vault.known(ACCOUNT) == TOKEN
    vault.doubt(ACCOUNT, TOKEN)
    assert vault.known(ACCOUNT) is None
    assert vault.get(ACCOUNT) == Token("new")
    assert vault.known(ACCOUNT) == Token("new")


def test_an_unanswered_prompt_ends_in_time_and_its_late_answer_counts(hanging: Hanging) -> None:
    hanging.held["basix-desktop", entry_name(ACCOUNT)] = TOKEN.reveal()
    vault = vault_over(hanging, budget=0.05)
    assert failure_of(lambda: vault.get(ACCOUNT)).id == "keyring_timeout"
    assert failure_of(lambda: vault.get(ACCOUNT)).id == "keyring_timeout"
    assert vault.place() == ""
    assert hanging.waiting == 1, "a second prompt on top of the first"
    hanging.answered.set()
    patient = threading.Event()
    while True:
        try:
            assert vault.get(ACCOUNT) == TOKEN
            break
        except TokenUnavailable:
            patient.wait(0.01)
    assert hanging.waiting == 1


def test_a_save_given_up_never_lands_on_a_later_one(hanging: Hanging) -> None:
    vault = vault_over(hanging, budget=0.05)
    for value in ("first", "second"):
        assert failure_of(lambda value=value: vault.set(ACCOUNT, Token(value))).id == "keyring_timeout"  # type: ignore[misc]
    vault.set(ACCOUNT, Token("third"), session_only=True)
    hanging.answered.set()
    while not hanging.writes:
        threading.Event().wait(0.005)
    vault.place()
    assert hanging.writes == ["first"], "what had not begun when its time was up is dropped"
    assert vault.get(ACCOUNT) == Token("third"), "a late result does not undo a later decision"


@pytest.mark.parametrize("altered", ["", "line\nbreak", "nul\0", "\ud800"])
def test_an_altered_value_counts_as_missing(altered: str) -> None:
    shelf = Shelf()
    shelf.held["basix-desktop", entry_name(ACCOUNT)] = altered
    assert failure_of(lambda: vault_over(shelf).get(ACCOUNT)).id == "token_missing"


def test_a_value_that_is_not_utf8_counts_as_missing() -> None:
    broken = Broken(UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"))
    assert failure_of(lambda: vault_over(broken).get(ACCOUNT)).id == "token_missing"


def test_a_token_left_in_another_keyring_is_named() -> None:
    notes = Notes()
    gnome = Shelf()
    KeyringVault(find=lambda: gnome, name_place=lambda _: "GNOME Keyring", markers=notes).set(ACCOUNT, TOKEN)
    in_kde = KeyringVault(find=Shelf, name_place=lambda _: "KWallet", markers=notes)
    missing = failure_of(lambda: in_kde.get(ACCOUNT))
    assert missing.id == "token_missing"
    assert "GNOME Keyring" in missing.detail
    assert "KWallet" in missing.detail
    nowhere = KeyringVault(find=no_keyring, markers=notes)
    assert "GNOME Keyring" in failure_of(lambda: nowhere.get(ACCOUNT)).detail
    assert "GNOME Keyring" in failure_of(lambda: nowhere.remove(ACCOUNT)).detail
    assert gnome.held, "nothing is lost by the change"


def test_removing_forgets_token_and_proxy_password() -> None:
    shelf, notes = Shelf(), Notes()
    vault = vault_over(shelf, markers=notes)
    vault.set(ACCOUNT, TOKEN)
    vault.set_proxy_password(ACCOUNT, "geheim")
    vault.remove(ACCOUNT)
    assert shelf.held == {}
    assert not any(notes.held.values())
    assert failure_of(lambda: vault.get(ACCOUNT)).id == "token_missing"
    vault.remove(ACCOUNT)  # nothing there is no failure


def test_a_token_that_cannot_be_removed_is_said_to_remain() -> None:
    class Clinging(Shelf):
        def delete_password(self, service: str, username: str) -> None:
            raise error_named("PasswordDeleteError", "no")

    vault = vault_over(Clinging())
    vault.set(ACCOUNT, TOKEN)
    remains = failure_of(lambda: vault.remove(ACCOUNT))
    assert (remains.id, "Shelf" in remains.detail) == ("keyring_failed", True)


def test_proxy_passwords_are_kept_like_tokens_and_apart_from_them() -> None:
    shelf = Shelf()
    vault = vault_over(shelf)
    assert vault.proxy_password(ACCOUNT) == ""
    vault.set_proxy_password(ACCOUNT, "パス ワード")
    vault.set(ACCOUNT, TOKEN)
    assert vault_over(shelf).proxy_password(ACCOUNT) == "パス ワード"
    vault.set_proxy_password(ACCOUNT, "")
    assert (vault.proxy_password(ACCOUNT), vault.get(ACCOUNT)) == ("", TOKEN)
    assert failure_of(lambda: vault_over(Broken(error_named("KeyringLocked"))).proxy_password(ACCOUNT)).id == (
        "keyring_locked"
    )


def test_every_secret_is_announced_to_whatever_cleans_the_logs() -> None:
    heard: list[str] = []
    shelf = Shelf()
    vault_over(shelf, on_secret=heard.append).set(ACCOUNT, TOKEN)
    vault_over(shelf, on_secret=heard.append).get(ACCOUNT)
    assert heard == [TOKEN.reveal()] * 2


def test_the_memory_vault_forgets() -> None:
    vault: Vault = MemoryVault({ACCOUNT.key: TOKEN})
    assert vault.get(ACCOUNT) == TOKEN
    vault.set_proxy_password(ACCOUNT, "p")
    vault.remove(ACCOUNT)
    assert failure_of(lambda: vault.get(ACCOUNT)).id == "token_missing"
    assert vault.proxy_password(ACCOUNT) == ""
    assert vault.set(ACCOUNT, TOKEN) is False
