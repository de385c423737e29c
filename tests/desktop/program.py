"""A program running on the tests' desktop, used by keys and by what a screen reader reads out."""

import signal
import subprocess
import time

from tests.desktop.session import DesktopSession
from tests.desktop.tree import Node, TreeReader
from tests.desktop.waiting import until


class Program:
    """A process with a window. :meth:`close` ends it."""

    def __init__(self, session: DesktopSession, reader: TreeReader, command: list[str], log: str) -> None:
        self._session = session
        self._reader = reader
        self._log = log
        self.process = session.start(*command, log=log)

    def wait_for_window(self, seconds: float = 30.0) -> str:
        """Wait until the window is on the screen and has the keyboard; its X id."""

        def look() -> str | None:
            assert self.process.poll() is None, f"the program ended with {self.process.returncode}:\n{self.output()}"
            shown = self._search()
            return next((window for window in shown if window == self._active_window()), None)

        return until(look, "the program's window has the keyboard", seconds)

    def keys(self, *names: str) -> None:
        """Press and release keys, by xdotool's names: ``Return``, ``ctrl+3``, ``KP_Enter``."""
        self._session.run("xdotool", "key", "--clearmodifiers", "--delay", "15", *names)

    def type(self, text: str) -> None:
        """Type a text of the keyboard's own characters; others get lost now and then, so :meth:`paste` them."""
        assert text.isascii()
        self._session.run("xdotool", "type", "--clearmodifiers", "--delay", "15", "--", text)

    def paste(self, text: str) -> None:
        """Put a text into the clipboard and press the key that pastes."""
        self._session.set_clipboard(text)
        self.keys("ctrl+v")

    def hold(self, name: str, release_when: str, at_least: float = 0.0) -> None:
        """Hold a key, with the screen's own key repeat, until ``release_when`` is in the window's words.

        ``at_least`` seconds it is held in any case: a key repeats from 0.66 s on, 25 times a second.
        """
        self._session.run("xdotool", "keydown", name)
        earliest = time.monotonic() + at_least
        try:
            self.wait_for_words(release_when)
            until(lambda: time.monotonic() >= earliest, "the key has been held")
        finally:
            self._session.run("xdotool", "keyup", name)

    def tree(self) -> Node:
        """What a screen reader sees now."""
        return until(lambda: self._reader.tree(self.process.pid), "the program is in the accessibility tree")

    def node(self, object_name: str) -> Node:
        """The widget of that object name, once it is there."""
        return until(lambda: self.tree().find(object_name), f"a widget named {object_name}")

    def wait_for_focus(self, object_name: str) -> Node:
        """The widget of that object name, once the keyboard is in it or in a part of it."""

        def look() -> Node | None:
            node = self.tree().find(object_name)
            return node if node and any("focused" in part.states for part in node.walk()) else None

        return until(look, f"the keyboard is in {object_name}")

    def wait_for_words(self, words: str, inside: str = "") -> Node:
        """The widget ``inside`` (or the whole tree), once ``words`` can be read there."""

        def look() -> Node | None:
            node = self.tree() if not inside else self.tree().find(inside)
            return node if node and words in node.words() else None

        return until(look, f"{words!r} can be read in {inside or 'the window'}")

    def press(self, object_name: str) -> None:
        """Press a button as a screen reader's user does."""
        until(lambda: self._reader.act(self.process.pid, object_name), f"{object_name} can be pressed")

    def output(self) -> str:
        """What the program has written so far."""
        return self._session.log(self._log)

    def close(self) -> None:
        """End the program, by force where it does not end by itself."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(timeout=10)

    def _search(self) -> list[str]:
        return self._ask("search", "--onlyvisible", "--pid", str(self.process.pid)).split()

    def _active_window(self) -> str:
        return self._ask("getactivewindow").strip()

    def _ask(self, *arguments: str) -> str:
        """xdotool ends with an error where there is no such window."""
        try:
            return self._session.run("xdotool", *arguments)
        except subprocess.CalledProcessError:
            return ""
