# ruff: noqa: E501
"""The sentences of ``ui.explain``, one per error id. Japanese is written for Japanese receptionists, not translated."""

from __future__ import annotations

from typing import NamedTuple


class Sentence(NamedTuple):
    """``short`` fits a log row; ``{word}`` is the PBX's own word or the HTTP status."""

    short_en: str
    title_en: str
    text_en: str
    action_en: str
    short_ja: str
    title_ja: str
    text_ja: str
    action_ja: str


def _input(en: str, action_en: str, ja: str, action_ja: str) -> Sentence:
    """What was typed cannot be used: the same words stand beside the field and in a log row."""
    short_en, short_ja = "input refused", "入力を確認"
    return Sentence(short_en, "Please check this field", en, action_en, short_ja, "入力を確認してください", ja, action_ja)


_NUMBERS = {
    "number_missing": _input(
        "No number has been entered.", "Type or paste the number to call.",
        "電話番号が入力されていません。", "発信する番号を入力するか貼り付けてください。",
    ),
    "not_a_number": _input(
        "This does not read as a phone number.", "Type the number with its area code, for example 03-1234-1234.",
        "電話番号として読み取れません。", "市外局番から入力してください（例：03-1234-1234）。",
    ),
    "number_ambiguous": _input(
        "There is more than one number in this text.", "Choose the one to call.",
        "複数の番号が含まれています。", "発信する番号を選んでください。",
    ),
    "number_too_long": _input(
        "This text is too long to be read as a number.", "Paste only the number (at most 256 characters).",
        "長すぎるため番号として読み取れません。", "番号の部分だけを貼り付けてください（256文字まで）。",
    ),
    "number_has_pauses": _input(
        "The number holds pauses or digits to be dialled after the answer, which the PBX cannot send.",
        "Enter the number without them.",
        "番号に待ち時間や応答後の番号が含まれています。PBXからは送れません。", "それらを除いた番号を入力してください。",
    ),
    "number_has_controls": _input(
        "The text holds invisible control characters, so it is not certain which number is meant.",
        "Type the number by hand.",
        "目に見えない制御文字が含まれていて、番号を確定できません。", "番号を手で入力してください。",
    ),
    "number_is_code": _input(
        "This is a service code for a telephone, not a number to call.", "Enter a phone number.",
        "これは電話機の操作コードで、発信できる番号ではありません。", "電話番号を入力してください。",
    ),
    "number_context_unknown": _input(
        "The link holds a local number of another network, which cannot be called from here.",
        "Enter the number with its country or area code.",
        "このリンクの番号は他の網の内線番号のため、ここからは発信できません。", "国番号または市外局番から入力してください。",
    ),
    "emergency_number": Sentence(
        "emergency number", "Emergency numbers cannot be called from here",
        "The PBX cannot connect emergency calls, and rescuers would not see where you are.",
        "Use a telephone.",
        "緊急通報番号", "緊急通報番号には発信できません",
        "PBX経由では緊急通報につながらず、発信場所も伝わりません。",
        "電話機から直接おかけください。",
    ),
    "number_blocked": Sentence(
        "number blocked", "This kind of number is blocked",
        "Premium-rate and satellite numbers are expensive and are blocked in the settings.",
        "If it must be called, allow such numbers in Settings.",
        "発信制限", "この種類の番号への発信は制限されています",
        "有料情報サービスや衛星電話は料金が高いため、設定で制限されています。",
        "必要な場合は、設定で発信を許可してください。",
    ),
}

_FIELDS = {
    "destination_missing": _input(
        "Nobody has been chosen to connect the call to.", "Choose a favourite, or type a name, group or extension.",
        "つなぐ相手が選ばれていません。", "お気に入りを選ぶか、名前・グループ・内線番号を入力してください。",
    ),
    "destination_is_external": _input(
        "This is an outside number. The PBX connects calls only to people, groups and extensions inside the company.",
        "Type a name, group or extension.",
        "これは外線番号です。PBXがつなげるのは社内のユーザー・グループ・内線だけです。",
        "名前・グループ・内線番号を入力してください。",
    ),
    "destination_invalid": _input(
        "This cannot be the name of anybody in the PBX.", "Type a name, group or extension.",
        "PBXの宛先として使えない文字が含まれているか、長すぎます。", "名前・グループ・内線番号を入力してください。",
    ),
    "calling_number_invalid": _input(
        "The number to be shown may hold digits only.", "Type it like 05068601111, or leave the field empty.",
        "通知する番号に使えるのは数字だけです。", "05068601111 のように入力するか、空欄にしてください。",
    ),
    "answer_timeout_invalid": _input(
        "The ring time must be a whole number of seconds, at least 1.", "Type a number such as 180.",
        "呼び出し時間は1以上の整数（秒）です。", "180 のように入力してください。",
    ),
    "callback_url_invalid": _input(
        "This is not an http or https address.", "Type the whole address, or leave the field empty.",
        "http または https のアドレスではありません。", "アドレス全体を入力するか、空欄にしてください。",
    ),
    "avatar_url_invalid": _input(
        "This is not the address of a picture.", "Type the whole address, or leave the field empty.",
        "画像のアドレスとして使えません。", "アドレス全体を入力するか、空欄にしてください。",
    ),
    "end_user_invalid": _input(
        "This text is too long or holds control characters.", "Shorten it or type it by hand.",
        "長すぎるか、制御文字が含まれています。", "短くするか、手で入力し直してください。",
    ),
    "domain_invalid": _input(
        "This cannot be a PBX domain.", "Type it as your administrator gave it, for example example.com.",
        "PBXのドメインとして使えません。", "管理者から知らされたとおりに入力してください（例：example.com）。",
    ),
    "server_invalid": _input(
        "The server's address must begin with https:// and hold no user name, question mark or #.",
        "Type it as your administrator gave it, or leave the field empty for the usual server.",
        "サーバーのアドレスは https:// で始まり、ユーザー名や ? # を含まない必要があります。",
        "管理者から知らされたとおりに入力するか、空欄にしてください。",
    ),
    "token_invalid": _input(
        "This cannot be an API token: it is empty, too long, or holds spaces or line breaks.",
        "Copy the token again from the PBX's administration pages.",
        "APIトークンとして使えません（空欄・長すぎる・空白や改行を含む）。",
        "PBXの管理画面からもう一度コピーしてください。",
    ),
    "account_name_invalid": _input(
        "The account needs a short name.", "Type a name of up to 64 characters.",
        "アカウント名を入力してください。", "64文字までの名前を付けてください。",
    ),
    "account_name_taken": _input(
        "Another account has this name already.", "Choose another name.",
        "同じ名前のアカウントがあります。", "別の名前にしてください。",
    ),
    "proxy_invalid": _input(
        "This is not the address of an HTTP proxy.", "Type it like http://proxy.example.com:8080.",
        "HTTPプロキシのアドレスとして使えません。", "http://proxy.example.com:8080 のように入力してください。",
    ),
    "region_invalid": _input(
        "This is not a country code.", "Choose a country from the list.",
        "国コードとして使えません。", "一覧から国を選んでください。",
    ),
}

_COMPUTER = {
    "confirmation_required": Sentence(
        "not confirmed", "Please look again before calling",
        "This call needs a second look, so it was not placed.", "Confirm it to place the call.",
        "未確認", "発信前にもう一度確認してください",
        "確認が必要な発信のため、まだ発信していません。", "確認すると発信します。",
    ),
    "call_in_progress": Sentence(
        "another call in progress", "Another call is being placed",
        "A call of this PBX account is being placed just now, so this one was not.", "Wait a moment and call again.",
        "他の発信の処理中", "ほかの発信を処理しています",
        "同じPBXアカウントの発信を処理しているため、この発信は行いませんでした。", "少し待ってからもう一度発信してください。",
    ),
    "cannot_record": Sentence(
        "could not be recorded", "Not called: the call could not be recorded",
        "This computer could not write the call to the log, and a call that is not recorded is never placed.",
        "Check the disk, then call again.",
        "記録できず", "発信していません：記録できませんでした",
        "このパソコンで通話履歴に書き込めませんでした。記録できない発信は行いません。",
        "ディスクを確認してから、もう一度発信してください。",
    ),
    "store_busy": Sentence(
        "log in use", "Not called: the log is in use",
        "Another program on this computer is keeping the call log locked, so the call could not be recorded.",
        "Close other copies of Basix Desktop or backup programs, then call again.",
        "履歴が使用中", "発信していません：通話履歴が使用中です",
        "このパソコンの別のプログラムが通話履歴を使用していて、記録できませんでした。",
        "ほかの Basix Desktop やバックアップソフトを終了して、もう一度発信してください。",
    ),
    "store_full": Sentence(
        "disk full", "Not called: the disk is full",
        "There is no room left on this computer's disk to record the call.", "Free some space, then call again.",
        "ディスク容量不足", "発信していません：ディスクがいっぱいです",
        "このパソコンのディスクに空きがなく、発信を記録できませんでした。", "空き容量を増やして、もう一度発信してください。",
    ),
    "store_read_only": Sentence(
        "log read-only", "Not called: the log cannot be written",
        "The folder of the call log on this computer is read-only. The log can be read, but no call can be placed.",
        "Ask your administrator for permission to write there.",
        "履歴が書込不可", "発信していません：通話履歴に書き込めません",
        "このパソコンの通話履歴フォルダーは読み取り専用です。履歴は見られますが、発信はできません。",
        "管理者に書き込みの許可を依頼してください。",
    ),
    "store_replaced": Sentence(
        "log file replaced", "Not called: the log file was replaced",
        "The call log's file was removed or replaced while the program was running.", "Restart Basix Desktop.",
        "履歴ファイルの差替え", "発信していません：履歴ファイルが置き換えられました",
        "動作中に通話履歴のファイルが削除または置き換えられました。", "Basix Desktop を再起動してください。",
    ),
    "store_newer": Sentence(
        "log from newer version", "The call log belongs to a newer version",
        "A newer Basix Desktop has used this call log; this version would damage it and leaves it untouched.",
        "Start the newer version, or update this one.",
        "新しい版の履歴", "通話履歴が新しいバージョンのものです",
        "この通話履歴は新しい Basix Desktop で使われています。壊さないよう、変更していません。",
        "新しいバージョンを使うか、このバージョンを更新してください。",
    ),
    "store_foreign": Sentence(
        "not a call log", "This file is not a call log",
        "The file in the place of the call log belongs to another program; it was left untouched.",
        "Move that file away, or choose another data folder.",
        "履歴以外のファイル", "通話履歴のファイルではありません",
        "通話履歴の場所に別のプログラムのファイルがあります。変更していません。",
        "そのファイルを移動するか、別のデータフォルダーを指定してください。",
    ),
    "store_damaged": Sentence(
        "log damaged", "The call log was damaged",
        "The call log's file cannot be read. It was set aside, not deleted.",
        "Restart Basix Desktop; a back-up lies in the same folder.",
        "履歴の破損", "通話履歴が壊れています",
        "通話履歴のファイルを読み取れません。削除せず、別名で保存しました。",
        "Basix Desktop を再起動してください。同じフォルダーにバックアップがあります。",
    ),
    "token_missing": Sentence(
        "no API token", "Not called: no API token",
        "No API token is stored for this account on this computer.", "Enter the token in Settings, under Accounts.",
        "APIトークンなし", "発信していません：APIトークンがありません",
        "このアカウントのAPIトークンがこのパソコンに保存されていません。", "設定の「アカウント」でトークンを入力してください。",
    ),
    "keyring_locked": Sentence(
        "keyring locked", "Not called: the keyring is locked",
        "The API token is in this computer's keyring, and the keyring is locked.", "Unlock the keyring, then call again.",
        "キーリングがロック中", "発信していません：キーリングがロックされています",
        "APIトークンはこのパソコンのキーリングにありますが、ロックされています。",
        "キーリングのロックを解除して、もう一度発信してください。",
    ),
    "keyring_absent": Sentence(
        "no keyring", "This computer has no keyring",
        "There is no safe place on this computer to keep the API token. It is kept only until the program ends.",
        "Enter the token again after each start, or install a keyring such as GNOME Keyring.",
        "キーリングなし", "このパソコンにはキーリングがありません",
        "APIトークンを安全に保存する場所がないため、終了するまでの間だけ保持します。",
        "起動のたびにトークンを入力するか、GNOMEキーリングなどを用意してください。",
    ),
    "keyring_timeout": Sentence(
        "keyring did not answer", "Not called: the keyring does not answer",
        "This computer's keyring has not answered for 15 seconds. A window asking for its password may be waiting.",
        "Answer that window, then call again.",
        "キーリング応答なし", "発信していません：キーリングが応答しません",
        "このパソコンのキーリングが15秒間応答していません。パスワード入力の画面が待っている可能性があります。",
        "その画面に入力してから、もう一度発信してください。",
    ),
    "keyring_failed": Sentence(
        "keyring failed", "The keyring failed",
        "This computer's keyring reported an error, so the API token could not be read or stored.",
        "Enter the token again in Settings, under Accounts.",
        "キーリングのエラー", "キーリングでエラーが起きました",
        "このパソコンのキーリングがエラーになり、APIトークンを読み書きできませんでした。",
        "設定の「アカウント」でトークンを入力し直してください。",
    ),
    "account_missing": Sentence(
        "no account", "No PBX account yet",
        "No PBX account has been set up on this computer.", "Connect an account, or try the demo PBX.",
        "アカウントなし", "PBXアカウントがありません",
        "このパソコンにPBXアカウントが設定されていません。", "アカウントを接続するか、デモPBXを試してください。",
    ),
    "account_unknown": Sentence(
        "unknown account", "No account of that name",
        "There is no account of that name on this computer.", "Look at the names in the list of accounts.",
        "不明なアカウント", "その名前のアカウントはありません",
        "その名前のアカウントはこのパソコンにありません。", "アカウントの一覧で名前を確認してください。",
    ),
    "settings_not_saved": Sentence(
        "settings not saved", "The settings could not be saved",
        "This computer could not write the settings file; everything is as it was before.",
        "Check the disk and the permissions, then try again.",
        "設定を保存できず", "設定を保存できませんでした",
        "このパソコンで設定ファイルに書き込めませんでした。設定は変更前のままです。",
        "ディスクと権限を確認して、もう一度試してください。",
    ),
    "fixed_by_policy": Sentence(
        "fixed by the administrator", "This is fixed by your administrator",
        "Your administrator has fixed this setting on this computer.", "Ask your administrator if it must change.",
        "管理者が固定", "管理者が固定した設定です",
        "この設定は、このパソコンの管理者が固定しています。", "変更が必要な場合は管理者に相談してください。",
    ),
    "cancelled": Sentence(
        "cancelled", "Not called: you cancelled",
        "The call was cancelled before anything was sent to the PBX.", "",
        "取り消し", "発信していません：取り消しました",
        "PBXに送る前に取り消しました。", "",
    ),
    "too_old": Sentence(
        "too late to send", "Not called: it took too long",
        "This computer was asleep or busy, and the call was too old to be sent.", "Call again if it is still wanted.",
        "時間切れ", "発信していません：時間がたちすぎました",
        "パソコンのスリープなどで時間がたったため、送らずに中止しました。", "必要であれば、もう一度発信してください。",
    ),
    "stopped_before_sending": Sentence(
        "stopped before sending", "Not called: the program stopped",
        "The program ended before anything was sent to the PBX.", "Call again if it is still wanted.",
        "送信前に終了", "発信していません：プログラムが終了しました",
        "PBXに送る前にプログラムが終了しました。", "必要であれば、もう一度発信してください。",
    ),
}

_NETWORK = {
    "address_not_found": Sentence(
        "server not found", "Not called: the server was not found",
        "The network could not find the PBX server's address.", "Check the network connection and the server's name.",
        "サーバーが見つからず", "発信していません：サーバーが見つかりません",
        "ネットワークでPBXサーバーのアドレスが見つかりませんでした。", "ネットワーク接続とサーバー名を確認してください。",
    ),
    "connection_refused": Sentence(
        "server refused connection", "Not called: the server refused the connection",
        "The PBX server's computer answered, but takes no connections at this address.",
        "Check the server's address; if it is right, tell your administrator.",
        "サーバーが接続拒否", "発信していません：サーバーに接続を拒否されました",
        "PBXサーバーには届きましたが、接続を受け付けていません。",
        "サーバーのアドレスを確認し、正しければ管理者に連絡してください。",
    ),
    "network_unreachable": Sentence(
        "no network", "Not called: no network",
        "This computer cannot reach the PBX server: there is no network connection.", "Check the cable or Wi-Fi.",
        "ネットワークなし", "発信していません：ネットワークにつながっていません",
        "このパソコンからPBXサーバーに届きません。", "LANケーブルまたはWi-Fiを確認してください。",
    ),
    "connect_timeout": Sentence(
        "server not reached in time", "Not called: the server did not answer in time",
        "No connection to the PBX server came about in time, so nothing was sent.",
        "Check the network, then call again.",
        "接続の時間切れ", "発信していません：サーバーにつながりませんでした",
        "時間内にPBXサーバーに接続できなかったため、何も送っていません。", "ネットワークを確認して、もう一度発信してください。",
    ),
    "connection_lost_early": Sentence(
        "connection lost before sending", "Not called: the connection broke",
        "The connection to the PBX server broke before anything was sent.", "Call again.",
        "送信前に切断", "発信していません：接続が切れました",
        "PBXサーバーへ送る前に接続が切れました。", "もう一度発信してください。",
    ),
    "too_many_files": Sentence(
        "computer out of resources", "Not called: this computer has run out of connections",
        "This computer would not open another connection.", "Restart Basix Desktop, then call again.",
        "資源不足", "発信していません：接続を開けませんでした",
        "このパソコンで新しい接続を開けませんでした。", "Basix Desktop を再起動して、もう一度発信してください。",
    ),
    "network_failed": Sentence(
        "network failed", "Not called: the network failed",
        "The connection to the PBX server failed before anything was sent.", "Check the network, then call again.",
        "ネットワーク障害", "発信していません：ネットワークの障害です",
        "PBXサーバーへ送る前に接続に失敗しました。", "ネットワークを確認して、もう一度発信してください。",
    ),
    "certificate_untrusted": Sentence(
        "certificate not trusted", "Not called: the server's certificate is not trusted",
        "This computer does not trust the certificate that the server showed, so neither token nor number was sent.",
        "Tell your administrator; do not call until it is settled.",
        "証明書を信頼できず", "発信していません：サーバーの証明書を信頼できません",
        "サーバーの証明書を信頼できないため、トークンも番号も送っていません。",
        "管理者に連絡し、解決するまで発信を控えてください。",
    ),
    "certificate_wrong_host": Sentence(
        "certificate of another server", "Not called: the certificate belongs to another server",
        "The server that answered is not the one in the settings, so neither token nor number was sent.",
        "Check the server's address; if it is right, tell your administrator.",
        "別サーバーの証明書", "発信していません：別のサーバーの証明書です",
        "応答したサーバーが設定と異なるため、トークンも番号も送っていません。",
        "サーバーのアドレスを確認し、正しければ管理者に連絡してください。",
    ),
    "certificate_expired": Sentence(
        "certificate expired", "Not called: the server's certificate has expired",
        "The server's certificate is out of date, or this computer's clock is wrong.",
        "Check this computer's date and time; if they are right, tell your administrator.",
        "証明書の期限切れ", "発信していません：サーバーの証明書が期限切れです",
        "サーバーの証明書の期限が切れているか、このパソコンの時計が合っていません。",
        "日付と時刻を確認し、正しければ管理者に連絡してください。",
    ),
    "certificate_not_yet_valid": Sentence(
        "certificate not yet valid", "Not called: the server's certificate is not yet valid",
        "The server's certificate begins in the future, or this computer's clock is wrong.",
        "Check this computer's date and time; if they are right, tell your administrator.",
        "証明書の開始前", "発信していません：サーバーの証明書がまだ有効ではありません",
        "サーバーの証明書の有効期間が始まっていないか、このパソコンの時計が合っていません。",
        "日付と時刻を確認し、正しければ管理者に連絡してください。",
    ),
    "tls_failed": Sentence(
        "no secure connection", "Not called: no secure connection",
        "This computer and the server could not agree on a secure connection, so nothing was sent.",
        "Tell your administrator.",
        "安全な接続ができず", "発信していません：安全な接続ができません",
        "サーバーと安全な接続を確立できなかったため、何も送っていません。", "管理者に連絡してください。",
    ),
    "proxy_unreachable": Sentence(
        "proxy not reached", "Not called: the proxy cannot be reached",
        "The company's proxy did not answer, so nothing was sent to the PBX.",
        "Check the network and the proxy in Settings.",
        "プロキシに届かず", "発信していません：プロキシにつながりません",
        "社内のプロキシが応答しないため、PBXには何も送っていません。", "ネットワークと、設定のプロキシを確認してください。",
    ),
    "proxy_refused": Sentence(
        "proxy refused", "Not called: the proxy refused",
        "The company's proxy did not let the connection to the PBX through, so nothing was sent.",
        "Ask your administrator to allow the PBX server.",
        "プロキシが拒否", "発信していません：プロキシに拒否されました",
        "社内のプロキシがPBXへの接続を許可しなかったため、何も送っていません。",
        "PBXサーバーへの接続を許可するよう、管理者に依頼してください。",
    ),
    "proxy_sign_in": Sentence(
        "proxy wants sign-in", "Not called: the proxy asks for a sign-in",
        "The company's proxy wants a user name and password, so nothing was sent to the PBX.",
        "Enter them in Settings, under the account's proxy.",
        "プロキシの認証が必要", "発信していません：プロキシの認証が必要です",
        "社内のプロキシがユーザー名とパスワードを求めています。PBXには何も送っていません。",
        "設定のアカウントのプロキシ欄に入力してください。",
    ),
    "proxy_unusable": Sentence(
        "proxy setting unusable", "Not called: the proxy setting cannot be used",
        "The proxy setting of this computer or account is of a kind that cannot be used here.",
        "Set an HTTP proxy for the account in Settings.",
        "プロキシ設定が不適", "発信していません：プロキシの設定を使えません",
        "このパソコンまたはアカウントのプロキシ設定は、使えない種類です。", "設定でHTTPプロキシを指定してください。",
    ),
}

_PBX = {
    "channel_limit_reached": Sentence(
        "no free line", "Not called: no free line",
        "The PBX has no free line at the moment and did not place the call.", "Wait until a line is free, then call again.",
        "空き回線なし", "発信していません：空き回線がありません",
        "PBXに空いている回線がないため、発信されませんでした。", "回線が空いてから、もう一度発信してください。",
    ),
    "token_refused": Sentence(
        "domain or token refused", "Not called: the PBX refused domain or token",
        "The PBX does not accept this domain with this API token.", "Check both in Settings, under Accounts.",
        "ドメイン・トークン拒否", "発信していません：ドメインまたはトークンが拒否されました",
        "PBXがこのドメインとAPIトークンを受け付けませんでした。", "設定の「アカウント」で両方を確認してください。",
    ),
    "pbx_refused": Sentence(
        "PBX refused: {word}", "Not called: the PBX refused",
        "The PBX refused the call and gave this reason: “{word}”.", "If it is not clear, tell your administrator this reason.",
        "PBXが拒否：{word}", "発信していません：PBXに拒否されました",
        "PBXが発信を拒否しました。理由：「{word}」", "意味が分からない場合は、この理由を管理者に伝えてください。",
    ),
    "forbidden": Sentence(
        "not allowed by the PBX", "Not called: not allowed",
        "The PBX does not allow this account to place calls.", "Ask your administrator for the permission.",
        "PBXが許可せず", "発信していません：許可されていません",
        "このアカウントからの発信がPBXで許可されていません。", "管理者に許可を依頼してください。",
    ),
    "server_not_basix": Sentence(
        "not a Basix server", "Not called: no Basix PBX at this address",
        "The server answered, but not as a Basix PBX does, so the call was not placed.",
        "Check the server's address in Settings.",
        "Basixサーバー以外", "発信していません：Basix PBXのアドレスではありません",
        "サーバーは応答しましたが、Basix PBXではないため発信されていません。", "設定でサーバーのアドレスを確認してください。",
    ),
    "request_refused": Sentence(
        "request refused ({word})", "Not called: the PBX refused the request",
        "The PBX did not accept the request as it was sent ({word}).", "Check number, destination and options.",
        "要求を拒否（{word}）", "発信していません：要求が拒否されました",
        "PBXが要求を受け付けませんでした（{word}）。", "番号・つなぐ相手・オプションを確認してください。",
    ),
    "too_many_requests": Sentence(
        "too many requests", "Not called: too many requests",
        "The PBX asks to wait because too many requests came in a short time.", "Wait a minute, then call again.",
        "要求が多すぎる", "発信していません：要求が多すぎます",
        "短い時間に要求が集中したため、PBXが受け付けませんでした。", "1分ほど待ってから、もう一度発信してください。",
    ),
    "server_failed": Sentence(
        "server failed ({word})", "The server failed",
        "The server reported an error of its own ({word}).", "Try again later; if it stays, tell your administrator.",
        "サーバー障害（{word}）", "サーバーでエラーが起きました",
        "サーバー側でエラーが起きました（{word}）。", "しばらくしてから試し、続く場合は管理者に連絡してください。",
    ),
}

_LOOK_EN = "Check whether it rang before calling again."
_LOOK_JA = "もう一度かける前に、呼び出しがあったか確認してください。"


def _unknown(short_en: str, text_en: str, short_ja: str, text_ja: str) -> Sentence:
    return Sentence(
        short_en, "The call may have been placed", text_en, _LOOK_EN,
        short_ja, "発信された可能性があります", text_ja, _LOOK_JA,
    )


_UNKNOWN = {
    "connection_broke": _unknown(
        "connection broke", "The connection broke after the request was sent to the PBX.",
        "接続が切断", "PBXに要求を送った後で接続が切れました。",
    ),
    "no_answer_in_time": _unknown(
        "no answer from the PBX", "The request was sent, but the PBX has not answered in time.",
        "PBXの応答なし", "要求を送りましたが、PBXから時間内に応答がありません。",
    ),
    "answer_unusable": _unknown(
        "answer not understood", "The PBX answered something that cannot be understood.",
        "応答を解釈できず", "PBXの応答を理解できませんでした。",
    ),
    "answer_without_call_id": _unknown(
        "no call id in the answer", "The PBX reported success, but without a usable call id.",
        "通話IDなし", "PBXは成功と応答しましたが、通話のIDがありませんでした。",
    ),
    "gateway_error": _unknown(
        "server error {word}", "A server on the way to the PBX reported an error ({word}) after the request was sent.",
        "サーバーエラー {word}", "要求を送った後、途中のサーバーがエラー（{word}）を返しました。",
    ),
    "redirected": _unknown(
        "server pointed elsewhere", "The server pointed to another address instead of answering. It was not followed.",
        "別アドレスを指示", "サーバーが応答の代わりに別のアドレスを示しました。そちらには送っていません。",
    ),
    "stopped_while_sending": _unknown(
        "program stopped while sending", "The program ended while the request was being sent.",
        "送信中に終了", "要求を送っている間にプログラムが終了しました。",
    ),
}

SENTENCES: dict[str, Sentence] = {
    **_NUMBERS,
    **_FIELDS,
    **_COMPUTER,
    **_NETWORK,
    **_PBX,
    **_UNKNOWN,
    "unexpected": Sentence(
        "unexpected error ({word})", "Something unexpected happened",
        "The program met an error that it has no sentence for ({word}).",
        "Look at Technical details, and tell your administrator.",
        "予期しないエラー（{word}）", "予期しないエラーが起きました",
        "説明のないエラーが起きました（{word}）。", "「技術的な詳細」を管理者に伝えてください。",
    ),
}
