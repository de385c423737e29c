<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name>AccountEditor</name>
    <message>
        <source>Testing… no call is placed.</source>
        <translation>確認しています…（発信はしません）</translation>
    </message>
    <message>
        <source>Domain and token accepted. No call was placed.</source>
        <translation>ドメインとトークンを確認できました。発信はしていません。</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>保存しています…</translation>
    </message>
    <message>
        <source>The token for the former domain or server could not be removed: it is still in this computer&apos;s keyring.</source>
        <translation>変更前のドメインまたはサーバーのトークンを削除できませんでした。このパソコンのキーリングに残っています。</translation>
    </message>
</context>
<context>
    <name>AccountForm</name>
    <message>
        <source>&amp;Name</source>
        <translation>名前(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Domain</source>
        <translation>ドメイン(&amp;D)</translation>
    </message>
    <message>
        <source>API to&amp;ken</source>
        <translation>APIトークン(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Server</source>
        <translation>サーバー(&amp;S)</translation>
    </message>
    <message>
        <source>National (0312341234)</source>
        <translation>国内形式（0312341234）</translation>
    </message>
    <message>
        <source>International (+81312341234)</source>
        <translation>国際形式（+81312341234）</translation>
    </message>
    <message>
        <source>&amp;Country</source>
        <translation>国・地域(&amp;C)</translation>
    </message>
    <message>
        <source>Numbers are sent</source>
        <translation>番号の送り方</translation>
    </message>
    <message>
        <source>Caller &amp;IDs</source>
        <translation>通知する番号(&amp;I)</translation>
    </message>
    <message>
        <source>Numbers that may be shown, with commas between. The first is the usual one.</source>
        <translation>通知できる番号をカンマで区切ります。先頭がふだん使う番号です。</translation>
    </message>
    <message>
        <source>Call&amp;back URL</source>
        <translation>コールバックURL(&amp;B)</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>全員</translation>
    </message>
    <message>
        <source>One user’s name on the PBX, such as helen: then only that user’s calls are shown live.</source>
        <translation>helen のようなPBXのユーザー名を入力すると、そのユーザーの通話だけをライブ表示します。</translation>
    </message>
    <message>
        <source>Live status o&amp;f</source>
        <translation>ライブ表示の対象(&amp;F)</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>システムの設定</translation>
    </message>
    <message>
        <source>None</source>
        <translation>使わない</translation>
    </message>
    <message>
        <source>This one</source>
        <translation>指定する</translation>
    </message>
    <message>
        <source>&amp;Proxy</source>
        <translation>プロキシ(&amp;P)</translation>
    </message>
    <message>
        <source>Prox&amp;y address</source>
        <translation>アドレス(&amp;Y)</translation>
    </message>
    <message>
        <source>Proxy &amp;user</source>
        <translation>ユーザー名(&amp;U)</translation>
    </message>
    <message>
        <source>Proxy pass&amp;word</source>
        <translation>パスワード(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Receive call results here</source>
        <extracomment>Offered where nothing has been chosen.</extracomment>
        <translation>通話の結果をこのパソコンで受け取る(&amp;R)</translation>
    </message>
    <message>
        <source>The PBX tells this program how each call ended, instead of a callback URL.</source>
        <translation>コールバックURLの代わりに、通話の結果をPBXから直接受け取ります。</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>通話の結果</translation>
    </message>
    <message>
        <source>Of this computer: 127.0.0.1 behind a web server of yours, 0.0.0.0 for all.</source>
        <translation>このパソコンのアドレスです。自社のWebサーバーが中継する場合は 127.0.0.1、すべてのネットワークで受ける場合は 0.0.0.0。</translation>
    </message>
    <message>
        <source>What the PBX calls. It must lead to this address and port.</source>
        <translation>PBXがアクセスし、上のアドレスとポートに届くURLです。</translation>
    </message>
    <message>
        <source>&amp;Listen on</source>
        <translation>受信アドレス(&amp;L)</translation>
    </message>
    <message>
        <source>P&amp;ort</source>
        <translation>ポート(&amp;O)</translation>
    </message>
    <message>
        <source>Reachabl&amp;e at</source>
        <translation>公開URL(&amp;E)</translation>
    </message>
</context>
<context>
    <name>AccountsPage</name>
    <message>
        <source>The changes are not saved yet. Save them, or close once more.</source>
        <translation>変更がまだ保存されていません。保存するか、もう一度閉じてください。</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>アカウント</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>追加(&amp;A)</translation>
    </message>
    <message>
        <source>Re&amp;move…</source>
        <translation>削除(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>接続テスト(&amp;T)</translation>
    </message>
    <message>
        <source>Test domain and token without placing a call</source>
        <translation>発信せずにドメインとトークンを確認</translation>
    </message>
    <message>
        <source>Sa&amp;ve</source>
        <translation>保存(&amp;V)</translation>
    </message>
    <message>
        <source>Set by your administrator ({source}).</source>
        <translation>管理者が設定しています（{source}）。</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>保存しました。</translation>
    </message>
    <message>
        <source>Saved. There is no keyring: the token is kept until the program ends.</source>
        <translation>保存しました。キーリングがないため、トークンは終了時に消えます。</translation>
    </message>
    <message>
        <source>Remove it</source>
        <translation>削除する</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>残す</translation>
    </message>
    <message>
        <source>“{name}” was removed.</source>
        <translation>「{name}」を削除しました。</translation>
    </message>
    <message>
        <source>Remove “{name}” and its token from this computer? The log stays.</source>
        <translation>「{name}」とそのトークンをこのパソコンから削除しますか？ 通話履歴は残ります。</translation>
    </message>
    <message>
        <source>Not removed, since its token would remain.</source>
        <translation>トークンが残ってしまうため、削除していません。</translation>
    </message>
</context>
<context>
    <name>CallBar</name>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取り消す</translation>
    </message>
    <message>
        <source>Stop this call before anything is sent</source>
        <translation>PBXに送る前に発信を取り消します</translation>
    </message>
    <message>
        <source>Call → {destination}</source>
        <translation>発信 → {destination}</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>発信</translation>
    </message>
</context>
<context>
    <name>CallLogModel</name>
    <message>
        <source>Time</source>
        <extracomment>How far an attempt has come; what was read before never takes a row back.</extracomment>
        <translation>時刻</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>お客様</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>つなぐ相手</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>結果</translation>
    </message>
    <message>
        <source>Leg UUID</source>
        <translation>レッグ UUID</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>通話時間</translation>
    </message>
</context>
<context>
    <name>CallerSection</name>
    <message>
        <source>&amp;ID</source>
        <translation>お客様番号(&amp;I)</translation>
    </message>
    <message>
        <source>Na&amp;me</source>
        <translation>お名前(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Organization</source>
        <translation>会社名(&amp;O)</translation>
    </message>
    <message>
        <source>Picture &amp;URL</source>
        <translation>写真のURL(&amp;U)</translation>
    </message>
    <message>
        <source>P&amp;refecture</source>
        <translation>都道府県(&amp;R)</translation>
    </message>
    <message>
        <source>Data of the caller</source>
        <translation>お客様の情報</translation>
    </message>
    <message>
        <source>Picture, prefecture…</source>
        <translation>写真・都道府県…</translation>
    </message>
    <message>
        <source>Show picture and prefecture of the caller</source>
        <translation>お客様の写真と都道府県を表示</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>お客様</translation>
    </message>
</context>
<context>
    <name>Calling</name>
    <message>
        <source>Enter calls, Esc goes back.</source>
        <extracomment>Milliseconds after a press until the window shows it. Painting takes the interpreter from the threads that record and send the call; the press itself is taken at once.</extracomment>
        <translation>Enterで発信、Escで戻ります。</translation>
    </message>
</context>
<context>
    <name>Calls</name>
    <message>
        <source>Number copied</source>
        <translation>電話番号をコピーしました</translation>
    </message>
    <message>
        <source>Leg UUID copied</source>
        <translation>レッグ UUID をコピーしました</translation>
    </message>
    <message>
        <source>This call is still being sent, so it cannot be deleted yet.</source>
        <translation>この発信は送信中のため、まだ削除できません。</translation>
    </message>
    <message>
        <source>This call may have been placed. First say whether it rang, or that you don’t know; then it can be deleted.</source>
        <translation>この通話は発信された可能性があります。呼び出しがあったかどうかを先に記録してください（「わからない」でもかまいません）。その後で削除できます。</translation>
    </message>
    <message>
        <source>Delete this call from the log for good? {call}, {time}</source>
        <translation>この通話を履歴から完全に削除しますか？ {call}（{time}）</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除する</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>残す</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Call deleted</source>
        <translation>通話を履歴から削除しました</translation>
    </message>
    <message>
        <source>The call has changed meanwhile, so it was not deleted.</source>
        <translation>通話の状況が変わったため、削除しませんでした。</translation>
    </message>
    <message>
        <source>The live feed shows a call that may be this one, but cannot tell it from somebody else’s.</source>
        <extracomment>Looks for the call of an attempt on the live feed.</extracomment>
        <translation>ライブ接続にこの発信と思われる通話がありますが、他の人の通話と区別できません。</translation>
    </message>
    <message>
        <source>The live feed was connected throughout and showed no such call: very likely it was not placed. This is not certain.</source>
        <translation>ライブ接続は続いていましたが、該当する通話はありませんでした。発信されていない可能性が高いものの、確実ではありません。</translation>
    </message>
    <message>
        <source>The live feed shows no such call, but not every call since then was seen: it may have been missed.</source>
        <translation>ライブ接続に該当する通話はありませんが、その間の通話をすべて確認できたわけではないため、見落としている可能性があります。</translation>
    </message>
    <message>
        <source>The live feed follows one user’s calls only, as the account’s settings say: it cannot tell.</source>
        <translation>アカウントの設定によりライブ接続は1人のユーザーの通話だけを表示しているため、判断できません。</translation>
    </message>
    <message>
        <source>There is no live connection to the PBX to look at.</source>
        <translation>PBXとのライブ接続がないため、確認できません。</translation>
    </message>
    <message>
        <source>Latest: {call}, {time}. {what}</source>
        <translation>最新：{call}（{time}）。{what}</translation>
    </message>
    <message>
        <source>The PBX gave a leg UUID that an earlier call has too</source>
        <translation>以前の通話と同じレッグ UUID が返されました</translation>
    </message>
    <message>
        <source>The call was placed; its leg UUID cannot tell it from the other.</source>
        <translation>発信は行われましたが、レッグ UUID では以前の通話と区別できません。</translation>
    </message>
    <message>
        <source>Tell the PBX’s administrator.</source>
        <translation>PBXの管理者に連絡してください。</translation>
    </message>
    <message>
        <source>Request sent to the PBX</source>
        <translation>PBXに要求を送信</translation>
    </message>
    <message>
        <source>The program stopped meanwhile. {outcome}</source>
        <translation>途中でプログラムが終了。{outcome}</translation>
    </message>
    <message>
        <source>Placed: the PBX has reported a result of this call</source>
        <translation>発信しました：PBXから通話の結果が届きました</translation>
    </message>
    <message>
        <source>Placed: the live feed shows this call</source>
        <translation>発信しました：ライブ接続でこの通話を確認しました</translation>
    </message>
    <message>
        <source>The PBX reports that somebody answered</source>
        <translation>PBXからの結果：応答あり</translation>
    </message>
    <message>
        <source>The PBX reports that nobody answered (result {code})</source>
        <translation>PBXからの結果：応答なし（結果 {code}）</translation>
    </message>
    <message>
        <source>Asked for on the command line; connecting to the PBX</source>
        <translation>コマンドラインで発信操作・PBXに接続</translation>
    </message>
    <message>
        <source>Call pressed; connecting to the PBX</source>
        <translation>発信操作・PBXに接続</translation>
    </message>
    <message>
        <source>Placed: the PBX rings {number}</source>
        <translation>発信しました：PBXが {number} を呼び出します</translation>
    </message>
    <message>
        <source>May have been placed</source>
        <translation>発信された可能性</translation>
    </message>
    <message>
        <source>May have been placed: {reason}</source>
        <translation>発信された可能性：{reason}</translation>
    </message>
    <message>
        <source>Not placed</source>
        <translation>発信せず</translation>
    </message>
    <message>
        <source>Not placed: {reason}</source>
        <translation>発信せず：{reason}</translation>
    </message>
    <message>
        <source>Request:</source>
        <translation>要求：</translation>
    </message>
    <message>
        <source>The PBX’s answer:</source>
        <translation>PBXの応答：</translation>
    </message>
    <message>
        <source>Leg UUID</source>
        <translation>レッグ UUID</translation>
    </message>
    <message>
        <source>Attempt</source>
        <translation>発信ID</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>結果</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>The PBX’s error id</source>
        <translation>PBXのエラーID</translation>
    </message>
    <message>
        <source>HTTP status</source>
        <translation>HTTPステータス</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>詳細</translation>
    </message>
    <message>
        <source>Number sent</source>
        <translation>送信した番号</translation>
    </message>
    <message>
        <source>Number as typed</source>
        <translation>入力した番号</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>つなぐ相手</translation>
    </message>
    <message>
        <source>Calling number</source>
        <translation>通知する番号</translation>
    </message>
    <message>
        <source>Ring time (s)</source>
        <translation>呼び出し時間（秒）</translation>
    </message>
    <message>
        <source>Callback URL</source>
        <translation>コールバックURL</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>確認した項目</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>アカウント</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>サーバー</translation>
    </message>
    <message>
        <source>Domain</source>
        <translation>ドメイン</translation>
    </message>
    <message>
        <source>Today</source>
        <extracomment>Milliseconds for which what was heard of a call last may still be so, as long as nobody listens (reliability.md M14).</extracomment>
        <translation>今日</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨日</translation>
    </message>
    <message>
        <source>Placed</source>
        <translation>発信済み</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>送信中…</translation>
    </message>
    <message>
        <source>Connecting to the PBX…</source>
        <translation>PBXに接続中…</translation>
    </message>
    <message>
        <source>placed</source>
        <comment>spoken, inside a sentence</comment>
        <translation>発信済み</translation>
    </message>
    <message>
        <source>may have been placed</source>
        <comment>spoken, inside a sentence</comment>
        <translation>発信された可能性</translation>
    </message>
    <message>
        <source>under way</source>
        <comment>spoken, inside a sentence</comment>
        <translation>発信処理中</translation>
    </message>
    <message>
        <source>not placed</source>
        <comment>spoken, inside a sentence</comment>
        <translation>発信せず</translation>
    </message>
    <message>
        <source>not placed: {reason}</source>
        <comment>spoken, inside a sentence</comment>
        <translation>発信せず：{reason}</translation>
    </message>
    <message>
        <source>to {destination}</source>
        <comment>spoken, inside a sentence</comment>
        <translation>つなぐ相手 {destination}</translation>
    </message>
    <message>
        <source>{call}, {time}.</source>
        <comment>spoken, before a question</comment>
        <translation>{call}、{time}。</translation>
    </message>
    <message>
        <source>today {time}</source>
        <comment>spoken</comment>
        <translation>今日 {time}</translation>
    </message>
    <message>
        <source>yesterday {time}</source>
        <comment>spoken</comment>
        <translation>昨日 {time}</translation>
    </message>
    <message>
        <source>You said: it rang</source>
        <translation>確認済み：呼び出しあり</translation>
    </message>
    <message>
        <source>You said: it did not ring</source>
        <translation>確認済み：呼び出しなし</translation>
    </message>
    <message>
        <source>You said: don’t know</source>
        <translation>確認済み：わからない</translation>
    </message>
    <message>
        <source>Answered, ringing {destination}…</source>
        <translation>応答・{destination} を呼び出し中…</translation>
    </message>
    <message>
        <source>Ringing…</source>
        <translation>呼び出し中…</translation>
    </message>
    <message>
        <source>Answered, connecting…</source>
        <translation>応答・おつなぎ中…</translation>
    </message>
    <message>
        <source>Transferred, ringing…</source>
        <translation>転送・呼び出し中…</translation>
    </message>
    <message>
        <source>Parked</source>
        <translation>パーク保留中</translation>
    </message>
    <message>
        <source>Voicemail</source>
        <translation>留守番電話</translation>
    </message>
    <message>
        <source>Voice menu</source>
        <translation>自動音声案内</translation>
    </message>
    <message>
        <source>Conference</source>
        <translation>電話会議</translation>
    </message>
    <message>
        <source>Passed on to another system</source>
        <translation>別のシステムへ引き継ぎ</translation>
    </message>
    <message>
        <source>Function of the PBX</source>
        <translation>PBXの機能</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>つながりました</translation>
    </message>
    <message>
        <source>Connected with {who}</source>
        <translation>{who} につながりました</translation>
    </message>
    <message>
        <source>Connected, then {place}</source>
        <translation>つながり、その後{place}</translation>
    </message>
    <message>
        <source>Connected with {who}, then {place}</source>
        <translation>{who} につながり、その後{place}</translation>
    </message>
    <message>
        <source>Transferred</source>
        <translation>転送しました</translation>
    </message>
    <message>
        <source>Connected with {who}, transferred</source>
        <translation>{who} につながり、転送しました</translation>
    </message>
    <message>
        <source>Ringing {who}</source>
        <extracomment>How kinds of events of the feed begin.</extracomment>
        <translation>{who} を呼び出し</translation>
    </message>
    <message>
        <source>{who} answered: connected</source>
        <translation>{who} が応答・接続</translation>
    </message>
    <message>
        <source>{who} answered</source>
        <translation>{who} が応答</translation>
    </message>
    <message>
        <source>{who} answered after {seconds} s</source>
        <translation>{who} が応答（{seconds}秒）</translation>
    </message>
    <message>
        <source>Transferred to {who}</source>
        <translation>{who} に転送</translation>
    </message>
    <message>
        <source>Parked: {place}</source>
        <translation>パーク保留：{place}</translation>
    </message>
    <message>
        <source>Voicemail of {who}</source>
        <translation>{who} の留守番電話</translation>
    </message>
    <message>
        <source>Conference: {place}</source>
        <translation>電話会議：{place}</translation>
    </message>
    <message>
        <source>Passed on to {place}</source>
        <translation>{place} へ引き継ぎ</translation>
    </message>
    <message>
        <source>Function of the PBX: {place}</source>
        <translation>PBXの機能：{place}</translation>
    </message>
    <message>
        <source>{end} (connected for {length})</source>
        <translation>{end}（通話時間 {length}）</translation>
    </message>
</context>
<context>
    <name>CallsView</name>
    <message>
        <source>Calls</source>
        <translation>通話</translation>
    </message>
    <message>
        <source>Call log</source>
        <translation>通話履歴</translation>
    </message>
    <message>
        <source>Call again</source>
        <translation>もう一度</translation>
    </message>
    <message>
        <source>Copy number</source>
        <translation>電話番号をコピー</translation>
    </message>
    <message>
        <source>Copy leg UUID</source>
        <translation>レッグ UUID をコピー</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>削除…</translation>
    </message>
</context>
<context>
    <name>Checking</name>
    <message>
        <source>A call may have been placed.</source>
        <translation>発信された可能性のある通話があります。</translation>
    </message>
    <message numerus="yes">
        <source>%n calls may have been placed.</source>
        <translation>
            <numerusform>発信された可能性のある通話が%n件あります。</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no call to check.</source>
        <translation>確認が必要な通話はありません。</translation>
    </message>
    <message>
        <source>Asking the live feed…</source>
        <translation>ライブ接続で確認しています…</translation>
    </message>
</context>
<context>
    <name>DemoNumbers</name>
    <message>
        <source>Ends in</source>
        <translation>末尾の4桁</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>起こること</translation>
    </message>
    <message>
        <source>Numbers of the demo PBX</source>
        <translation>デモPBXの番号</translation>
    </message>
</context>
<context>
    <name>DestinationEdit</name>
    <message>
        <source>Show favourites and recent destinations</source>
        <translation>お気に入りと最近の相手を表示</translation>
    </message>
</context>
<context>
    <name>DestinationSection</name>
    <message>
        <source>Name, group or extension</source>
        <translation>名前・グループ・内線番号</translation>
    </message>
    <message>
        <source>Connect to</source>
        <translation>つなぐ相手</translation>
    </message>
    <message>
        <source>Connect &amp;to</source>
        <translation>つなぐ相手(&amp;T)</translation>
    </message>
    <message>
        <source>Add to favourites…</source>
        <translation>お気に入りに追加…</translation>
    </message>
    <message>
        <source>Add to favourites</source>
        <translation>お気に入りに追加</translation>
    </message>
</context>
<context>
    <name>DetailsView</name>
    <message>
        <source>Copy leg UUID</source>
        <translation>UUID をコピー</translation>
    </message>
    <message>
        <source>Technical details</source>
        <translation>技術的な詳細</translation>
    </message>
    <message>
        <source>Copy technical details</source>
        <translation>詳細をコピー</translation>
    </message>
    <message>
        <source>Call again anyway…</source>
        <translation>それでも発信…</translation>
    </message>
    <message>
        <source>Call again</source>
        <translation>もう一度</translation>
    </message>
</context>
<context>
    <name>Dial</name>
    <message>
        <source>{country} · will be sent as {number}</source>
        <extracomment>What a number in the making is anyway: told when Call is pressed, not at every key.</extracomment>
        <translation>{country}・{number} として発信</translation>
    </message>
    <message>
        <source>Will be sent as {number}</source>
        <translation>{number} として発信</translation>
    </message>
    <message>
        <source>Left out: {text}</source>
        <translation>除いた部分：{text}</translation>
    </message>
    <message>
        <source>Not a whole number yet</source>
        <translation>番号がまだ途中です</translation>
    </message>
    <message>
        <source>From {source}</source>
        <translation>{source} から</translation>
    </message>
</context>
<context>
    <name>DialView</name>
    <message>
        <source>Dial</source>
        <extracomment>The narrowest the column works at, and what it is made for (design/1-ready-to-call.png). Device-independent pixels.</extracomment>
        <translation>発信</translation>
    </message>
</context>
<context>
    <name>EarlyPress</name>
    <message>
        <source>Not called: what would be called has changed since Enter was pressed. Press it again.</source>
        <translation>発信していません：Enter を押した後に発信内容が変わりました。もう一度押してください。</translation>
    </message>
    <message>
        <source>Not called: Enter was pressed before the program was ready. Press it again.</source>
        <translation>発信していません：準備ができる前に Enter が押されました。もう一度押してください。</translation>
    </message>
    <message>
        <source>Not called: the account has just changed. Press Enter again.</source>
        <translation>発信していません：アカウントが変更されたところです。もう一度 Enter を押してください。</translation>
    </message>
    <message>
        <source>Not called: Esc has taken Enter back.</source>
        <translation>発信していません：Esc で取り消しました。</translation>
    </message>
</context>
<context>
    <name>FavouriteButton</name>
    <message>
        <source>usual destination</source>
        <translation>いつもの相手</translation>
    </message>
    <message>
        <source>Alt+{key} chooses, Ctrl+{key} calls</source>
        <translation>Alt+{key} で選択、Ctrl+{key} で発信</translation>
    </message>
    <message>
        <source>No longer the usual destination</source>
        <translation>いつもの相手から外す</translation>
    </message>
    <message>
        <source>Make it usual</source>
        <translation>いつもの相手にする</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>変更…</translation>
    </message>
    <message>
        <source>Move earlier</source>
        <translation>前へ移動</translation>
    </message>
    <message>
        <source>Move later</source>
        <translation>後ろへ移動</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>お気に入りから外す</translation>
    </message>
</context>
<context>
    <name>FavouriteEditor</name>
    <message>
        <source>Shown as</source>
        <translation>表示名</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>つなぐ相手</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>やめる</translation>
    </message>
</context>
<context>
    <name>FavouritesPresenter</name>
    <message>
        <source>There is no favourite {key}.</source>
        <translation>お気に入り{key}は登録されていません。</translation>
    </message>
    <message>
        <source>Not added to favourites: {destination}</source>
        <translation>お気に入りに追加していません：{destination}</translation>
    </message>
    <message>
        <source>Connect to {destination}</source>
        <translation>つなぐ相手：{destination}</translation>
    </message>
    <message>
        <source>Connect to {destination}, {readiness}</source>
        <translation>つなぐ相手：{destination}（{readiness}）</translation>
    </message>
    <message>
        <source>Saved: {destination}</source>
        <translation>保存しました：{destination}</translation>
    </message>
    <message>
        <source>No usual destination</source>
        <translation>いつもの相手はありません</translation>
    </message>
    <message>
        <source>Usual destination: {destination}</source>
        <translation>いつもの相手：{destination}</translation>
    </message>
    <message>
        <source>Removed from favourites: {destination}</source>
        <translation>お気に入りから外しました：{destination}</translation>
    </message>
    <message>
        <source>{destination} is now favourite {place}</source>
        <translation>{destination} をお気に入り{place}に移動しました</translation>
    </message>
</context>
<context>
    <name>FeedChip</name>
    <message>
        <source>Live status: {state}</source>
        <translation>ライブ接続：{state}</translation>
    </message>
    <message>
        <source>reconnecting</source>
        <translation>再接続待ち</translation>
    </message>
    <message>
        <source>Use it here</source>
        <translation>ここで使う</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再試行</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>再接続</translation>
    </message>
    <message>
        <source>live</source>
        <translation>接続中</translation>
    </message>
    <message>
        <source>connecting…</source>
        <translation>接続を開始しています…</translation>
    </message>
    <message>
        <source>waiting for the keyring…</source>
        <translation>キーリングの応答待ち…</translation>
    </message>
    <message>
        <source>off</source>
        <translation>オフ</translation>
    </message>
    <message>
        <source>reconnecting in {seconds} s</source>
        <translation>{seconds}秒後に再接続</translation>
    </message>
    <message>
        <source>{why}, next try in {seconds} s</source>
        <translation>{why}・{seconds}秒後に再試行</translation>
    </message>
    <message>
        <source>stopped: token refused</source>
        <translation>停止：トークン拒否</translation>
    </message>
    <message>
        <source>stopped: no token</source>
        <translation>停止：トークンなし</translation>
    </message>
    <message>
        <source>stopped: check the account</source>
        <translation>停止：アカウントを確認</translation>
    </message>
    <message>
        <source>in use elsewhere</source>
        <translation>別の場所で使用中</translation>
    </message>
    <message>
        <source>no token from the keyring</source>
        <translation>キーリングから読み出せません</translation>
    </message>
    <message>
        <source>refused by the server</source>
        <translation>サーバーが拒否</translation>
    </message>
    <message>
        <source>certificate not accepted</source>
        <translation>証明書を信頼できません</translation>
    </message>
    <message>
        <source>proxy problem</source>
        <translation>プロキシの問題</translation>
    </message>
    <message>
        <source>no calls told by the PBX</source>
        <translation>PBXから通話の情報が届きません</translation>
    </message>
    <message>
        <source>not possible on this computer</source>
        <translation>このパソコンでは接続できません</translation>
    </message>
    <message>
        <source>too many connections</source>
        <translation>接続数の上限</translation>
    </message>
    <message>
        <source>The live status cannot use this server or domain, or the user it follows. Check them in Settings, Accounts.</source>
        <translation>このサーバー、ドメイン、または表示対象のユーザーではライブ接続できません。設定の「アカウント」で確認してください。</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>停止中</translation>
    </message>
    <message>
        <source>The live status of calls and people is not followed. Calls are placed all the same.</source>
        <translation>通話と社内の状況は表示されません。発信には影響ありません。</translation>
    </message>
    <message>
        <source>The keyring is asked for the API token. If a window asks for the keyring’s password, enter it.</source>
        <translation>キーリングからAPIトークンを読み出しています。キーリングのパスワードを求める画面が出ていたら、入力してください。</translation>
    </message>
    <message>
        <source>The PBX does not accept the token for the live status. Check it in Settings, Accounts.</source>
        <translation>ライブ接続用のトークンがPBXに拒否されました。設定の「アカウント」で確認してください。</translation>
    </message>
    <message>
        <source>There is no token for the live status, or the keyring is locked. Enter it in Settings, Accounts.</source>
        <translation>ライブ接続用のトークンがないか、キーリングがロックされています。設定の「アカウント」で入力してください。</translation>
    </message>
    <message>
        <source>Another copy of this program has taken over the live status.</source>
        <translation>別の Basix Desktop がライブ接続を引き継ぎました。</translation>
    </message>
    <message>
        <source>The PBX’s live status is not reached. It is tried again by itself.</source>
        <translation>PBXとライブ接続できません。自動的に再接続します。</translation>
    </message>
    <message>
        <source>The keyring has not given the API token. If a window asks for the keyring’s password, enter it.</source>
        <translation>キーリングからAPIトークンを読み出せませんでした。キーリングのパスワードを求める画面が出ていたら、入力してください。</translation>
    </message>
    <message>
        <source>The server answers, but refuses the live status. Check the server, and the user it follows, in Settings, Accounts.</source>
        <translation>サーバーは応答しますが、ライブ接続を受け付けません。設定の「アカウント」で、サーバーと表示対象のユーザーを確認してください。</translation>
    </message>
    <message>
        <source>The server’s certificate is not trusted, has expired or is another server’s, so the token was not sent. Check this computer’s clock; if it is right, tell your administrator.</source>
        <translation>サーバーの証明書が信頼できないか、期限切れか、別のサーバーのものです。トークンは送っていません。このパソコンの日付と時刻を確認し、正しければ管理者に連絡してください。</translation>
    </message>
    <message>
        <source>The proxy cannot be used, refuses, or wants another sign-in. Check it in Settings, Accounts.</source>
        <translation>プロキシが使えないか、接続を拒否したか、認証に失敗しました。設定の「アカウント」で確認してください。</translation>
    </message>
    <message>
        <source>The PBX accepts the connection, but does not tell which calls there are.</source>
        <translation>PBXと接続できますが、通話の一覧が届きません。</translation>
    </message>
    <message>
        <source>This computer cannot set up the connection for the live status. The program’s log says why.</source>
        <translation>このパソコンではライブ接続の準備ができません。理由はプログラムのログに記録されています。</translation>
    </message>
    <message>
        <source>The PBX allows no further connection for the live status: another copy may be running.</source>
        <translation>PBXのライブ接続数が上限に達しています。別の Basix Desktop が動いている可能性があります。</translation>
    </message>
    <message>
        <source>as of {time}</source>
        <translation>{time} 時点</translation>
    </message>
</context>
<context>
    <name>Filling</name>
    <message>
        <source>This number can only be called from the account it was called from: {account}.</source>
        <translation>この番号は、前回発信したアカウント（{account}）からしか発信できません。</translation>
    </message>
    <message>
        <source>A number from {source}</source>
        <translation>{source} からの番号</translation>
    </message>
    <message>
        <source>No number has been called yet.</source>
        <translation>まだ発信した番号がありません。</translation>
    </message>
    <message>
        <source>Last number: {number}. Enter calls.</source>
        <translation>前回の番号：{number}。Enter で発信します。</translation>
    </message>
</context>
<context>
    <name>FilterChips</name>
    <message>
        <source>All</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>Placed</source>
        <translation>発信済み</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>接続</translation>
    </message>
    <message>
        <source>Not answered</source>
        <translation>応答なし</translation>
    </message>
    <message>
        <source>Not placed</source>
        <translation>発信せず</translation>
    </message>
    <message>
        <source>To check</source>
        <translation>要確認</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Erase the last digit</source>
        <translation>最後の1桁を消す</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Digits</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>Typed anywhere, they go to the number field</source>
        <translation>どこで入力しても電話番号欄に入ります</translation>
    </message>
    <message>
        <source>Call. On an empty number: bring back the last number and destination</source>
        <translation>発信します。番号が空のときは、前回の番号と相手を呼び戻します</translation>
    </message>
    <message>
        <source>Go to the number; once more: clear it. While connecting: cancel</source>
        <translation>電話番号欄へ移動。もう一度で消去。接続中は取り消し</translation>
    </message>
    <message>
        <source>Choose a favourite as the destination</source>
        <translation>お気に入りをつなぐ相手に選ぶ</translation>
    </message>
    <message>
        <source>Call and connect to that favourite at once</source>
        <translation>そのお気に入りにつないで、すぐに発信</translation>
    </message>
    <message>
        <source>Next field: number, destination, caller, options, Call</source>
        <translation>次の欄へ：電話番号・つなぐ相手・お客様・オプション・発信</translation>
    </message>
    <message>
        <source>Show or hide the keypad</source>
        <translation>キーパッドの表示／非表示</translation>
    </message>
    <message>
        <source>Go to the log</source>
        <translation>通話履歴へ移動</translation>
    </message>
    <message>
        <source>Go to the company&apos;s people and groups</source>
        <translation>社内のユーザーとグループへ移動</translation>
    </message>
    <message>
        <source>Go to the live call; once more: the next one</source>
        <translation>進行中の通話へ移動。もう一度で次の通話</translation>
    </message>
    <message>
        <source>Hang up the live call</source>
        <translation>進行中の通話を切断</translation>
    </message>
    <message>
        <source>Transfer the live call</source>
        <translation>進行中の通話を転送</translation>
    </message>
    <message>
        <source>Search the log</source>
        <translation>通話履歴を検索</translation>
    </message>
    <message>
        <source>Enter in the log</source>
        <translation>履歴で Enter</translation>
    </message>
    <message>
        <source>Put the call into the dial column (does not call)</source>
        <translation>その通話を発信欄に入れる（発信はしません）</translation>
    </message>
    <message>
        <source>In the log: copy the number</source>
        <translation>履歴で：電話番号をコピー</translation>
    </message>
    <message>
        <source>In the log: remove the call, after a question</source>
        <translation>履歴で：通話を削除（確認あり）</translation>
    </message>
    <message>
        <source>Check the call that may have been placed</source>
        <translation>発信された可能性のある通話を確認</translation>
    </message>
    <message>
        <source>Compact: the dial column alone</source>
        <translation>コンパクト表示（発信欄だけ）</translation>
    </message>
    <message>
        <source>Keep the window on top</source>
        <translation>常に手前に表示</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>この一覧</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>キー</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>動作</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>キー一覧</translation>
    </message>
</context>
<context>
    <name>KindChips</name>
    <message>
        <source>All</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>People</source>
        <translation>ユーザー</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>グループ</translation>
    </message>
</context>
<context>
    <name>Live</name>
    <message>
        <source>ended</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Ringing {who}</source>
        <translation>{who} を呼び出しています</translation>
    </message>
    <message>
        <source>{who} answered</source>
        <translation>{who} が応答しました</translation>
    </message>
    <message>
        <source>placed, following…</source>
        <translation>発信済み・状況を確認中…</translation>
    </message>
    <message>
        <source>ringing</source>
        <translation>呼び出し中</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>応答</translation>
    </message>
    <message>
        <source>rings next</source>
        <translation>応答後に呼び出し</translation>
    </message>
    <message>
        <source>connecting…</source>
        <translation>おつなぎ中…</translation>
    </message>
    <message>
        <source>parked: {place}</source>
        <translation>パーク保留：{place}</translation>
    </message>
    <message>
        <source>parked</source>
        <translation>パーク保留中</translation>
    </message>
    <message>
        <source>voice menu</source>
        <translation>自動音声案内</translation>
    </message>
    <message>
        <source>in conference {place}</source>
        <translation>電話会議 {place} に参加中</translation>
    </message>
    <message>
        <source>in a conference</source>
        <translation>電話会議に参加中</translation>
    </message>
    <message>
        <source>passed on to {place}</source>
        <translation>{place} へ引き継ぎ</translation>
    </message>
    <message>
        <source>passed on to another system</source>
        <translation>別のシステムへ引き継ぎ</translation>
    </message>
    <message>
        <source>function of the PBX: {place}</source>
        <translation>PBXの機能：{place}</translation>
    </message>
    <message>
        <source>function of the PBX</source>
        <translation>PBXの機能</translation>
    </message>
    <message>
        <source>voicemail of {who}</source>
        <translation>{who} の留守番電話</translation>
    </message>
    <message>
        <source>voicemail</source>
        <translation>留守番電話</translation>
    </message>
    <message>
        <source>connected with {who}</source>
        <translation>{who} と通話中</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>通話中</translation>
    </message>
    <message>
        <source>transferred, ringing {who}</source>
        <translation>転送・{who} を呼び出し中</translation>
    </message>
    <message>
        <source>transferred, ringing</source>
        <translation>転送・呼び出し中</translation>
    </message>
    <message>
        <source>ringing {who}</source>
        <translation>{who} を呼び出し中</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between names</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names}、ほか{count}人</translation>
    </message>
    <message>
        <source>{names} and {last}</source>
        <translation>{names}、{last}</translation>
    </message>
    <message>
        <source>{who}: {what}</source>
        <comment>which of several live calls, and its state</comment>
        <translation>{who}：{what}</translation>
    </message>
</context>
<context>
    <name>LiveCard</name>
    <message>
        <source>Transfer…</source>
        <translation>転送…</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>切断</translation>
    </message>
</context>
<context>
    <name>LiveCards</name>
    <message>
        <source>Live calls</source>
        <extracomment>Milliseconds after a card has come or gone in which no mouse presses a button: it may have moved under the pointer.</extracomment>
        <translation>進行中の通話</translation>
    </message>
</context>
<context>
    <name>LivePresenter</name>
    <message>
        <source>Several calls are live. Choose one with F6.</source>
        <translation>進行中の通話が複数あります。F6 で選んでください。</translation>
    </message>
    <message>
        <source>Hanging up…</source>
        <translation>切断しています…</translation>
    </message>
    <message>
        <source>Transferring…</source>
        <translation>転送しています…</translation>
    </message>
    <message>
        <source>Status unavailable: no live connection to the PBX</source>
        <translation>状況を表示できません：PBXとのライブ接続がありません</translation>
    </message>
    <message>
        <source>Status unavailable: shown as it was at {time}, {age} ago</source>
        <translation>最新の状況ではありません：{time} 時点（{age} 前）の表示です</translation>
    </message>
    <message>
        <source>The live connection is lost: the status of the call is unavailable</source>
        <translation>ライブ接続が切れたため、通話の状況を表示できません</translation>
    </message>
    <message>
        <source>There is no call in progress.</source>
        <extracomment>Milliseconds that an ended call stays in sight, and that the record of its end is waited for. Ended calls that are remembered, so that a late picture does not bring a card back.</extracomment>
        <translation>進行中の通話はありません。</translation>
    </message>
    <message>
        <source>This call has ended.</source>
        <translation>この通話は終了しています。</translation>
    </message>
</context>
<context>
    <name>LogCare</name>
    <message>
        <source>Its file is gone. A new log has been begun; the calls before it are missing from it.</source>
        <translation>ファイルがなくなっていたため、新しい履歴を始めました。それ以前の通話は入っていません。</translation>
    </message>
    <message>
        <source>Its file could not be read. It is kept as {file}; nothing was deleted. A new log has been begun; the calls before it are missing from it.</source>
        <translation>ファイルを読み取れなかったため、{file} という名前で残してあります。何も削除していません。新しい履歴を始めました。それ以前の通話は入っていません。</translation>
    </message>
    <message>
        <source>Keep the new log</source>
        <translation>新しい履歴を使う</translation>
    </message>
    <message>
        <source>The call log was damaged</source>
        <translation>通話履歴が壊れていました</translation>
    </message>
    <message>
        <source>Calls may be missing from it or shown wrongly, and new ones may not be recorded. Whatever is chosen here, its file is kept.</source>
        <translation>履歴の一部が欠けたり誤って表示されたりするほか、新しい通話を記録できないことがあります。どれを選んでも、元のファイルは残ります。</translation>
    </message>
    <message>
        <source>Begin a new log</source>
        <translation>新しい履歴を始める</translation>
    </message>
    <message>
        <source>The call log is damaged</source>
        <translation>通話履歴が壊れています</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>あとで</translation>
    </message>
    <message>
        <source>Use the copy</source>
        <translation>コピーを使う</translation>
    </message>
    <message>
        <source>A copy from an earlier update goes up to {when} (number of calls: {count}). Calls in the present log that it lacks are added to it.</source>
        <translation>以前の更新時のコピーがあります（{when} まで、{count}件）。コピーにない現在の履歴の通話は、コピーに追加されます。</translation>
    </message>
    <message>
        <source>The call log was replaced</source>
        <translation>通話履歴を置き換えました</translation>
    </message>
    <message>
        <source>The former file is kept as {file}.</source>
        <translation>元のファイルは {file} という名前で残してあります。</translation>
    </message>
    <message>
        <source>A call is being placed, or another program has the log open: try again in a moment.</source>
        <translation>発信の処理中か、ほかのプログラムが履歴を使用中です。少し待ってからもう一度お試しください。</translation>
    </message>
</context>
<context>
    <name>LogMessages</name>
    <message>
        <source>No calls match “{text}”</source>
        <translation>「{text}」に一致する通話はありません</translation>
    </message>
    <message>
        <source>Clear search</source>
        <translation>検索を消す</translation>
    </message>
    <message>
        <source>Nothing to check</source>
        <translation>確認が必要な通話はありません</translation>
    </message>
    <message>
        <source>Every call is settled.</source>
        <translation>すべての通話の結果が確定しています。</translation>
    </message>
    <message>
        <source>Show all calls</source>
        <translation>すべての通話を表示</translation>
    </message>
    <message>
        <source>A call stands here once the live feed has shown how it went on.</source>
        <translation>ライブ接続で経過を確認できた通話がここに並びます。</translation>
    </message>
    <message>
        <source>No calls here</source>
        <translation>該当する通話はありません</translation>
    </message>
    <message>
        <source>No calls yet</source>
        <translation>通話はまだありません</translation>
    </message>
    <message>
        <source>Enter a number, choose whom to connect, and press Enter. Every call is listed here with what became of it.</source>
        <translation>番号と相手を入れて Enter を押すと、通話と結果がここに並びます。</translation>
    </message>
    <message>
        <source>{title}. {text}</source>
        <translation>{title}。{text}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再試行</translation>
    </message>
    <message>
        <source>This could not be written to the call log on this computer: {reason}. Try again.</source>
        <translation>このパソコンの通話履歴に書き込めませんでした（{reason}）。もう一度お試しください。</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Reading it failed on this computer: {reason}. Calls already placed are not affected.</source>
        <translation>このパソコンで読み取りに失敗しました（{reason}）。すでに行った発信には影響ありません。</translation>
    </message>
    <message>
        <source>The call log cannot be read</source>
        <translation>通話履歴を読み取れません</translation>
    </message>
    <message>
        <source>Calls found: {count}</source>
        <translation>見つかった通話：{count}件</translation>
    </message>
    <message>
        <source>The latest call is not among the calls shown here.</source>
        <translation>最新の通話は、現在の検索・絞り込みの結果に含まれていません。</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Basix Desktop</source>
        <translation>Basix Desktop</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>設定(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>終了(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Search calls</source>
        <translation>通話を検索(&amp;S)</translation>
    </message>
    <message>
        <source>Go to the &amp;log</source>
        <translation>通話履歴へ移動(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Check a call that may have been placed</source>
        <translation>発信された可能性のある通話を確認(&amp;C)</translation>
    </message>
    <message>
        <source>Go to &amp;people</source>
        <translation>社内へ移動(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Keypad</source>
        <translation>キーパッド(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Compact</source>
        <translation>コンパクト表示(&amp;C)</translation>
    </message>
    <message>
        <source>Always on &amp;top</source>
        <translation>常に手前に表示(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>キー一覧(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Numbers of the demo PBX</source>
        <translation>デモPBXの番号(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;About Basix Desktop</source>
        <translation>Basix Desktop について(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>ファイル(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>編集(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>表示(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Call</source>
        <translation>通話(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>ヘルプ(&amp;H)</translation>
    </message>
    <message>
        <source>Alt+1…9 choose · Ctrl+1…9 call · F1 all keys</source>
        <translation>Alt+1…9 選ぶ · Ctrl+1…9 発信 · F1 キー一覧</translation>
    </message>
    <message>
        <source>&amp;Go to the live call</source>
        <translation>進行中の通話へ移動(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Transfer the live call…</source>
        <translation>進行中の通話を転送(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Hang up the live call</source>
        <translation>進行中の通話を切断(&amp;H)</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>NumberSection</name>
    <message>
        <source>Type, paste or pick a number</source>
        <extracomment>Keys of the first candidates; none is a menu&apos;s or a label&apos;s. The others are reached with Tab. Milliseconds without a key after which somebody listens.</extracomment>
        <translation>番号を入力・貼り付け</translation>
    </message>
    <message>
        <source>Number to call</source>
        <translation>電話番号</translation>
    </message>
    <message>
        <source>&amp;Number to call</source>
        <translation>電話番号(&amp;N)</translation>
    </message>
    <message>
        <source>Erase the number</source>
        <translation>番号を消す</translation>
    </message>
    <message>
        <source>Show or hide the keypad</source>
        <translation>キーパッドの表示／非表示</translation>
    </message>
</context>
<context>
    <name>OfferPanel</name>
    <message>
        <source>Use this number</source>
        <translation>この番号を使う</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>OptionsSection</name>
    <message>
        <source>Caller ID &amp;shown</source>
        <translation>通知する番号(&amp;S)</translation>
    </message>
    <message>
        <source>The number the caller sees</source>
        <translation>お客様の電話に表示される番号</translation>
    </message>
    <message>
        <source>Rin&amp;g</source>
        <translation>呼び出し(&amp;G)</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>How long it rings before giving up</source>
        <translation>応答がないとき、呼び出しを続ける時間</translation>
    </message>
    <message>
        <source>Callback UR&amp;L</source>
        <translation>結果通知URL(&amp;L)</translation>
    </message>
    <message>
        <source>Called by the PBX with the result</source>
        <translation>PBXが通話の結果を送るURL</translation>
    </message>
    <message>
        <source>as the PBX has it</source>
        <translation>PBXの設定どおり</translation>
    </message>
    <message>
        <source>Caller ID shown {number} · Ring {seconds} s</source>
        <translation>通知する番号 {number}・呼び出し {seconds}秒</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>オプション</translation>
    </message>
    <message>
        <source>Options of this call</source>
        <translation>この発信のオプション</translation>
    </message>
</context>
<context>
    <name>OutcomePanel</name>
    <message>
        <source>Check</source>
        <translation>確認する</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Placed</source>
        <translation>発信しました</translation>
    </message>
    <message>
        <source>{call}. The PBX is ringing the number now.</source>
        <translation>{call}。お客様の電話を呼び出しています。</translation>
    </message>
    <message>
        <source>The PBX gave a call ID that an earlier call had already.</source>
        <translation>PBXが返した通話IDは、以前の通話と同じものです。</translation>
    </message>
</context>
<context>
    <name>PeopleEmpty</name>
    <message>
        <source>Nobody here</source>
        <translation>表示できる相手がいません</translation>
    </message>
    <message>
        <source>The PBX has named no users or groups for this account.</source>
        <translation>このアカウントで使えるユーザーやグループがPBXにありません。</translation>
    </message>
    <message>
        <source>Waiting for the keyring…</source>
        <translation>キーリングの応答を待っています…</translation>
    </message>
    <message>
        <source>Asking the PBX…</source>
        <translation>PBXに問い合わせています…</translation>
    </message>
    <message>
        <source>People appear here as soon as its live feed is connected.</source>
        <translation>PBXとライブ接続できると、ここに社内の一覧が表示されます。</translation>
    </message>
    <message>
        <source>The PBX’s live feed is not reached</source>
        <translation>PBXとライブ接続できません</translation>
    </message>
    <message>
        <source>The PBX allows no further connection for now. If another copy of the program is running, Use it here takes over from it.</source>
        <translation>PBXのライブ接続数が上限に達しています。別の Basix Desktop が動いている場合は、「ここで使う」を押すとこちらに切り替わります。</translation>
    </message>
    <message>
        <source>It is tried again by itself. Calls can be placed as usual.</source>
        <translation>自動的に再接続します。発信には影響ありません。</translation>
    </message>
    <message>
        <source>The account’s server or domain, or the user it follows, cannot be used. Check them in the settings.</source>
        <translation>アカウントのサーバー、ドメイン、または表示対象のユーザーを使えません。設定で確認してください。</translation>
    </message>
    <message>
        <source>The PBX’s live feed has stopped</source>
        <translation>PBXとのライブ接続が停止しています</translation>
    </message>
    <message>
        <source>The PBX’s live feed is off</source>
        <translation>PBXとのライブ接続はオフです</translation>
    </message>
    <message>
        <source>It tells who works here and who is free.</source>
        <translation>ライブ接続では、社内の一覧と空き状況がわかります。</translation>
    </message>
    <message>
        <source>The PBX refused the API token. Enter a valid one in the settings.</source>
        <translation>APIトークンがPBXに拒否されました。設定で正しいトークンを入力してください。</translation>
    </message>
    <message>
        <source>There is no API token for it, or the keyring is locked. Enter the token in the settings.</source>
        <translation>APIトークンがないか、キーリングがロックされています。設定でトークンを入力してください。</translation>
    </message>
    <message>
        <source>Another copy of the program uses it. Choose Use it here to show people in this one.</source>
        <translation>別の Basix Desktop がライブ接続を使っています。「ここで使う」を押すと、こちらに表示します。</translation>
    </message>
    <message>
        <source>The PBX allows no further connection. Close another copy of the program, then try again.</source>
        <translation>PBXのライブ接続数が上限に達しています。別の Basix Desktop を閉じてから、もう一度お試しください。</translation>
    </message>
    <message>
        <source>The PBX refused it. Calls can be placed as usual.</source>
        <translation>PBXがライブ接続を拒否しました。発信には影響ありません。</translation>
    </message>
</context>
<context>
    <name>PeopleModel</name>
    <message>
        <source>group</source>
        <extracomment>With more rows coming or going than this, the list is filled anew.</extracomment>
        <translation>グループ</translation>
    </message>
    <message>
        <source>extension {number}</source>
        <translation>内線 {number}</translation>
    </message>
</context>
<context>
    <name>PeoplePresenter</name>
    <message>
        <source>Not connected to the PBX’s live feed: what is shown is {age}.</source>
        <translation>PBXとのライブ接続が切れています。表示は{age}のものです。</translation>
    </message>
    <message>
        <source>Nobody matches “{text}”</source>
        <translation>「{text}」に一致する相手はいません</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>グループはありません</translation>
    </message>
    <message>
        <source>No people</source>
        <translation>ユーザーはいません</translation>
    </message>
    <message>
        <source>People and groups found: {count}</source>
        <translation>見つかったユーザー・グループ：{count}件</translation>
    </message>
</context>
<context>
    <name>PeopleSearchEdit</name>
    <message>
        <source>Search people</source>
        <translation>社内を検索</translation>
    </message>
    <message>
        <source>Search people by name, reading or extension</source>
        <translation>名前・読み・内線番号で社内を検索</translation>
    </message>
</context>
<context>
    <name>PeopleView</name>
    <message>
        <source>Connect to this</source>
        <translation>この相手につなぐ</translation>
    </message>
    <message>
        <source>Add to favourites…</source>
        <translation>お気に入りに追加…</translation>
    </message>
    <message>
        <source>People</source>
        <translation>社内</translation>
    </message>
    <message>
        <source>Clear search</source>
        <translation>検索を消す</translation>
    </message>
</context>
<context>
    <name>PreferencesPage</name>
    <message>
        <source>As the system</source>
        <translation>システムの設定</translation>
    </message>
    <message>
        <source>Allow premium-rate and satellite &amp;numbers</source>
        <translation>有料情報サービスと衛星電話を許可(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>言語(&amp;L)</translation>
    </message>
    <message>
        <source>Takes effect at the next start.</source>
        <translation>次回の起動から有効になります。</translation>
    </message>
    <message>
        <source>Ask above calls a &amp;minute</source>
        <translation>1分あたりの発信数(&amp;M)</translation>
    </message>
    <message>
        <source>Ask above calls an &amp;hour</source>
        <translation>1時間あたりの発信数(&amp;H)</translation>
    </message>
    <message>
        <source>More calls than this need one confirmation each.</source>
        <translation>これを超える発信は、1件ごとに確認します。</translation>
    </message>
    <message>
        <source>Expensive numbers</source>
        <translation>料金の高い番号</translation>
    </message>
    <message>
        <source>Allow premium-rate and satellite numbers</source>
        <translation>有料情報サービスと衛星電話を許可</translation>
    </message>
    <message>
        <source>Set by your administrator ({source}).</source>
        <translation>管理者が設定しています（{source}）。</translation>
    </message>
    <message>
        <source>Type a whole number from 1 to {most}. Until then the old value holds.</source>
        <translation>1から{most}までの整数を入力してください。それまでは前の値のままです。</translation>
    </message>
</context>
<context>
    <name>QuestionPanel</name>
    <message>
        <source>Did it ring?</source>
        <translation>呼び出しはありましたか？</translation>
    </message>
    <message>
        <source>Look at the telephone, or ask the person who was to be connected.</source>
        <translation>電話機を見るか、つなぐ予定だった相手に確認してください。</translation>
    </message>
    <message>
        <source>It rang</source>
        <translation>呼び出しあり</translation>
    </message>
    <message>
        <source>It did not ring</source>
        <translation>呼び出しなし</translation>
    </message>
    <message>
        <source>I don’t know</source>
        <translation>わからない</translation>
    </message>
</context>
<context>
    <name>Readiness</name>
    <message>
        <source>on a call since {time}</source>
        <translation>通話中（{time}から）</translation>
    </message>
    <message>
        <source>free</source>
        <translation>空き</translation>
    </message>
    <message>
        <source>on a call</source>
        <translation>通話中</translation>
    </message>
    <message>
        <source>ringing</source>
        <translation>着信中</translation>
    </message>
    <message>
        <source>do not disturb</source>
        <translation>取り込み中</translation>
    </message>
    <message>
        <source>forwarded</source>
        <translation>転送設定中</translation>
    </message>
    <message>
        <source>away</source>
        <translation>離席中</translation>
    </message>
    <message>
        <source>nobody logged in</source>
        <translation>ログイン中の人なし</translation>
    </message>
    <message>
        <source>all on calls</source>
        <translation>全員通話中</translation>
    </message>
    <message>
        <source>{free} of {members} free</source>
        <translation>空き {free}/{members}人</translation>
    </message>
    <message>
        <source>as of {time}</source>
        <translation>{time} 時点</translation>
    </message>
</context>
<context>
    <name>SearchEdit</name>
    <message>
        <source>Search calls</source>
        <translation>通話を検索</translation>
    </message>
</context>
<context>
    <name>SecondLook</name>
    <message>
        <source>You called this number {time}.</source>
        <translation>この番号には{time}に発信しています。</translation>
    </message>
    <message>
        <source>The call log was lost {time}: whether this number was called shortly before cannot be told. Check your phone.</source>
        <translation>{time}に通話履歴が失われたため、その直前にこの番号へ発信したかどうか分かりません。電話機を確認してください。</translation>
    </message>
    <message>
        <source>A call to this number may have been placed {time}. Check whether it rang.</source>
        <translation>{time}に、この番号へ発信された可能性があります。呼び出しがあったか確認してください。</translation>
    </message>
    <message>
        <source>A call to this number has not ended yet, as far as is known.</source>
        <translation>この番号への通話は、まだ終わっていないようです。</translation>
    </message>
    <message>
        <source>Unusually many calls: {count} in a short time.</source>
        <translation>発信がふだんより多くなっています（短時間に{count}件）。</translation>
    </message>
    <message>
        <source>Everybody in {name} is on a call.</source>
        <translation>{name} は全員通話中です。</translation>
    </message>
    <message>
        <source>Nobody in {name} is free.</source>
        <translation>{name} に空いている人がいません。</translation>
    </message>
    <message>
        <source>{name} is on a call.</source>
        <translation>{name} は通話中です。</translation>
    </message>
    <message>
        <source>The telephone of {name} is ringing.</source>
        <translation>{name} の電話に着信中です。</translation>
    </message>
    <message>
        <source>{name} does not want to be disturbed.</source>
        <translation>{name} は取り込み中です。</translation>
    </message>
    <message>
        <source>Calls to {name} are forwarded.</source>
        <translation>{name} への電話は転送されます。</translation>
    </message>
    <message>
        <source>{name} is away.</source>
        <translation>{name} は離席中です。</translation>
    </message>
    <message>
        <source>{name} may not be ready to take a call.</source>
        <translation>{name} は電話に出られない可能性があります。</translation>
    </message>
    <message>
        <source>This is an international call.</source>
        <translation>国際電話です。</translation>
    </message>
    <message>
        <source>This is an international call ({country}).</source>
        <translation>国際電話です（{country}）。</translation>
    </message>
    <message>
        <source>This is a premium-rate or satellite number: it is expensive.</source>
        <translation>有料情報サービスまたは衛星電話の番号です。料金が高くなります。</translation>
    </message>
    <message>
        <source>Calls to this number may cost more than usual.</source>
        <translation>この番号への通話料は、ふだんより高くなることがあります。</translation>
    </message>
    <message>
        <source>This is a telephone service, not a person.</source>
        <translation>電話サービスの番号です。個人の電話ではありません。</translation>
    </message>
    <message>
        <source>This number looks unusual: please check its digits.</source>
        <translation>見慣れない形の番号です。桁をもう一度お確かめください。</translation>
    </message>
</context>
<context>
    <name>SecondLookPanel</name>
    <message>
        <source>Call</source>
        <translation>発信する</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>やめる</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>There is no keyring: the token is kept until the program ends.</source>
        <translation>キーリングがないため、トークンは終了時に消えます。</translation>
    </message>
    <message>
        <source>Basix Desktop {version}. Data: {folder}</source>
        <translation>Basix Desktop {version}&#x3000;データ：{folder}</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>アカウント</translation>
    </message>
    <message>
        <source>Calls and language</source>
        <translation>発信と言語</translation>
    </message>
</context>
<context>
    <name>SettingsWords</name>
    <message>
        <source>It could not be read and is kept as {file}. Accounts and preferences are at their defaults: set them up again, or mend that file and put it back.</source>
        <translation>読み込めなかったため、{file} という名前で残してあります。アカウントと設定は初期状態です。設定し直すか、そのファイルを直して元に戻してください。</translation>
    </message>
    <message>
        <source>The settings file was damaged</source>
        <translation>設定ファイルが壊れていました</translation>
    </message>
    <message>
        <source>Accounts and preferences are at their defaults until {file} can be read ({reason}). The file was not changed.</source>
        <translation>{file} を読み込めるようになるまで、アカウントと設定は初期状態です（{reason}）。ファイルは変更していません。</translation>
    </message>
    <message>
        <source>The settings file cannot be read</source>
        <translation>設定ファイルを読み込めません</translation>
    </message>
    <message>
        <source>Some values in the settings file are not used</source>
        <translation>設定ファイルの一部の値を使用していません</translation>
    </message>
    <message>
        <source>Some values set by your administrator are not used</source>
        <translation>管理者による設定の一部を使用していません</translation>
    </message>
    <message>
        <source>{place}: {reason}</source>
        <translation>{place}：{reason}</translation>
    </message>
    <message>
        <source>it must be from {low} to {high}</source>
        <translation>{low}から{high}までの値ではありません</translation>
    </message>
    <message>
        <source>another account has this name</source>
        <translation>同じ名前のアカウントがあります</translation>
    </message>
    <message>
        <source>it is not of the right kind</source>
        <translation>値の種類が正しくありません</translation>
    </message>
    <message>
        <source>it cannot be used ({detail})</source>
        <translation>使用できません（{detail}）</translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation>…ほか{count}件</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>Basix Desktop cannot go on</source>
        <translation>Basix Desktop を続けられません</translation>
    </message>
    <message>
        <source>A part of the program could not be loaded. Nothing has been called. Start it again, or install it again.</source>
        <translation>プログラムの一部を読み込めませんでした。発信はしていません。もう一度起動し、それでも直らないときはインストールし直してください。</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>終了</translation>
    </message>
</context>
<context>
    <name>SuggestionList</name>
    <message>
        <source>Matching destinations</source>
        <translation>一致するつなぐ相手</translation>
    </message>
</context>
<context>
    <name>SuggestionModel</name>
    <message>
        <source>“{text}” as typed</source>
        <translation>「{text}」のまま使う</translation>
    </message>
</context>
<context>
    <name>TabStrip</name>
    <message>
        <source>Calls</source>
        <translation>通話</translation>
    </message>
    <message>
        <source>People</source>
        <translation>社内</translation>
    </message>
</context>
<context>
    <name>TokenEdit</name>
    <message>
        <source>stored; type to replace</source>
        <translation>保存済み（変更するときに入力）</translation>
    </message>
    <message>
        <source>Hide what is typed</source>
        <translation>入力を隠す</translation>
    </message>
    <message>
        <source>Show what is typed</source>
        <translation>入力を表示</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Demo: no real calls are placed</source>
        <translation>デモ：実際の発信はしません</translation>
    </message>
    <message>
        <source>No account</source>
        <translation>アカウントなし</translation>
    </message>
    <message>
        <source>Demo PBX</source>
        <translation>デモPBX</translation>
    </message>
    <message>
        <source>Account: {name}</source>
        <translation>アカウント：{name}</translation>
    </message>
    <message>
        <source>A&amp;ccount</source>
        <translation>アカウント(&amp;C)</translation>
    </message>
    <message>
        <source>Leave the demo</source>
        <translation>デモを終了</translation>
    </message>
    <message>
        <source>Accounts…</source>
        <translation>アカウント…</translation>
    </message>
    <message>
        <source>Try the demo PBX</source>
        <translation>デモPBXを試す</translation>
    </message>
</context>
<context>
    <name>TransferRow</name>
    <message>
        <source>Name, group or extension</source>
        <translation>名前・グループ・内線番号</translation>
    </message>
    <message>
        <source>Transfer to</source>
        <translation>転送先</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>転送する</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>UnderWay</name>
    <message>
        <source>Not called: {call} is still being placed.</source>
        <extracomment>After how long whoever cannot see the line is told that it still goes on, in ms. Most calls are placed sooner.</extracomment>
        <translation>発信していません：{call} の発信を処理しています。</translation>
    </message>
    <message>
        <source>The call has been sent: it can no longer be cancelled.</source>
        <translation>発信はすでにPBXへ送られたため、取り消せません。</translation>
    </message>
    <message>
        <source>Connecting to the PBX… {call}</source>
        <translation>PBXに接続しています… {call}</translation>
    </message>
    <message>
        <source>Waiting for the PBX… {call}</source>
        <translation>PBXの応答を待っています… {call}</translation>
    </message>
</context>
<context>
    <name>Waiting</name>
    <message numerus="yes">
        <source>The PBX asked to wait: %n second(s)</source>
        <translation>
            <numerusform>PBXからの待機指示：あと%n秒</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WarningCard</name>
    <message>
        <source>Check</source>
        <translation>確認する</translation>
    </message>
    <message>
        <source>Call again anyway…</source>
        <translation>それでも発信…</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Connect to your PBX</source>
        <translation>PBXに接続</translation>
    </message>
    <message>
        <source>Your administrator has the domain and the API token.</source>
        <translation>ドメインとAPIトークンは管理者にお尋ねください。</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>接続テスト(&amp;T)</translation>
    </message>
    <message>
        <source>C&amp;onnect</source>
        <translation>接続(&amp;O)</translation>
    </message>
    <message>
        <source>Test domain and token without placing a call</source>
        <translation>発信せずにドメインとトークンを確認</translation>
    </message>
    <message>
        <source>Try the de&amp;mo PBX</source>
        <translation>デモPBXを試す(&amp;M)</translation>
    </message>
    <message>
        <source>The token is kept in this computer&apos;s keyring ({place}).</source>
        <translation>トークンはこのパソコンのキーリングに保存します（{place}）。</translation>
    </message>
    <message>
        <source>This computer has no keyring: the token is kept only until the program ends.</source>
        <translation>このパソコンにはキーリングがないため、トークンは終了時に消えます。</translation>
    </message>
</context>
<context>
    <name>_Ago</name>
    <message>
        <source>just now</source>
        <translation>数秒前</translation>
    </message>
    <message numerus="yes">
        <source>%n second(s) ago</source>
        <translation>
            <numerusform>%n秒前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n分前</numerusform>
        </translation>
    </message>
    <message>
        <source>more than an hour ago</source>
        <translation>1時間以上前</translation>
    </message>
</context>
</TS>
