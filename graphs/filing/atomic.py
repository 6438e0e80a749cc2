"""Write a file so that whatever happens there is a whole one: the old until the new is safe on the disk.

Write a temporary file beside the target, flush it to the disk, rename it over the target, flush the folder: the
order that Pillai et al. (OSDI 2014) found to survive crashes on all common file systems.
"""

import errno
import hashlib
import os
import platform
import re
import secrets
import shutil
import stat
import time
import zlib
from dataclasses import dataclass
from pathlib import Path

from graphs.errors import FileProblem

# Windows refuses to rename over a file that a virus scanner or an indexer has open for a moment.
SHARING_VIOLATIONS = (5, 32)
PAUSES = (0.1, 0.2, 0.4, 0.6, 0.7)
ABANDONED_AFTER = 3600.0

_TEMPORARY = re.compile(r"\.netwright-(?P<host>[0-9a-f]{8})-(?P<process>\d{1,10})-[0-9a-f]{16}\.tmp")
_in_progress: set[str] = set()

_ADVICE = {
    errno.ENOSPC: "the disk is full; free some space or save it elsewhere",
    errno.EDQUOT: "your share of the disk is used up; free some space or save it elsewhere",
    errno.EFBIG: "the file is larger than this system allows; save it elsewhere",
    errno.EACCES: "this folder cannot be written to; save it elsewhere",
    errno.EPERM: "this folder cannot be written to; save it elsewhere",
    errno.EROFS: "this disk is read-only; save it elsewhere",
    errno.ENOENT: "there is no such folder; save it elsewhere",
    errno.ENOTDIR: "there is no such folder; save it elsewhere",
    errno.ELOOP: "its links lead round in a circle; save it elsewhere",
    errno.ENAMETOOLONG: "the name is too long; choose a shorter one",
    errno.EIO: "the disk reported a fault; save it on another disk",
}


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a file on the disk was like, to notice later that somebody changed it."""

    mtime_ns: int
    size: int
    inode: int
    sha256: str


class System:
    """The calls to the operating system that a save makes, in one place so that a test can let each one fail."""

    def stat(self, path: str) -> os.stat_result:
        """Call os.stat."""
        return os.stat(path)

    def open(self, path: str, flags: int, mode: int = 0o666) -> int:
        """Call os.open."""
        return os.open(path, flags, mode)

    def write(self, descriptor: int, data: memoryview) -> int:
        """Call os.write, which may write less than it was given."""
        return os.write(descriptor, data)

    def chmod(self, path: str, mode: int) -> None:
        """Call os.chmod."""
        os.chmod(path, mode)

    def fsync(self, descriptor: int) -> None:
        """Call os.fsync."""
        os.fsync(descriptor)

    def close(self, descriptor: int) -> None:
        """Call os.close."""
        os.close(descriptor)

    def replace(self, source: str, target: str) -> None:
        """Call os.replace."""
        os.replace(source, target)

    def unlink(self, path: str) -> None:
        """Call os.unlink."""
        os.unlink(path)

    def sleep(self, seconds: float) -> None:
        """Wait before another try."""
        time.sleep(seconds)


SYSTEM = System()


def write_bytes(path: str | Path, data: bytes, system: System = SYSTEM) -> Stamp:
    """Make `path` hold `data` and return its stamp; a link's target is replaced, the file's mode kept.

    Raises FileProblem that says what to try. Until the rename the old file is untouched and the temporary one is
    removed. An error after it (the folder could not be flushed) is raised as well: the new file is in place and
    whole, but a power cut may bring back the old one.
    """
    try:
        target = os.path.realpath(path)
        mode = _mode_to_keep(target, system)
        _remove_abandoned(os.path.dirname(target), system)
        _write_and_rename(target, data, mode, system)
    except (OSError, ValueError) as error:
        raise FileProblem(path, f"not saved, the file is as it was: {_reason(error, path, len(data))}.") from error
    try:
        _flush_folder(os.path.dirname(target), system)
        found = system.stat(target)
    except OSError as error:
        what = "saved, but the disk did not confirm it, so a power cut may bring back the old file"
        raise FileProblem(path, f"{what}: {_reason(error, path, len(data))}.") from error
    return Stamp(found.st_mtime_ns, found.st_size, found.st_ino, hashlib.sha256(data).hexdigest())


def stamp(path: str | Path) -> Stamp | None:
    """Return the stamp of a file as it is now, None when there is none that can be read."""
    try:
        found = os.stat(path)
        if not stat.S_ISREG(found.st_mode):
            return None
        with open(path, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return None
    return Stamp(found.st_mtime_ns, found.st_size, found.st_ino, digest)


def changed(path: str | Path, known: Stamp) -> bool:
    """Tell whether the file is gone or holds something else than when it was stamped.

    The contents are read only when time, size or inode differ, so a clock set back raises no false alarm.
    """
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return True
    if (found.st_mtime_ns, found.st_size, found.st_ino) == (known.mtime_ns, known.size, known.inode):
        return False
    now = stamp(path)
    return now is None or now.sha256 != known.sha256


def _mode_to_keep(target: str, system: System) -> int | None:
    """Return the permissions of the old file, None when there is none. Raises OSError for what must stay."""
    try:
        found = system.stat(target)
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder; choose the name of a file")
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is a device or a pipe, not a file; save it elsewhere")
    if not found.st_mode & 0o222 or not os.access(target, os.W_OK):
        raise OSError(errno.EINVAL, "the file is read-only; allow writing to it, or save under another name")
    return stat.S_IMODE(found.st_mode)


def _write_and_rename(target: str, data: bytes, mode: int | None, system: System) -> None:
    name = f".netwright-{_host()}-{os.getpid()}-{secrets.token_hex(8)}.tmp"
    temporary = os.path.join(os.path.dirname(target), name)
    _in_progress.add(name)
    try:
        _write(temporary, data, mode, system)
        _rename(temporary, target, system)
    except BaseException:
        _remove(temporary, system)
        raise
    finally:
        _in_progress.discard(name)


def _write(temporary: str, data: bytes, mode: int | None, system: System) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = system.open(temporary, flags, 0o666 if mode is None else 0o600)
    try:
        rest = memoryview(data)
        while rest:
            written = system.write(descriptor, rest)
            if written <= 0:
                raise OSError(errno.EIO, "nothing more could be written")
            rest = rest[written:]
        if mode is not None:
            system.chmod(temporary, mode)
        system.fsync(descriptor)
    except BaseException:
        _close_quietly(descriptor, system)
        raise
    system.close(descriptor)


def _rename(temporary: str, target: str, system: System) -> None:
    for pause in (*PAUSES, None):
        try:
            system.replace(temporary, target)
            return
        except OSError as error:
            if pause is None or getattr(error, "winerror", None) not in SHARING_VIOLATIONS:
                raise
            system.sleep(pause)


def _flush_folder(folder: str, system: System) -> None:
    if os.name == "nt":  # folders cannot be opened there; the rename is in the journal of the file system
        return
    descriptor = system.open(folder, os.O_RDONLY)
    try:
        system.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network shares have no such thing
            raise
    finally:
        system.close(descriptor)


def _close_quietly(descriptor: int, system: System) -> None:
    """Close after a first error, which is the one to tell of."""
    try:
        system.close(descriptor)
    except OSError:
        return


def _remove(path: str, system: System) -> None:
    """Remove a temporary file if that is possible; if not, the next save does it."""
    try:
        system.unlink(path)
    except OSError:
        return


def _remove_abandoned(folder: str, system: System) -> None:
    """Remove what saves that were killed left in `folder`."""
    try:
        names = os.listdir(folder)
    except OSError:  # a folder may be open to writing but not to reading
        return
    for name in names:
        match = _TEMPORARY.fullmatch(name)
        if match and match["host"] == _host() and _is_abandoned(folder, name, int(match["process"])):
            _remove(os.path.join(folder, name), system)


def _is_abandoned(folder: str, name: str, process: int) -> bool:
    if process == os.getpid():
        return name not in _in_progress
    if os.name == "nt":  # asking after a process by signal would end it there
        try:
            return time.time() - os.stat(os.path.join(folder, name)).st_mtime > ABANDONED_AFTER
        except OSError:
            return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:
        return False
    return False


def _host() -> str:
    """Return eight digits for this machine: only it can tell whether its processes still live."""
    return f"{zlib.crc32(platform.node().encode('utf-8', 'replace')):08x}"


def _reason(error: OSError | ValueError, path: str | Path, size: int) -> str:
    if not isinstance(error, OSError):
        return "this is no name that a file can have; choose another"
    advice = _ADVICE.get(error.errno or 0) or str(error.strerror or error)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{advice} ({size:,} bytes are needed{_free(path)})"
    return advice


def _free(path: str | Path) -> str:
    try:
        return f", {shutil.disk_usage(os.path.dirname(os.path.realpath(path))).free:,} are free"
    except OSError:
        return ""
