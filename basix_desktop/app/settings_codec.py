"""Settings as JSON values, read field by field: what has the wrong type is left at its default and reported."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final, TypeVar, get_args, get_origin, get_type_hints

from basix_desktop.domain.accounts import MOST_PER_HOUR, MOST_PER_MINUTE, Account
from basix_desktop.domain.errors import InputRefused
from basix_desktop.domain.servers import read_domain, read_server_url

D = TypeVar("D")

#: Told the dotted path and what is wrong there.
Report = Callable[[str, str], None]

#: Allowed whole numbers, both ends included.
RANGES: Final = {
    "answer_timeout": (1, 2**31 - 1),
    "port": (0, 65535),
    "calls_per_minute": (1, MOST_PER_MINUTE),
    "calls_per_hour": (1, MOST_PER_HOUR),
}
#: Never in the file: the demo's account lives in its own process.
NOT_STORED: Final = frozenset({"demo"})


def read(kind: type[D], raw: Any, path: str, report: Report, start: D | None = None) -> D:
    """A frozen dataclass from a JSON object: known keys of the right type over ``start`` (or the defaults). Raises
    ``KeyError`` with the name of a field that has no default and is missing or unusable."""
    values: dict[str, Any] = {}
    if not isinstance(raw, dict):
        report(path, "is not an object")
        raw = {}
    hints = get_type_hints(kind)
    for field in dataclasses.fields(kind):  # type: ignore[arg-type]  # D is always one of our dataclasses
        if field.name in raw and field.name not in NOT_STORED:
            try:
                values[field.name] = _value(hints[field.name], raw[field.name], _join(path, field.name), report)
            except ValueError as error:
                report(_join(path, field.name), str(error))
        if field.name not in values and start is None and field.default is field.default_factory is dataclasses.MISSING:
            raise KeyError(field.name)
    return dataclasses.replace(start, **values) if start is not None else kind(**values)  # type: ignore[type-var]


def write(value: Any) -> dict[str, Any]:
    """A frozen dataclass as a JSON object."""
    return {
        field.name: _plain(getattr(value, field.name))
        for field in dataclasses.fields(value)
        if field.name not in NOT_STORED
    }


def read_accounts(raw: Any, report: Report) -> tuple[Account, ...]:
    """The usable accounts of a list; of several with one name the first."""
    accounts: dict[str, Account] = {}
    if not isinstance(raw, list):
        report("accounts", "is not a list")
        raw = []
    for position, entry in enumerate(raw):
        path = f"accounts[{position}]"
        account = read_account(entry, path, report)
        if account is not None and account.name in accounts:
            report(path, "has a name that is taken")
        elif account is not None:
            accounts[account.name] = account
    return tuple(accounts.values())


def read_account(raw: Any, path: str, report: Report, start: Account | None = None) -> Account | None:
    """An account over ``start`` (or the defaults); None, reported, where it cannot be used: no name, or a domain or a
    server to which the token must not be sent (reliability.md S3)."""
    try:
        account = read(Account, raw, path, report, start)
        if not account.name.strip():
            raise KeyError("name")
        return dataclasses.replace(account, domain=read_domain(account.domain), server=read_server_url(account.server))
    except KeyError as error:
        report(path, f"has no usable {error.args[0]}")
    except InputRefused as error:
        report(f"{path}.{error.field}", error.id)
    return None


def _value(hint: Any, raw: Any, path: str, report: Report) -> Any:
    if dataclasses.is_dataclass(hint):
        return read(hint, raw, path, report)  # type: ignore[arg-type]  # a class, not an instance
    if get_origin(hint) is tuple:
        if not isinstance(raw, list):
            raise ValueError("is not a list")
        return tuple(_value(get_args(hint)[0], item, path, report) for item in raw)
    if issubclass(hint, StrEnum):
        return hint(raw)  # raises ValueError
    if type(raw) is not hint:
        raise ValueError(f"is not of type {hint.__name__}")
    low, high = RANGES.get(path.rpartition(".")[2], (None, None))
    if low is not None and high is not None and not low <= raw <= high:
        raise ValueError(f"is not between {low} and {high}")
    return raw


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return write(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.value if isinstance(value, StrEnum) else value


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
