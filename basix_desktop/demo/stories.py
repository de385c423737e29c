"""What the demo PBX does with a call: the last four digits of the number choose, as with payment test cards."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class Hunt(Enum):
    """How the outside number takes the call: (seconds until that is known, does it answer). Basis of the callback."""

    ANSWERED = (6.0, True)
    DESTINATION_SILENT = (6.5, True)  # the outside number answers, nobody inside does
    BUSY = (2.0, False)
    REFUSED = (4.0, False)
    NO_ANSWER = (float("inf"), False)  # until ``answer_timeout``


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
        "発信: 相手が応答し、接続先につながります。この表にない番号もすべて同じです。",
        hunt=Hunt.ANSWERED,
    ),
    Story("0002", "busy", "Placed: the number is busy.", "発信: 相手は話し中です。", hunt=Hunt.BUSY),
    Story(
        "0003",
        "no_answer",
        "Placed: nobody answers until the ring time is over.",
        "発信: 呼出時間が過ぎても相手が応答しません。",
        hunt=Hunt.NO_ANSWER,
    ),
    Story(
        "0004",
        "refused_by_callee",
        "Placed: the person called refuses the call.",
        "発信: 相手が着信を拒否します。",
        hunt=Hunt.REFUSED,
    ),
    Story(
        "0005",
        "destination_does_not_answer",
        "Placed: the number answers, but nobody does at the destination.",
        "発信: 相手は応答しますが、接続先が応答しません。",
        hunt=Hunt.DESTINATION_SILENT,
    ),
    Story(
        "0008",
        "slow_answer",
        "Placed, but the PBX takes 8 seconds to say so.",
        "発信: ただしPBXの返答に8秒かかります。",
        hunt=Hunt.ANSWERED,
        delay=8.0,
    ),
    Story(
        "0101",
        "channel_limit_reached",
        "Not placed: no free line (channel_limit_reached). So is 090111122222, as in the PBX's documentation.",
        "発信されません: 空き回線がありません (channel_limit_reached)。PBXの説明書にある090111122222も同じです。",
        reply=Plain(500, CHANNEL_LIMIT),
        numbers=("090111122222",),
    ),
    Story(
        "0102",
        "unknown_error",
        "Not placed: an error that is documented nowhere (trunk_under_maintenance), with details.",
        "発信されません: 説明書にないエラー (trunk_under_maintenance) が詳細つきで返ります。",
        reply=Plain(200, MAINTENANCE),
    ),
    Story(
        "0401",
        "authentication_required",
        "Not placed: domain or token refused (authentication_required).",
        "発信されません: ドメインまたはトークンが拒否されます (authentication_required)。",
        reply=Plain(401, AUTHENTICATION_REQUIRED, headers=(("www-authenticate", 'Basic realm="Basix"'),)),
    ),
    Story(
        "0404",
        "not_found",
        "Not placed: no Basix PBX at this address (HTTP 404).",
        "発信されません: このアドレスにBasix PBXがありません (HTTP 404)。",
        reply=Plain(404, PAGE.format("404 Not Found"), "text/html"),
    ),
    Story(
        "0429",
        "too_many_requests",
        "Not placed: too many requests, wait 20 seconds (HTTP 429).",
        "発信されません: 要求が多すぎます。20秒待ってください (HTTP 429)。",
        reply=Plain(429, "Too Many Requests\n", "text/plain", (("retry-after", "20"),)),
    ),
    Story(
        "0444",
        "cut",
        "May have been placed: the connection is cut after the request. The phone does ring.",
        "発信された可能性あり: 要求の直後に接続が切れます。電話は実際に鳴ります。",
        reply=Cut(),
        hunt=Hunt.ANSWERED,
    ),
    Story(
        "0445",
        "cut_halfway",
        "May have been placed: the connection is cut in the middle of the answer. The phone does ring.",
        "発信された可能性あり: 返答の途中で接続が切れます。電話は実際に鳴ります。",
        reply=Cut(halfway=True),
        hunt=Hunt.ANSWERED,
    ),
    Story(
        "0200",
        "garbage",
        "May have been placed: success, but the answer cannot be read.",
        "発信された可能性あり: 成功のようですが、返答を読み取れません。",
        reply=Plain(200, '{"result_code":0,"uuids":["ede7b2\N{REPLACEMENT CHARACTER}'),
    ),
    Story(
        "0204",
        "success_without_uuid",
        "May have been placed: success, but without the call's id.",
        "発信された可能性あり: 成功ですが、通話のIDがありません。",
        reply=Plain(200, '{"result_code":0,"uuids":[]}'),
    ),
    Story(
        "0500",
        "server_error",
        "May have been placed: the server failed (HTTP 500, a web page).",
        "発信された可能性あり: サーバー側で障害が起きます (HTTP 500、Webページ)。",
        reply=Plain(500, PAGE.format("500 Internal Server Error"), "text/html"),
    ),
    Story(
        "0999",
        "never_answers",
        "May have been placed: the PBX never answers. The phone does ring.",
        "発信された可能性あり: PBXから返答がありません。電話は実際に鳴ります。",
        reply=Silence(),
        hunt=Hunt.ANSWERED,
    ),
    Story(
        "0040",
        "late_answer",
        "May have been placed, until the PBX says after 40 seconds that it was.",
        "発信された可能性あり: 40秒後にPBXが発信済みと答えます。",
        hunt=Hunt.ANSWERED,
        delay=40.0,
    ),
    Story(
        "0041",
        "late_refusal",
        "May have been placed, until the PBX says after 40 seconds that it was not (channel_limit_reached).",
        "発信された可能性あり: 40秒後にPBXが発信しなかったと答えます (channel_limit_reached)。",
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
