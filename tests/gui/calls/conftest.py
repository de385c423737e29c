"""A calls pane over a real journal, closed again after the test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from basix_desktop.ui.theme import LIGHT
from tests.gui.calls.world import World, make_world


@pytest.fixture
def closed_world(tmp_path: Path, qapp: QApplication) -> Iterator[World]:
    """A log on disk; the pane is not open yet."""
    world = make_world(tmp_path, qapp)
    world.theme.apply(LIGHT)
    yield world
    world.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.setStyleSheet("")


@pytest.fixture
def world(closed_world: World) -> World:
    """The pane over an empty log."""
    closed_world.open()
    return closed_world


@pytest.fixture
def busy_world(closed_world: World) -> World:
    """The pane over the calls of the pictures: six of them, 10:02 the newest."""
    closed_world.typical_day()
    closed_world.open()
    return closed_world
