"""What holds for every test: see ``tests/guards``. Set up before anything of the program, or Qt, is imported."""

import logging
import os
from collections.abc import Iterator

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # the desktop tests start processes of their own

from tests.guards.home import PrivateHome

_HOME = PrivateHome()

import pytest
from hypothesis import HealthCheck, settings

from tests.guards import leftovers
from tests.guards.logs import LogGuard
from tests.guards.network import NetworkGuard
from tests.helpers import kept_files

_NETWORK = NetworkGuard()

# No deadline: the machine may be busy. The failing example is printed in a form that can be run again.
settings.register_profile(
    "ci", deadline=None, max_examples=100, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", settings.get_profile("ci"), max_examples=5000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_configure(config: pytest.Config) -> None:
    """Cut the way to the network for the whole run, import of the tests included."""
    _NETWORK.install()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Undo what the run changed in this process."""
    _NETWORK.remove()
    _HOME.remove()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A run that wrote into the real home directory, or reached for the network outside a test, has failed."""
    found = [f"written into the real home directory: {entry}" for entry in _HOME.written_at_home()]
    found += [f"the network outside of any test: {violation}" for violation in _NETWORK.take_violations()]
    if found:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        print("\nFAILED " + "\nFAILED ".join(found))  # noqa: T201


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    """Fails the test that reached for something outside this machine, even where the program caught the error."""
    _NETWORK.take_violations()
    yield
    violations = _NETWORK.take_violations()
    if violations:
        pytest.fail("reached beyond the loopback interface: " + "; ".join(violations))


@pytest.fixture(autouse=True)
def _no_unexpected_logs(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails the test during which something logged a warning that ``logs_expected`` did not announce."""
    guard = LogGuard()
    logging.getLogger().addHandler(guard)
    yield
    logging.getLogger().removeHandler(guard)
    marker = request.node.get_closest_marker("logs_expected")
    unexpected = guard.unexpected(list(marker.args) if marker else None)
    if unexpected:
        pytest.fail("unexpected log records (announce them with @pytest.mark.logs_expected):\n" + "\n".join(unexpected))


@pytest.fixture(autouse=True)
def _no_leftovers() -> Iterator[None]:
    """Fails the test that leaves a thread or a child process behind."""
    threads, children = leftovers.threads(), leftovers.children()
    yield
    left = [f"thread {name}" for name in leftovers.left_threads(threads)]
    left += [f"process {line}" for line in leftovers.left_children(children)]
    if left:
        pytest.fail("left behind: " + "; ".join(left))


@pytest.fixture(autouse=True)
def _no_kept_files() -> Iterator[None]:
    yield
    kept_files.let_go()
