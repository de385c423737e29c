"""A people pane, closed again after the test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from tests.gui.people.world import World, make_world


@pytest.fixture
def world(qapp: QApplication) -> Iterator[World]:
    world = make_world(qapp)
    yield world
    world.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.setStyleSheet("")
