"""What the first picture needs is little: whatever else is imported before it is waited for at every start."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

_LATER = (
    "anyio",
    "asyncio",
    "basix_desktop.cti",
    "basix_desktop.credentials",
    "basix_desktop.demo",
    "basix_desktop.domain.calls",
    "basix_desktop.domain.number_text",
    "basix_desktop.net",
    "basix_desktop.pbx",
    "basix_desktop.services.dialer",
    "basix_desktop.store",
    "basix_desktop.ui.calls",
    "basix_desktop.ui.dial.draft",
    "basix_desktop.ui.dial.early",
    "basix_desktop.ui.dial.favourite_button",
    "basix_desktop.ui.dial.favourite_editor",
    "basix_desktop.ui.dial.field_readiness",
    "basix_desktop.ui.dial.keypad",
    "basix_desktop.ui.dial.panels",
    "basix_desktop.ui.sentences",
    "basix_desktop.ui.settings",
    "basix_desktop.ui.widgets.combos",
    "basix_desktop.ui.widgets.seconds_spin",
    "encodings.idna",
    "filelock",
    "h11",
    "httpx",
    "keyring",
    "logging.handlers",
    "phonenumbers",
    "sqlite3",
    "starlette",
    "urllib.request",
    "uvicorn",
    "websockets",
    "xml",
)


@pytest.fixture(scope="module")
def imported() -> set[str]:
    code = "import json, sys; import basix_desktop.app.window; print(json.dumps(list(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    return set(json.loads(done.stdout))


@pytest.mark.parametrize("name", _LATER)
def test_the_first_picture_waits_for_no(imported: set[str], name: str) -> None:
    assert [module for module in imported if module == name or module.startswith(f"{name}.")] == []


def test_the_first_picture_has_its_window_and_dial_column(imported: set[str]) -> None:
    assert {"basix_desktop.ui.main_window", "basix_desktop.ui.dial.view"} <= imported
