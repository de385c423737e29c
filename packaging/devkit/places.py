"""Where things are in the checkout. Nothing is written outside ``.venv`` and ``.dev``."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
WORK = ROOT / ".dev"
LOGS = WORK / "logs"
CONSTRAINTS = ROOT / "packaging" / "constraints"
TRANSLATIONS = ROOT / "resources" / "i18n"


def tool(name: str) -> str:
    """The path of a program of the virtual environment, such as ``python`` or ``pytest``."""
    if sys.platform == "win32":
        return str(VENV / "Scripts" / f"{name}.exe")
    return str(VENV / "bin" / name)


def environment(**changes: str) -> dict[str, str]:
    """This process's environment, without what would lead a Python astray, with ``changes``."""
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET")}
    return {**env, "PYTHONUTF8": "1", "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", **changes}
