"""Writing a small file so that a crash leaves the old one or the new one, never a part."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any


def replace_file(path: Path, content: str) -> None:
    """Write ``content`` (UTF-8) and put it in the place of ``path``, durable, mode 0600. Raises ``OSError``; then the
    old file is untouched and nothing is left beside it. A symbolic link is replaced, not followed."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # 0600
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode("utf-8", "surrogatepass"))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_directory(path.parent)


def as_json(document: Any) -> str:
    """Readable JSON, one value a line, text as it is."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _sync_directory(directory: Path) -> None:
    if sys.platform == "win32":
        return
    with suppress(OSError):  # the rename has happened; some file systems cannot sync a directory
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
