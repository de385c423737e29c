"""Every version of a mapping keeps saying what it said, whatever comes after it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from basix_desktop.domain.versions import Versioned

_STEPS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6), st.none() | st.integers()), max_size=40)
_READ = st.sets(st.integers(0, 40))


@given(steps=_STEPS, read=_READ)
def test_all_versions_stay_as_they_were(steps: list[tuple[int, int, int | None]], read: set[int]) -> None:
    """A step goes on from any version there is; some are read in between, which writes them out."""
    versions: list[Versioned[int, int]] = [Versioned({1: 10, 2: 20})]
    meant: list[dict[int, int]] = [{1: 10, 2: 20}]
    for number, (which, key, value) in enumerate(steps):
        base, expected = versions[which % len(versions)], dict(meant[which % len(meant)])
        if value is None:
            expected.pop(key, None)
            versions.append(base.without(key))
        else:
            expected[key] = value
            versions.append(base.having(key, value))
        meant.append(expected)
        if number in read:
            assert dict(versions[which % len(versions)]) == meant[which % len(meant)]
    for version, expected in zip(versions, meant, strict=True):
        assert dict(version) == expected
        assert len(version) == len(expected)
        assert all(version.get(key) == expected.get(key) and (key in version) == (key in expected) for key in range(7))


def test_the_mapping_it_is_made_of_stays_its_makers() -> None:
    mine = {1: 10}
    Versioned(mine).having(2, 20)
    assert mine == {1: 10}


def test_removing_what_is_not_there_is_no_version() -> None:
    version = Versioned({1: 10})
    assert version.without(2) is version


def test_the_newest_keeps_the_order_in_which_keys_came() -> None:
    version: Versioned[str, int] = Versioned()
    for key in "cab":
        version = version.having(key, 1)
    assert list(version.having("c", 2)) == ["c", "a", "b"]
