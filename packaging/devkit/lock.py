"""Writes the pinned lists of dependencies: every version with its hashes, for every platform, without any address."""

from devkit.console import StoppedError, run_step
from devkit.places import CONSTRAINTS, LOGS, ROOT, environment, tool

_HOW = (
    "--universal", "--python-version", "3.11", "--generate-hashes", "--no-config", "--no-header", "--no-annotate",
)  # fmt: skip


def lock(upgrade: bool) -> None:
    """Resolve ``run.txt`` (what the program and its installation need), then ``dev.txt`` with the same versions.

    Versions that are pinned already stay, unless ``upgrade`` or ``pyproject.toml`` no longer allows them.
    """
    run, dev = CONSTRAINTS / "run.txt", CONSTRAINTS / "dev.txt"
    for group, target, extra in (("build", run, []), ("dev", dev, ["--constraints", str(run)])):
        command = [
            tool("uv"),
            "pip",
            "compile",
            str(ROOT / "pyproject.toml"),
            "--group",
            f"{ROOT / 'pyproject.toml'}:{group}",
        ]
        command += [*_HOW, *extra, *(["--upgrade"] if upgrade else []), "--quiet", "--output-file", str(target)]
        env = environment(UV_CACHE_DIR=str(LOGS.parent / "uv-cache"))
        if run_step(f"Pinning {target.name}", command, env=env, log=LOGS / "lock.log").code != 0:
            raise StoppedError(f"The dependencies could not be pinned; what uv said is in {LOGS / 'lock.log'}")
