"""Looking at a file by name, whatever stands there now, and without closing anything."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from basix_desktop.store import first_bytes


def test_what_stands_at_the_path_now_is_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"first")
    assert first_bytes.read(path, 100) == b"first"
    path.write_bytes(b"changed")
    assert first_bytes.read(path, 3) == b"cha"
    (tmp_path / "other").write_bytes(b"another")
    (tmp_path / "other").replace(path)
    assert first_bytes.read(path, 100) == b"another"
    path.unlink()
    with pytest.raises(FileNotFoundError):
        first_bytes.read(path, 100)


@pytest.mark.skipif(os.name != "posix", reason="elsewhere it is closed at once")
def test_one_descriptor_a_file_however_often(tmp_path: Path) -> None:
    path = tmp_path / "file"
    for _ in range(9):
        first_bytes.create(path)
        first_bytes.read(path, 1)
    assert len(first_bytes._kept) == 1


def test_creating_leaves_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "file"
    first_bytes.create(path)
    assert path.read_bytes() == b""
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_bytes(b"content")
    first_bytes.create(path)
    assert path.read_bytes() == b"content"


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_a_link_to_a_file_yet_to_be_made_is_followed(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "disk" / "file")
    first_bytes.create(tmp_path / "link")
    assert (tmp_path / "disk" / "file").exists()
