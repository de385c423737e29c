"""The other fields of a call: destination, caller, options, and what all addresses have in common."""

from __future__ import annotations

from basix_desktop.ui.sentences.sentence import Sentence, refused_input

CALL_FIELDS: dict[str, Sentence] = {
    "destination_missing": refused_input(
        "Nobody has been chosen to connect the call to.",
        "Choose a favourite, or type a name, group or extension.",
        "つなぐ相手が選ばれていません。",
        "お気に入りを選ぶか、名前・グループ・内線番号を入力してください。",
    ),
    "destination_is_external": refused_input(
        "This is an outside number. The PBX connects calls only to people, groups and extensions inside the company.",
        "Type a name, group or extension.",
        "これは外線番号です。PBXがつなげるのは社内のユーザー・グループ・内線だけです。",
        "名前・グループ・内線番号を入力してください。",
    ),
    "destination_invalid": refused_input(
        "This cannot be the name of anybody in the PBX.",
        "Type a name, group or extension.",
        "PBXの宛先として使えない文字が含まれているか、長すぎます。",
        "名前・グループ・内線番号を入力してください。",
    ),
    "calling_number_invalid": refused_input(
        "The number to be shown may hold digits only.",
        "Type it like 05068601111, or leave the field empty.",
        "通知する番号に使えるのは数字だけです。",
        "05068601111 のように入力するか、空欄にしてください。",
    ),
    "calling_number_too_long": refused_input(
        "The number to be shown has more than 20 digits.",
        "Type it like 05068601111, or leave the field empty.",
        "通知する番号が20桁を超えています。",
        "05068601111 のように入力するか、空欄にしてください。",
    ),
    "answer_timeout_invalid": refused_input(
        "The ring time must be a whole number of seconds, at least 1.",
        "Type a number such as 180.",
        "呼び出し時間は1以上の整数（秒）です。",
        "180 のように入力してください。",
    ),
    "callback_url_invalid": refused_input(
        "This is not an http or https address.",
        "Type the whole address, or leave the field empty.",
        "http または https のアドレスではありません。",
        "アドレス全体を入力するか、空欄にしてください。",
    ),
    "avatar_url_invalid": refused_input(
        "This is not the address of a picture.",
        "Type the whole address, or leave the field empty.",
        "画像のアドレスとして使えません。",
        "アドレス全体を入力するか、空欄にしてください。",
    ),
    "url_has_sign_in": refused_input(
        "The address holds a user name or a password, and whoever sees the request would see them too.",
        "Take out everything before the @ up to the //.",
        "アドレスにユーザー名またはパスワードが含まれています。要求を見た人に知られてしまいます。",
        "// と @ の間（@ も含む）を取り除いてください。",
    ),
    "url_too_long": refused_input(
        "This address is too long to be sent.",
        "Use a shorter one.",
        "アドレスが長すぎるため送れません。",
        "短いアドレスにしてください。",
    ),
    "end_user_invalid": refused_input(
        "This text is too long or holds control characters.",
        "Shorten it or type it by hand.",
        "長すぎるか、制御文字が含まれています。",
        "短くするか、手入力し直してください。",
    ),
}
