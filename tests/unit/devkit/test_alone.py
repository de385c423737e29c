"""Two set-ups of one checkout take turns."""

import subprocess
import sys
from pathlib import Path

import pytest
from devkit import alone

_HOLDER = """
import pathlib, sys
sys.path.insert(0, sys.argv[2])
from devkit.alone import alone
with alone(pathlib.Path(sys.argv[1])):
    print("mine", flush=True)
    sys.stdin.read()
"""


def test_the_second_waits_until_the_first_process_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = tmp_path / "work" / "setup.lock"
    packaging = str(Path(__file__).parents[3] / "packaging")
    command = [sys.executable, "-c", _HOLDER, str(lock), packaging]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "mine\n"

        def give_up_the_first() -> None:
            first.kill()
            first.wait(timeout=10)

        monkeypatch.setattr(alone, "_pause", give_up_the_first)
        with alone.alone(lock):
            assert first.returncode is not None
    assert "waiting for it" in capsys.readouterr().out
