"""``pip install .`` gives the command, with icons and translations inside, and needs nothing of the checkout."""

import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_WHERE = """
import basix_desktop, basix_desktop.ui.resources as r
print(basix_desktop.__file__)
print(r.resource("icons/app.svg"))
print(r.resource("i18n/ja.ts"))
"""


def _run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=100, check=False, encoding="utf-8")
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that ``pip install .`` would install."""
    folder = tmp_path_factory.mktemp("wheel")
    options: list[str | Path] = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--wheel-dir", folder]
    _run(sys.executable, "-m", "pip", "wheel", *options, _ROOT, cwd=folder)
    return next(folder.glob("basix_desktop-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel, and this environment's dependencies; its folder of programs."""
    folder = tmp_path_factory.mktemp("installed")
    _run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", cwd=folder)
    programs = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", programs / "python"]
    _run(*pip, "install", "--no-deps", "--no-index", "--quiet", wheel, cwd=folder)
    # a path in a .pth file is searched after the environment's own packages, and .pth files in it are not read
    places = sysconfig.get_paths(vars={"base": str(folder / "venv"), "platbase": str(folder / "venv")})
    Path(places["purelib"], "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    return programs


def test_wheel_has_what_the_window_loads_and_nothing_of_the_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tracked = [path.relative_to(_ROOT).as_posix() for path in (_ROOT / "resources").rglob("*") if path.is_file()]
    assert tracked
    assert {f"basix_desktop/{path}" for path in tracked} <= set(names)
    assert {"basix_desktop/resources/i18n/ja.ts", "basix_desktop/resources/icons/app.svg"} <= set(names)
    assert "basix_desktop/py.typed" in names
    outside = [name for name in names if not name.startswith(("basix_desktop/", "basix_desktop-"))]
    assert outside == []


def test_installed_package_finds_its_own_resources(installed: Path, tmp_path: Path) -> None:
    places = _run(installed / "python", "-c", _WHERE, cwd=tmp_path).split()
    assert len(places) == 3
    assert all(Path(place).is_relative_to(installed.parent.resolve()) for place in places), places


def test_installed_command_explains_itself(installed: Path, tmp_path: Path) -> None:
    told = _run(installed / "basix-desktop", "--help", cwd=tmp_path)
    assert "basix-desktop" in told
    assert "--demo" in told
    assert "call" in told
