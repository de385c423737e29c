"""The sentences of ``ui.explain``: one per error id of ``domain.errors``, a module for each thing that may be at fault.

- ``numbers``: numbers that cannot be called: what the number field was given.
- ``call_fields``: the other fields of a call: destination, caller, options.
- ``account_fields``: the fields of an account in Settings and at the first start.
- ``log_file``: the call log's file and its disk: what cannot be recorded is not called.
- ``keyring``: the API token in this computer's keyring.
- ``accounts``: accounts and settings on this computer.
- ``before_sending``: calls that this program held back or stopped before anything was sent.
- ``network``: the network between this computer and the PBX, before anything was sent.
- ``certificates``: the secure connection and the certificate that the server showed.
- ``proxy``: the proxy between this computer and the PBX.
- ``pbx``: what the PBX, or the server in its place, refused: it did not place the call.
- ``live``: the live feed, and what was asked of a live call.
- ``callbacks``: receiving the PBX's results on this computer. Calls are placed all the same.
- ``unknown``: after these a call may have been placed.

An id may have further sentences: ``id.wordless`` for when the PBX gave no word of its own, ``id.unanswered`` for when
it gave no status either, ``id.waiting`` for when it said how long to wait, ``id.testing`` for when an account was
tested and no call was asked for. ``id.form`` stands below the account's fields that it names, ``id.first_start`` where
only some of them are and there are no settings yet.
"""

from __future__ import annotations

from basix_desktop.ui.sentences.account_fields import ACCOUNT_FIELDS
from basix_desktop.ui.sentences.accounts import ACCOUNTS
from basix_desktop.ui.sentences.before_sending import BEFORE_SENDING
from basix_desktop.ui.sentences.call_fields import CALL_FIELDS
from basix_desktop.ui.sentences.callbacks import CALLBACKS
from basix_desktop.ui.sentences.certificates import CERTIFICATES
from basix_desktop.ui.sentences.keyring import KEYRING
from basix_desktop.ui.sentences.live import LIVE
from basix_desktop.ui.sentences.log_file import LOG_FILE
from basix_desktop.ui.sentences.network import NETWORK
from basix_desktop.ui.sentences.numbers import NUMBERS
from basix_desktop.ui.sentences.pbx import PBX
from basix_desktop.ui.sentences.proxy import PROXY
from basix_desktop.ui.sentences.sentence import Sentence
from basix_desktop.ui.sentences.unknown import UNKNOWN

__all__ = ["SENTENCES", "Sentence"]

SENTENCES: dict[str, Sentence] = {
    **NUMBERS,
    **CALL_FIELDS,
    **ACCOUNT_FIELDS,
    **LOG_FILE,
    **KEYRING,
    **ACCOUNTS,
    **BEFORE_SENDING,
    **NETWORK,
    **CERTIFICATES,
    **PROXY,
    **PBX,
    **LIVE,
    **CALLBACKS,
    **UNKNOWN,
    "unexpected": Sentence(
        "unexpected error ({word})",
        "Something unexpected happened",
        "The program met an error that it has no sentence for ({word}).",
        "Tell your administrator: the technical details and the program's own log say more.",
        "予期しないエラー（{word}）",
        "予期しないエラーが起きました",
        "プログラムに、説明できないエラーが起きました（{word}）。",
        "管理者に連絡してください。技術的な詳細とプログラムのログに手がかりがあります。",
    ),
    "unexpected.wordless": Sentence(
        "unexpected error",
        "Something unexpected happened",
        "The program met an error that it has no sentence for.",
        "Tell your administrator: the program's own log says more.",
        "予期しないエラー",
        "予期しないエラーが起きました",
        "プログラムに、説明できないエラーが起きました。",
        "管理者に連絡してください。プログラムのログに手がかりがあります。",
    ),
}
