"""Python's own imports instead of PySide's.

PySide puts a hook of its own in the place of ``__import__``. It reads the source of every module imported from then on,
looking for a use of its ``__feature__`` switches. We use none, and before the first picture it is a fifth of our time.
"""

from __future__ import annotations

import builtins


def plainly() -> None:
    """From now on. Any number of times; without effect where this PySide has no such hook."""
    import PySide6.QtCore  # noqa: F401 - brings the hook

    own = getattr(builtins, "__orig_import__", None)  # where PySide keeps Python's
    if own is not None:
        builtins.__import__ = own
