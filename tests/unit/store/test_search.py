"""What is found by what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basix_desktop.domain.calls import State, UserWord, Verdict
from basix_desktop.services.ports import LogFilter, LogQuery
from basix_desktop.store import search
from tests.unit.store.kit import OFFLINE, UNKNOWN, UUID, Desk


def found(desk: Desk, text: str, chip: LogFilter = LogFilter.ALL) -> list[int]:
    page = desk.history.page(LogQuery(chip, text), None, 100)
    assert desk.history.counts(text)[chip] == len(page)
    return [attempt.row for attempt in page]


def fill(desk: Desk) -> None:
    """Row 1: 田中; row 2: Müller; row 3: half-width カワセミ, not sent; row 4 in flight."""
    desk.call(user_name="田中 林太郎", user_organization="株式会社アオバ", user_id="C-0815")
    desk.call(
        Verdict(State.ACCEPTED, uuids=("0f00aa11-1111-4222-8333-9998886665ab",)),
        number="010441632960001",
        key="+441632960001",
        typed="+44 1632 960001",
        destination="sales",
        destination_label="営業部",
        user_name="Jürgen MÜLLER",
        user_organization='A&B "Söhne" 100%_\\',
    )
    third = desk.begin(
        number="09012345678", key="+819012345678", typed="090 1234 5678", user_name="ｶﾜｾﾐ工業", destination_label="5001"
    )
    desk.journal.not_sent(third.id, OFFLINE)
    desk.begin(number="0612345678", key="+81612345678", typed="06-1234-5678", user_name="さくら", destination="x")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        *(
            (text, [1])
            for text in ("田", "林", "田中", "中林", "林太郎", "田中林太郎", "田中 太郎", "太郎　田中", "株式")
        ),
        *((text, [1]) for text in ("あおば", "アオバ", "ｱｵﾊﾞ", "アオ", "c-0815", "0815")),
        *(
            (text, [1])
            for text in ("03-1234", "031234", "０３１２３４", "+81312345678", "+81 (0)3-1234", "03 1234 5678")
        ),
        *((text, [1]) for text in ("(03) 1234", "03ー1234", "03−1234‐5678", "٠٣١٢٣٤", "+81 3 1234", UUID, "9a50-461d")),
        *(
            (text, [2])
            for text in ("müller", "Muller", "MU", "ü u", "jurgen", "営", "営業部", "sales", "&", '"', '"so')
        ),
        *((text, [2]) for text in ("%_", "\\", "100%", "01632", "01632 960001", "+44 1632", "441632", "010441632")),
        *((text, [2]) for text in ("1111-4222", "0F00AA11", "+44 (0)1632")),
        *((text, [3]) for text in ("カワセミ", "かわせみ", "ｶﾜ", "090-1234", "+8190", "9012345678", "5001 かわ")),
        *((text, [4]) for text in ("さ", "サクラ", "06-1234", "+816")),
        *(
            (text, [])
            for text in ("田 müller", "zz", "03-9999", "*", "AND", "あ お ば ん", "OR 田", "NOT", "\x00x\x00x")
        ),
        *((text, [4, 3, 1]) for text in ("1234", "12345678", "+81")),
        *((text, [4, 3, 2, 1]) for text in ("", "  ", "\u200b", "\x00", "0", "1")),
        ("helen", [4, 3, 1]),
    ],
)
def test_found(desk: Desk, text: str, rows: list[int]) -> None:
    fill(desk)
    assert found(desk, text) == rows


def test_the_index_follows_every_change(desk: Desk) -> None:
    attempt = desk.sent(user_name="渡辺")
    assert found(desk, "渡") == [1]
    desk.journal.settle(attempt.id, UNKNOWN)
    assert found(desk, "渡辺", LogFilter.TO_CHECK) == [1]
    desk.journal.say(attempt.id, UserWord.DID_NOT_RING)
    assert found(desk, "渡辺", LogFilter.TO_CHECK) == []
    assert found(desk, "渡", LogFilter.NOT_PLACED) == [1]
    late = desk.journal.settle(attempt.id, Verdict(State.ACCEPTED, uuids=("feedbeef",)))
    assert found(desk, "渡", LogFilter.NOT_PLACED) == []
    assert found(desk, "渡辺 feedbeef", LogFilter.PLACED) == [1]
    assert desk.journal.delete(late.id)
    assert found(desk, "渡") == found(desk, "渡辺 ") == []


def test_what_is_not_in_the_index_is_found_and_caught_up(desk: Desk) -> None:
    desk.call(user_name="渡辺")
    desk.call(UNKNOWN, user_name="渡部")
    for row in (1, 2):
        desk.database.execute("DELETE FROM attempt_text WHERE row = ?", (row,))
        desk.database.execute("UPDATE attempt SET indexed = 0 WHERE row = ?", (row,))
    desk.database.execute("INSERT INTO attempt_index (attempt_index) VALUES ('delete-all')")
    assert found(desk, "渡") == [2, 1]
    assert found(desk, "渡部", LogFilter.TO_CHECK) == [2]
    assert desk.journal.recover() == []
    assert desk.database.execute("SELECT row FROM attempt WHERE indexed = 0").fetchall() == []
    assert found(desk, "渡") == [2, 1]
    assert found(desk, "渡部", LogFilter.TO_CHECK) == [2]


words = st.text(st.sampled_from("田中林aBü-\"'*%_1２ ｶﾅか゛\n"), max_size=12)


@given(st.lists(words, min_size=1, max_size=4), words)
def test_the_index_never_hides_what_the_text_holds(fields: list[str], asked: str) -> None:
    """The index gives a superset: each token asked for is a token of every document that holds the words."""
    document = search.document(fields, ())
    query = search.parse(asked)
    if not query or not query.found_in(document):
        return
    tokens = set(search.tokens(document, "placed").split())
    for word in query.words:
        forms = [form for form in word.forms if form in document]
        asks = [set(search.Word((form,)).expression.replace("AND", "").split('"')[1::2]) for form in forms]
        assert any(each <= tokens for each in asks)


@given(st.text(max_size=40))
def test_any_text_finds_itself(text: str) -> None:
    """Unless nothing of it can be seen, or it reads as a number with signs around it."""
    document = search.document([text], (text,))
    assert search.parse(text).found_in(document)
    assert "\0" not in document
