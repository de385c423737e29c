"""The command itself: what it says to old Pythons, to wrong words and to a broken network."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from devkit import commands, venv
from devkit.console import Finished

_PACKAGING = Path(__file__).parents[3] / "packaging"


def test_the_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(f"  {name} " in said for name in ("run", "test", "bench", "setup", "lint", "i18n", "lock"))


def test_a_wrong_word_is_answered_with_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["fly"]) == 2
    assert "There is no command 'fly'" in capsys.readouterr().out


def test_an_old_python_gets_a_sentence_and_no_traceback(tmp_path: Path) -> None:
    # the file as an old Python would see it: only the version it is told differs
    source = (_PACKAGING / "dev.py").read_text(encoding="utf-8")
    old = tmp_path / "dev.py"
    old.write_text(source.replace("import sys\n", "import sys\n\nsys.version_info = (3, 9, 2)\n", 1), encoding="utf-8")
    done = subprocess.run([sys.executable, old, "run"], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("Basix Desktop needs Python 3.11")
    assert "this is Python 3.9 " in done.stderr
    assert "Traceback" not in done.stderr


def test_no_network_ends_in_one_sentence(tmp_path: Path) -> None:
    """A checkout without ``.venv``, and a package server that nobody answers for."""
    (tmp_path / "basix_desktop").mkdir()
    shutil.copy(_PACKAGING.parent / "pyproject.toml", tmp_path)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(_PACKAGING, tmp_path / "packaging", ignore=ignored)
    env = {
        **os.environ,
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_RETRIES": "1",
        "PIP_CONFIG_FILE": os.devnull,
    }
    for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL", "PIP_NO_INDEX"):
        env.pop(name, None)
    done = subprocess.run(
        [sys.executable, "packaging/dev.py", "lint"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    last = done.stdout.splitlines()[-1]
    assert last.startswith(
        "Installing the dependencies failed: the package server cannot be reached; please check the network"
    )
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("pip_says", "told"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "was not installed"),
        (
            "NewConnectionError: [Errno 111] Connection refused\nERROR: No matching distribution found",
            "cannot be reached",
        ),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]'", "certificate is not trusted"),
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("ERROR: No matching distribution found for x==1", "does not have a dependency in the pinned version"),
        ("Could not find a version (from versions: none)\nERROR: No matching distribution found", "check the network"),
        ("something never seen", "pip ended with 2"),
    ],
)
def test_what_pip_says_becomes_a_reason(pip_says: str, told: str) -> None:
    assert told in venv._reason(Finished(2, pip_says, 1.0))
