"""What a live card says: both legs with their times, and each state once as a sentence. Plain text only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QDateTime

from basix_desktop.domain.live import UNTOLD, CallPhase, LiveCall, Person
from basix_desktop.ui.calls.plain import clean, cut, isolated
from basix_desktop.ui.calls.reading import LogRow
from basix_desktop.ui.calls.wording import destination_of, locale_for, name_of
from basix_desktop.ui.hangup_words import Ending, sentence, stage_of
from basix_desktop.ui.live.durations import duration

_NAMES_SHOWN, _NAMES_AT_LEAST = 3, 2
_NAME_HEARD = 40  # columns
_INSIDE = (
    CallPhase.DESTINATION_RINGING,
    CallPhase.CONNECTED,
    CallPhase.TRANSFERRED,
    CallPhase.PARKED,
    CallPhase.VOICEMAIL,
    *UNTOLD,
)


# How a name stands among other words.
Form = Callable[[str], str]


def heard(name: str) -> str:
    """A name as it is read out: nobody listens to the end of a very long one."""
    return cut(clean(name), _NAME_HEARD)


@dataclass(frozen=True, slots=True)
class CardTexts:
    """``number`` stands behind the name, where there is one. States hold their running times; ``shorter`` is the
    destination's in fewer words."""

    name: str
    number: str
    state: str
    destination: str
    destination_state: str
    shorter: tuple[str, ...]
    spoken: str  # the whole card as one sentence, without running times


class LiveWording:
    """Words in one language. ``people`` tells whether a name of the PBX's is another word for the destination."""

    def __init__(self, language: str, people: Sequence[Person] = ()) -> None:
        self.language = language
        self.people = people
        self._known_as: dict[str, set[str]] = {}  # what a destination goes by, found once

    def texts(self, row: LogRow, call: LiveCall, now: int | None) -> CardTexts:
        """``now`` is the PBX's time; None leaves running times out, since nobody knows whether they still run."""
        destination = self.destination(row, call)
        name = name_of(row.attempt)
        if call.phase is CallPhase.ENDED:
            talked = duration(call.talked_ms) if call.talked_ms is not None else ""
            state = _joined(QCoreApplication.translate("Live", "ended"), talked)
            inside, *shorter = [self.end(row, call)]
        else:
            state = _joined(self._outside(call), _running(self._outside_since(call), now))
            lasts = _running(self._inside_since(call), now)
            in_words = [self._inside(row, call, most=most) for most in (_NAMES_SHOWN, _NAMES_AT_LEAST)]
            inside, *shorter = [_joined(words, lasts) for words in in_words]
        who = ", ".join(part for part in (heard(name), row.number) if part)
        spoken = (who, self._outside_spoken(call), heard(destination), self._inside_spoken(row, call))
        return CardTexts(
            name=name or row.number,
            number=row.number if name else "",
            state=state,
            destination=destination,
            destination_state=inside,
            shorter=tuple(shorter),
            spoken=", ".join(part for part in spoken if part),
        )

    def destination(self, row: LogRow, call: LiveCall) -> str:
        """Whom it is being connected to now."""
        placed_for = destination_of(row.attempt)
        now_for = clean(call.destination)
        if call.phase not in (CallPhase.TRANSFERRED, CallPhase.CONNECTED) or not now_for:
            return placed_for
        return placed_for if now_for.casefold() in self._other_words(row) else now_for

    def announcement(self, row: LogRow, call: LiveCall, *, several: bool = False) -> str:
        """What is said once when a call has come to its phase; "" for what others say already (that it was placed).
        ``several``: other calls are live too, so it begins with whose call it is."""
        who = heard(name_of(row.attempt)) or row.number
        if call.phase is CallPhase.FOLLOWING:
            return ""
        if call.phase is CallPhase.RINGING:
            return QCoreApplication.translate("Live", "Ringing {who}").replace("{who}", who)
        if call.phase is CallPhase.ANSWERED:
            return QCoreApplication.translate("Live", "{who} answered").replace("{who}", who)
        ended = call.phase is CallPhase.ENDED
        told = self.end(row, call, heard) if ended else _sentence(self._inside_spoken(row, call))
        if not several:
            return told
        words = QCoreApplication.translate("Live", "{who}: {what}", "which of several live calls, and its state")
        return words.replace("{what}", told).replace("{who}", who, 1)

    def end(self, row: LogRow, call: LiveCall, form: Form = isolated) -> str:
        """How it ended."""
        inside = form(call.connected_with) or form(self.destination(row, call))
        outside = form(name_of(row.attempt) or row.number)
        by = call.ended_by.value if call.ended_by is not None else ""
        return sentence(Ending(clean(call.cause), by, stage_of(call), outside, inside), self.language)

    # -- the outside leg

    def _outside(self, call: LiveCall) -> str:
        if call.phase is CallPhase.FOLLOWING:
            return QCoreApplication.translate("Live", "placed, following…")
        if call.phase is CallPhase.RINGING:
            return QCoreApplication.translate("Live", "ringing")
        return QCoreApplication.translate("Live", "answered")

    def _outside_spoken(self, call: LiveCall) -> str:
        return "" if call.phase is CallPhase.ENDED else self._outside(call)

    @staticmethod
    def _outside_since(call: LiveCall) -> int | None:
        if call.phase is CallPhase.FOLLOWING:
            return None
        return call.offered_at if call.phase is CallPhase.RINGING else call.answered_at

    # -- the destination's leg

    def _inside(self, row: LogRow, call: LiveCall, form: Form = isolated, most: int = _NAMES_SHOWN) -> str:
        if call.phase in (CallPhase.FOLLOWING, CallPhase.RINGING):
            return QCoreApplication.translate("Live", "rings next")
        if call.phase is CallPhase.ANSWERED:
            return QCoreApplication.translate("Live", "connecting…")
        if call.phase is CallPhase.VOICEMAIL:
            words = QCoreApplication.translate("Live", "voicemail of {who}")
            whom = form(self._if_another(row, call, clean(call.destination)))
            return _filled(words, "{who}", whom) or QCoreApplication.translate("Live", "voicemail")
        if call.phase is CallPhase.CONNECTED:
            words = QCoreApplication.translate("Live", "connected with {who}")
            whom = form(self._if_another(row, call, clean(call.connected_with)))
            return _filled(words, "{who}", whom) or QCoreApplication.translate("Live", "connected")
        return _at_place(call.phase, form(clean(call.destination))) or self._ringing_inside(row, call, most)

    def _ringing_inside(self, row: LogRow, call: LiveCall, most: int) -> str:
        names = [clean(name) for name in call.ringing if clean(name)]
        whom = isolated(self._if_another(row, call, names[0])) if len(names) == 1 else self.names(names, most=most)
        if call.phase is CallPhase.TRANSFERRED:
            words = QCoreApplication.translate("Live", "transferred, ringing {who}")
            return _filled(words, "{who}", whom) or QCoreApplication.translate("Live", "transferred, ringing")
        words = QCoreApplication.translate("Live", "ringing {who}")
        return _filled(words, "{who}", whom) or QCoreApplication.translate("Live", "ringing")

    def _inside_spoken(self, row: LogRow, call: LiveCall) -> str:
        """As :meth:`_inside`, with the name even where the card shows it above."""
        if call.phase is CallPhase.ENDED:
            return self.end(row, call, heard)
        if call.phase is CallPhase.CONNECTED:
            words = QCoreApplication.translate("Live", "connected with {who}")
            return words.replace("{who}", heard(call.connected_with) or heard(self.destination(row, call)))
        if call.phase is CallPhase.DESTINATION_RINGING:
            words = QCoreApplication.translate("Live", "ringing {who}")
        elif call.phase is CallPhase.TRANSFERRED:
            words = QCoreApplication.translate("Live", "transferred, ringing {who}")
        else:
            return self._inside(row, call, heard)
        whom = self.names([clean(name) for name in call.ringing], heard) or heard(self.destination(row, call))
        return words.replace("{who}", whom)

    @staticmethod
    def _inside_since(call: LiveCall) -> int | None:
        return call.stage_at if call.phase in _INSIDE else None

    def names(self, names: Sequence[str], form: Form = isolated, most: int = _NAMES_SHOWN) -> str:
        """ "Helen and Ken", "Helen, Ken and 3 more"; ``most`` words for people, 2 or more."""
        shown = [form(name) for name in names if name]
        if len(shown) < 2:
            return "".join(shown)
        comma = QCoreApplication.translate("Live", ", ", "between names")
        if len(shown) > most:
            words = QCoreApplication.translate("Live", "{names} and {count} more")
            words = words.replace("{count}", str(len(shown) - most + 1))
            return words.replace("{names}", comma.join(shown[: most - 1]), 1)
        words = QCoreApplication.translate("Live", "{names} and {last}")
        return words.replace("{last}", shown[-1]).replace("{names}", comma.join(shown[:-1]), 1)

    def _if_another(self, row: LogRow, call: LiveCall, name: str) -> str:
        """The name, unless the card says it above already."""
        shown = self.destination(row, call).casefold()
        known = {shown, *self._other_words(row)} if shown == destination_of(row.attempt).casefold() else {shown}
        return "" if name.casefold() in known else name

    def _other_words(self, row: LogRow) -> set[str]:
        """All that the destination the call was placed for goes by."""
        asked = clean(row.attempt.request.destination).casefold()
        words = self._known_as.get(asked)
        if words is None:
            words = self._known_as[asked] = {asked, *self._words_of(asked)}
        return words | {destination_of(row.attempt).casefold()}

    def _words_of(self, asked: str) -> Iterator[str]:
        for person in self.people:
            if asked and asked in (person.name.casefold(), person.extension.casefold()):
                yield from (clean(text).casefold() for text in (person.name, person.label, person.extension) if text)


def _at_place(phase: CallPhase, place: str) -> str:
    """Where the call is, which is with nobody; "" for other phases."""
    if phase is CallPhase.PARKED:
        words = QCoreApplication.translate("Live", "parked: {place}")
        return _filled(words, "{place}", place) or QCoreApplication.translate("Live", "parked")
    if phase is CallPhase.MENU:
        return QCoreApplication.translate("Live", "voice menu")
    if phase is CallPhase.CONFERENCE:
        words = QCoreApplication.translate("Live", "in conference {place}")
        return _filled(words, "{place}", place) or QCoreApplication.translate("Live", "in a conference")
    if phase is CallPhase.PASSED_ON:
        words = QCoreApplication.translate("Live", "passed on to {place}")
        return _filled(words, "{place}", place) or QCoreApplication.translate("Live", "passed on to another system")
    if phase is CallPhase.SERVICE:
        words = QCoreApplication.translate("Live", "function of the PBX: {place}")
        return _filled(words, "{place}", place) or QCoreApplication.translate("Live", "function of the PBX")
    return ""


def unavailable(since: int | None, now: int, language: str) -> str:
    """How old what a card shows is, while nobody knows more. ``now`` and ``since`` by our clock."""
    if since is None:
        return QCoreApplication.translate("LivePresenter", "Status unavailable: no live connection to the PBX")
    at = locale_for(language).toString(QDateTime.fromMSecsSinceEpoch(since).time(), "HH:mm:ss")
    words = QCoreApplication.translate("LivePresenter", "Status unavailable: shown as it was at {time}, {age} ago")
    return words.replace("{time}", at).replace("{age}", duration(now - since))


def _running(since: int | None, now: int | None) -> str:
    return "" if since is None or now is None else duration(now - since)


def _joined(words: str, time: str) -> str:
    return f"{words} · {time}" if time else words


def _filled(words: str, mark: str, value: str) -> str:
    return words.replace(mark, value) if value else ""


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
