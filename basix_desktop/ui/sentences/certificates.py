"""The secure connection and the certificate that the server showed."""

from __future__ import annotations

from basix_desktop.ui.sentences.sentence import Sentence

CERTIFICATES: dict[str, Sentence] = {
    "certificate_untrusted": Sentence(
        "certificate not trusted",
        "Not placed: the server's certificate is not trusted",
        "This computer does not trust the certificate that the server showed, so neither token nor number was sent.",
        "Tell your administrator; do not call until it is settled.",
        "証明書を信頼できない",
        "発信していません：サーバーの証明書を信頼できません",
        "サーバーの証明書を信頼できないため、トークンも番号も送っていません。",
        "管理者に連絡し、解決するまで発信を控えてください。",
    ),
    "certificate_wrong_host": Sentence(
        "certificate of another server",
        "Not placed: the certificate belongs to another server",
        "The server that answered is not the one in the settings, so neither token nor number was sent.",
        "Check the server's address; if it is right, tell your administrator.",
        "別サーバーの証明書",
        "発信していません：別のサーバーの証明書です",
        "応答したサーバーが設定と異なるため、トークンも番号も送っていません。",
        "サーバーのアドレスを確認し、正しければ管理者に連絡してください。",
    ),
    "certificate_wrong_host.form": Sentence(
        "certificate of another server",
        "The certificate belongs to another server",
        "The server that answered is not the one entered, so the token was not sent.",
        "Check the server's address above; if it is right, tell your administrator.",
        "別サーバーの証明書",
        "別のサーバーの証明書です",
        "応答したサーバーが入力されたものと異なるため、トークンは送っていません。",
        "上のサーバーのアドレスを確認し、正しければ管理者に連絡してください。",
    ),
    "certificate_expired": Sentence(
        "certificate expired",
        "Not placed: the server's certificate has expired",
        "The server's certificate is out of date, or this computer's clock is wrong.",
        "Check this computer's date and time; if they are right, tell your administrator.",
        "証明書の期限切れ",
        "発信していません：サーバーの証明書が期限切れです",
        "サーバーの証明書の期限が切れているか、このパソコンの時計が合っていません。",
        "日付と時刻を確認し、正しければ管理者に連絡してください。",
    ),
    "certificate_not_yet_valid": Sentence(
        "certificate not yet valid",
        "Not placed: the server's certificate is not yet valid",
        "The server's certificate begins in the future, or this computer's clock is wrong.",
        "Check this computer's date and time; if they are right, tell your administrator.",
        "証明書が有効期間前",
        "発信していません：サーバーの証明書がまだ有効ではありません",
        "サーバーの証明書の有効期間が始まっていないか、このパソコンの時計が合っていません。",
        "日付と時刻を確認し、正しければ管理者に連絡してください。",
    ),
    "tls_failed": Sentence(
        "no secure connection",
        "Not placed: no secure connection",
        "This computer and the server could not agree on a secure connection, so nothing was sent.",
        "Tell your administrator.",
        "安全な接続ができない",
        "発信していません：安全な接続ができません",
        "サーバーと安全な接続を確立できなかったため、何も送っていません。",
        "管理者に連絡してください。",
    ),
}
