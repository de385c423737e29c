"""Live cards over a real journal, closed again after the test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from basix_desktop.ui.theme import LIGHT
from tests.gui.live.world import LiveWorld, make_live_world


@pytest.fixture
def closed(tmp_path: Path, qapp: QApplication) -> Iterator[LiveWorld]:
    """Not open yet."""
    world = make_live_world(tmp_path, qapp)
    world.log.theme.apply(LIGHT)
    yield world
    world.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.setStyleSheet("")


@pytest.fixture
def world(closed: LiveWorld) -> LiveWorld:
    """No live call yet."""
    closed.open()
    return closed
