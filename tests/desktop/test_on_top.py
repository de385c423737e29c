"""On a real X server a window that is put on top of the others, and back, keeps the keyboard."""

from tests.desktop.conftest import Start
from tests.desktop.session import DesktopSession
from tests.desktop.waiting import until


def test_always_on_top_keeps_the_keyboard(start: Start, desktop: DesktopSession) -> None:
    program = start("-m", "basix_desktop.app.main", "--lang", "en", "--demo")
    window = program.wait_for_window()
    program.wait_for_focus("numberEdit")

    def above() -> bool:
        return "_NET_WM_STATE_ABOVE" in desktop.run("xprop", "-id", window, "_NET_WM_STATE")

    for typed, on_top in (("12", True), ("34", False)):
        program.keys("ctrl+t")
        until(lambda: above() is on_top, "the window manager puts it there")  # noqa: B023 - used at once
        program.wait_for_focus("numberEdit")
        program.type(typed)
    until(lambda: program.node("numberEdit").text.replace("-", "") == "1234", "what is typed arrives")
