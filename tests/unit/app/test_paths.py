"""Where files lie, and who may read them."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from basix_desktop.app.paths import Paths, policy_path

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_everything_lies_under_the_data_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    paths = Paths.choose("data")
    paths.prepare()
    every = [getattr(paths, name) for name in dir(Paths) if isinstance(getattr(Paths, name), property)]
    assert len(every) >= 7
    assert all(path.parent == tmp_path / "data" for path in every), "absolute: the working directory may change"
    assert paths.logs.is_dir()
    assert paths.instances.is_dir()


def test_without_a_choice_the_platform_chooses(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert Paths.choose(None).data_dir.name == "basix-desktop"
    if sys.platform == "linux":
        assert Paths.choose(None).data_dir == tmp_path / "basix-desktop"
        assert policy_path() == Path("/etc/basix-desktop/policy.json")


@posix
def test_directories_are_the_owners_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        paths = Paths.choose(tmp_path / "a" / "b")
        paths.prepare()
    finally:
        os.umask(before)
    assert {mode(each) for each in (paths.data_dir, paths.logs, paths.instances)} == {0o700}


@posix
def test_what_was_left_open_is_closed(tmp_path: Path) -> None:
    paths = Paths.choose(tmp_path / "data")
    paths.prepare()
    for file in (paths.database, paths.settings):
        file.touch()
        file.chmod(0o644)
    for directory in (paths.data_dir, paths.logs):
        directory.chmod(0o755)
    paths.prepare()
    assert mode(paths.database) == mode(paths.settings) == 0o600
    assert mode(paths.data_dir) == mode(paths.logs) == 0o700


@posix
def test_somebody_elses_directory_keeps_its_mode(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o755)
    (shared / "thesis.txt").touch(0o644)
    (shared / "thesis.txt").chmod(0o644)
    Paths.choose(shared).prepare()
    assert mode(shared) == 0o755
    assert mode(shared / "thesis.txt") == 0o644
    assert mode(shared / "logs") == 0o700
