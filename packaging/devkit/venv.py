"""The virtual environment in ``.venv``: made once, filled with the pinned dependencies, afterwards only looked at."""

import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys

from devkit import debian
from devkit.alone import alone
from devkit.console import Finished, StoppedError, run_step, say
from devkit.places import CONSTRAINTS, LOGS, ROOT, VENV, WORK, environment, tool

_STAMP = VENV / "basix-desktop-setup.json"
_SOURCE_ONLY = "erlang-py"  # published as source only: one file of plain Python
_NETWORK_SIGNS = (
    "Temporary failure in name resolution", "Name or service not known", "getaddrinfo failed", "nodename nor servname",
    "NewConnectionError", "Connection refused", "Network is unreachable", "Read timed out", "ConnectTimeout",
    "ProxyError", "Connection aborted", "Connection reset", "RemoteDisconnected",
)  # fmt: skip


def ensure(kind: str) -> None:
    """Make ``.venv`` ready for ``kind``, "run" or "dev" (which has everything of "run" too).

    Raises:
        StoppedError: it cannot be made, with the reason in a sentence.
    """
    with alone(WORK / "setup.lock"):
        version = _version()
        if not version or _stamp().get(kind) != _fingerprint(kind, version):
            _set_up(kind, version)


def _set_up(kind: str, version: str) -> None:
    if not version:
        _create()
    else:
        _STAMP.unlink(missing_ok=True)  # half an update is no set-up
    pip = [tool("python"), "-m", "pip", "install", "--no-input", "--no-user"]
    pinned = str(CONSTRAINTS / f"{kind}.txt")
    binary = ["--only-binary", ":all:", "--no-binary", _SOURCE_ONLY]
    _pip("Installing the dependencies", [*pip, "--require-hashes", *binary, "-r", pinned])
    _pip("Installing Basix Desktop itself", [*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    kinds = ("run", "dev") if kind == "dev" else ("run",)
    _STAMP.write_text(json.dumps({name: _fingerprint(name, _version()) for name in kinds}), encoding="utf-8")


def _stamp() -> dict[str, str]:
    try:
        found = json.loads(_STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _fingerprint(kind: str, version: str) -> str:
    """Changes when the pins, the project's description, the Python or the checkout's place change."""
    parts = [version, str(ROOT)]
    parts += [path.read_text(encoding="utf-8") for path in (CONSTRAINTS / f"{kind}.txt", ROOT / "pyproject.toml")]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _version() -> str:
    """The version of the Python in ``.venv``; empty where there is none that works, or one that is too old."""
    code = "import pip, sys; assert sys.version_info >= (3, 11); print(sys.version)"
    try:
        probe = subprocess.run(
            [tool("python"), "-c", code], env=environment(), capture_output=True, text=True, check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return probe.stdout.strip() if probe.returncode == 0 else ""


def needs() -> list[debian.Need]:
    """What the system must have so that ``.venv`` can be made: nothing where it is there already."""
    if _version():
        return []
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    return [debian.Need(package, "this Python cannot put pip into a virtual environment", _can_bring_pip)]


def _create() -> None:
    if VENV.exists():
        say("The virtual environment in .venv does not work: making it anew.")
        shutil.rmtree(VENV, ignore_errors=True)
    if _can_bring_pip():
        _make()
    elif importlib.util.find_spec("pip") is not None:
        _make("--without-pip")
        _pip("Putting pip into it", [sys.executable, "-m", "pip", "--python", tool("python"), "install", "pip"])
    else:
        raise StoppedError(
            f"There is no way to install Python packages here. Please run: {debian.command_for(needs())}"
        )


def _can_bring_pip() -> bool:
    """Asked of a new process, since an installation a moment ago would not be seen in this one."""
    code = "import ensurepip, sys; sys.exit(ensurepip.version() is None)"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def _make(*options: str) -> None:
    log = LOGS / "venv.log"
    command = [sys.executable, "-m", "venv", *options, str(VENV)]
    finished = run_step("Making a virtual environment in .venv", command, env=environment(), log=log)
    if finished.code != 0:
        raise StoppedError(f"The virtual environment in {VENV} cannot be made. What Python said is in {log}")


def _pip(title: str, command: list[str]) -> None:
    log = LOGS / "pip.log"
    finished = run_step(title, command, env=environment(), log=log)
    if finished.code != 0:
        raise StoppedError(f"{title} failed: {_reason(finished)}. Everything pip said is in {log}")


def _reason(finished: Finished) -> str:
    text = finished.output
    if "DO NOT MATCH THE HASHES" in text:
        return "a downloaded package is not the one that this project was tested with, so it was not installed"
    if "CERTIFICATE_VERIFY_FAILED" in text or "SSLError" in text:
        return "the package server's certificate is not trusted on this computer"
    if any(sign in text for sign in _NETWORK_SIGNS):
        return "the package server cannot be reached; please check the network"
    if "No space left" in text:
        return "the disk is full"
    if "(from versions: none)" in text:
        return "the package server cannot be reached or does not have a dependency; please check the network"
    if "No matching distribution" in text:
        return "the package server does not have a dependency in the pinned version for this Python and system"
    return f"pip ended with {finished.code}"
