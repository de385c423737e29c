"""What becomes of the feed, and of what it has shown, when settings change. As ``test_live``."""

from __future__ import annotations

from dataclasses import replace

import pytest

from basix_desktop.domain.accounts import Account, CallbackListener, DialFormat, ProxyMode, ProxySetting, Token
from basix_desktop.domain.calls import Attempt, State
from basix_desktop.domain.feed import ElementEvent, FeedPhase, Snapshot, User
from basix_desktop.domain.live import CallPhase, LiveView, Ready
from basix_desktop.services.followed import Finding
from tests.helpers.dialing import ACCOUNT
from tests.unit.services.test_live import HELEN, Stage, added, leg, stage, whole_call

__all__ = ["stage"]  # the fixture

KEN = User(2, name="ken", label="Ken Mori", main_extension="1002")
TEN = 1_793_000_000_000

#: What a user may change of an account that its feed has nothing to do with.
NO_BUSINESS_OF_THE_FEED = [
    ACCOUNT,  # a preference, or another account
    replace(ACCOUNT, name="Head office"),
    replace(ACCOUNT, home_region="US", dial_format=DialFormat.E164),
    replace(ACCOUNT, calling_numbers=("0311112222",), default_calling_number="0311112222", answer_timeout=30),
    replace(ACCOUNT, callback_url="https://crm.example.com/done"),
    replace(ACCOUNT, listener=CallbackListener(True, "127.0.0.1", 8790, "https://office.example.com")),
]
#: Every way in which a feed may stand.
STANDS = [
    (FeedPhase.CONNECTING, ""),
    (FeedPhase.LIVE, ""),
    (FeedPhase.WAITING, "lost"),
    (FeedPhase.WAITING, "refused"),
    (FeedPhase.WAITING, "limit_reached"),
    (FeedPhase.STOPPED, "token_refused"),
    (FeedPhase.STOPPED, "replaced"),
    (FeedPhase.STOPPED, "limit_reached"),
]


def connected(stage: Stage) -> Attempt:
    """A call that is connected with Helen, as the window sees it."""
    attempt = stage.placed()
    stage.say(*whole_call()[:4])
    stage.view(lambda v: _phase(v, attempt) is CallPhase.CONNECTED and len(v.people) == 2)
    return attempt


def _phase(view: LiveView, attempt: Attempt) -> CallPhase | None:
    call = view.calls.get(attempt.id)
    return call.phase if call is not None else None


def change(stage: Stage, account: Account) -> None:
    """The settings are saved."""
    stage.live.start(account).result(10)


@pytest.mark.parametrize(("phase", "reason"), STANDS)
def test_a_change_that_is_no_business_of_the_feeds_leaves_it_alone(stage: Stage, phase: FeedPhase, reason: str) -> None:
    """Neither sent out again nor ended, and what it has shown stays in sight."""
    attempt = connected(stage)
    stage.status(phase, reason, TEN)
    for account in NO_BUSINESS_OF_THE_FEED:
        change(stage, account)
    stage.say(added(leg("another")))  # one more picture
    view = stage.view(lambda v: v.status.since == TEN)
    assert (view.status.phase, view.status.reason) == (phase, reason)
    assert _phase(view, attempt) is CallPhase.CONNECTED
    assert len(view.people) == 2
    assert (len(stage.made), stage.feed.running) == (1, 1)
    assert not stage.feed.used_here.is_set()


def test_what_the_feed_has_shown_remains_the_evidence(stage: Stage) -> None:
    attempt = stage.unknown()
    change(stage, replace(ACCOUNT, name="Head office"))
    assert stage.live.check(attempt).result(10).finding is Finding.NOTHING


@pytest.mark.parametrize(("phase", "reason"), STANDS)
def test_another_way_to_the_pbx_connects_anew_and_keeps_what_was_shown(
    stage: Stage, phase: FeedPhase, reason: str
) -> None:
    attempt = connected(stage)
    stage.status(phase, reason, TEN)
    account = replace(ACCOUNT, proxy=ProxySetting(ProxyMode.CUSTOM, "http://proxy.example:3128"))
    change(stage, account)
    assert stage.made == [ACCOUNT, account]
    stage.status(FeedPhase.CONNECTING)
    view = stage.view(lambda v: v.status.phase is FeedPhase.CONNECTING)
    assert stage.feed.running == 1
    assert view.status.since == TEN, "as old as it was"
    assert _phase(view, attempt) is CallPhase.CONNECTED
    assert len(view.people) == 2
    assert not any(v.status.phase is FeedPhase.OFF for v in stage.views[1:]), "nobody has switched it off"
    stage.status(FeedPhase.LIVE)
    stage.say(Snapshot("channel", ()))  # it ended meanwhile
    stage.wait(lambda: any(told.live and told.live.phase == "ended" for told in stage.told))
    assert stage.desk.on_disk(attempt.id).live.ended_by == "unknown"  # type: ignore[union-attr]


def test_a_new_connection_was_not_there_throughout(stage: Stage) -> None:
    attempt = stage.unknown()
    change(stage, replace(ACCOUNT, proxy=ProxySetting(ProxyMode.NONE)))
    stage.desk.clock.pass_ms(5_000)
    stage.status(FeedPhase.LIVE)
    assert stage.live.check(attempt).result(10).finding is Finding.NOTHING_SURE
    stage.say(Snapshot("channel", ()))
    assert stage.live.check(attempt).result(10).finding is Finding.NOTHING_SURE


@pytest.mark.parametrize(("phase", "reason"), STANDS)
def test_another_token_connects_anew_and_the_same_one_does_not(stage: Stage, phase: FeedPhase, reason: str) -> None:
    """reliability.md M1: 401 stops until the token changes."""
    attempt = connected(stage)
    stage.status(phase, reason, TEN)
    stage.vault.set(ACCOUNT, Token("t0ken"))
    change(stage, ACCOUNT)
    assert len(stage.made) == 1
    stage.vault.set(ACCOUNT, Token("an0ther"))
    change(stage, ACCOUNT)
    assert len(stage.made) == 2
    stage.status(FeedPhase.CONNECTING)
    view = stage.view(lambda v: v.status.phase is FeedPhase.CONNECTING)
    assert _phase(view, attempt) is CallPhase.CONNECTED


def test_a_token_that_has_to_be_asked_for_again_is_not_another_one(stage: Stage) -> None:
    """Somebody doubted it (``Vault.known``): whether there is another, only the keyring knows."""
    stage.status(FeedPhase.STOPPED, "token_refused")
    stage.vault.remove(ACCOUNT)
    change(stage, ACCOUNT)
    assert len(stage.made) == 1


def test_another_account_shows_nothing_of_the_one_before(stage: Stage) -> None:
    connected(stage)
    stage.status(FeedPhase.WAITING, "lost", TEN)
    change(stage, replace(ACCOUNT, domain="other.example"))
    stage.status(FeedPhase.CONNECTING)
    view = stage.view(lambda v: v.status.phase is FeedPhase.CONNECTING)
    assert (view.calls, view.people, view.status.since) == ({}, (), None)


def test_no_account_has_no_feed(stage: Stage) -> None:
    connected(stage)
    stage.live.start(None).result(10)
    view = stage.view(lambda v: v.status.phase is FeedPhase.OFF)
    assert (view.calls, view.people, stage.feed.running) == ({}, (), 0)


def test_the_account_s_own_region_counts_from_the_change_on(stage: Stage) -> None:
    """Numbers are compared as the account's country writes them: this one is another country's."""
    attempt = stage.unknown()
    change(stage, replace(ACCOUNT, home_region="US"))
    stage.say(added(leg(called_number="+81312341234")))
    assert stage.live.check(attempt).result(10).finding is not Finding.PLACED


HELEN_S = replace(ACCOUNT, feed_user="helen")


def followed_by_one(stage: Stage) -> None:
    """The feed of one user begins: it shows none of the calls that go on."""
    change(stage, HELEN_S)
    stage.status(FeedPhase.LIVE)
    stage.say(Snapshot("user", (HELEN, KEN)), Snapshot("group", ()), Snapshot("channel", ()))


def test_a_feed_that_shows_other_calls_begins_anew(stage: Stage) -> None:
    """That a call is not among one user's does not mean that it has ended."""
    attempt = connected(stage)
    followed_by_one(stage)
    assert [account.feed_user for account in stage.made] == ["", "helen"]
    view = stage.view(lambda v: len(v.people) == 2 and not v.calls)
    assert stage.desk.on_disk(attempt.id).live.phase == "connected"  # type: ignore[union-attr]
    ready = {person.name: person.readiness.ready for person in view.people}
    assert ready == {"helen": Ready.FREE, "ken": Ready.UNKNOWN}
    change(stage, ACCOUNT)
    stage.status(FeedPhase.LIVE)
    bridged = whole_call()[3]
    assert isinstance(bridged, ElementEvent)
    stage.say(Snapshot("channel", (bridged.element,)))
    stage.view(lambda v: _phase(v, attempt) is CallPhase.CONNECTED)


def test_one_user_s_feed_ends_no_call_that_it_has_not_shown(stage: Stage) -> None:
    attempt = stage.placed()
    followed_by_one(stage)
    stage.desk.clock.pass_ms(3_600_000)
    stage.say(Snapshot("channel", ()))
    change(stage, ACCOUNT)
    stage.status(FeedPhase.LIVE)
    stage.say(Snapshot("channel", (leg(),)))
    stage.view(lambda v: _phase(v, attempt) is CallPhase.RINGING)


def test_one_user_s_feed_settles_nothing(stage: Stage) -> None:
    """It may show a colleague's identical call and not ours, or none at all."""
    followed_by_one(stage)
    attempt = stage.unknown()
    assert stage.live.check(attempt).result(10).finding is Finding.ONE_USER
    stage.say(added(leg()))
    assert stage.live.check(attempt).result(10).finding is Finding.ONE_USER
    assert stage.desk.on_disk(attempt.id).state is State.UNKNOWN


def test_a_refused_token_is_asked_for_anew_when_somebody_tries_again(stage: Stage) -> None:
    """Another program may have put a new one into the keyring."""
    stage.status(FeedPhase.STOPPED, "token_refused")
    stage.live.use_here()
    assert stage.feed.used_here.wait(10)
    assert stage.vault.doubted == ["t0ken"]


@pytest.mark.parametrize(("phase", "reason"), [stand for stand in STANDS if stand[1] != "token_refused"])
def test_a_token_that_nobody_refused_is_not_doubted(stage: Stage, phase: FeedPhase, reason: str) -> None:
    """A locked keyring would be asked, and the new connection wait for it."""
    stage.status(phase, reason)
    stage.live.use_here()
    assert stage.feed.used_here.wait(10)
    assert stage.vault.doubted == []


def test_a_feed_that_waits_for_its_proxy_tries_again_once_settings_are_saved(stage: Stage) -> None:
    """The proxy's password is in the keyring, so that no account shows whether it was changed."""
    attempt = connected(stage)
    stage.status(FeedPhase.WAITING, "proxy", TEN)
    change(stage, ACCOUNT)
    assert stage.feed.used_here.is_set()
    assert len(stage.made) == 1
    assert _phase(stage.view(lambda v: v.status.since == TEN), attempt) is CallPhase.CONNECTED
