"""Bombs and broken frames: nothing but ``EtfError``, little time, little memory (reliability.md M6, G7).

The figures of a run over two million broken frames are in ``tests/data/README.md``.
"""

import functools
import random
import struct
import time
import tracemalloc
import zlib
from collections.abc import Callable

import pytest

from basix_desktop.etf import SNAPSHOT_LIMITS, EtfError, decode
from tests.unit.etf import fuzz

V = b"\x83"


@functools.cache
def zeros(size: int) -> bytes:
    """That many zeros, compressed without ever being there."""
    packer = zlib.compressobj(1)
    block = bytes(1024 * 1024)
    return b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()


BOMBS: dict[str, Callable[[], bytes]] = {
    "nested 100,000 deep": lambda: V + b"h\x01" * 100_000 + b"j",
    "lists nested 100,000 deep": lambda: V + b"l\0\0\0\x01" * 100_000,
    "tuple of 2^32-1": lambda: V + b"i\xff\xff\xff\xff" + b"j" * 1000,
    "list of 2^32-1": lambda: V + b"l\xff\xff\xff\xff" + b"j" * 1000,
    "map of 2^32-1": lambda: V + b"t\xff\xff\xff\xff" + b"j" * 1000,
    "binary of 2^32-1": lambda: V + b"m\xff\xff\xff\xff" + b"j" * 1000,
    "tuples that each claim all that is left": lambda: b"".join(
        [V, *(b"i" + struct.pack(">I", 5 * (3_000 - index)) for index in range(3_000))]
    ),
    "integer of 1 MB": lambda: V + b"o" + struct.pack(">I", 1_000_000) + b"\0" + b"\xff" * 1_000_000,
    "200 MB of zeros, honestly": lambda: V + b"P" + struct.pack(">I", 200 * 2**20) + zeros(200 * 2**20),
    "200 MB of zeros as 1 MB": lambda: V + b"P" + struct.pack(">I", 2**20) + zeros(200 * 2**20),
    "2 million nodes": lambda: V + b"l" + struct.pack(">I", 2_000_000) + b"j" * 2_000_001,
    "17 MB": lambda: V + b"m" + struct.pack(">I", 17 * 2**20) + bytes(17 * 2**20),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_at_once_and_in_little_memory(name: str) -> None:
    data = BOMBS[name]()
    tracemalloc.start()
    try:
        with pytest.raises(EtfError):
            decode(data, SNAPSHOT_LIMITS)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    with fuzz.counted_alone():
        started = time.thread_time()
        with pytest.raises(EtfError):
            decode(data, SNAPSHOT_LIMITS)
        taken = time.thread_time() - started
    assert taken < fuzz.CPU_LIMIT
    assert peak < 20 * 2**20


def test_broken_frames_end_in_the_one_error() -> None:
    seed = random.randrange(2**32)
    with fuzz.counted_alone():
        found = fuzz.run(20_000, seed)
    said = f"seed {seed}"
    assert not found.wrong, (said, found.wrong[:3])
    assert not found.slow, (said, found.slow[:3])
    # Enough is broken deeply enough that every rule is met, and enough survives to reach the messages.
    assert found.read > 1_000, said
    assert len(found.refused) > 10, said
