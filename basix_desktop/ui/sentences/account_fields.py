"""The fields of an account in Settings and at the first start."""

from __future__ import annotations

from basix_desktop.ui.sentences.sentence import Sentence, refused_input

ACCOUNT_FIELDS: dict[str, Sentence] = {
    "account_name_invalid": refused_input(
        "This cannot be an account's name: it is empty, too long, or holds characters that cannot be seen.",
        "Type a name of up to 64 characters.",
        "アカウント名として使えません（空欄・長すぎる・表示できない文字を含む）。",
        "64文字までの名前を付けてください。",
    ),
    "account_name_missing": refused_input(
        "The account needs a short name.",
        "Type a name of up to 64 characters.",
        "アカウント名を入力してください。",
        "64文字までの名前を付けてください。",
    ),
    "account_name_too_long": refused_input(
        "This name is longer than 64 characters.",
        "Shorten it.",
        "アカウント名が64文字を超えています。",
        "短くしてください。",
    ),
    "account_name_taken": refused_input(
        "Another account has this name already.",
        "Choose another name.",
        "同じ名前のアカウントがあります。",
        "別の名前にしてください。",
    ),
    "domain_invalid": refused_input(
        "The domain of a PBX is needed here, such as example.com.",
        "Type it as your administrator gave it.",
        "PBXのドメインが必要です（例：example.com）。",
        "管理者から知らされたとおりに入力してください。",
    ),
    "server_invalid": refused_input(
        "The server's address must begin with https:// and hold no user name, question mark or #.",
        "Type it as your administrator gave it, or leave the field empty for the usual server.",
        "サーバーのアドレスは https:// で始まり、ユーザー名や ? # を含まない必要があります。",
        "管理者から知らされたとおりに入力するか、空欄にしてください。",
    ),
    "token_invalid": refused_input(
        "This cannot be an API token: it is empty, too long, or holds spaces or line breaks.",
        "Copy the token again from the PBX's administration pages.",
        "APIトークンとして使えません（空欄・長すぎる・空白や改行を含む）。",
        "PBXの管理画面からもう一度コピーしてください。",
    ),
    "token_for_other_server": refused_input(
        "The stored API token belongs to the former server, and is not sent to another one.",
        "Enter the token for this server.",
        "保存済みのAPIトークンは変更前のサーバー用のため、別のサーバーには送りません。",
        "このサーバー用のトークンを入力してください。",
    ),
    "region_invalid": refused_input(
        "This is not a country code.",
        "Choose a country from the list.",
        "国コードとして使えません。",
        "一覧から国を選んでください。",
    ),
    "proxy_invalid": refused_input(
        "The address of an HTTP proxy is needed here.",
        "Type it like http://proxy.example.com:8080.",
        "HTTPプロキシのアドレスが必要です。",
        "http://proxy.example.com:8080 のように入力してください。",
    ),
    "listener_address_invalid": refused_input(
        "This is not an address of this computer, such as 127.0.0.1.",
        "Type 127.0.0.1 if a web server passes the results on, or 0.0.0.0 for every network.",
        "127.0.0.1 のような、このパソコンのIPアドレスではありません。",
        "Webサーバーが結果を中継する場合は 127.0.0.1、すべてのネットワークで受ける場合は 0.0.0.0 と入力してください。",
    ),
    "listener_port_invalid": refused_input(
        "The port must be a whole number from 1 to 65535.",
        "Type a number such as 8790.",
        "ポートは1から65535までの整数です。",
        "8790 のように入力してください。",
    ),
    "listener_url_invalid": refused_input(
        "An http or https address is needed here, to which a call’s own path can be added.",
        "Type the address at which the PBX reaches this computer, without ? and #.",
        "通話ごとのパスを付けられる http または https のアドレスが必要です。",
        "PBXからこのパソコンに届くアドレスを、? と # を付けずに入力してください。",
    ),
    "feed_user_invalid": refused_input(
        "This cannot be the name of a user on the PBX: it is too long or holds invisible characters.",
        "Type the name as the PBX has it, such as helen, or leave the field empty.",
        "PBXのユーザー名として使えません（長すぎるか、見えない文字を含む）。",
        "helen のようにPBXに登録された名前を入力するか、空欄にしてください。",
    ),
}
