"""What the demo PBX does with a call: the last four digits of the number choose, as with payment test cards."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class Inside(Enum):
    """What becomes of a call that the outside number has answered."""

    ANSWERS = "answers"
    SILENT = "silent"
    VOICEMAIL = "voicemail"
    TRANSFERS = "transfers"  # whoever answers hands the call on
    CALLER_GIVES_UP = "caller_gives_up"  # while the destination rings
    FEED_CUT = "feed_cut"  # the live feed is cut for a moment, while people talk
    FEED_LOST = "feed_lost"  # and for so long that it misses the end of the call


@dataclass(frozen=True, slots=True)
class Hunt:
    """How the outside number takes the call: ``seconds`` until that is known, and whether it ``answers``. If it does
    not, ``end`` is who ended the call and why, as the feed says it; else ``inside`` is what follows."""

    seconds: float
    answers: bool = True
    inside: Inside = Inside.ANSWERS
    end: tuple[str, str] | None = None


ANSWERED = Hunt(6.0)
BUSY = Hunt(2.0, answers=False, end=("recv_refuse", "USER_BUSY"))
REFUSED = Hunt(4.0, answers=False, end=("recv_refuse", "CALL_REJECTED"))
NO_ANSWER = Hunt(float("inf"), answers=False)  # until ``answer_timeout``


@dataclass(frozen=True, slots=True)
class Placed:
    """``result_code`` 0 with the leg's UUID."""


@dataclass(frozen=True, slots=True)
class Plain:
    """An HTTP answer as it stands."""

    status: int
    text: str
    content_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Cut:
    """The connection ends without an answer, or in the middle of one."""

    halfway: bool = False


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing, until the client gives up."""


Reply = Placed | Plain | Cut | Silence


@dataclass(frozen=True, slots=True)
class Story:
    """``delay`` is in seconds before the reply, at speed 1. ``hunt`` is None where no call is made."""

    digits: str
    id: str
    english: str
    japanese: str
    reply: Reply = Placed()
    hunt: Hunt | None = None
    delay: float = 0.0
    numbers: tuple[str, ...] = ()  # whole numbers with this story, whatever they end in

    def words(self, language: str) -> str:
        """The sentence for people; any language but "ja" gets English."""
        return self.japanese if language == "ja" else self.english


CHANNEL_LIMIT = '{"result_code":500,"error":{"id":"channel_limit_reached"}}'
AUTHENTICATION_REQUIRED = '{"result_code":401,"error":{"id":"authentication_required"}}'
MAINTENANCE = (
    '{"result_code":503,"error":{"id":"trunk_under_maintenance",'
    '"details":{"trunk":"tokyo-2","message":"回線の保守作業中です (Line maintenance)","until":"06:00"}}}'
)
PAGE = "<!DOCTYPE html><html><head><title>{0}</title></head><body><h1>{0}</h1></body></html>\n"

#: In the order of the table that people read: placed, not placed, may have been placed.
STORIES: tuple[Story, ...] = (
    Story(
        "0001",
        "answered",
        "Placed: answered, and connected to the destination. So is any number not listed here.",
        "発信：お客様が応答し、つなぐ相手につながります。この表にない番号もすべて同じです。",
        hunt=ANSWERED,
    ),
    Story("0002", "busy", "Placed: the number is busy.", "発信：お客様の電話は話し中です。", hunt=BUSY),
    Story(
        "0003",
        "no_answer",
        "Placed: nobody answers until the ring time is over.",
        "発信：呼び出し時間が過ぎても、お客様が応答しません。",
        hunt=NO_ANSWER,
    ),
    Story(
        "0004",
        "refused_by_callee",
        "Placed: the person called refuses the call.",
        "発信：お客様が着信を拒否します。",
        hunt=REFUSED,
    ),
    Story(
        "0005",
        "destination_does_not_answer",
        "Placed: the number answers, but nobody does at the destination.",
        "発信：お客様は応答しますが、つなぐ相手が応答しません。",
        hunt=Hunt(6.5, inside=Inside.SILENT),
    ),
    Story(
        "0006",
        "voicemail",
        "Placed: nobody answers at the destination, and voicemail takes the call.",
        "発信：つなぐ相手が応答せず、留守番電話につながります。",
        hunt=Hunt(6.0, inside=Inside.VOICEMAIL),
    ),
    Story(
        "0007",
        "transferred",
        "Placed: whoever answers at the destination transfers the call to a colleague.",
        "発信：つなぐ相手が応答し、通話を同僚に転送します。",
        hunt=Hunt(6.0, inside=Inside.TRANSFERS),
    ),
    Story(
        "0008",
        "slow_answer",
        "Placed, but the PBX takes 8 seconds to say so.",
        "発信：ただし、PBXの応答に8秒かかります。",
        hunt=ANSWERED,
        delay=8.0,
    ),
    Story(
        "0009",
        "caller_gives_up",
        "Placed: the number answers, but hangs up while the destination rings.",
        "発信：お客様は応答しますが、つなぐ相手を呼び出している間に電話を切ります。",
        hunt=Hunt(5.0, inside=Inside.CALLER_GIVES_UP),
    ),
    Story(
        "0010",
        "feed_cut",
        "Placed: the live view is cut during the call, and comes back.",
        "発信：通話中にライブ接続がいったん切れ、その後戻ります。",
        hunt=Hunt(5.0, inside=Inside.FEED_CUT),
    ),
    Story(
        "0011",
        "event_before_answer",
        "Placed: the phone rings for 3 seconds before the PBX says so.",
        "発信：電話が3秒鳴ってから、PBXが応答します。",
        hunt=ANSWERED,
        delay=3.0,
    ),
    Story(
        "0012",
        "feed_lost",
        "Placed: the live view is cut for 15 seconds, and the call ends meanwhile.",
        "発信：ライブ接続が15秒切れ、その間に通話が終わります。",
        hunt=Hunt(5.0, inside=Inside.FEED_LOST),
    ),
    Story(
        "0101",
        "channel_limit_reached",
        "Not placed: no free line (channel_limit_reached). So is 090111122222, as in the PBX's documentation.",
        "発信せず：空き回線がありません（channel_limit_reached）。PBXの説明書にある 090111122222 も同じです。",
        reply=Plain(500, CHANNEL_LIMIT),
        numbers=("090111122222",),
    ),
    Story(
        "0102",
        "unknown_error",
        "Not placed: an error that is documented nowhere (trunk_under_maintenance), with details.",
        "発信せず：説明書にないエラー（trunk_under_maintenance）が詳細付きで返ります。",
        reply=Plain(200, MAINTENANCE),
    ),
    Story(
        "0401",
        "authentication_required",
        "Not placed: domain or token refused (authentication_required).",
        "発信せず：ドメインまたはトークンが拒否されます（authentication_required）。",
        reply=Plain(401, AUTHENTICATION_REQUIRED, headers=(("www-authenticate", 'Basic realm="Basix"'),)),
    ),
    Story(
        "0404",
        "not_found",
        "Not placed: no Basix PBX at this address (HTTP 404).",
        "発信せず：このアドレスにBasix PBXがありません（HTTP 404）。",
        reply=Plain(404, PAGE.format("404 Not Found"), "text/html"),
    ),
    Story(
        "0429",
        "too_many_requests",
        "Not placed: too many requests, wait 20 seconds (HTTP 429).",
        "発信せず：要求が多すぎます。20秒待つ必要があります（HTTP 429）。",
        reply=Plain(429, "Too Many Requests\n", "text/plain", (("retry-after", "20"),)),
    ),
    Story(
        "0444",
        "cut",
        "May have been placed: the connection is cut after the request. The phone does ring.",
        "発信された可能性：要求の直後に接続が切れます。電話は実際に鳴ります。",
        reply=Cut(),
        hunt=ANSWERED,
    ),
    Story(
        "0445",
        "cut_halfway",
        "May have been placed: the connection is cut in the middle of the answer. The phone does ring.",
        "発信された可能性：応答の途中で接続が切れます。電話は実際に鳴ります。",
        reply=Cut(halfway=True),
        hunt=ANSWERED,
    ),
    Story(
        "0200",
        "garbage",
        "May have been placed: success, but the answer cannot be read. The phone does ring.",
        "発信された可能性：成功のようですが、応答を読み取れません。電話は実際に鳴ります。",
        reply=Plain(200, '{"result_code":0,"uuids":["ede7b2\N{REPLACEMENT CHARACTER}'),
        hunt=ANSWERED,
    ),
    Story(
        "0204",
        "success_without_uuid",
        "May have been placed: success, but without the call's id. The phone does ring.",
        "発信された可能性：成功ですが、通話のIDがありません。電話は実際に鳴ります。",
        reply=Plain(200, '{"result_code":0,"uuids":[]}'),
        hunt=ANSWERED,
    ),
    Story(
        "0500",
        "server_error",
        "May have been placed: the server failed (HTTP 500, a web page). No phone rings.",
        "発信された可能性：サーバーでエラーが起きます（HTTP 500、Webページ）。電話は鳴りません。",
        reply=Plain(500, PAGE.format("500 Internal Server Error"), "text/html"),
    ),
    Story(
        "0999",
        "never_answers",
        "May have been placed: the PBX never answers. The phone does ring.",
        "発信された可能性：PBXから応答がありません。電話は実際に鳴ります。",
        reply=Silence(),
        hunt=ANSWERED,
    ),
    Story(
        "0040",
        "late_answer",
        "May have been placed, until the PBX says after 40 seconds that it was.",
        "発信された可能性：40秒後に、発信したとPBXが応答します。",
        hunt=ANSWERED,
        delay=40.0,
    ),
    Story(
        "0041",
        "late_refusal",
        "May have been placed, until the PBX says after 40 seconds that it was not (channel_limit_reached).",
        "発信された可能性：40秒後に、発信しなかったとPBXが応答します（channel_limit_reached）。",
        reply=Plain(500, CHANNEL_LIMIT),
        delay=40.0,
    ),
)

_BY_NUMBER = {number: story for story in STORIES for number in story.numbers}
_BY_DIGITS = {story.digits: story for story in STORIES}
_COUNTRY = re.compile(r"^(\+|010)81")


def story_for(number: str) -> Story:
    """The story of a called number, written nationally or with a country code."""
    national = _COUNTRY.sub("0", number)
    return _BY_NUMBER.get(national) or _BY_DIGITS.get(national[-4:], STORIES[0])
