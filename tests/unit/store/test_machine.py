"""The journal against a model of it: any order of steps, by two processes, with deaths between them."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from basix_desktop.domain.calls import State, UserWord, Verdict
from basix_desktop.domain.errors import AlreadyCalling, Stopped, StoreError
from basix_desktop.services.ports import LogFilter, LogQuery
from basix_desktop.store.check import check
from tests.unit.store.kit import NO_RULES, OFFLINE, PLACED, REFUSED, UNKNOWN, Clock, Desk, desk, intent

FORWARD = {
    State.SENDING: {State.ACCEPTED, State.REJECTED, State.UNKNOWN},
    State.UNKNOWN: {State.ACCEPTED, State.REJECTED},
}
CLOSED = {State.INTENT: State.NOT_SENT, State.SENDING: State.UNKNOWN}
FILTER = {
    State.ACCEPTED: LogFilter.PLACED,
    State.REJECTED: LogFilter.NOT_PLACED,
    State.NOT_SENT: LogFilter.NOT_PLACED,
    State.UNKNOWN: LogFilter.TO_CHECK,
}
SAID = {UserWord.RANG: LogFilter.PLACED, UserWord.DID_NOT_RING: LogFilter.NOT_PLACED}
who = st.integers(0, 1)


class Known:
    """What the model knows of an attempt."""

    def __init__(self, owner: object, domain: str) -> None:
        self.owner, self.domain = owner, domain
        self.state = State.INTENT
        self.word: UserWord | None = None

    @property
    def shown(self) -> LogFilter | None:
        if self.state is State.UNKNOWN and self.word in SAID:
            return SAID[self.word]
        return FILTER.get(self.state)


class JournalMachine(RuleBasedStateMachine):
    attempts = Bundle("attempts")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = Clock()
        self.model: dict[str, Known] = {}
        self.lives: list[ExitStack] = [ExitStack(), ExitStack()]
        self.desks: list[Desk] = [self.start(0), self.start(1)]

    def start(self, at: int) -> Desk:
        return self.lives[at].enter_context(desk(Path(self.folder.name), self.clock))

    def teardown(self) -> None:
        problems = check(self.desks[0].reading)
        for life in self.lives:
            life.close()
        self.folder.cleanup()
        assert problems == []

    def alive(self, known: Known) -> bool:
        return any(each.instance is known.owner for each in self.desks)

    @rule(target=attempts, at=who, domain=st.sampled_from(["a", "b"]))
    def press(self, at: int, domain: str) -> str:
        pressed = intent(domain=domain)
        flying = [key for key, known in self.model.items() if known.domain == domain and known.state.in_flight]
        blocked = [key for key in flying if self.alive(self.model[key])]
        try:
            self.desks[at].journal.begin(pressed, (), NO_RULES)
        except AlreadyCalling as refused:
            named = [refused.attempt_id]
        else:
            named = []
        assert named == blocked
        if named:
            return named[0]
        for key in flying:
            self.model[key].state = CLOSED[self.model[key].state]
        self.model[pressed.id] = Known(self.desks[at].instance, domain)
        return pressed.id

    @rule(at=who, attempt=attempts)
    def gate(self, at: int, attempt: str) -> None:
        known = self.model.get(attempt)
        may = known and known.state is State.INTENT and known.owner is self.desks[at].instance
        try:
            self.desks[at].journal.to_sending(attempt)
        except Stopped:
            assert not may
        else:
            assert known is not None
            assert may
            known.state = State.SENDING

    @rule(at=who, attempt=attempts, never=st.booleans())
    def fail(self, at: int, attempt: str, never: bool) -> None:
        known = self.model.get(attempt)
        mine = known and known.owner is self.desks[at].instance
        may = known and (
            known.state in (State.INTENT, State.NOT_SENT) or (known.state is State.SENDING and never and mine)
        )
        try:
            self.desks[at].journal.not_sent(attempt, OFFLINE, gate_never_returned=never)
        except StoreError:
            assert not may
        else:
            assert known is not None
            assert may
            known.state = State.NOT_SENT

    @rule(at=who, attempt=attempts, verdict=st.sampled_from([PLACED, REFUSED, UNKNOWN]))
    def answer(self, at: int, attempt: str, verdict: Verdict) -> None:
        known = self.model.get(attempt)
        may = known and (verdict.state is known.state or verdict.state in FORWARD.get(known.state, set()))
        try:
            self.desks[at].journal.settle(attempt, verdict)
        except StoreError:
            assert not may
        else:
            assert known is not None
            assert may
            known.state = verdict.state

    @rule(at=who, attempt=attempts, word=st.sampled_from(UserWord))
    def say(self, at: int, attempt: str, word: UserWord) -> None:
        known = self.model.get(attempt)
        try:
            self.desks[at].journal.say(attempt, word)
        except StoreError:
            assert known is None or known.state.in_flight
        else:
            assert known is not None
            known.word = word

    @rule(at=who, attempt=consumes(attempts))
    def delete(self, at: int, attempt: str) -> None:
        known = self.model.get(attempt)
        gone = self.desks[at].journal.delete(attempt)
        settled = known is not None and known.shown in (LogFilter.PLACED, LogFilter.NOT_PLACED)
        assert gone == (settled or bool(known and known.state is State.UNKNOWN and known.word))
        if gone:
            del self.model[attempt]

    @rule(at=who)
    def die_and_start_again(self, at: int) -> None:
        self.lives[at].close()
        self.lives[at] = ExitStack()
        self.desks[at] = self.start(at)

    @rule(at=who, seconds=st.integers(0, 4000))
    def recover(self, at: int, seconds: int) -> None:
        self.clock.pass_(seconds)
        changed = {attempt.id: attempt.state for attempt in self.desks[at].journal.recover()}
        orphans = {key for key, known in self.model.items() if known.state.in_flight and not self.alive(known)}
        for key in orphans:
            self.model[key].state = CLOSED[self.model[key].state]
        assert changed == {key: self.model[key].state for key in orphans}
        assert self.desks[at].journal.recover() == []

    @invariant()
    def the_log_says_so(self) -> None:
        history = self.desks[1].history
        rows = history.page(LogQuery(), None, 1000)
        assert {row.id: (row.state, row.user_word) for row in rows} == {
            key: (known.state, known.word) for key, known in self.model.items()
        }
        assert [row.row for row in rows] == sorted((row.row for row in rows), reverse=True)
        for text in ("", "3123"):
            counts = history.counts(text)
            assert counts[LogFilter.ALL] == len(self.model)
            for each in (LogFilter.PLACED, LogFilter.NOT_PLACED, LogFilter.TO_CHECK):
                expected = {key for key, known in self.model.items() if known.shown is each}
                assert counts[each] == len(expected)
                assert {row.id for row in history.page(LogQuery(each, text), None, 1000)} == expected


TestJournal = JournalMachine.TestCase
TestJournal.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
