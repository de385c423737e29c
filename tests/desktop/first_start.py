"""The first start's form, filled in by keyboard."""

from tests.desktop.program import Program


def connect(program: Program, *, server: str, domain: str, token: str) -> None:
    """Connect the account; the keyboard is in the number field afterwards."""
    for field, text in (("accountDomainEdit", domain), ("accountTokenEdit", token), ("accountServerEdit", server)):
        tab_to(program, field)
        program.type(text)
    program.keys("Return")
    program.wait_for_focus("numberEdit")


def tab_to(program: Program, field: str) -> None:
    """Press Tab until the keyboard is in the field."""
    for _ in range(30):
        node = program.node(field)
        if "focused" in node.states:
            return
        program.keys("Tab")
    raise AssertionError(f"the Tab key does not reach {field}")


def enter(program: Program, number: str, destination: str) -> None:
    """Type a destination and a number; the keyboard is in the number field afterwards."""
    tab_to(program, "destinationEdit")
    program.type(destination)
    program.keys("Tab", "Escape")
    program.wait_for_focus("numberEdit")
    program.type(number)
