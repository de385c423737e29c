"""A data directory as a busy office has it: an account, favourites, and a long log."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from basix_desktop.app.paths import Paths
from basix_desktop.app.settings import JsonSettings
from basix_desktop.domain.accounts import Account, Preferences, Settings
from basix_desktop.store.database import open_database
from basix_desktop.store.favourites import SqliteFavourites
from tests.helpers.make_calls import make_calls

_CHUNK = 10_000
_OFTEN = 1000  # calls per minute and hour that need no second look: more than the bench makes


def prepare(folder: Path, port: int, calls: int, progress: Callable[[int], None]) -> None:
    """Fill ``folder``. ``progress`` is told how many calls are in the log."""
    account = Account("bench", "bench.example", server=f"http://127.0.0.1:{port}/basix/api")
    paths = Paths.choose(folder)
    paths.prepare()
    preferences = Preferences(calls_per_minute=_OFTEN, calls_per_hour=_OFTEN)
    JsonSettings(paths.settings).save(Settings((account,), account.name, preferences))
    for done in range(0, calls, _CHUNK):
        count = min(_CHUNK, calls - done)
        make_calls(paths.database, count, seed=done + 1, server=account.server, domain=account.domain, of=calls)
        progress(done + count)
    with closing(open_database(paths.database)) as database:
        favourites = SqliteFavourites(database)
        for name, label in (("sales", "営業部"), ("helen", "Helen"), ("support", "サポート")):
            favourites.add(account.server, account.domain, name, label)
        usual = favourites.list(account.server, account.domain)[0]
        favourites.set_usual(usual.id, account.server, account.domain)
