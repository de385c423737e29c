"""A dial column over a real database, closed again after the test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from tests.gui.dial.world import World, make_world


@pytest.fixture
def closed_world(tmp_path: Path, qapp: QApplication) -> Iterator[World]:
    """Favourites and log on disk; the column is not open yet."""
    world = make_world(tmp_path, qapp)
    world.use_theme(dark=False)
    yield world
    world.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.setStyleSheet("")


@pytest.fixture
def world(closed_world: World) -> World:
    """The column of the pictures: four favourites, Sales the usual destination."""
    closed_world.usual_favourites()
    closed_world.open()
    return closed_world


@pytest.fixture
def bare_world(closed_world: World) -> World:
    """The column without any favourite."""
    closed_world.open()
    return closed_world
