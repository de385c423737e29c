"""What must not be dialled, and what needs a second look."""

from __future__ import annotations

from dataclasses import replace

import pytest

from basix_desktop.domain.concerns import ConcernKind
from basix_desktop.domain.errors import InputRefused
from basix_desktop.domain.guard import GuardRules, examine
from basix_desktop.domain.numbers import NumberKind, read

FOREIGN, DOUBTFUL, PREMIUM = ConcernKind.FOREIGN, ConcernKind.DOUBTFUL, ConcernKind.PREMIUM
COST, SERVICE = ConcernKind.COST, ConcernKind.SERVICE


def kinds(text: str, rules: GuardRules | None = None) -> list[ConcernKind]:
    rules = rules or GuardRules("JP")
    return [concern.kind for concern in examine(read(text, rules.home), rules)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("03-1234-5678", []),
        ("060-1234-5678", []),
        ("0120-123-456", []),
        ("184-090-1111-2222", []),
        ("090111122222", [DOUBTFUL]),
        ("0570-012-345", [COST]),
        ("184-0570-012-345", [COST]),
        ("0180-99-1234", [COST]),
        ("0170-12-3456", [COST]),
        ("020-1234-5678", [COST]),
        ("0033-03-1234-5678", [COST]),
        ("122-03-1234-5678", [COST]),
        ("104", [SERVICE]),
        ("186-171", [SERVICE]),
        ("+1 202 555 0123", [FOREIGN]),
        ("010-1-202-555-0123", [FOREIGN]),
        ("001-010-1-202-555-0123", [FOREIGN, COST]),
        ("+1 202 055 0123", [FOREIGN, DOUBTFUL]),
        ("+999 123 456 789", [FOREIGN, DOUBTFUL]),
        ("+800 1234 5678", [FOREIGN]),
    ],
)
def test_reasons_for_a_second_look(text: str, expected: list[ConcernKind]) -> None:
    assert kinds(text) == expected


def test_a_country_is_asked_about_once() -> None:
    (concern,) = examine(read("+1 202 555 0123"), GuardRules("JP"))
    assert concern.country == "US"
    assert concern.key == "foreign_number:US"
    assert kinds("+1 202 555 0123", GuardRules("JP", frozenset({"US"}))) == []
    assert kinds("+1 242 322 1234", GuardRules("JP", frozenset({"US"}))) == [FOREIGN]  # the Bahamas share +1


def test_a_number_of_no_country_is_asked_about_always() -> None:
    assert kinds("+800 1234 5678", GuardRules("JP", frozenset({"", "US"}))) == [FOREIGN]


def test_home_is_not_abroad() -> None:
    assert kinds("020 7946 0018", GuardRules("GB")) == []
    assert kinds("+81 3-1234-5678", GuardRules("GB")) == [FOREIGN]
    read_from_japan = read("+44 20 7946 0018", "JP")
    assert list(examine(read_from_japan, GuardRules("GB"))) == []


@pytest.mark.parametrize("text", ["0990-504-123", "184-0990-504-123", "0033-0990-504-123", "+1 900 555 0123"])
def test_premium_numbers_are_blocked_unless_allowed(text: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        kinds(text)
    assert (refusal.value.id, refusal.value.field) == ("number_blocked", "number")
    assert PREMIUM in kinds(text, GuardRules("JP", allow_premium=True))


@pytest.mark.parametrize("text", ["+870 773 111 632", "+881 6 1234 5678", "+882 16 1234567", "+883 510 001 234 567"])
def test_satellite_numbers_are_blocked_unless_allowed(text: str) -> None:
    with pytest.raises(InputRefused, match="number_blocked"):
        kinds(text)
    assert kinds(text, GuardRules("JP", allow_premium=True))[:2] == [FOREIGN, PREMIUM]


@pytest.mark.parametrize(
    "text",
    [
        "110",
        "118",
        "119",
        "112",
        "911",
        "999",
        "184110",
        "186119",
        "122118",
        "184-122-110",
        "+81110",
        "+81 0118",
        "１１０",
        "tel:119",
        "110番",
        "0033-119",
        "1-1-0",
        "TEL 110",
        "110に電話",
        "警察 110",
        "+119",
        "+1 911",
        "+44 999",
        "010 81 110",
    ],
)
def test_emergency_numbers_are_never_dialled(text: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        kinds(text, GuardRules("JP", frozenset({"JP", "US", "GB"}), allow_premium=True))
    assert (refusal.value.id, refusal.value.field) == ("emergency_number", "number")


@pytest.mark.parametrize(("home", "text"), [("US", "911"), ("GB", "999"), ("DE", "110"), ("AU", "000"), ("FR", "15")])
def test_emergency_numbers_of_other_homes(home: str, text: str) -> None:
    with pytest.raises(InputRefused, match="emergency_number"):
        kinds(text, GuardRules(home))


@pytest.mark.parametrize("sent", ["110", "184119", "122186118", "+81110", "01081119", "0110", "911"])
def test_the_guard_looks_at_what_is_sent_itself(sent: str) -> None:
    number = replace(read("03-1234-5678"), sent=sent, kind=NumberKind.FIXED)
    with pytest.raises(InputRefused, match="emergency_number"):
        examine(number, GuardRules("JP"))


@pytest.mark.parametrize("text", ["011-0123-4567", "0110-12-3456", "011-911-9999", "03-0000-0110", "090-1119-0110"])
def test_numbers_that_only_contain_one_pass(text: str) -> None:
    kinds(text)
