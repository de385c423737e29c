"""Putting changed settings into a file that others write too."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from basix_desktop.app.settings_codec import read_accounts, write
from basix_desktop.domain.accounts import DEFAULT_SERVER, Account, Preferences, Settings


def merged(now: Settings, base: Settings, wanted: Settings) -> Settings:
    """``now`` with the changes that lead from ``base`` to ``wanted``."""
    names_before = {account.name: account for account in base.accounts}
    accounts = {account.name: account for account in now.accounts}
    for account in wanted.accounts:
        if not account.demo and names_before.get(account.name) != account:
            accounts[account.name] = account
    kept = {account.name for account in wanted.accounts}
    accounts = {name: account for name, account in accounts.items() if name in kept or name not in names_before}
    order = {account.name: position for position, account in enumerate(wanted.accounts)}
    changes = {
        field.name: getattr(wanted.preferences, field.name)
        for field in fields(Preferences)
        if getattr(wanted.preferences, field.name) != getattr(base.preferences, field.name)
    }
    return Settings(
        accounts=tuple(sorted(accounts.values(), key=lambda account: order.get(account.name, len(order)))),
        active=wanted.active if wanted.active != base.active else now.active,
        preferences=replace(now.preferences, **changes),
    )


def document(raw: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """The file's next content: the known keys over whatever else was there."""
    entries = [entry for entry in _list(raw.get("accounts")) if isinstance(entry, dict)]
    readable = {account.name for account in read_accounts(raw.get("accounts", []), lambda *_: None)}

    def former(account: Account) -> dict[str, Any]:
        same_name = [entry for entry in entries if entry.get("name") == account.name]
        same_key = [entry for entry in entries if _key(entry) == account.key]
        return (same_name or same_key or [{}])[0]

    accounts = [_over(former(account), write(account)) for account in settings.accounts]
    unread = [entry for entry in _list(raw.get("accounts")) if not _named(entry, readable)]
    preferences = raw.get("preferences")
    return {
        **raw,
        "active": settings.active,
        "accounts": [*accounts, *unread],
        "preferences": _over(preferences if isinstance(preferences, dict) else {}, write(settings.preferences)),
    }


def _key(entry: dict[str, Any]) -> tuple[str, Any]:
    """As :attr:`Account.key`, so that a renamed account keeps what only its entry holds."""
    return (str(entry.get("server", DEFAULT_SERVER)).rstrip("/"), entry.get("domain"))


def _over(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """``new`` first, then the keys that only ``old`` has; objects within likewise."""
    both = {key: _over(old[key], value) if _objects(old.get(key), value) else value for key, value in new.items()}
    return {**both, **{key: value for key, value in old.items() if key not in new}}


def _objects(*values: Any) -> bool:
    return all(isinstance(value, dict) for value in values)


def _named(entry: Any, names: set[str]) -> bool:
    name = entry.get("name") if isinstance(entry, dict) else None
    return isinstance(name, str) and name in names


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def flat_values(settings: Settings) -> dict[str, Any]:
    """Every value by its dotted path, as :meth:`JsonSettings.locked` names it."""
    flat: dict[str, Any] = {"active": settings.active}
    flat |= {f"preferences.{name}": value for name, value in write(settings.preferences).items()}
    for account in settings.accounts:
        flat[f"accounts.{account.name}"] = True
        flat |= {f"accounts.{account.name}.{name}": value for name, value in write(account).items()}
    return flat
