<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name>AccountEditor</name>
    <message>
        <source>Testing… no call is placed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Domain and token accepted. No call was placed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AccountForm</name>
    <message>
        <source>&amp;Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Domain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>API &amp;token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>National (0312341234)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>International (+81312341234)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Country</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Numbers are sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Caller &amp;IDs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Numbers that may be shown, with commas between. The first is the usual one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call&amp;back URL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Proxy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proxy &amp;address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proxy &amp;user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proxy pass&amp;word</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AccountsPage</name>
    <message>
        <source>The changes are not saved yet. Save them, or close once more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Remove…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>T&amp;est</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test domain and token without placing a call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sa&amp;ve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set by your administrator ({source}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved. There is no keyring: the token is kept until the program ends.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove “{name}” and its token from this computer? The log stays.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CallBar</name>
    <message>
        <source>Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop this call before anything is sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call → {destination}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CallLogModel</name>
    <message>
        <source>Time</source>
        <extracomment>How far an attempt has come; what was read before never takes a row back.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Caller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Destination</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leg UUID</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CallerSection</name>
    <message>
        <source>&amp;ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Na&amp;me</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Organization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture &amp;URL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>P&amp;refecture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data of the caller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture, prefecture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show picture and prefecture of the caller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Caller</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Calls</name>
    <message>
        <source>Number copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leg UUID copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This call is still being sent, so it cannot be deleted yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This call may have been placed. First say whether it rang; then it can be deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete this call from the log for good? {call}, {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OK</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The call has changed meanwhile, so it was not deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A call may have been placed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Latest: {call}, {time}. {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The PBX gave a leg UUID that an earlier call has too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The call was placed; its leg UUID cannot tell it from the other.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tell the PBX’s administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Request sent to the PBX</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program stopped meanwhile. {outcome}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asked for on the command line; connecting to the PBX</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call pressed; connecting to the PBX</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Placed: the PBX rings {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>May have been placed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>May have been placed: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not placed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not placed: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Request:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The PBX’s answer:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leg UUID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attempt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The PBX’s error id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HTTP status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number as typed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Destination</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calling number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ring time (s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Callback URL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Domain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Placed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting to the PBX…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>placed</source>
        <comment>spoken, inside a sentence</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>may have been placed</source>
        <comment>spoken, inside a sentence</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>under way</source>
        <comment>spoken, inside a sentence</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not placed</source>
        <comment>spoken, inside a sentence</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not placed: {reason}</source>
        <comment>spoken, inside a sentence</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to {destination}</source>
        <comment>spoken, inside a sentence</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>today {time}</source>
        <comment>spoken</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yesterday {time}</source>
        <comment>spoken</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You said: it rang</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You said: it did not ring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You said: don’t know</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CallsPresenter</name>
    <message>
        <source>No calls match “{text}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every call is settled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all calls</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No calls here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No calls yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter a number, choose whom to connect, and press Enter. Every call is listed here with what became of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading it failed on this computer: {reason}. Calls already placed are not affected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The call log cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This could not be written to the call log on this computer: {reason}. Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OK</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CallsView</name>
    <message>
        <source>Calls</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy leg UUID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DemoNumbers</name>
    <message>
        <source>Ends in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Numbers of the demo PBX</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DestinationSection</name>
    <message>
        <source>Name, group or extension</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect &amp;to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add to favourites…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add to favourites</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DetailsView</name>
    <message>
        <source>Copy leg UUID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Technical details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy technical details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call again anyway…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Dial</name>
    <message>
        <source>{country} · will be sent as {number}</source>
        <extracomment>What a number in the making is anyway: told when Call is pressed, not at every key.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Will be sent as {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left out: {text}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not a whole number yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From {source}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DialPresenter</name>
    <message>
        <source>Not called: {call} is still being placed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent. Waiting for the PBX… {call}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connecting to the PBX… {call}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please wait… {call}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DialView</name>
    <message>
        <source>Dial</source>
        <extracomment>The narrowest the column works at, and what it is made for (design/1-ready-to-call.png). Device-independent pixels.</extracomment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FavouriteButton</name>
    <message>
        <source>usual destination</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alt+{key} chooses, Ctrl+{key} calls</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No longer the usual destination</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make it usual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move earlier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FavouriteEditor</name>
    <message>
        <source>Shown as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Destination</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FavouritesPresenter</name>
    <message>
        <source>There is no favourite {key}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect to {destination}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved: {destination}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No usual destination</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usual destination: {destination}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removed from favourites: {destination}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{destination} is now favourite {place}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Filling</name>
    <message>
        <source>A number from {source}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No number has been called yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last number: {number}. Enter calls.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilterChips</name>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Placed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not placed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To check</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Erase the last digit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Digits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Typed anywhere, they go to the number field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call. On an empty number: bring back the last number and destination</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the number; once more: clear it. While connecting: cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a favourite as the destination</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call and connect to that favourite at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next field: number, destination, caller, options, Call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide the keypad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search the log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter in the log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the call into the dial column (does not call)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the log: copy the number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the log: remove the call, after a question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the call that may have been placed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compact: the dial column alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the window on top</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it does</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Basix Desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alt+1…9 choose · Ctrl+1…9 call · F1 all keys</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NumberSection</name>
    <message>
        <source>Type, paste or pick a number</source>
        <extracomment>Keys of the candidates; none is a menu&apos;s or a label&apos;s.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number to call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Number to call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase the number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide the keypad</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OfferPanel</name>
    <message>
        <source>&amp;Use this number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use this number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OptionsSection</name>
    <message>
        <source>Caller ID &amp;shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The number the caller sees</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rin&amp;g</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long it rings before giving up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Callback UR&amp;L</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Called by the PBX with the result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as the PBX has it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Caller ID shown {number} · Ring {seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Options</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Options of this call</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OutcomePanel</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Placed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{call}. The PBX is ringing the number now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The PBX gave a call ID that an earlier call had already.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PreferencesPage</name>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow premium-rate and satellite &amp;numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes effect at the next start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask above calls a &amp;minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask above calls an &amp;hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More calls than this need one confirmation each.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expensive numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow premium-rate and satellite numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set by your administrator ({source}).</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QuestionPanel</name>
    <message>
        <source>Did it ring?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the telephone, or ask the person who was to be connected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It rang</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It did not ring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I don’t know</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SearchEdit</name>
    <message>
        <source>Search calls</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SecondLook</name>
    <message>
        <source>You called this number {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A call to this number may have been placed {time}. Check whether it rang.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unusually many calls: {count} in a short time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is an international call.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is an international call ({country}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a premium-rate or satellite number: it is expensive.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calls to this number may cost more than usual.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a telephone service, not a person.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This number looks unusual: please check its digits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>just now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%n second(s) ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>more than an hour ago</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SecondLookPanel</name>
    <message>
        <source>Call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>There is no keyring: the token is kept until the program ends.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Basix Desktop {version}. Data: {folder}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calls and language</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SuggestionList</name>
    <message>
        <source>Matching destinations</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SuggestionModel</name>
    <message>
        <source>“{text}” as typed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TokenEdit</name>
    <message>
        <source>stored; type to replace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide what is typed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show what is typed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Demo: no real calls are placed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Demo PBX</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave the demo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accounts…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try the demo PBX</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Waiting</name>
    <message numerus="yes">
        <source>The PBX asked to wait: %n second(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WarningCard</name>
    <message>
        <source>Check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call again anyway…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Connect to your PBX</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your administrator has the domain and the API token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>T&amp;est</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test domain and token without placing a call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try the de&amp;mo PBX</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The token is kept in this computer&apos;s keyring ({place}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer has no keyring: the token is kept only until the program ends.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
