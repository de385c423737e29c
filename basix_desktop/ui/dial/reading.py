"""Reading the dial column field by field: from what was typed to a press of Call. No Qt."""

from __future__ import annotations

from dataclasses import replace

from basix_desktop.domain import inputs, numbers
from basix_desktop.domain.accounts import Account
from basix_desktop.domain.calls import CallRequest, EndUser
from basix_desktop.domain.destinations import read_destination
from basix_desktop.domain.numbers import Number
from basix_desktop.services.dialer import Order
from basix_desktop.ui.dial.draft import FIELDS, Draft
from basix_desktop.ui.refusals import FieldReader, Refusals

__all__ = ["Refusals", "read_number", "read_order"]


def read_number(text: str, account: Account) -> Number:
    """The number as this account sends it. Raises ``InputRefused``."""
    return numbers.read(text, account.home_region, account.dial_format)


def read_order(draft: Draft, account: Account) -> Order:
    """The press of Call that the draft asks for. Raises ``Refusals``."""
    reader = FieldReader(FIELDS)
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
    reader.finish()
    label = draft.destination_label if draft.destination_label != request.destination else ""
    return Order(account, request, number, draft.number, label)


def _read_caller(draft: Draft, reader: FieldReader) -> EndUser:
    """Each field on its own, so that one refusal does not hide another."""

    def one(field: str, text: str) -> EndUser:
        return reader.read(lambda: inputs.read_end_user(**{field: text}), EndUser())

    caller = EndUser()
    for field, text in zip(("id", "name", "organization", "avatar", "prefecture"), draft.caller, strict=True):
        caller = replace(caller, **{field: getattr(one(field, text), field)})
    return caller
