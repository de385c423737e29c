"""Favourite destinations and the countries already confirmed, for each server and domain."""

from __future__ import annotations

import builtins
import sqlite3

from basix_desktop.services.ports import Favourite
from basix_desktop.store.faults import transaction, translated
from basix_desktop.store.rows import clean, place

_LIST = """
SELECT id, destination, label, position, usual FROM favourite WHERE server = ? AND domain = ? ORDER BY position, id
"""


class SqliteFavourites:
    """Implements ``services.ports.Favourites``: positions run from 0 without gaps. Raises ``StoreError``.

    A favourite that is gone meanwhile (removed in another window) is passed over in silence.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def list(self, server: str, domain: str) -> builtins.list[Favourite]:
        with translated():
            found = self._connection.execute(_LIST, place(server, domain))
            return [Favourite(id_, to, label, position, bool(usual)) for id_, to, label, position, usual in found]

    def add(self, server: str, domain: str, destination: str, label: str) -> Favourite:
        """At the end. A destination that is a favourite already keeps its place and takes the new label."""
        key, destination, label = place(server, domain), clean(destination), clean(label)
        with transaction(self._connection):
            known = self._connection.execute(
                "SELECT id FROM favourite WHERE server = ? AND domain = ? AND destination = ?", (*key, destination)
            ).fetchone()
            if known:
                self._connection.execute("UPDATE favourite SET label = ? WHERE id = ?", (label, known[0]))
                favourite_id = known[0]
            else:
                favourite_id = self._connection.execute(
                    "INSERT INTO favourite (server, domain, destination, label, position) "
                    "SELECT ?1, ?2, ?3, ?4, count(*) FROM favourite WHERE server = ?1 AND domain = ?2",
                    (*key, destination, label),
                ).lastrowid
        return next(each for each in self.list(server, domain) if each.id == favourite_id)

    def change(self, favourite_id: int, destination: str, label: str) -> None:
        with transaction(self._connection):
            self._connection.execute(
                "UPDATE favourite SET destination = ?, label = ? WHERE id = ?",
                (clean(destination), clean(label), favourite_id),
            )

    def remove(self, favourite_id: int) -> None:
        with transaction(self._connection):
            order = self._order(favourite_id)
            self._connection.execute("DELETE FROM favourite WHERE id = ?", (favourite_id,))
            self._arrange([each for each in order if each != favourite_id])

    def move(self, favourite_id: int, position: int) -> None:
        """To ``position`` (clipped to what there is); those behind make room."""
        with transaction(self._connection):
            order = self._order(favourite_id)
            if favourite_id in order:
                order.remove(favourite_id)
                order.insert(max(0, position), favourite_id)
                self._arrange(order)

    def set_usual(self, favourite_id: int | None, server: str, domain: str) -> None:
        """Mark one as the account's usual destination, or none."""
        key = place(server, domain)
        with transaction(self._connection):
            self._connection.execute(
                "UPDATE favourite SET usual = 0 WHERE server = ? AND domain = ? AND usual = 1", key
            )
            self._connection.execute(
                "UPDATE favourite SET usual = 1 WHERE id = ? AND server = ? AND domain = ?", (favourite_id, *key)
            )

    def allowed_countries(self, server: str, domain: str) -> frozenset[str]:
        sql = "SELECT country FROM allowed_country WHERE server = ? AND domain = ?"
        with translated():
            return frozenset(country for (country,) in self._connection.execute(sql, place(server, domain)))

    def allow_country(self, server: str, domain: str, country: str) -> None:
        with transaction(self._connection):
            self._connection.execute(
                "INSERT OR IGNORE INTO allowed_country (server, domain, country) VALUES (?, ?, ?)",
                (*place(server, domain), clean(country)),
            )

    def _order(self, favourite_id: int) -> builtins.list[int]:
        """The ids beside this one, itself included, in their order."""
        found = self._connection.execute(
            "SELECT f.id FROM favourite f JOIN favourite o ON o.server = f.server AND o.domain = f.domain "
            "WHERE o.id = ? ORDER BY f.position, f.id",
            (favourite_id,),
        )
        return [row[0] for row in found]

    def _arrange(self, order: builtins.list[int]) -> None:
        self._connection.executemany(
            "UPDATE favourite SET position = ? WHERE id = ? AND position <> ?1", list(enumerate(order))
        )
