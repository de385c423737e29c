"""The live feed, and what was asked of a live call."""

from __future__ import annotations

from basix_desktop.ui.sentences.sentence import Sentence

LIVE: dict[str, Sentence] = {
    "feed_not_live": Sentence(
        "no live connection",
        "No live connection to the PBX",
        "The live connection to the PBX is down, so the call cannot be hung up or transferred from here.",
        "Use a telephone, or wait until the connection is back.",
        "ライブ接続なし",
        "PBXとのライブ接続がありません",
        "PBXとのライブ接続が切れているため、ここから切断や転送はできません。",
        "電話機で操作するか、接続が戻るまでお待ちください。",
    ),
    "call_not_shown": Sentence(
        "not shown by the PBX",
        "The PBX has not shown this call",
        "The live connection to the PBX has not shown this call, so it cannot be hung up or transferred from here.",
        "Try again in a moment, or use a telephone.",
        "PBXの情報なし",
        "この通話の情報がPBXから届いていません",
        "PBXとのライブ接続でこの通話の情報が届いていないため、ここから切断や転送はできません。",
        "少し待ってもう一度試すか、電話機で操作してください。",
    ),
    "not_answered_yet": Sentence(
        "not answered yet",
        "Nobody has answered yet",
        "The number called has not answered yet, so there is nobody to transfer.",
        "Wait for the answer, or hang up.",
        "まだ応答なし",
        "まだ応答がありません",
        "相手がまだ応答していないため、転送できません。",
        "応答を待つか、切断してください。",
    ),
    "command_unanswered": Sentence(
        "PBX did not react",
        "The PBX did not react",
        "The PBX was asked, but nothing has happened to the call within some seconds.",
        "Try again, or use a telephone.",
        "PBXの反応なし",
        "PBXが反応しません",
        "PBXに依頼しましたが、数秒たっても通話に変化がありません。",
        "もう一度試すか、電話機で操作してください。",
    ),
}
