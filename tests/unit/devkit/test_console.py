"""Long steps show that they live, and end in plain words."""

import sys
import time
from pathlib import Path

import pytest
from devkit import console


def test_a_step_gives_its_output_back_and_keeps_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "logs" / "step.log"
    code = "print('電話'); import sys; sys.exit(3)"
    finished = console.run_step("Trying", [sys.executable, "-X", "utf8", "-c", code], log=log)
    assert (finished.code, finished.output) == (3, "電話\n")
    assert log.read_text(encoding="utf-8") == "電話\n"
    assert "Trying: failed" in capsys.readouterr().out


def test_a_long_step_says_what_it_does_while_nobody_watches(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(console, "_QUIET_SECONDS", 0.2)
    code = "import time; print('half way', flush=True); time.sleep(1)"
    console.run_step("Waiting", [sys.executable, "-c", code])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Waiting ..."
    assert any("s: half way" in line for line in lines[1:-1])
    assert lines[-1].startswith("Waiting: done, ")


def test_ctrl_c_ends_the_step_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(console, "_show_life", interrupt)
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        console.run_step("Waiting", [sys.executable, "-c", "import time; time.sleep(60)"])
    assert time.monotonic() - started < 30  # and no process is left: the guard of all tests looks


def test_a_missing_program_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(console.StoppedError, match=r"^Trying: .*nothing-there cannot be started"):
        console.run_step("Trying", [str(tmp_path / "nothing-there")])
