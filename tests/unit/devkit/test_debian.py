"""System packages: said, installed through the way there is, every failure in a sentence. apt is a stand-in."""

import os
import sys
from pathlib import Path

import pytest
from devkit import console, debian

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="apt is on Linux")


class _System:
    """A folder of programs that is all the PATH there is; what apt-get was asked is in its log."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.log = folder / "asked"
        self.monkeypatch = monkeypatch
        monkeypatch.setenv("PATH", f"{folder}")
        monkeypatch.setattr(debian, "LOGS", folder / "logs")
        monkeypatch.setattr(debian, "_LOCK_PATIENCE_SECONDS", -1)
        self.program("env", 'while [ "${1#*=}" != "$1" ]; do shift; done; exec "$@"')
        self.program("dpkg", "")

    def program(self, name: str, script: str) -> None:
        path = self.folder / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def apt(self, script: str) -> None:
        self.program("apt-get", f'echo "$@" >> {self.log}\n{script}')

    def user(self, number: int) -> None:
        self.monkeypatch.setattr(os, "geteuid", lambda: number)

    def need(self, package: str) -> debian.Need:
        return debian.Need(package, "a purpose", (self.folder / package).exists)


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> _System:
    return _System(tmp_path, monkeypatch)


def _asked(system: _System) -> list[str]:
    return system.log.read_text().splitlines() if system.log.exists() else []


def test_only_what_is_missing_is_installed_and_named(system: _System, capsys: pytest.CaptureFixture[str]) -> None:
    system.apt(f": > {system.folder}/libmissing")
    system.user(0)
    (system.folder / "libthere").touch()
    assert debian.ensure([system.need("libthere"), system.need("libmissing")], "The window") == []
    installs = [line for line in _asked(system) if "install" in line]
    assert len(installs) == 1
    assert installs[0].endswith("install --yes --no-install-recommends libmissing")
    said = capsys.readouterr().out
    assert "libmissing" in said
    assert "a purpose" in said
    assert "as root" in said
    assert "libthere" not in said


def test_nothing_missing_asks_apt_nothing(system: _System) -> None:
    system.apt("exit 1")
    (system.folder / "libthere").touch()
    assert debian.ensure([system.need("libthere")], "The window") == []
    assert _asked(system) == []


def test_sudo_is_used_where_it_asks_nothing(system: _System, capsys: pytest.CaptureFixture[str]) -> None:
    system.apt(f": > {system.folder}/libmissing")
    system.program("true", "")
    system.program("sudo", f'shift; echo "through sudo" >> {system.log}; exec "$@"')
    system.user(1000)
    assert debian.ensure([system.need("libmissing")], "The window") == []
    assert "through sudo" in _asked(system)
    assert "through sudo" in capsys.readouterr().out


def test_without_root_and_sudo_it_says_what_to_type(system: _System, capsys: pytest.CaptureFixture[str]) -> None:
    system.apt("")
    system.user(1000)
    needs = [system.need("libmissing")]
    assert debian.ensure(needs, "The window") == needs
    assert "sudo apt-get install libmissing" in capsys.readouterr().out
    assert _asked(system) == []


@pytest.mark.parametrize(
    ("apt_says", "told"),
    [
        ("E: Could not get lock /var/lib/dpkg/lock-frontend", "another program is holding apt's lock"),
        ("Temporary failure resolving 'a.mirror'", "check the network"),
        ("E: Unable to locate package x", "apt does not know one of the packages"),
        ("E: You don't have enough free space", "the disk is full"),
        ("something never seen", "apt-get ended with 100"),
    ],
)
def test_a_failure_is_one_sentence(system: _System, apt_says: str, told: str) -> None:
    system.apt(f'echo "{apt_says}"; exit 100')
    system.user(0)
    with pytest.raises(console.StoppedError) as stopped:
        debian.ensure([system.need("libmissing")], "The window")
    assert told in str(stopped.value)
    assert "\n" not in str(stopped.value)


def test_an_update_that_reached_no_server_is_a_failure_though_apt_ends_well(system: _System) -> None:
    system.apt('echo "W: Failed to fetch something"; exit 0')
    system.user(0)
    with pytest.raises(console.StoppedError, match="check the network"):
        debian.ensure([system.need("libmissing")], "The window")
