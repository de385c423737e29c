"""Favourites keep their order without gaps, whatever is done to them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.store.kit import DOMAIN, SERVER, Desk, desk

PLACE = (SERVER, DOMAIN)


def shown(one: Desk) -> list[tuple[str, str, int, bool]]:
    return [(each.destination, each.label, each.position, each.usual) for each in one.favourites.list(*PLACE)]


def test_added_at_the_end(desk: Desk) -> None:
    first = desk.favourites.add(*PLACE, "Helen", "Helen")
    second = desk.favourites.add(SERVER + "/", DOMAIN, "5001", "受付")
    assert desk.favourites.list(*PLACE) == [first, second]
    assert shown(desk) == [("Helen", "Helen", 0, False), ("5001", "受付", 1, False)]
    assert desk.favourites.list(SERVER, "other") == []


def test_added_twice_is_one(desk: Desk) -> None:
    first = desk.favourites.add(*PLACE, "Helen", "Helen")
    desk.favourites.add(*PLACE, "5001", "受付")
    again = desk.favourites.add(*PLACE, "Helen", "Helen S.")
    assert (again.id, again.position, again.label) == (first.id, 0, "Helen S.")
    assert desk.favourites.add(SERVER, "other", "Helen", "x").position == 0


def test_changed_moved_removed(desk: Desk) -> None:
    ids = [desk.favourites.add(*PLACE, name, name).id for name in "abcd"]
    desk.favourites.move(ids[3], 0)
    desk.favourites.change(ids[1], "B", "the B")
    assert [(to, label) for to, label, _, _ in shown(desk)] == [("d", "d"), ("a", "a"), ("B", "the B"), ("c", "c")]
    desk.favourites.move(ids[3], 99)
    desk.favourites.remove(ids[0])
    assert [(to, position) for to, _, position, _ in shown(desk)] == [("B", 0), ("c", 1), ("d", 2)]


def test_one_usual(desk: Desk) -> None:
    ids = [desk.favourites.add(*PLACE, name, name).id for name in "ab"]
    other = desk.favourites.add(SERVER, "other", "a", "a").id
    desk.favourites.set_usual(ids[0], *PLACE)
    desk.favourites.set_usual(ids[1], *PLACE)
    desk.favourites.set_usual(other, SERVER, "other")
    assert [usual for *_, usual in shown(desk)] == [False, True]
    desk.favourites.set_usual(None, *PLACE)
    assert [usual for *_, usual in shown(desk)] == [False, False]
    assert desk.favourites.list(SERVER, "other")[0].usual
    desk.favourites.set_usual(other, *PLACE)  # not one of this account's
    assert [usual for *_, usual in shown(desk)] == [False, False]


def test_what_is_gone_is_passed_over(desk: Desk) -> None:
    kept = desk.favourites.add(*PLACE, "a", "a")
    desk.favourites.remove(kept.id + 1)
    desk.favourites.move(kept.id + 1, 0)
    desk.favourites.change(kept.id + 1, "x", "x")
    assert desk.favourites.list(*PLACE) == [kept]


def test_countries_are_confirmed_for_one_account(desk: Desk) -> None:
    assert desk.favourites.allowed_countries(*PLACE) == frozenset()
    desk.favourites.allow_country(*PLACE, "US")
    desk.favourites.allow_country(SERVER + "/", DOMAIN, "US")
    desk.favourites.allow_country(*PLACE, "DE")
    assert desk.favourites.allowed_countries(*PLACE) == {"US", "DE"}
    assert desk.favourites.allowed_countries(SERVER, "other") == frozenset()


@settings(max_examples=25)
@given(st.data())
def test_any_order_of_changes(tmp_path_factory: object, data: st.DataObject) -> None:
    with desk(tmp_path_factory.mktemp("any")) as one:  # type: ignore[attr-defined]
        order: list[str] = []
        ids: dict[str, int] = {}
        for name in data.draw(st.lists(st.sampled_from("abcdef"), max_size=20)):
            if name not in order:
                ids[name] = one.favourites.add(*PLACE, name, name).id
                order.append(name)
            elif data.draw(st.booleans()):
                one.favourites.remove(ids[name])
                order.remove(name)
            else:
                position = data.draw(st.integers(-2, 8))
                one.favourites.move(ids[name], position)
                order.remove(name)
                order.insert(max(0, position), name)
            assert [(to, position) for to, _, position, _ in shown(one)] == [(n, i) for i, n in enumerate(order)]
