"""Accounts and settings on this computer."""

from __future__ import annotations

from basix_desktop.ui.sentences.sentence import Sentence

ACCOUNTS: dict[str, Sentence] = {
    "account_missing": Sentence(
        "no account",
        "No PBX account yet",
        "No PBX account has been set up on this computer.",
        "Connect an account, or try the demo PBX.",
        "アカウントなし",
        "PBXアカウントがありません",
        "このパソコンにPBXアカウントが設定されていません。",
        "アカウントを接続するか、デモPBXを試してください。",
    ),
    "account_unknown": Sentence(
        "unknown account",
        "No account of that name",
        "There is no account of that name on this computer.",
        "Look at the names in the list of accounts.",
        "不明なアカウント",
        "その名前のアカウントはありません",
        "その名前のアカウントはこのパソコンにありません。",
        "アカウントの一覧で名前を確認してください。",
    ),
    "settings_not_saved": Sentence(
        "settings not saved",
        "The settings could not be saved",
        "This computer could not write the settings file; everything is as it was before.",
        "Check the disk and the permissions, then try again.",
        "設定の保存失敗",
        "設定を保存できませんでした",
        "このパソコンの設定ファイルに書き込めませんでした。設定は変更前のままです。",
        "ディスクと権限を確認して、もう一度試してください。",
    ),
    "fixed_by_policy": Sentence(
        "fixed by the administrator",
        "This is fixed by your administrator",
        "Your administrator has fixed this setting on this computer.",
        "Ask your administrator if it must change.",
        "管理者が固定",
        "管理者が固定した設定です",
        "この設定は、このパソコンの管理者が固定しています。",
        "変更が必要な場合は管理者に相談してください。",
    ),
}
