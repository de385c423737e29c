"""Terms for the tests of the reader and writer: made at random, and put into words as ``terms.escript`` puts them."""

import random
import struct
from collections.abc import Callable, Iterator

from basix_desktop.etf import Chars, Term

_LETTERS = "abcxyz_@ 0123456789éüß日本語テスト山田😀"


def term(rng: random.Random, depth: int) -> Term:
    """Any term, nested at most so deep."""
    if not depth:
        return _LEAVES[rng.randrange(len(_LEAVES))](rng)
    match rng.randrange(6):
        case 0:
            return term(rng, 0)
        case 1:
            return [term(rng, depth - 1) for _ in range(rng.randrange(7))]
        case 2:
            return {key(rng): term(rng, depth - 1) for _ in range(rng.randrange(6))}
        case 3:
            return tuple(range(rng.choice([3, 255, 256, 300])))
    return tuple(term(rng, depth - 1) for _ in range(rng.randrange(7)))


def terms(seed: int, count: int) -> Iterator[Term]:
    rng = random.Random(seed)
    for _ in range(count):
        yield term(rng, rng.choice([0, 0, 0, 1, 1, 1, 2, 2, 3]))


def key(rng: random.Random) -> str | bytes | int:
    """Never equal to one of another kind, as 1, 1.0 and True are in Python."""
    made: list[str | bytes | int] = ["k" + _name(rng, 5), b"k" + rng.randbytes(5), rng.randrange(2, 2**40)]
    return rng.choice(made)


def _name(rng: random.Random, most: int) -> str:
    return "".join(rng.choices(_LETTERS, k=rng.randrange(most + 1)))


def _float(rng: random.Random) -> float:
    bits = rng.getrandbits(1) << 63 | rng.randrange(2047) << 52 | rng.getrandbits(52)
    return float(struct.unpack(">d", bits.to_bytes(8, "big"))[0])


_LEAVES: list[Callable[[random.Random], Term]] = [
    lambda rng: rng.choice([None, True, False]),
    lambda rng: _name(rng, rng.choice([1, 20, 255])),
    lambda rng: rng.randrange(300),
    lambda rng: rng.randrange(-(2**33), 2**33),
    lambda rng: rng.choice([1, -1]) * rng.getrandbits(rng.randrange(1, 129)),
    lambda rng: rng.choice([0.0, -0.0, 0.1, _float(rng), _float(rng)]),
    lambda rng: rng.randbytes(rng.randrange(40)),
    lambda rng: _name(rng, 20).encode(),
    lambda rng: Chars(rng.randbytes(rng.randrange(1, 30))),
]


def described(value: Term) -> str:
    """The kinds and values of a term in the words of ``terms.escript``."""
    if value is None:
        return "U"
    if isinstance(value, bool):
        return "T" if value else "F"
    match value:
        case str():
            return f"a{_hex(value.encode())};"
        case int():
            return f"i{value};"
        case float():
            return f"f{_hex(struct.pack('>d', value))};"
        case bytes():
            return f"b{_hex(value)};"
        case tuple():
            return _all("t", [described(part) for part in value])
        case list():
            small = [one for one in value if type(one) is int and 0 <= one <= 255]
            if value and len(small) == len(value):
                return f"b{_hex(bytes(small))};"  # to an Erlang, small numbers in a row are a string
            return _all("l", [described(part) for part in value])
    pairs = [described(name) + described(part) for name, part in value.items()]
    return _all("m", sorted(pairs))


def _all(kind: str, parts: list[str]) -> str:
    return f"{kind}{len(parts)}({''.join(parts)})"


def _hex(data: bytes) -> str:
    return data.hex().upper()


def records(data: bytes) -> Iterator[bytes]:
    """What a file of ``terms.escript`` holds."""
    at = 0
    while at < len(data):
        (size,) = struct.unpack_from(">I", data, at)
        yield data[at + 4 : at + 4 + size]
        at += 4 + size
