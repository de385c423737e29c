"""The garbage collector's long passes stop every thread, the window's too, for as long as there are objects to see."""

from __future__ import annotations

import gc

#: Milliseconds after a session has opened by which its parts, libraries included, are there to stay.
SETTLED = 5_000


def pause() -> None:
    """Until the first picture: what is imported and built for it stays, so that looking for garbage in it is in vain
    and takes a twentieth of the time."""
    gc.disable()


def resume() -> None:
    """Any number of times."""
    gc.enable()


def set_aside() -> None:
    """Leave everything that exists now out of later passes. With the program's modules and widgets in it, one takes
    40 ms and more on a slow computer; without, a few."""
    gc.freeze()
