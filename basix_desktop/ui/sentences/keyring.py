"""The API token in this computer's keyring."""

from __future__ import annotations

from basix_desktop.ui.sentences.sentence import Sentence

KEYRING: dict[str, Sentence] = {
    "token_missing": Sentence(
        "no API token",
        "Not placed: no API token",
        "No API token is stored for this account on this computer.",
        "Enter the token in Settings, under Accounts.",
        "APIトークンなし",
        "発信していません：APIトークンがありません",
        "このアカウントのAPIトークンがこのパソコンに保存されていません。",
        "設定の「アカウント」でトークンを入力してください。",
    ),
    "token_missing.form": Sentence(
        "no API token",
        "No API token",
        "No API token is stored for this account on this computer.",
        "Enter the token above.",
        "APIトークンなし",
        "APIトークンがありません",
        "このアカウントのAPIトークンがこのパソコンに保存されていません。",
        "上の欄にトークンを入力してください。",
    ),
    "keyring_locked": Sentence(
        "keyring locked",
        "Not placed: the keyring is locked",
        "The API token is in this computer's keyring, and the keyring is locked.",
        "Unlock the keyring, then try again.",
        "キーリングがロック中",
        "発信していません：キーリングがロックされています",
        "APIトークンはこのパソコンのキーリングにありますが、ロックされています。",
        "キーリングのロックを解除して、もう一度お試しください。",
    ),
    "keyring_absent": Sentence(
        "no keyring",
        "This computer has no keyring",
        "There is no safe place on this computer to keep the API token. It is kept only until the program ends.",
        "Enter the token again after each start, or install a keyring such as GNOME Keyring.",
        "キーリングなし",
        "このパソコンにはキーリングがありません",
        "APIトークンを安全に保存する場所がないため、トークンは終了時に消えます。",
        "起動のたびにトークンを入力するか、GNOMEキーリングなどを用意してください。",
    ),
    "keyring_timeout": Sentence(
        "keyring did not answer",
        "Not placed: the keyring does not answer",
        "This computer's keyring has not answered for 15 seconds. A window asking for its password may be waiting.",
        "Answer that window, then try again.",
        "キーリング応答なし",
        "発信していません：キーリングが応答しません",
        "このパソコンのキーリングが15秒間応答していません。パスワード入力の画面が待っている可能性があります。",
        "その画面に入力してから、もう一度お試しください。",
    ),
    "keyring_failed": Sentence(
        "keyring failed",
        "The keyring failed",
        "This computer's keyring reported an error, so the API token could not be read or stored.",
        "Enter the token again in Settings, under Accounts.",
        "キーリングのエラー",
        "キーリングでエラーが起きました",
        "このパソコンのキーリングがエラーになり、APIトークンを読み書きできませんでした。",
        "設定の「アカウント」でトークンを入力し直してください。",
    ),
    "keyring_failed.form": Sentence(
        "keyring failed",
        "The keyring failed",
        "This computer's keyring reported an error, so the API token could not be read or stored.",
        "Enter the token again above.",
        "キーリングのエラー",
        "キーリングでエラーが起きました",
        "このパソコンのキーリングがエラーになり、APIトークンを読み書きできませんでした。",
        "上の欄にトークンを入力し直してください。",
    ),
}
