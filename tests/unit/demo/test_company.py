"""Whom the demo PBX can connect to."""

import pytest

from basix_desktop.demo.company import COMPANY, Group, User


@pytest.mark.parametrize(
    ("destination", "name"),
    [("helen", "helen"), ("Helen", "helen"), ("1001", "helen"), ("sales", "sales"), ("2003", "campaign")],
)
def test_names_and_extensions_are_destinations(destination: str, name: str) -> None:
    found = COMPANY.find(destination)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("destination", ["", "nobody", "9999", "0312341234", "営業部"])
def test_labels_and_strangers_are_not(destination: str) -> None:
    assert COMPANY.find(destination) is None


def test_the_company_fits_together() -> None:
    everybody: tuple[User | Group, ...] = (*COMPANY.users, *COMPANY.groups)
    names = [one.name for one in everybody]
    assert len(set(names)) == len({one.extension for one in everybody}) == len({one.id for one in everybody})
    assert {member for group in COMPANY.groups for member in group.members} == {user.name for user in COMPANY.users}
