"""The desktop that the tests in this folder share, and the program on it."""

import os
import re
import shutil
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest

from tests.desktop.program import Program
from tests.desktop.session import PROGRAMS, DesktopSession
from tests.desktop.tree import Announcements, TreeReader

_FOLDER = Path(__file__).parent
_PICTURES = Path(__file__).parents[2] / ".dev" / "failed-desktop-tests"
_FAILED = pytest.StashKey[bool]()

Start = Callable[..., Program]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder needs the desktop."""
    for item in items:
        if _FOLDER in item.path.parents:
            item.add_marker(pytest.mark.desktop)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember that a test failed, so that its end can take a picture."""
    report = yield
    if report.failed:
        item.stash[_FAILED] = True
    return report


def check_programs() -> None:
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if sys.platform != "linux" or missing:
        reason = f"needs a Linux desktop's programs; missing: {', '.join(missing)}; packaging/dev.py test installs them"
        if os.environ.get("BASIX_DESKTOP_TESTS"):
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="session")
def desktop() -> Iterator[DesktopSession]:
    """A screen with a window manager, a session bus and an unlocked keyring."""
    check_programs()
    session = DesktopSession()
    yield session
    session.close()
    assert session.processes() == []


@pytest.fixture(scope="session")
def reader(desktop: DesktopSession) -> Iterator[TreeReader]:
    """Reads the accessibility tree of the programs on the desktop."""
    reader = TreeReader(desktop)
    yield reader
    reader.close()


@pytest.fixture
def announcements(desktop: DesktopSession, request: pytest.FixtureRequest) -> Iterator[Announcements]:
    """Listens to what programs announce to screen readers during the test."""
    listener = Announcements(desktop, f"{_file_name(request.node)}-announced")
    yield listener
    listener.close()


@pytest.fixture
def start(desktop: DesktopSession, reader: TreeReader, request: pytest.FixtureRequest) -> Iterator[Start]:
    """Starts Python programs on the desktop; where the test fails, saves a picture and the tree of each."""
    programs: list[Program] = []
    name = _file_name(request.node)

    def start_one(*arguments: str) -> Program:
        programs.append(Program(desktop, reader, [sys.executable, *arguments], f"{name}-{len(programs)}"))
        return programs[-1]

    yield start_one
    if request.node.stash.get(_FAILED, False):
        _keep_evidence(desktop, reader, programs, name)
    for program in programs:
        program.close()


@pytest.fixture
def start_demo(start: Start, tmp_path: Path) -> Start:
    """Starts the window on the demo PBX with a data directory of the test's own, and waits for it."""

    def start_one(*arguments: str) -> Program:
        command = ["-m", "basix_desktop.app.main", "--demo", "--lang", "en", "--data-dir", str(tmp_path / "data")]
        program = start(*command, *arguments)
        program.wait_for_window()
        return program

    return start_one


def _file_name(item: pytest.Item) -> str:
    """The test's name without what a shell or ImageMagick would read as a pattern."""
    return re.sub(r"[^\w.]+", "-", item.name).strip("-")


def _keep_evidence(desktop: DesktopSession, reader: TreeReader, programs: list[Program], name: str) -> None:
    desktop.picture(_PICTURES / f"{name}.png")
    for number, program in enumerate(programs):
        tree = reader.tree(program.process.pid)
        text = f"{program.output()}\n{tree.outline() if tree else 'not in the accessibility tree'}\n"
        (_PICTURES / f"{name}-{number}.txt").write_text(text, encoding="utf-8")
