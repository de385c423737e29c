"""A mapping that is never changed but whose next version costs no copy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

K = TypeVar("K")
V = TypeVar("V")
_NOTHING = object()
_new = object.__new__


class Versioned(Mapping[K, V]):
    """The newest version holds the entries; an older one holds what set the next one apart from it, and is written out
    in full when somebody reads it. A version that nobody keeps costs nothing. Not for several threads at once.

    Entries are in the order in which their keys came; in an older version, what was removed since comes last.
    """

    __slots__ = ("_entries", "_key", "_next", "_value")
    _entries: dict[K, V] | None
    _next: Versioned[K, V] | None  # this and what follows only once there is a next version
    _key: Any
    _value: Any

    def __init__(self, entries: Mapping[K, V] | None = None) -> None:
        self._entries = dict(entries) if entries is not None else {}

    def having(self, key: K, value: V) -> Versioned[K, V]:
        """With this entry. This version may be read on, which then costs a copy."""
        entries = self._entries
        if entries is None:
            entries = self._written_out()
        after: Versioned[K, V] = _new(Versioned)
        after._entries = entries  # as _give_up, which would be a call more
        self._entries, self._next, self._key, self._value = None, after, key, entries.get(key, _NOTHING)
        entries[key] = value
        return after

    def without(self, key: K) -> Versioned[K, V]:
        """Without this key, whether or not it is there."""
        entries = self._entries if self._entries is not None else self._written_out()
        if key not in entries:
            return self
        after = self._give_up(entries, key)
        del entries[key]
        return after

    def _give_up(self, entries: dict[K, V], key: K) -> Versioned[K, V]:
        """The next version, which has the entries from now on and is about to change this one."""
        after: Versioned[K, V] = _new(Versioned)
        after._entries = entries
        self._entries, self._next, self._key, self._value = None, after, key, entries.get(key, _NOTHING)
        return after

    def _written_out(self) -> dict[K, V]:
        """The entries of an older version, which from now on are its own."""
        older: list[Versioned[K, V]] = []
        version: Versioned[K, V] = self
        while version._entries is None:
            older.append(version)
            assert version._next is not None
            version = version._next
        entries = dict(version._entries)
        for each in reversed(older):
            if each._value is _NOTHING:
                entries.pop(each._key, None)
            else:
                entries[each._key] = each._value
        self._entries, self._next, self._key, self._value = entries, None, None, None
        return entries

    def __getitem__(self, key: K) -> V:
        entries = self._entries if self._entries is not None else self._written_out()
        return entries[key]

    def get(self, key: K, default: Any = None) -> Any:
        """As of any mapping, without its detours."""
        entries = self._entries if self._entries is not None else self._written_out()
        return entries.get(key, default)

    def __contains__(self, key: object) -> bool:
        return key in (self._entries if self._entries is not None else self._written_out())

    def __iter__(self) -> Iterator[K]:
        return iter(self._entries if self._entries is not None else self._written_out())

    def __len__(self) -> int:
        return len(self._entries if self._entries is not None else self._written_out())

    def __repr__(self) -> str:
        return f"Versioned({dict(self)})"
