"""On what kind of file system a file lies: a write-ahead log takes memory that its users share, and thus one machine.

Over a network (sqlite.org/wal.html) two machines would each see a log of their own, so the rollback journal is used
there (reliability.md I11).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

#: What is mounted where, for this process.
MOUNTS: Final = Path("/proc/self/mountinfo")

#: Kinds that others may have mounted too: over a network, from the host of a virtual machine, or by a cluster. ``fuse``
#: does not say what lies behind it; ``fuseblk`` is a disk of this machine.
# fmt: off
_SHARED: Final = frozenset({
    "9p", "acfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "fuse", "gfs", "gfs2", "glusterfs", "gpfs",
    "lustre", "ncp", "ncpfs", "nfs", "nfs4", "ocfs2", "orangefs", "panfs", "prl_fs", "pvfs2", "smb", "smb2", "smb3",
    "smbfs", "snfs", "vboxsf", "virtiofs", "vmhgfs",
})
# fmt: on


def shared_kind(file: Path, mounts: Path | None = None) -> str:
    """The kind of the file system on which ``file`` lies, such as "nfs4" or "fuse.sshfs", if other machines may use it
    too; "" if not, or where that cannot be told (also on other systems than Linux). Follows links; raises nothing.

    ``mounts`` is read instead of :data:`MOUNTS`.
    """
    if sys.platform != "linux":
        return ""
    try:
        number = _mount_of(file.resolve().parent)
        table = (mounts or MOUNTS).read_text(encoding="utf-8", errors="surrogateescape")
    except (OSError, RuntimeError, ValueError):
        return ""
    kind = kind_of(number, table)
    return kind if is_shared(kind) else ""


def is_shared(kind: str) -> bool:
    """May other machines have mounted a file system of this kind at the same time?"""
    return kind in _SHARED or kind.startswith("fuse.")


def kind_of(mount: str, table: str) -> str:
    """The kind of the mount of that number in a table as :data:`MOUNTS` is (proc(5)); "" if it is not there."""
    for line in table.splitlines():
        before, _, after = line.partition(" - ")  # blanks within a field are written as \040
        if after and before.split(" ", 1)[0] == mount:
            return after.split(" ", 1)[0]
    return ""


def _mount_of(folder: Path) -> str:
    """The number of the mount, by the kernel itself: paths are ambiguous where one mount covers another."""
    if sys.platform != "linux":
        return ""
    handle = os.open(folder, os.O_PATH | os.O_DIRECTORY)
    try:
        told = Path(f"/proc/self/fdinfo/{handle}").read_text(encoding="ascii")
    finally:
        os.close(handle)
    return next((line.split()[1] for line in told.splitlines() if line.startswith("mnt_id:")), "")
