"""After these a call may have been placed."""

from __future__ import annotations

from basix_desktop.ui.sentences.sentence import Sentence

_LOOK_EN = "Check whether it rang before calling again."
_LOOK_JA = "もう一度かける前に、呼び出しがあったか確認してください。"


def _unknown(short_en: str, text_en: str, short_ja: str, text_ja: str) -> Sentence:
    title_en, title_ja = "The call may have been placed", "発信された可能性があります"
    return Sentence(short_en, title_en, text_en, _LOOK_EN, short_ja, title_ja, text_ja, _LOOK_JA)


UNKNOWN: dict[str, Sentence] = {
    "connection_broke": _unknown(
        "connection broke",
        "The connection broke after the request was sent to the PBX.",
        "接続が切断",
        "PBXに要求を送った後で接続が切れました。",
    ),
    "no_answer_in_time": _unknown(
        "no answer from the PBX",
        "The request was sent, but the PBX has not answered in time.",
        "PBXの応答なし",
        "要求を送りましたが、PBXから時間内に応答がありません。",
    ),
    "answer_unusable": _unknown(
        "answer not understood",
        "The PBX answered something that cannot be understood.",
        "応答を解釈できない",
        "PBXの応答を理解できませんでした。",
    ),
    "answer_without_call_id": _unknown(
        "no call id in the answer",
        "The PBX reported success, but without a usable call id.",
        "通話IDなし",
        "PBXは成功と応答しましたが、通話のIDがありませんでした。",
    ),
    "gateway_error": _unknown(
        "server error ({word})",
        "The PBX, or a server on the way to it, reported an error ({word}) after the request was sent.",
        "サーバーエラー（{word}）",
        "要求を送った後、PBXまたは途中のサーバーがエラー（{word}）を返しました。",
    ),
    "redirected": _unknown(
        "server pointed elsewhere",
        "The server pointed to another address instead of answering. It was not followed.",
        "別アドレスを指示",
        "サーバーが応答の代わりに別のアドレスを示しました。そちらには送っていません。",
    ),
    "stopped_while_sending": _unknown(
        "program stopped while sending",
        "The program ended while the request was being sent.",
        "送信中に終了",
        "要求を送っている間にプログラムが終了しました。",
    ),
}
