"""What each FreeSWITCH hang-up cause means, for ``ui.hangup_words``. No Qt.

All of ``switch_call_cause_t`` (FreeSWITCH 1.10). Causes that are the same to whoever made the call share their words;
the PBX's own word stands behind what only an administrator can act on.
"""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """``{who}`` is whoever was being called when it ended, ``{word}`` the PBX's word. ``short`` fits a log row."""

    short_en: str
    text_en: str
    short_ja: str
    text_ja: str


NO_ANSWER = Words("Nobody answered", "{who} did not answer", "応答なし", "{who} が応答しませんでした")
TIMED_OUT = Words(
    "Nobody answered", "Nobody answered within the ring time", "応答なし", "呼び出し時間内に応答がありませんでした"
)
BUSY = Words("Busy", "{who} is busy", "話し中", "{who} は話し中です")
REFUSED = Words("Call rejected", "{who} rejected the call", "着信拒否", "{who} が着信を拒否しました")
UNREACHABLE = Words(
    "Not reachable",
    "{who} cannot be reached: switched off, out of range or not connected",
    "圏外・電源オフ",
    "{who} につながりません（電源オフ、圏外、または未接続）",
)
NO_SUCH_NUMBER = Words(
    "Number not in use", "This number is not in use", "使われていない番号", "この番号は現在使われていません"
)
BAD_NUMBER = Words(
    "Number not accepted",
    "The telephone network does not accept this number",
    "番号が不正",
    "電話網がこの番号を受け付けませんでした",
)
NO_ROUTE = Words(
    "No way to this number",
    "There is no way to reach this number from the PBX",
    "経路なし",
    "PBXからこの番号への経路がありません",
)
CHANGED = Words("Number changed", "This number has changed", "番号変更", "この番号は変更されています")
CONGESTED = Words(
    "Lines busy",
    "All lines are busy at the moment; try again later",
    "回線混雑",
    "回線が混み合っています。しばらくしてからおかけ直しください",
)
NETWORK = Words(
    "Network fault",
    "The telephone network had a fault; try again later ({word})",
    "電話網の障害",
    "電話網に障害が発生しました。しばらくしてからおかけ直しください（{word}）",
)
BARRED = Words(
    "Not allowed",
    "This line may not make or take such calls ({word})",
    "発着信規制",
    "この回線ではこの発着信が許可されていません（{word}）",
)
NOT_OFFERED = Words(
    "Not supported",
    "The other side does not support this kind of call ({word})",
    "非対応",
    "相手側がこの種類の通話に対応していません（{word}）",
)
PROTOCOL = Words(
    "Network fault",
    "The PBX and the telephone network did not understand each other ({word})",
    "電話網との通信エラー",
    "PBXと電話網の間の通信に問題がありました（{word}）",
)
SETTINGS = Words(
    "PBX not set up for this",
    "The PBX is not set up for this call; tell its administrator ({word})",
    "PBXの設定不備",
    "PBXの設定に問題があります。管理者にお知らせください（{word}）",
)
IDENTITY = Words(
    "Caller ID not accepted",
    "The telephone network did not accept the number shown ({word})",
    "通知する番号が不可",
    "通知する番号が電話網で受け付けられませんでした（{word}）",
)
TAKEN = Words("Taken elsewhere", "Another telephone took the call", "ほかで応答", "別の電話機で応答しました")
TOO_LONG = Words(
    "Longest time reached",
    "The call had reached the longest time that the PBX allows",
    "通話時間の上限",
    "PBXで許可されている通話時間の上限に達しました",
)
NO_SOUND = Words("Sound was lost", "The sound connection was lost", "音声切断", "音声の接続が失われました")
STOPPED = Words("PBX stopped", "The PBX stopped or restarted", "PBX停止", "PBXが停止または再起動しました")
PRE_EMPTED = Words(
    "Line taken away",
    "The line was needed for a more important call",
    "優先通話",
    "より優先される通話のため切断されました",
)
HANDED_ON = Words("Transferred", "The call was transferred", "転送済み", "通話は転送されました")
WENT_ON = Words("Handed over", "The call went on without the PBX", "引き継ぎ", "通話はPBXの外に引き継がれました")
STATUS = Words("Ended", "The PBX ended the call ({word})", "終了", "PBXが通話を終了しました（{word}）")
UNWANTED = Words(
    "Call rejected", "{who} takes no calls from this number", "着信拒否", "{who} がこの番号からの着信を拒否しています"
)

#: Causes that say only that it is over: who ended it, and how far it had come, tell more.
PLAIN = frozenset(
    {"", "NONE", "NORMAL_CLEARING", "NORMAL_UNSPECIFIED", "SUCCESS", "ORIGINATOR_CANCEL", "MANAGER_REQUEST"}
)

#: What says it all by itself when a connected call ends with it.
TELLING = (HANDED_ON, WENT_ON, STOPPED, NO_SOUND, PRE_EMPTED, TOO_LONG)
#: What is said of ringing. After the connection it tells of some other leg, and nothing of this one's end.
OF_RINGING = (NO_ANSWER, TIMED_OUT, BUSY, REFUSED, UNWANTED, UNREACHABLE, NO_SUCH_NUMBER, CHANGED, TAKEN)

#: What means something else once there was a connection (the vendor's README: "terminated due to max_call_duration").
AFTER_CONNECTION: dict[str, Words] = {"ALLOTTED_TIMEOUT": TOO_LONG}

CAUSES: dict[str, Words] = {
    "UNALLOCATED_NUMBER": NO_SUCH_NUMBER,
    "NO_ROUTE_TRANSIT_NET": NO_ROUTE,
    "NO_ROUTE_DESTINATION": NO_ROUTE,
    "CHANNEL_UNACCEPTABLE": NETWORK,
    "CALL_AWARDED_DELIVERED": TAKEN,
    "USER_BUSY": BUSY,
    "NO_USER_RESPONSE": UNREACHABLE,
    "NO_ANSWER": NO_ANSWER,
    "SUBSCRIBER_ABSENT": UNREACHABLE,
    "CALL_REJECTED": REFUSED,
    "NUMBER_CHANGED": CHANGED,
    "REDIRECTION_TO_NEW_DESTINATION": HANDED_ON,
    "EXCHANGE_ROUTING_ERROR": NETWORK,
    "DESTINATION_OUT_OF_ORDER": UNREACHABLE,
    "INVALID_NUMBER_FORMAT": BAD_NUMBER,
    "FACILITY_REJECTED": NOT_OFFERED,
    "RESPONSE_TO_STATUS_ENQUIRY": STATUS,
    "NORMAL_CIRCUIT_CONGESTION": CONGESTED,
    "NETWORK_OUT_OF_ORDER": NETWORK,
    "NORMAL_TEMPORARY_FAILURE": NETWORK,
    "SWITCH_CONGESTION": CONGESTED,
    "ACCESS_INFO_DISCARDED": NETWORK,
    "REQUESTED_CHAN_UNAVAIL": CONGESTED,
    "PRE_EMPTED": PRE_EMPTED,
    "FACILITY_NOT_SUBSCRIBED": BARRED,
    "OUTGOING_CALL_BARRED": BARRED,
    "INCOMING_CALL_BARRED": BARRED,
    "BEARERCAPABILITY_NOTAUTH": BARRED,
    "BEARERCAPABILITY_NOTAVAIL": NOT_OFFERED,
    "SERVICE_UNAVAILABLE": NETWORK,
    "BEARERCAPABILITY_NOTIMPL": NOT_OFFERED,
    "CHAN_NOT_IMPLEMENTED": NOT_OFFERED,
    "FACILITY_NOT_IMPLEMENTED": NOT_OFFERED,
    "SERVICE_NOT_IMPLEMENTED": NOT_OFFERED,
    "INVALID_CALL_REFERENCE": PROTOCOL,
    "INCOMPATIBLE_DESTINATION": NOT_OFFERED,
    "INVALID_MSG_UNSPECIFIED": PROTOCOL,
    "MANDATORY_IE_MISSING": PROTOCOL,
    "MESSAGE_TYPE_NONEXIST": PROTOCOL,
    "WRONG_MESSAGE": PROTOCOL,
    "IE_NONEXIST": PROTOCOL,
    "INVALID_IE_CONTENTS": PROTOCOL,
    "WRONG_CALL_STATE": PROTOCOL,
    "RECOVERY_ON_TIMER_EXPIRE": UNREACHABLE,
    "MANDATORY_IE_LENGTH_ERROR": PROTOCOL,
    "PROTOCOL_ERROR": PROTOCOL,
    "INTERWORKING": NETWORK,
    "CRASH": STOPPED,
    "SYSTEM_SHUTDOWN": STOPPED,
    "LOSE_RACE": TAKEN,
    "BLIND_TRANSFER": HANDED_ON,
    "ATTENDED_TRANSFER": HANDED_ON,
    "ALLOTTED_TIMEOUT": TIMED_OUT,
    "USER_CHALLENGE": SETTINGS,
    "MEDIA_TIMEOUT": NO_SOUND,
    "PICKED_OFF": TAKEN,
    "USER_NOT_REGISTERED": UNREACHABLE,
    "PROGRESS_TIMEOUT": TIMED_OUT,
    "INVALID_GATEWAY": SETTINGS,
    "GATEWAY_DOWN": NETWORK,
    "INVALID_URL": SETTINGS,
    "INVALID_PROFILE": SETTINGS,
    "NO_PICKUP": NO_ANSWER,
    "SRTP_READ_ERROR": NO_SOUND,
    "BOWOUT": WENT_ON,
    "BUSY_EVERYWHERE": BUSY,
    "DECLINE": REFUSED,
    "DOES_NOT_EXIST_ANYWHERE": NO_SUCH_NUMBER,
    "NOT_ACCEPTABLE": NOT_OFFERED,
    "UNWANTED": UNWANTED,
    "NO_IDENTITY": IDENTITY,
    "BAD_IDENTITY_INFO": IDENTITY,
    "UNSUPPORTED_CERTIFICATE": IDENTITY,
    "INVALID_IDENTITY": IDENTITY,
    "STALE_DATE": IDENTITY,
    "REJECT_ALL": REFUSED,
}
