"""The network between this computer and the PBX, before anything was sent."""

from __future__ import annotations

from basix_desktop.ui.sentences.sentence import Sentence

NETWORK: dict[str, Sentence] = {
    "address_not_found": Sentence(
        "server not found",
        "Not placed: the server was not found",
        "The network could not find the PBX server's address.",
        "Check the network connection and the server's name.",
        "サーバーが見つからない",
        "発信していません：サーバーが見つかりません",
        "ネットワークでPBXサーバーのアドレスが見つかりませんでした。",
        "ネットワーク接続とサーバー名を確認してください。",
    ),
    "connection_refused": Sentence(
        "server refused connection",
        "Not placed: the server refused the connection",
        "The PBX server's computer answered, but takes no connections at this address.",
        "Check the server's address; if it is right, tell your administrator.",
        "サーバーが接続拒否",
        "発信していません：サーバーに接続を拒否されました",
        "PBXサーバーには届きましたが、このアドレスでは接続を受け付けていません。",
        "サーバーのアドレスを確認し、正しければ管理者に連絡してください。",
    ),
    "network_unreachable": Sentence(
        "no network",
        "Not placed: no network",
        "This computer has no network connection that leads to the PBX server.",
        "Check the cable or Wi-Fi.",
        "ネットワークなし",
        "発信していません：ネットワークにつながっていません",
        "このパソコンから、PBXサーバーに届くネットワークにつながっていません。",
        "LANケーブルまたはWi-Fiを確認してください。",
    ),
    "connect_timeout": Sentence(
        "server not reached in time",
        "Not placed: the server did not answer in time",
        "No connection to the PBX server came about in time, so nothing was sent.",
        "Check the network, then try again.",
        "接続の時間切れ",
        "発信していません：サーバーにつながりませんでした",
        "PBXサーバーに時間内に接続できなかったため、何も送っていません。",
        "ネットワークを確認して、もう一度お試しください。",
    ),
    "connection_lost_early": Sentence(
        "connection lost before sending",
        "Not placed: the connection broke",
        "The connection to the PBX server broke before anything was sent.",
        "Try again.",
        "送信前に切断",
        "発信していません：接続が切れました",
        "PBXサーバーへ送る前に接続が切れました。",
        "もう一度お試しください。",
    ),
    "too_many_files": Sentence(
        "computer out of resources",
        "Not placed: this computer has run out of connections",
        "This computer would not open another connection.",
        "Restart Basix Desktop, then try again.",
        "リソース不足",
        "発信していません：接続を開けませんでした",
        "このパソコンで新しい接続を開けませんでした。",
        "Basix Desktop を再起動して、もう一度お試しください。",
    ),
    "network_failed": Sentence(
        "network failed",
        "Not placed: the network failed",
        "The connection to the PBX server failed before anything was sent.",
        "Check the network, then try again.",
        "ネットワーク障害",
        "発信していません：ネットワークに障害があります",
        "PBXサーバーへ送る前に接続に失敗しました。",
        "ネットワークを確認して、もう一度お試しください。",
    ),
}
