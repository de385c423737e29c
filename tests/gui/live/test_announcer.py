"""What goes on being said of the feed, and what does not."""

from PySide6.QtWidgets import QApplication

from basix_desktop.ui.live.announcer import Announcer


def test_that_the_feed_is_lost_is_taken_back_once_it_is_there_again(qapp: QApplication) -> None:
    said: list[str] = []
    announcer = Announcer(qapp)
    announcer.announced.connect(said.append)
    announcer.say_lost(lost=False, calls=True)
    announcer.say_lost(lost=True, calls=True)
    announcer.say_lost(lost=True, calls=True)
    announcer.say_lost(lost=False, calls=True)
    announcer.say_lost(lost=False, calls=False)
    assert [bool(words) for words in said] == [True, False]
    announcer.deleteLater()
