"""How much is read of what people type or paste."""

from __future__ import annotations

from typing import Final

#: Longest text that is read (reliability.md P11, N10): a whole signature; longer ones are refused, never cut.
MAX_TEXT: Final = 256
