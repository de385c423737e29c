"""A logged call in words: what a row shows and what a screen reader says of it. Plain text only.

Text from outside is cleaned of controls and set between bidirectional isolates wherever it stands beside other text, so
that no name can reorder or hide a number (reliability.md P12).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, QTime

from basix_desktop.domain.calls import Attempt, State, UserWord
from basix_desktop.domain.course import was_connected
from basix_desktop.domain.live import CallPhase
from basix_desktop.ui.calls.course import closed, course
from basix_desktop.ui.calls.plain import clean, cut, inside, isolated
from basix_desktop.ui.calls.reading import LogRow
from basix_desktop.ui.explain import short_reason
from basix_desktop.ui.live.durations import duration
from basix_desktop.ui.widgets.text import spoken

#: Milliseconds for which what was heard of a call last may still be so, as long as nobody listens (reliability.md M14).
_LONGEST_CALL = 4 * 3600_000
_NAME_HEARD = 40  # columns: nobody listens to the end of a very long name


class Tone(Enum):
    """How an outcome is drawn: colour and shape together."""

    GOOD = "good"
    BAD = "bad"
    DOUBT = "doubt"
    BUSY = "busy"
    QUIET = "quiet"  # placed, and nobody was connected


@dataclass(frozen=True, slots=True)
class RowTexts:
    """What one row shows. ``spoken`` is the whole row as one sentence."""

    time: str
    who: str  # the name, or the number where there is none
    number: str  # below the name; "" where ``who`` is the number
    destination: str
    tone: Tone
    outcome: str
    said: str  # the user's word beside the verdict, or ""
    leg: str
    day: QDate
    spoken: str
    length: str = ""  # how long both were connected, once that is over


def locale_for(language: str) -> QLocale:
    """The system's locale where it speaks the chosen language (so British dates stay British), else the language's."""
    chosen, system = QLocale(language), QLocale.system()
    return system if system.language() == chosen.language() else chosen


def name_of(attempt: Attempt) -> str:
    """Who was called, by name; "" when nothing but the number is known."""
    return clean(attempt.request.end_user.name) or clean(attempt.request.end_user.organization)


def day_of(attempt: Attempt) -> QDate:
    """The local day of the call."""
    return QDateTime.fromMSecsSinceEpoch(attempt.created_at).date()


def destination_of(attempt: Attempt) -> str:
    return clean(attempt.destination_label) or clean(attempt.request.destination)


def who_and_where(row: LogRow, *, columns: int = 40) -> str:
    """ "Luke S. · 03-1234-1234 → Helen", for headings and questions. A name longer than ``columns`` is cut, so that it
    never pushes the number out of sight."""
    name, destination = (cut(text, columns) for text in (name_of(row.attempt), destination_of(row.attempt)))
    who = f"{isolated(name)} · {row.number}" if name else row.number
    return f"{who} → {isolated(destination)}"


def wall_ms() -> int:
    return time.time_ns() // 1_000_000


class Wording:
    """Words for rows in one language, seen from one day. ``today`` decides what is called Today and Yesterday, ``now``
    and ``goes_on`` (does the feed tell of this attempt's call now?) what is held to be over."""

    def __init__(
        self,
        language: str,
        today: QDate,
        now: Callable[[], int] = wall_ms,
        goes_on: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self.language = language
        self.locale = locale_for(language)
        self.today = today
        self._now = now
        self._goes_on = goes_on

    def texts(self, row: LogRow) -> RowTexts:
        """Everything a row shows."""
        attempt = self._as_of_now(row.attempt)
        moment = QDateTime.fromMSecsSinceEpoch(attempt.created_at)
        name, destination = name_of(attempt), destination_of(attempt)
        time, day = self.time(moment.time()), moment.date()
        who = ", ".join(part for part in (name, row.number) if part)
        said = said_words(attempt.user_word)
        length = length_of(attempt)
        heard = (who, self._to(destination), self.spoken_outcome(attempt), length, said, self._spoken_day(day, time))
        return RowTexts(
            time=time,
            who=name or row.number,
            number=row.number if name else "",
            destination=destination,
            tone=tone_of(attempt),
            outcome=self.outcome(attempt),
            said=said,
            leg=", ".join(attempt.uuids),
            day=day,
            spoken=spoken(", ".join(part for part in heard if part)),
            length=length,
        )

    def _as_of_now(self, attempt: Attempt) -> Attempt:
        """A call of hours ago rings no more, whatever was heard of it last, unless the feed says that it does."""
        if attempt.live is None or self._now() - attempt.created_at <= _LONGEST_CALL or self._goes_on(attempt.id):
            return attempt
        return replace(attempt, live=closed(attempt.live))

    def time(self, time: QTime, seconds: bool = False) -> str:
        return self.locale.toString(time, "HH:mm:ss" if seconds else "HH:mm")

    def day(self, day: QDate) -> str:
        """A day heading."""
        ago = day.daysTo(self.today)
        if ago == 0:
            return QCoreApplication.translate("Calls", "Today")
        if ago == 1:
            return QCoreApplication.translate("Calls", "Yesterday")
        return self.locale.toString(day, QLocale.FormatType.LongFormat)

    def short_moment(self, at: int) -> str:
        """The time for a moment of today, else the day with it."""
        moment = QDateTime.fromMSecsSinceEpoch(at)
        time = self.time(moment.time())
        if moment.date() == self.today:
            return time
        return f"{self.locale.toString(moment.date(), QLocale.FormatType.ShortFormat)} {time}"

    def outcome(self, attempt: Attempt) -> str:
        """The verdict as a log row shows it, and how the call went on where the feed has told."""
        if attempt.state is State.ACCEPTED:
            placed = QCoreApplication.translate("Calls", "Placed")
            return self.course(attempt) or placed
        if attempt.state is State.UNKNOWN:
            return QCoreApplication.translate("Calls", "May have been placed")
        if attempt.state is State.SENDING:
            return QCoreApplication.translate("Calls", "Sending…")
        if attempt.state is State.INTENT:
            return QCoreApplication.translate("Calls", "Connecting to the PBX…")
        if attempt.failure is None:
            return QCoreApplication.translate("Calls", "Not placed")
        reason = clean(short_reason(attempt.failure, self.language))
        return QCoreApplication.translate("Calls", "Not placed: {reason}").replace("{reason}", isolated(reason))

    def spoken_outcome(self, attempt: Attempt) -> str:
        """The verdict inside a spoken sentence."""
        if attempt.state is State.ACCEPTED:
            course = self.course(attempt)
            if course:
                return inside(course, *self._names(attempt))
            return QCoreApplication.translate("Calls", "placed", "spoken, inside a sentence")
        if attempt.state is State.UNKNOWN:
            return QCoreApplication.translate("Calls", "may have been placed", "spoken, inside a sentence")
        if attempt.state.in_flight:
            return QCoreApplication.translate("Calls", "under way", "spoken, inside a sentence")
        if attempt.failure is None:
            return QCoreApplication.translate("Calls", "not placed", "spoken, inside a sentence")
        reason = clean(short_reason(attempt.failure, self.language))
        words = QCoreApplication.translate("Calls", "not placed: {reason}", "spoken, inside a sentence")
        return words.replace("{reason}", reason)

    @staticmethod
    def _names(attempt: Attempt) -> tuple[str, ...]:
        """That a course may begin with."""
        with_whom = clean(attempt.live.connected_with) if attempt.live is not None else ""
        return name_of(attempt), destination_of(attempt), with_whom

    def course(self, attempt: Attempt) -> str:
        """How a placed call went on, or ""."""
        name = name_of(attempt)
        return course(attempt.live, name, destination_of(attempt), self.language) if attempt.live is not None else ""

    def announcement(self, row: LogRow) -> str:
        """What is said once when an attempt has come to its outcome."""
        return f"{self._call(row)}, {self.spoken_outcome(row.attempt)}"

    def about(self, row: LogRow) -> str:
        """Which call, as the beginning of a spoken question: "Luke S., 03-1234-1234, to Helen, 10:02."."""
        words = QCoreApplication.translate("Calls", "{call}, {time}.", "spoken, before a question")
        time = self.short_moment(row.attempt.created_at)
        return spoken(words.replace("{time}", time).replace("{call}", self._call(row)))

    def _call(self, row: LogRow) -> str:
        name, destination = (cut(text, _NAME_HEARD) for text in (name_of(row.attempt), destination_of(row.attempt)))
        return ", ".join(part for part in (name, row.number, self._to(destination)) if part)

    def _to(self, destination: str) -> str:
        words = QCoreApplication.translate("Calls", "to {destination}", "spoken, inside a sentence")
        return words.replace("{destination}", destination)

    def _spoken_day(self, day: QDate, time: str) -> str:
        ago = day.daysTo(self.today)
        if ago == 0:
            return QCoreApplication.translate("Calls", "today {time}", "spoken").replace("{time}", time)
        if ago == 1:
            return QCoreApplication.translate("Calls", "yesterday {time}", "spoken").replace("{time}", time)
        return f"{self.day(day)} {time}"


def tone_of(attempt: Attempt) -> Tone:
    if attempt.state.in_flight:
        return Tone.BUSY
    if attempt.state is State.UNKNOWN:
        return Tone.DOUBT
    if attempt.state is not State.ACCEPTED:
        return Tone.BAD
    if attempt.live is None or attempt.live.phase == CallPhase.FOLLOWING or was_connected(attempt.live):
        return Tone.GOOD
    return Tone.QUIET if attempt.live.phase == CallPhase.ENDED else Tone.BUSY


def length_of(attempt: Attempt) -> str:
    """How long both were connected, or ""."""
    return duration(attempt.live.talked_ms) if attempt.live is not None and attempt.live.talked_ms is not None else ""


def said_words(word: UserWord | None) -> str:
    """The user's word as it stands beside the verdict."""
    if word is UserWord.RANG:
        return QCoreApplication.translate("Calls", "You said: it rang")
    if word is UserWord.DID_NOT_RING:
        return QCoreApplication.translate("Calls", "You said: it did not ring")
    if word is UserWord.DONT_KNOW:
        return QCoreApplication.translate("Calls", "You said: don’t know")
    return ""
