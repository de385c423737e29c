"""What the command line says beyond the sentences of ``ui.explain``, in English and Japanese."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final

from basix_desktop.domain.calls import Attempt, CallRequest, Outcome, State
from basix_desktop.domain.concerns import Concern, ConcernKind
from basix_desktop.domain.countries import country_name
from basix_desktop.domain.errors import BasixError, ConfirmationRequired, Failure, InputRefused, NumberAmbiguous
from basix_desktop.ui.explain import explain, plain, run_on

WORDS: Final[dict[str, tuple[str, str]]] = {
    "placed": ("Placed: {call}. Leg {uuids}.", "発信しました：{call}（レッグ UUID {uuids}）。"),
    "not_placed": ("Not placed: {call}.", "発信していません：{call}。"),
    "refused": ("Not placed. {reason}", "発信していません。{reason}"),
    "unknown": ("The call may have been placed: {call}.", "発信された可能性があります：{call}。"),
    "leg_seen": (
        "Attention: the PBX named a leg that an earlier call had already.",
        "注意：PBXが返したレッグ UUID は、以前の通話と同じものです。",
    ),
    "confirm": ("Reason: {reasons}. Add --yes to place it.", "理由：{reasons}。発信するには --yes を付けてください。"),
    "which": ("Which one: {numbers}?", "どの番号ですか：{numbers}"),
    "field": ("Where: {field}.", "項目：{field}。"),
    "detail": ("Detail: {detail}.", "詳細：{detail}。"),
    "added": ("Account {name} is stored.", "アカウント {name} を保存しました。"),
    "token_in": ("Its token is in {place}.", "トークンは {place} に保存しました。"),
    "token_nowhere": (
        "There is no keyring on this computer, so its token is NOT stored. Give it to each call with --token-stdin.",
        "このパソコンにはキーリングがないため、トークンは保存していません。発信ごとに --token-stdin で渡してください。",
    ),
    "removed": ("Account {name} and its token are forgotten.", "アカウント {name} とそのトークンを削除しました。"),
    "token_prompt": ("API token (not shown): ", "APIトークン（表示されません）："),
    "token_from": (
        "There is no terminal to ask for the token: use --token-stdin.",
        "トークンを尋ねる端末がありません。--token-stdin を使ってください。",
    ),
    "damaged": (
        "The settings file was damaged. It was moved to {detail}.",
        "設定ファイルが壊れていたため、次の場所に移しました：{detail}",
    ),
    "unreadable": ("The settings file {where} cannot be read.", "設定ファイル {where} を読み込めません。"),
    "ignored": ("Not used: {where} {detail}.", "使用しない設定：{where}（{detail}）"),
    "interrupt": ("Interrupted.", "中断しました。"),
}

#: How a refused field is given on the command line, as ``--help`` names it.
ARGUMENTS: Final[dict[str, str]] = {
    "number": "NUMBER",
    "destination": "DESTINATION",
    "name": "NAME",
    "calling_number": "--calling-number",
    "answer_timeout": "--answer-timeout",
    "callback_url": "--callback-url",
    "end_user_id": "--end-user-id",
    "end_user_name": "--end-user-name",
    "end_user_organization": "--end-user-organization",
    "end_user_avatar": "--end-user-avatar",
    "end_user_prefecture": "--end-user-prefecture",
    "server": "--server",
    "domain": "--domain",
    "token": "--token-stdin",
}

CONCERNS: Final[dict[ConcernKind, tuple[str, str]]] = {
    ConcernKind.FOREIGN: ("the number is in another country ({country})", "海外の番号です（{country}）"),
    ConcernKind.DOUBTFUL: ("the numbering plan has no such number", "番号計画にない形の番号です"),
    ConcernKind.PREMIUM: ("a premium-rate or satellite number", "有料情報サービスまたは衛星電話の番号です"),
    ConcernKind.COST: ("calling it may cost extra", "通話料が高くなることがあります"),
    ConcernKind.SERVICE: ("a service number", "電話サービスの番号です"),
    ConcernKind.CALLED_JUST_NOW: ("called {seconds} s ago", "{seconds}秒前に発信したばかりです"),
    ConcernKind.ON_CALL: ("a call to it has not ended yet", "この番号への通話がまだ終わっていません"),
    ConcernKind.MAY_HAVE_BEEN_PLACED: (
        "a call {seconds} s ago may have been placed",
        "{seconds}秒前に発信された可能性があります",
    ),
    ConcernKind.NOT_READY: ("the destination is not ready", "つなぐ相手が今は応答できません"),
    ConcernKind.DIAL_RATE: ("unusually many calls: {count}", "発信がふだんより多くなっています（{count}件）"),
}


def choose_language(asked: str, preferred: str, environ: Mapping[str, str] = os.environ) -> str:
    """ "en" or "ja": the option, then the settings, then the locale."""
    if asked or preferred:
        return asked or preferred
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    return "ja" if locale.lower().startswith("ja") else "en"


def say(key: str, language: str, **parts: str) -> str:
    """One of :data:`WORDS`, filled."""
    return WORDS[key][language == "ja"].format(**parts)


def verdict_line(attempt: Attempt, language: str) -> str:
    """One attempt's outcome with exactly what was sent, or would have been."""
    call = describe(attempt.request)
    if attempt.outcome is Outcome.PLACED:
        return say("placed", language, call=call, uuids=", ".join(attempt.uuids))
    key = "not_placed" if attempt.outcome is Outcome.NOT_PLACED else "unknown"
    failure = attempt.failure or Failure("stopped_while_sending" if attempt.state is State.SENDING else "unexpected")
    return run_on(say(key, language, call=call), explain(failure, language, attempt.retry_after).sentence())


def describe(request: CallRequest) -> str:
    """ "0312341234 -> sales": the number as sent."""
    return f"{request.number} -> {plain(request.destination)}"


def error_line(error: BasixError, language: str) -> str:
    """A failure in words, with what this one adds: which field, which candidates, which reasons."""
    words = [explain(error, language).sentence()]
    if isinstance(error, ConfirmationRequired):
        reasons = ("、" if language == "ja" else "; ").join(concern_words(each, language) for each in error.concerns)
        words = [explain(error, language).text, say("confirm", language, reasons=reasons)]
    elif isinstance(error, NumberAmbiguous):
        numbers = " / ".join(" ".join(filter(None, (plain(label), number))) for label, number in error.candidates)
        words.append(say("which", language, numbers=numbers))
    elif isinstance(error, InputRefused):
        if error.field in ARGUMENTS:
            words.append(say("field", language, field=ARGUMENTS[error.field]))
    elif error.detail:
        words.append(say("detail", language, detail=plain(error.detail)))
    return run_on(*words)


def concern_words(concern: Concern, language: str) -> str:
    """One reason for a second look."""
    return CONCERNS[concern.kind][language == "ja"].format(
        country=country_name(concern.country, language) if concern.country else "-",
        seconds=concern.seconds_ago if concern.seconds_ago is not None else "?",
        count=concern.count,
    )
