"""The state machine, step by step."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from basix_desktop.domain.calls import EndUser, Origin, State, UserWord, Verdict
from basix_desktop.domain.concerns import Concern, ConcernKind
from basix_desktop.domain.errors import AlreadyCalling, ConfirmationRequired, Failure, Stopped, StoreError
from basix_desktop.services.ports import LogQuery
from basix_desktop.store.check import check
from tests.unit.store.kit import NO_RULES, OFFLINE, PLACED, REFUSED, SERVER, UNKNOWN, UUID, Desk, intent
from tests.unit.store.kit import desk as other_process


def kinds(desk: Desk, attempt_id: str) -> list[str]:
    return [event.kind for event in desk.history.events(attempt_id)]


def test_everything_pressed_is_read_back(desk: Desk) -> None:
    pressed = intent(
        number="09012345678",
        user_name="田中 <b>",
        user_id="007",
        user_organization="青葉",
        user_avatar="https://a/b.png",
        user_prefecture="東京都",
        origin=Origin.COMMAND_LINE,
        typed="090−1234−5678",
    )
    begun = desk.journal.begin(pressed, (), NO_RULES)
    found = desk.history.attempt(pressed.id)
    assert found == begun
    assert (begun.request, begun.body, begun.typed, begun.origin) == (
        pressed.request,
        pressed.body,
        pressed.typed,
        Origin.COMMAND_LINE,
    )
    assert begun.request.end_user == EndUser("007", "田中 <b>", "青葉", "https://a/b.png", "東京都")
    assert (begun.account, begun.server, begun.domain, begun.state) == ("Aoba", SERVER, "aoba", State.INTENT)
    assert begun.created_at == begun.updated_at == desk.clock.wall


def test_a_placed_call_leaves_every_step(desk: Desk) -> None:
    attempt = desk.begin()
    desk.clock.pass_(0.4)
    desk.journal.to_sending(attempt.id)
    desk.clock.pass_(0.6)
    placed = desk.journal.settle(attempt.id, PLACED)
    assert (placed.state, placed.uuids, placed.answer, placed.failure) == (
        State.ACCEPTED,
        (UUID,),
        '{"result_code":0}',
        None,
    )
    events = desk.history.events(attempt.id)
    assert [(event.at - attempt.created_at, event.kind) for event in events] == [
        (0, "intent"),
        (400, "sending"),
        (1000, "settled"),
    ]
    assert events[-1].data == {"state": "ACCEPTED", "uuids": UUID, "http_status": "200"}
    assert placed.updated_at - placed.created_at == 1000


def test_a_refusal_keeps_the_pbx_words(desk: Desk) -> None:
    assert desk.call(REFUSED).failure == REFUSED.failure


def test_only_one_is_in_flight_for_a_server_and_domain(desk: Desk) -> None:
    first = desk.begin()
    with pytest.raises(AlreadyCalling) as refused:
        desk.begin(server=SERVER + "/", account="the same under another name")
    assert refused.value.attempt_id == first.id
    assert desk.begin(domain="another").state is State.INTENT
    desk.journal.to_sending(first.id)
    with pytest.raises(AlreadyCalling):
        desk.begin()
    desk.journal.settle(first.id, UNKNOWN)
    assert desk.begin().state is State.INTENT


def test_a_refused_press_leaves_no_row(desk: Desk) -> None:
    desk.begin()
    refused = intent()
    with pytest.raises(AlreadyCalling):
        desk.journal.begin(refused, (), NO_RULES)
    asked = intent(domain="other")
    with pytest.raises(ConfirmationRequired):
        desk.journal.begin(asked, (Concern(ConcernKind.DOUBTFUL),), NO_RULES)
    assert desk.history.attempt(refused.id) is desk.history.attempt(asked.id) is None


def test_the_gate_opens_once(desk: Desk) -> None:
    attempt = desk.sent()
    with pytest.raises(Stopped):
        desk.journal.to_sending(attempt.id)
    assert kinds(desk, attempt.id) == ["intent", "sending"]


def test_the_gate_stays_shut_for_another_process(desk: Desk, tmp_path: Path) -> None:
    attempt = desk.begin()
    with other_process(tmp_path) as other, pytest.raises(Stopped):
        other.journal.to_sending(attempt.id)
    assert desk.state(attempt.id) is State.INTENT


@pytest.mark.parametrize("ended", [PLACED, REFUSED, None])
def test_what_is_final_stays(desk: Desk, ended: Verdict | None) -> None:
    attempt = desk.journal.not_sent(desk.begin().id, OFFLINE) if ended is None else desk.call(ended)
    for verdict in {State.ACCEPTED: PLACED, State.REJECTED: REFUSED, State.UNKNOWN: UNKNOWN}.items():
        if verdict[0] is not attempt.state:
            with pytest.raises(StoreError, match="does not become"):
                desk.journal.settle(attempt.id, verdict[1])
    if attempt.state is not State.NOT_SENT:
        with pytest.raises(StoreError, match="does not become"):
            desk.journal.not_sent(attempt.id, OFFLINE, gate_never_returned=True)
    with pytest.raises(Stopped):
        desk.journal.to_sending(attempt.id)
    assert desk.journal.get(attempt.id) == attempt


def test_a_verdict_needs_a_request_sent(desk: Desk) -> None:
    attempt = desk.begin()
    with pytest.raises(StoreError, match="INTENT does not become ACCEPTED"):
        desk.journal.settle(attempt.id, PLACED)
    with pytest.raises(ValueError, match="not a verdict"):
        desk.journal.settle(attempt.id, Verdict(State.NOT_SENT))


def test_sending_goes_back_only_while_the_gate_has_not_returned(desk: Desk) -> None:
    attempt = desk.sent()
    with pytest.raises(StoreError, match="SENDING does not become NOT_SENT"):
        desk.journal.not_sent(attempt.id, OFFLINE)
    closed = desk.journal.not_sent(attempt.id, OFFLINE, gate_never_returned=True)
    assert (closed.state, closed.failure) == (State.NOT_SENT, OFFLINE)


def test_sending_goes_back_only_by_its_owner(desk: Desk, tmp_path: Path) -> None:
    attempt = desk.sent()
    with other_process(tmp_path) as other, pytest.raises(StoreError):
        other.journal.not_sent(attempt.id, OFFLINE, gate_never_returned=True)
    assert desk.state(attempt.id) is State.SENDING


def test_repeating_a_verdict_changes_nothing(desk: Desk) -> None:
    attempt = desk.call(PLACED)
    desk.clock.pass_(60)
    assert desk.journal.settle(attempt.id, PLACED) == attempt
    closed = desk.journal.not_sent(desk.begin().id, OFFLINE)
    assert desk.journal.not_sent(closed.id, Failure("cancelled")) == closed
    assert kinds(desk, attempt.id) == ["intent", "sending", "settled"]


@pytest.mark.parametrize("late", [PLACED, REFUSED])
def test_a_late_answer_settles_an_unknown_one(desk: Desk, late: Verdict) -> None:
    attempt = desk.call(UNKNOWN)
    settled = desk.journal.settle(attempt.id, late)
    assert (settled.state, settled.failure, settled.uuids) == (late.state, late.failure, late.uuids)
    assert kinds(desk, attempt.id) == ["intent", "sending", "settled", "settled"]


def test_the_users_word_stands_beside_the_verdict(desk: Desk) -> None:
    attempt = desk.call(UNKNOWN)
    assert attempt.needs_check
    desk.clock.pass_(30)
    said = desk.journal.say(attempt.id, UserWord.RANG)
    assert (said.state, said.user_word, said.user_word_at) == (State.UNKNOWN, UserWord.RANG, desk.clock.wall)
    assert not said.needs_check
    late = desk.journal.settle(attempt.id, REFUSED)
    assert (late.state, late.user_word) == (State.REJECTED, UserWord.RANG)
    assert desk.history.events(attempt.id)[3].data == {"word": "rang"}


def test_nothing_is_said_of_an_attempt_in_flight(desk: Desk) -> None:
    attempt = desk.sent()
    with pytest.raises(StoreError, match="in flight"):
        desk.journal.say(attempt.id, UserWord.RANG)


def test_a_call_id_seen_before_is_marked(desk: Desk) -> None:
    first = desk.call(PLACED)
    second = desk.call(PLACED)
    fresh = desk.call(Verdict(State.ACCEPTED, uuids=("b" * 36, "c" * 36)))
    assert [first.uuid_seen_before, second.uuid_seen_before, fresh.uuid_seen_before] == [False, True, False]
    assert desk.journal.get(first.id) == first
    assert fresh.uuids == ("b" * 36, "c" * 36)


def test_an_unknown_id_is_an_error(desk: Desk) -> None:
    with pytest.raises(StoreError, match="no such attempt"):
        desk.journal.settle("nobody", PLACED)
    with pytest.raises(StoreError, match="no such attempt"):
        desk.journal.not_sent("nobody", OFFLINE)
    with pytest.raises(StoreError, match="no such attempt"):
        desk.journal.say("nobody", UserWord.RANG)
    with pytest.raises(Stopped):
        desk.journal.to_sending("nobody")
    assert desk.journal.get("nobody") is None
    assert desk.journal.delete("nobody") is False


def test_an_id_is_used_once(desk: Desk) -> None:
    used = desk.call()
    with pytest.raises(StoreError):
        desk.begin(id=used.id)
    assert desk.journal.get(used.id) == used


@pytest.mark.parametrize(
    "text", ["\ud800half", "nul\x00inside", "a" * 100_000, "\u202e03", "'; DROP TABLE attempt; --"]
)
def test_any_text_can_be_recorded(desk: Desk, text: str) -> None:
    attempt = desk.call(typed=text, user_name=text, destination_label=text)
    assert attempt.typed == text.replace("\ud800", "\ufffd")
    assert check(desk.reading) == []


def test_deleting_removes_every_trace(desk: Desk) -> None:
    """Also from the files: an erased number is not found in them any more (reliability.md S23)."""
    kept = desk.call(number="0355556666", key="+81355556666", typed="0355556666")
    gone = [desk.call(number="0377778888", key="+81377778888", typed="0377778888", user_name="林") for _ in range(30)]
    desk.journal.say(desk.call(UNKNOWN, number="0377778888", key="+81377778888").id, UserWord.RANG)
    assert desk.history.counts("林")
    for attempt in gone:
        assert desk.journal.delete(attempt.id) is True
    last = desk.history.last(SERVER, "aoba")
    assert last is not None
    assert desk.journal.delete(last.id) is True
    assert [attempt.id for attempt in desk.history.page(LogQuery(), None, 9)] == [kept.id]
    content = b"".join(file.read_bytes() for file in desk.path.parent.glob("calls.sqlite3*"))
    assert b"55556666" in content
    assert b"77778888" not in content
    assert desk.journal.delete(gone[0].id) is False
    with closing(sqlite3.connect(desk.path)) as raw:
        assert raw.execute("SELECT count(*) FROM attempt_event").fetchone()[0] == 3
        assert raw.execute("SELECT count(*) FROM leg").fetchone()[0] == 1
        assert raw.execute("SELECT count(*) FROM attempt_text").fetchone()[0] == 1
        raw.execute("INSERT INTO attempt_index (attempt_index) VALUES ('integrity-check')")


def test_what_is_open_is_not_deleted(desk: Desk) -> None:
    attempt = desk.begin()
    assert desk.journal.delete(attempt.id) is False
    desk.journal.to_sending(attempt.id)
    assert desk.journal.delete(attempt.id) is False
    desk.journal.settle(attempt.id, UNKNOWN)
    assert desk.journal.delete(attempt.id) is False
    assert desk.state(attempt.id) is State.UNKNOWN


@pytest.mark.parametrize("word", UserWord)
def test_any_word_of_the_user_lets_it_be_deleted(desk: Desk, word: UserWord) -> None:
    """What nobody will ever know does not stay for ever."""
    attempt = desk.call(UNKNOWN)
    said = desk.journal.say(attempt.id, word)
    assert (said.state, said.user_word) == (State.UNKNOWN, word)
    assert desk.journal.delete(attempt.id) is True
    assert desk.journal.get(attempt.id) is None


def test_confirmed_concerns_are_kept(desk: Desk) -> None:
    standing = (Concern(ConcernKind.FOREIGN, country="US"), Concern(ConcernKind.DOUBTFUL))
    asked = intent(confirmed=("foreign_number:US",))
    with pytest.raises(ConfirmationRequired) as refused:
        desk.journal.begin(asked, standing, NO_RULES)
    assert refused.value.concerns == standing[1:]
    both = desk.journal.begin(intent(confirmed=("foreign_number:US", "doubtful_number")), standing, NO_RULES)
    assert both.confirmed == ("foreign_number:US", "doubtful_number")
    everything = desk.journal.begin(intent(domain="b", confirmed=("*",)), standing, NO_RULES)
    assert everything.confirmed == both.confirmed
