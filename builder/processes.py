"""Which process is which: an identity that survives the reuse of process numbers and changes of the clock.

psutil is loaded where it is used: on Linux a window starts, and looks at its runs, without it.
"""

import os
import platform
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Identity:
    """A process of one machine; `birth` is text that no other process with the same number shares."""

    pid: int
    birth: str
    host: str

    @property
    def here(self) -> bool:
        """Whether it is a process of this machine, so that `alive` can tell."""
        return self.host == platform.node()

    @property
    def alive(self) -> bool:
        """Whether this very process still runs; one that has ended and waits to be collected does not."""
        return bool(self.birth) and self.here and _birth(self.pid) == self.birth


def identify(pid: int | None = None) -> Identity:
    """The identity of a running process, of this one by default; that of no process has an empty `birth`."""
    number = os.getpid() if pid is None else pid
    return Identity(number, _birth(number), platform.node())


def _birth(pid: int) -> str:
    return _linux_birth(pid) if sys.platform == "linux" else _other_birth(pid)


def _linux_birth(pid: int) -> str:
    # Ticks since boot, unlike psutil's seconds since 1970, do not move when the clock is set.
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""
    return "" if fields[0] in (b"Z", b"X") else f"{boot}:{fields[19].decode()}"


def _other_birth(pid: int) -> str:
    import psutil

    try:
        process = psutil.Process(pid)
        return "" if process.status() == psutil.STATUS_ZOMBIE else f"{process.create_time():.1f}"
    except psutil.Error:
        return ""


def end(identity: Identity, *, kill: bool = False) -> None:
    """Ask a process and the children it started to end, or kill them; nothing happens where it is gone already."""
    if not identity.alive:
        return
    if sys.platform != "win32" and os.getpgid(identity.pid) == identity.pid:
        with suppress(ProcessLookupError):
            os.killpg(identity.pid, signal.SIGKILL if kill else signal.SIGTERM)
        return
    import psutil

    with suppress(psutil.Error):
        process = psutil.Process(identity.pid)
        for member in (*process.children(recursive=True), process):
            with suppress(psutil.Error):
                member.kill() if kill else member.terminate()


def yield_priority() -> None:
    """Make this process give way to others, so that training on the processor leaves the window smooth."""
    import psutil

    with suppress(psutil.Error, OSError):
        if sys.platform == "win32":
            psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        else:
            psutil.Process().nice(max(5, psutil.Process().nice()))


def exit_words(code: int) -> str:
    """An exit code in words; below zero it is the number of the signal that ended the process."""
    if code >= 0:
        return f"exit code {code}"
    try:
        return f"signal {signal.Signals(-code).name}"
    except ValueError:
        return f"signal {-code}"
