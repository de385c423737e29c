"""Where icons and translations lie: inside the installed package, or beside it in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def resource(relative: str) -> Path:
    """The path of a resource such as ``icons/app.svg``. Raises ``FileNotFoundError``."""
    for root in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        if (root / relative).exists():
            return root / relative
    raise FileNotFoundError(relative)
