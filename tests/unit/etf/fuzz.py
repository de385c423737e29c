# ruff: noqa: T201 - also a command
"""Breaks frames in every way that we could think of, and reads them.

``PYTHONPATH=packaging python -m tests.unit.etf.fuzz --count 2000000 --seed 1`` for a long run; the tests run a share.
"""

import argparse
import gc
import random
import resource
import struct
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bench_feed import channel_events, field_spec

from basix_desktop.cti.messages import Parser
from basix_desktop.etf import EtfError, Term, decode, encode, limits_for
from tests.unit.etf.words import terms

CPU_LIMIT = 0.100  # seconds for one input
_LENGTHS = [0, 1, 2, 127, 128, 255, 256, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF]
_TAGS = bytes([70, 77, 78, 80, 88, 90, *range(97, 122), 131])

Mutation = Callable[[random.Random, bytearray], bytearray]


def _flip(rng: random.Random, data: bytearray) -> bytearray:
    for _ in range(rng.randrange(1, 4)):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return data


def _byte(rng: random.Random, data: bytearray) -> bytearray:
    data[rng.randrange(len(data))] = rng.randrange(256)
    return data


def _tag(rng: random.Random, data: bytearray) -> bytearray:
    data[rng.randrange(len(data))] = rng.choice(_TAGS)
    return data


def _length(rng: random.Random, data: bytearray) -> bytearray:
    at, form = rng.randrange(len(data)), rng.choice(["B", ">H", ">I"])
    packed = struct.pack(form, rng.choice(_LENGTHS) & ((1 << 8 * struct.calcsize(form)) - 1))
    data[at : at + len(packed)] = packed
    return data


def _cut(rng: random.Random, data: bytearray) -> bytearray:
    return data[: rng.randrange(len(data))]


def _remove(rng: random.Random, data: bytearray) -> bytearray:
    at = rng.randrange(len(data))
    del data[at : at + rng.randrange(1, 9)]
    return data


def _repeat(rng: random.Random, data: bytearray) -> bytearray:
    at = rng.randrange(len(data))
    piece = data[at : at + rng.randrange(1, 40)]
    data[at:at] = piece * rng.choice([1, 2, 3, 40])
    return data


def _insert(rng: random.Random, data: bytearray) -> bytearray:
    at = rng.randrange(len(data) + 1)
    data[at:at] = rng.choice([rng.randbytes(rng.randrange(1, 12)), bytes(rng.choices(_TAGS, k=rng.randrange(1, 6)))])
    return data


def _nest(rng: random.Random, data: bytearray) -> bytearray:
    times = rng.choice([1, 5, 31, 32, 33, 500])
    head = rng.choice([b"h\1", b"l\0\0\0\1", b"i\0\0\0\1", b"t\0\0\0\1a\1"])
    tail = b"j" * times if head[:1] == b"l" else b""
    return bytearray(data[:1] + head * times + data[1:] + tail)


def _wide(rng: random.Random, data: bytearray) -> bytearray:
    count = rng.choice([256, 5_000, 9_999, 10_000, 60_000])
    return bytearray(b"\x83i" + struct.pack(">I", count) + rng.choice([b"j", b"a\1", b"h\0", b"s\0"]) * count)


def _numbers(rng: random.Random, data: bytearray) -> bytearray:
    """A map whose keys' hashes are equal."""
    count = rng.choice([8, 64, 65, 4_000])
    keys = b"".join(encode(index * (2**61 - 1) + 7)[1:] + b"j" for index in range(count))
    return bytearray(b"\x83t" + struct.pack(">I", count) + keys)


def _squeeze(rng: random.Random, data: bytearray) -> bytearray:
    plain = bytes(data[1:]) * rng.choice([1, 1, 1, 50])
    claimed = rng.choice([len(plain)] * 4 + _LENGTHS)
    return bytearray(b"\x83P" + struct.pack(">I", claimed) + zlib.compress(plain, 1))


_CHEAP: list[Mutation] = [_flip, _byte, _tag, _length, _cut, _remove, _repeat, _insert]
_COSTLY: list[Mutation] = [_nest, _nest, _nest, _squeeze, _squeeze, _wide, _numbers]
_MUTATIONS = _CHEAP * 12 + _COSTLY


def seeds() -> list[bytes]:
    """Whole frames to begin with."""
    described: list[Term] = [
        ("initial_info", "user", [(1, b"helen", b"Helen")]),
        ("system_msg", b"connection_replaced"),
        ("msg", {"any": [1.5, -(2**70)]}),
    ]
    frames = [field_spec(), *channel_events(200), *map(encode, described)]
    for index, value in enumerate(terms(9, 800)):
        frames.append(encode(value, modern=bool(index % 2)))
    return frames


@dataclass
class Findings:
    """What a run met. ``slow`` and ``wrong`` hold inputs as hexadecimal digits."""

    count: int = 0
    read: int = 0
    worst: float = 0.0
    refused: Counter[str] = field(default_factory=Counter)
    slow: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def run(count: int, seed: int, said: Callable[[Findings], None] | None = None) -> Findings:
    """Reads that many broken frames, each as the program does: by its limits, then as a message."""
    rng, found, frames = random.Random(seed), Findings(), seeds()
    parser = Parser()
    parser.feed(decode(field_spec()))
    parser.feed(("field_spec", "user", ["id", "name", "label"]))
    while found.count < count:
        data = bytearray(rng.choice(frames))
        for _ in range(rng.choice([1, 1, 1, 2, 2, 3, 6])):
            data = rng.choice(_MUTATIONS)(rng, data or bytearray(b"\x83"))
        _one(bytes(data), parser, found)
        if said and found.count % 100_000 == 0:
            said(found)
    return found


@contextmanager
def counted_alone() -> Iterator[None]:
    """What the rest of the process has on the heap is not searched for garbage on our time."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _one(data: bytes, parser: Parser, found: Findings) -> None:
    found.count += 1
    started = time.thread_time()
    try:
        parser.feed(decode(data, limits_for(data)))
        found.read += 1
    except EtfError as error:
        found.refused[error.reason] += 1
    except BaseException as error:
        found.wrong.append(f"{type(error).__name__} {data.hex()}")
    taken = time.thread_time() - started
    found.worst = max(found.worst, taken)
    if taken > CPU_LIMIT:
        found.slow.append(data.hex())


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()

    def progress(found: Findings) -> None:
        print(f"{found.count} inputs, worst {found.worst * 1000:.1f} ms of CPU", flush=True)

    found = run(chosen.count, chosen.seed, progress)
    print(f"seed {chosen.seed}: {found.count} inputs, {found.read} read, worst {found.worst * 1000:.1f} ms of CPU")
    print(f"refused: {dict(found.refused.most_common())}")
    print(f"slow: {len(found.slow)}, wrong: {len(found.wrong)}")
    print(f"highest resident memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    for one in (*found.slow[:3], *found.wrong[:3]):
        print(one[:400])
    return 1 if found.slow or found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
