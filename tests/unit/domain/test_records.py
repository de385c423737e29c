"""A record that is made quickly is a frozen dataclass like any other."""

from __future__ import annotations

import copy
import inspect
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from basix_desktop.domain.records import quickly_made


@dataclass(frozen=True, slots=True)
class Plain:
    uuid: str
    at: int | None = None
    parts: dict[str, str] = field(default_factory=dict)


@quickly_made
@dataclass(frozen=True, slots=True)
class Quick:
    uuid: str
    at: int | None = None
    parts: dict[str, str] = field(default_factory=dict)


def test_it_takes_the_same_parameters() -> None:
    assert list(inspect.signature(Quick).parameters) == list(inspect.signature(Plain).parameters)
    assert Quick("a", at=1) == Quick("a", 1, {})
    with pytest.raises(TypeError, match="uuid"):
        Quick()  # type: ignore[call-arg]


def test_each_has_a_value_of_its_own_where_one_is_made() -> None:
    assert Quick("a").parts is not Quick("a").parts


def test_it_is_frozen() -> None:
    made = Quick("a")
    with pytest.raises(FrozenInstanceError):
        made.at = 1  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del made.at
    assert type(made) is Quick
    assert not hasattr(made, "__dict__")


def test_it_is_compared_copied_and_shown_as_the_plain_one() -> None:
    made = Quick("a", 1, {"by": "b"})
    assert replace(made, at=2) == Quick("a", 2, {"by": "b"})
    assert replace(made, at=2) != made
    assert copy.deepcopy(made) == pickle.loads(pickle.dumps(made)) == made
    assert repr(made) == repr(Plain("a", 1, {"by": "b"})).replace("Plain", "Quick")
