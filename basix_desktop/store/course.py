"""``domain.course`` in SQL: which placed calls were connected, and which nobody answered.

Worked out from what the feed told instead of kept beside it, so that a chip shows a call exactly when its row says so.
"""

from __future__ import annotations

from typing import Final

from basix_desktop.domain.course import HANDED_ON
from basix_desktop.domain.live import UNTOLD
from basix_desktop.store.rows import REACHED

_HANDED_ON: Final = ", ".join(f"'{cause}'" for cause in HANDED_ON)
_UNTOLD: Final = " ".join(f"WHEN '{phase}' THEN NULL" for phase in UNTOLD)
# Looking up how far a call came costs most: once a row, and not where a length proves that it was connected.
_COURSE: Final = f"""
CASE WHEN phase = 'connected' OR talked_ms IS NOT NULL OR phase = 'ended' AND connected_with <> '' THEN 'connected' ELSE
  CASE coalesce({REACHED}, '')
    WHEN 'connected' THEN 'connected'
    WHEN 'voicemail' THEN iif(phase = 'ended', 'not_answered', NULL)
    WHEN 'transferred' THEN NULL
    {_UNTOLD}
    ELSE iif(phase = 'ended' AND ended_by <> 'unknown' AND cause NOT IN ({_HANDED_ON}), 'not_answered', NULL)
  END
END
"""

#: How many calls there are of each course; NULL stands for neither. Only placed calls have such a row.
COUNT: Final = f"SELECT {_COURSE} AS course, count(*) FROM attempt_live l GROUP BY course"  # noqa: S608
#: A condition on a row ``l`` of ``attempt_live``; one parameter.
IS: Final = f"{_COURSE} = ?"


def of(column: str) -> str:
    """The course of the attempt whose row is in ``column``; NULL for neither."""
    return f"(SELECT {_COURSE} FROM attempt_live l WHERE l.attempt = {column})"  # noqa: S608 - our column names
