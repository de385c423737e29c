"""Receiving the PBX's results on this computer. Calls are placed all the same."""

from __future__ import annotations

from basix_desktop.ui.sentences.sentence import Sentence

CALLBACKS: dict[str, Sentence] = {
    "callback_port_taken": Sentence(
        "port in use",
        "Results are not received: the port is in use",
        "Another program on this computer, or another copy of this one, is using the port for the PBX’s results. "
        "Calls are placed all the same.",
        "Close the other one, or choose another port in the account’s settings.",
        "ポート使用中",
        "結果を受信できません（ポート使用中）",
        "PBXからの結果を受けるポートを、このパソコンの別のプログラム（または別のウィンドウ）が使っています。"
        "発信には影響ありません。",
        "そのプログラムを終了するか、アカウント設定で別のポートを選んでください。",
    ),
    "callback_port_forbidden": Sentence(
        "port not allowed",
        "Results are not received: the port is not allowed",
        "This computer does not let the program use this port. Calls are placed all the same.",
        "Choose a port above 1023 in the account’s settings.",
        "ポート使用不可",
        "結果を受信できません（ポート使用不可）",
        "このパソコンでは、プログラムがこのポートを使うことが許可されていません。発信には影響ありません。",
        "アカウント設定で1024以上のポートを選んでください。",
    ),
    "callback_address_invalid": Sentence(
        "address unusable",
        "Results are not received: the address cannot be used",
        "The address to listen on in the account’s settings is not an IP address. Calls are placed all the same.",
        "Enter an address such as 127.0.0.1 in the account’s settings.",
        "アドレス使用不可",
        "結果を受信できません（アドレスが不正）",
        "アカウント設定の受信アドレスがIPアドレスではありません。発信には影響ありません。",
        "アカウント設定で 127.0.0.1 のようなアドレスを入力してください。",
    ),
    "callback_address_absent": Sentence(
        "address not here",
        "Results are not received: this computer does not have that address",
        "The address to listen on is not one of this computer’s at the moment. Calls are placed all the same.",
        "Connect the network it belongs to, or change it in the account’s settings.",
        "アドレスなし",
        "結果を受信できません（アドレスなし）",
        "受信アドレスは、現在このパソコンのアドレスではありません。発信には影響ありません。",
        "該当するネットワークに接続するか、アカウント設定で変更してください。",
    ),
    "callback_failed": Sentence(
        "results not received",
        "Results are not received",
        "This computer would not let the program listen for the PBX’s results. Calls are placed all the same.",
        "Try another address or port in the account’s settings.",
        "結果の受信不可",
        "結果を受信できません",
        "このパソコンで、PBXからの結果を受ける準備ができませんでした。発信には影響ありません。",
        "アカウント設定で別のアドレスかポートを試してください。",
    ),
}
