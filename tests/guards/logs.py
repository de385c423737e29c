"""Fails a test in which something complained that the test did not announce."""

import logging
import re
import threading


class LogGuard(logging.Handler):
    """Collects records of WARNING and above that reach the root logger."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._guard = threading.Lock()
        self._lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record as one line, with the exception's text where there is one."""
        line = f"{record.levelname} {record.name}: {record.getMessage()}"
        if record.exc_info and record.exc_info[1] is not None:
            line += f" [{record.exc_info[0].__name__ if record.exc_info[0] else ''}: {record.exc_info[1]}]"
        with self._guard:
            self._lines.append(line)

    def unexpected(self, allowed: list[str] | None) -> list[str]:
        """The lines that match none of ``allowed`` (regular expressions, searched); an empty list allows everything."""
        with self._guard:
            lines = list(self._lines)
        if allowed is None:
            return lines
        return [line for line in lines if allowed and not any(re.search(pattern, line) for pattern in allowed)]
