"""What we read and write, held to a real Erlang (recorded, and at work) and to erlang_py."""

import gzip
import shutil
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import erlang  # type: ignore[import-untyped]
import pytest

from basix_desktop.etf import SNAPSHOT_LIMITS, Term, decode, encode
from tests.unit.etf.words import described, records, terms

DATA = Path(__file__).parents[2] / "data" / "etf"
SCRIPT = DATA / "terms.escript"
RECORDED = 600  # terms in the recording


def pairs(data: bytes) -> Iterator[tuple[bytes, str]]:
    """Frames of an Erlang, each with what it holds in words."""
    parts = records(data)
    for frame in parts:
        yield frame, next(parts).decode()


def disagreements(data: bytes) -> tuple[int, list[str]]:
    """How many terms there are, and what of them we read otherwise."""
    count, wrong = 0, []
    for frame, words in pairs(data):
        count += 1
        if described(decode(frame, SNAPSHOT_LIMITS)) != words:
            wrong.append(frame.hex())
    return count, wrong


def escript(*arguments: str | Path) -> None:
    found = shutil.which("escript")
    assert found, "a real Erlang is part of the tests: install escript (Debian: erlang-base)"
    subprocess.run([found, SCRIPT, *arguments], check=True, timeout=300)


def plain(value: Any) -> Term:
    """A term of erlang_py's as one of ours."""
    match value:
        case erlang.OtpErlangAtom():
            return value.value.decode("latin-1") if isinstance(value.value, bytes) else str(value.value)
        case erlang.OtpErlangBinary():
            return bytes(value.value)
        case tuple():
            made = tuple(plain(part) for part in value)
            return [] if made == ("bert", "nil") else made
        case list():
            return [plain(part) for part in value]
        case dict():
            return {plain(key): plain(part) for key, part in value.items()}  # type: ignore[misc]
    return value  # type: ignore[no-any-return]


def theirs(value: Term) -> Any:
    """A term of ours as one of erlang_py's, to be written by it."""
    match value:
        case str():
            return erlang.OtpErlangAtom(value)
        case bytes():
            return erlang.OtpErlangBinary(bytes(value))
        case tuple():
            return tuple(theirs(part) for part in value)
        case list():
            return [theirs(part) for part in value]
        case dict():
            return {theirs(key): theirs(part) for key, part in value.items()}
    return value


def compare_with_erlang_py(seed: int, count: int) -> None:
    for value in terms(seed, count):
        words = described(value)
        for modern in (False, True):
            frame = encode(value, modern=modern)
            assert described(plain(erlang.binary_to_term(frame))) == words, frame.hex()
            assert described(decode(frame)) == words, frame.hex()
        frame = erlang.term_to_binary(theirs(value))
        assert described(decode(frame)) == words, frame.hex()


def test_a_recorded_erlang_is_read_as_it_meant() -> None:
    count, wrong = disagreements(gzip.decompress((DATA / "erlang-25.terms.gz").read_bytes()))
    assert count == RECORDED
    assert not wrong


def test_erlang_py_agrees_in_both_directions() -> None:
    compare_with_erlang_py(seed=1, count=2_000)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_erlang_py_agrees_on_very_many_terms() -> None:
    compare_with_erlang_py(seed=2, count=100_000)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_an_erlang_at_work_is_read_as_it_meant(tmp_path: Path) -> None:
    written = tmp_path / "written"
    escript("write", "3", "100000", written)
    count, wrong = disagreements(written.read_bytes())
    assert count == 100_000
    assert not wrong


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_an_erlang_at_work_reads_what_we_write(tmp_path: Path) -> None:
    made, said = tmp_path / "made", tmp_path / "said"
    expected = []
    with made.open("wb") as file:
        for index, value in enumerate(terms(4, 100_000)):
            frame = encode(value, modern=bool(index % 2))
            file.write(struct.pack(">I", len(frame)) + frame)
            expected.append(described(value))
    escript("describe", made, said)
    heard = [words.decode() for words in records(said.read_bytes())]
    assert len(heard) == len(expected)
    assert not [pair for pair in zip(heard, expected, strict=True) if pair[0] != pair[1]][:3]
