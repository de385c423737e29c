from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.store import kit


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[kit.Desk]:
    with kit.desk(tmp_path) as made:
        yield made
