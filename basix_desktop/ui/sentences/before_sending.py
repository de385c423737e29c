"""Calls that this program held back or stopped before anything was sent."""

from __future__ import annotations

from basix_desktop.ui.sentences.sentence import Sentence

BEFORE_SENDING: dict[str, Sentence] = {
    "confirmation_required": Sentence(
        "not confirmed",
        "Please look again before calling",
        "This call needs a second look, so it was not placed.",
        "Confirm it to place the call.",
        "未確認",
        "発信前にもう一度確認してください",
        "確認が必要な発信のため、まだ発信していません。",
        "内容を確認してから発信してください。",
    ),
    "call_in_progress": Sentence(
        "another call in progress",
        "Another call is being placed",
        "A call of this PBX account is being placed just now, so this one was not.",
        "Wait a moment and call again.",
        "他の発信の処理中",
        "ほかの発信を処理しています",
        "同じPBXアカウントの発信を処理しているため、この発信は行いませんでした。",
        "少し待ってからもう一度発信してください。",
    ),
    "cancelled": Sentence(
        "cancelled",
        "Not placed: you cancelled",
        "The call was cancelled before anything was sent to the PBX.",
        "",
        "取り消し",
        "発信していません：取り消しました",
        "PBXに送る前に取り消しました。",
        "",
    ),
    "too_old": Sentence(
        "too late to send",
        "Not placed: it took too long",
        "This computer was asleep or busy, and the call was too old to be sent.",
        "Call again if it is still wanted.",
        "時間切れ",
        "発信していません：時間がたちすぎました",
        "パソコンのスリープなどで時間がたったため、送らずに中止しました。",
        "必要であれば、もう一度発信してください。",
    ),
    "stopped_before_sending": Sentence(
        "stopped before sending",
        "Not placed: the program stopped",
        "The program ended before anything was sent to the PBX.",
        "Call again if it is still wanted.",
        "送信前に終了",
        "発信していません：プログラムが終了しました",
        "PBXに送る前にプログラムが終了しました。",
        "必要であれば、もう一度発信してください。",
    ),
}
