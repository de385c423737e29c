"""The command line and the demo PBX as processes of their own; modules that need another ``pbx`` define it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.cli_process import Cli, DemoProcess, cli_in, demo_process


@pytest.fixture(scope="module")
def pbx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoProcess]:
    with demo_process(tmp_path_factory.mktemp("pbx")) as process:
        yield process


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """Its data are in the test's own folder."""
    return cli_in(tmp_path)
