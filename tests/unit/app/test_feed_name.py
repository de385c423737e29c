"""Receptionists of one company do not push each other off the feed."""

from __future__ import annotations

import pytest

from basix_desktop.app.wiring import feed_name


def test_each_user_of_each_computer_has_a_name_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    names = set[str]()
    for user, host in (("olive", "desk1"), ("helen", "desk1"), ("olive", "desk2")):
        monkeypatch.setenv("USER", user)
        monkeypatch.setattr("socket.gethostname", lambda host=host: host)
        names.add(feed_name())
        assert feed_name() in names, "the same at every start"
        assert user not in feed_name()
        assert host not in feed_name()
    assert len(names) == 3
    assert all(name.startswith("basix-desktop-") for name in names)
