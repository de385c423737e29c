"""The proxy between this computer and the PBX."""

from __future__ import annotations

from basix_desktop.ui.sentences.sentence import Sentence

PROXY: dict[str, Sentence] = {
    "proxy_unreachable": Sentence(
        "proxy not reached",
        "Not called: the proxy cannot be reached",
        "The company's proxy did not answer, so nothing was sent to the PBX.",
        "Check the network and the proxy in Settings.",
        "プロキシにつながらない",
        "発信していません：プロキシにつながりません",
        "社内のプロキシが応答しないため、PBXには何も送っていません。",
        "ネットワークと、設定のプロキシを確認してください。",
    ),
    "proxy_refused": Sentence(
        "proxy refused",
        "Not called: the proxy refused",
        "The company's proxy did not let the connection to the PBX through, so nothing was sent.",
        "Ask your administrator to allow the PBX server.",
        "プロキシが拒否",
        "発信していません：プロキシに拒否されました",
        "社内のプロキシがPBXへの接続を許可しなかったため、何も送っていません。",
        "PBXサーバーへの接続を許可するよう、管理者に依頼してください。",
    ),
    "proxy_sign_in": Sentence(
        "proxy wants sign-in",
        "Not called: the proxy asks for a sign-in",
        "The company's proxy wants a (correct) user name and password, so nothing was sent to the PBX.",
        "Enter them in Settings, under the account's proxy.",
        "プロキシの認証が必要",
        "発信していません：プロキシの認証が必要です",
        "社内のプロキシが（正しい）ユーザー名とパスワードを求めています。PBXには何も送っていません。",
        "設定のアカウントのプロキシ欄に入力してください。",
    ),
    "proxy_unusable": Sentence(
        "proxy setting unusable",
        "Not called: the proxy setting cannot be used",
        "The proxy setting of this computer or account is of a kind that cannot be used here.",
        "Set an HTTP proxy for the account in Settings.",
        "プロキシ設定が使えない",
        "発信していません：プロキシの設定を使えません",
        "このパソコンまたはアカウントのプロキシ設定は、使えない種類です。",
        "設定でHTTPプロキシを指定してください。",
    ),
}
