"""``basix-desktop account add|list|remove``."""

from __future__ import annotations

from typing import Any

from basix_desktop.app.cli_output import message, result, result_json
from basix_desktop.app.cli_session import Session
from basix_desktop.app.cli_words import say
from basix_desktop.domain.accounts import DEFAULT_SERVER, Account
from basix_desktop.domain.servers import read_domain, read_server_url
from basix_desktop.ui.explain import plain


def run(session: Session) -> int:
    """Main thread. Raises ``BasixError`` where it was not done."""
    action = session.arguments.action
    if action == "list":
        return _list(session)
    return _add(session) if action == "add" else _remove(session)


def _add(session: Session) -> int:
    arguments, language = session.arguments, session.language
    server = DEFAULT_SERVER if arguments.server is None else read_server_url(arguments.server)
    account = Account(arguments.name.strip(), read_domain(arguments.domain), server)
    token = session.token_from_stdin() if arguments.token_stdin else session.token_from_person()
    with session.core() as core:
        kept = core.desk.save_account(account, token=token).in_keyring
        place = core.desk.token_place() if kept else ""
    message(say("added", language, name=account.name))
    message(say("token_in", language, place=place) if kept else say("token_nowhere", language))
    return 0


def _remove(session: Session) -> int:
    with session.core() as core:
        core.desk.remove_account(session.arguments.name)
    message(say("removed", session.language, name=plain(session.arguments.name)))
    return 0


def _list(session: Session) -> int:
    active = session.settings.account
    for account in session.settings.accounts:
        if session.arguments.json:
            told = result_json(_object(account, account is active))
        else:
            told = result(f"{'*' if account is active else ' '} {account.name}\t{account.domain}\t{account.server}")
        if not told:
            break
    return 0


def _object(account: Account, active: bool) -> dict[str, Any]:
    return {
        "name": account.name,
        "domain": account.domain,
        "server": account.server,
        "active": active,
        "home_region": account.home_region,
        "dial_format": account.dial_format.value,
        "calling_numbers": list(account.calling_numbers),
        "default_calling_number": account.default_calling_number,
        "answer_timeout": account.answer_timeout,
        "callback_url": account.callback_url,
        "proxy": {"mode": account.proxy.mode.value, "url": account.proxy.url, "user": account.proxy.user},
    }
