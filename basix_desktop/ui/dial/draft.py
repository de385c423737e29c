"""What stands in the dial column, and reading it field by field. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from basix_desktop.domain import inputs, numbers
from basix_desktop.domain.accounts import DEFAULT_ANSWER_TIMEOUT, Account
from basix_desktop.domain.calls import CallRequest, EndUser
from basix_desktop.domain.destinations import read_destination
from basix_desktop.domain.errors import InputRefused
from basix_desktop.domain.numbers import Number
from basix_desktop.services.dialer import Order

T = TypeVar("T")

#: The fields in the order in which a refusal is told and takes the focus: the tab order.
FIELDS = (
    "number",
    "destination",
    "end_user_id",
    "end_user_name",
    "end_user_organization",
    "end_user_avatar",
    "end_user_prefecture",
    "calling_number",
    "answer_timeout",
    "callback_url",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """The column as typed. ``destination`` is what the PBX takes; ``destination_label`` what people call it."""

    number: str = ""
    destination: str = ""
    destination_label: str = ""
    end_user_id: str = ""
    end_user_name: str = ""
    end_user_organization: str = ""
    end_user_avatar: str = ""
    end_user_prefecture: str = ""
    calling_number: str = ""
    answer_timeout: str = str(DEFAULT_ANSWER_TIMEOUT)
    callback_url: str = ""

    @property
    def caller(self) -> tuple[str, str, str, str, str]:
        return (
            self.end_user_id,
            self.end_user_name,
            self.end_user_organization,
            self.end_user_avatar,
            self.end_user_prefecture,
        )


class Refusals(Exception):
    """Remedy: change these fields. By field, in tab order."""

    def __init__(self, fields: dict[str, InputRefused]) -> None:
        super().__init__(", ".join(fields))
        self.fields = {name: fields[name] for name in sorted(fields, key=_place)}


def _place(field: str) -> int:
    return FIELDS.index(field) if field in FIELDS else len(FIELDS)


def read_number(text: str, account: Account) -> Number:
    """The number as this account sends it. Raises ``InputRefused``."""
    return numbers.read(text, account.home_region, account.dial_format)


class _Reader:
    """Reads on after a refusal, so that every field is told about at once."""

    def __init__(self) -> None:
        self.refused: dict[str, InputRefused] = {}

    def read(self, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except InputRefused as error:
            self.refused.setdefault(error.field, error)
            return otherwise


def read_order(draft: Draft, account: Account) -> Order:
    """The press of Call that the draft asks for. Raises ``Refusals``."""
    reader = _Reader()
    home = account.home_region
    nothing = Number("", "", "", numbers.NumberKind.UNKNOWN, valid=False, foreign=False, e164="")
    number = reader.read(lambda: read_number(draft.number, account), nothing)
    request = CallRequest(
        number=number.sent,
        destination=reader.read(lambda: read_destination(draft.destination, home), ""),
        calling_number=reader.read(lambda: inputs.read_calling_number(draft.calling_number, home), ""),
        answer_timeout=reader.read(lambda: inputs.read_answer_timeout(draft.answer_timeout), 1),
        callback_url=reader.read(lambda: inputs.read_callback_url(draft.callback_url), ""),
        end_user=_read_caller(draft, reader),
    )
    if reader.refused:
        raise Refusals(reader.refused)
    label = draft.destination_label if draft.destination_label != request.destination else ""
    return Order(account, request, number, draft.number, label)


def _read_caller(draft: Draft, reader: _Reader) -> EndUser:
    """Each field on its own, so that one refusal does not hide another."""

    def one(field: str, text: str) -> EndUser:
        return reader.read(lambda: inputs.read_end_user(**{field: text}), EndUser())

    caller = EndUser()
    for field, text in zip(("id", "name", "organization", "avatar", "prefecture"), draft.caller, strict=True):
        caller = replace(caller, **{field: getattr(one(field, text), field)})
    return caller
