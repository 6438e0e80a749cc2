"""Saving leaves a whole file, whatever fails and whenever the process dies."""

import errno
import os
import resource
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from graphs.errors import FileProblem
from graphs.filing.atomic import System, changed, stamp, write_bytes
from tests.graphs.faults import Faulty, Stingy
from tests.graphs.killing import ROOT, kill_while_saving

OLD, NEW = b"old" * 1000, b"new" * 2000
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EDQUOT, errno.EROFS, errno.EINTR, errno.EPERM, errno.EFBIG)


def calls_of_a_save(folder: Path) -> list[str]:
    system = Faulty()
    path = folder / "counted"
    path.write_bytes(OLD)
    write_bytes(path, NEW, system)
    path.unlink()
    return system.calls


def temporaries(folder: Path) -> list[str]:
    return [name for name in os.listdir(folder) if name.endswith(".tmp")]


def test_a_new_file_and_a_replaced_one(tmp_path: Path) -> None:
    path = tmp_path / "a.netwright"
    first = write_bytes(path, OLD)
    assert path.read_bytes() == OLD
    assert first == stamp(path)
    second = write_bytes(path, NEW)
    assert path.read_bytes() == NEW
    assert (second.size, second.sha256) != (first.size, first.sha256)
    assert os.listdir(tmp_path) == ["a.netwright"]


@pytest.mark.parametrize("persistently", [False, True], ids=["once", "persistently"])
@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.__getitem__)
def test_every_call_fails_in_turn(tmp_path: Path, number: int, persistently: bool) -> None:
    calls = calls_of_a_save(tmp_path)
    renamed = calls.index("replace")
    for place, name in enumerate(calls):
        folder = tmp_path / str(place)
        folder.mkdir()
        path = folder / "a.netwright"
        path.write_bytes(OLD)
        with pytest.raises(FileProblem) as problem:
            write_bytes(path, NEW, Faulty(place, number, persistently))
        assert path.read_bytes() == (NEW if place > renamed else OLD), (place, name)
        assert ("not saved" in str(problem.value)) == (place <= renamed)
        if not persistently:
            assert temporaries(folder) == [], (place, name)
        write_bytes(path, NEW)
        assert os.listdir(folder) == ["a.netwright"], "the next save cleans up after one that could not"


@pytest.mark.parametrize("most", [1, 7, 4096])
def test_short_writes_are_completed(tmp_path: Path, most: int) -> None:
    path = tmp_path / "a.netwright"
    write_bytes(path, NEW, Stingy(most))
    assert path.read_bytes() == NEW


def test_a_write_that_makes_no_progress_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.netwright"
    path.write_bytes(OLD)
    with pytest.raises(FileProblem, match="not saved"):
        write_bytes(path, NEW, Stingy(0))
    assert path.read_bytes() == OLD
    assert os.listdir(tmp_path) == ["a.netwright"]


def test_a_full_disk_names_the_space_that_is_free(tmp_path: Path) -> None:
    path = tmp_path / "a.netwright"
    place = calls_of_a_save(tmp_path).index("write")
    with pytest.raises(FileProblem, match=r"disk is full.*6,000 bytes are needed, [\d,]+ are free"):
        write_bytes(path, NEW, Faulty(place, errno.ENOSPC))
    assert not path.exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_device_that_is_always_full(tmp_path: Path) -> None:
    class Full(System):
        """Every byte goes to a device that has no room."""

        def write(self, descriptor: int, data: memoryview) -> int:
            full = os.open("/dev/full", os.O_WRONLY)
            try:
                return super().write(full, data)
            finally:
                os.close(full)

    path = tmp_path / "a.netwright"
    path.write_bytes(OLD)
    with pytest.raises(FileProblem, match="disk is full"):
        write_bytes(path, NEW, Full())
    assert path.read_bytes() == OLD
    assert os.listdir(tmp_path) == ["a.netwright"]


def test_a_limit_on_the_size_of_files(tmp_path: Path) -> None:
    path = tmp_path / "a.netwright"
    path.write_bytes(OLD)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
        with pytest.raises(FileProblem, match="larger than this system allows"):
            write_bytes(path, NEW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert path.read_bytes() == OLD
    assert os.listdir(tmp_path) == ["a.netwright"]


def test_a_small_disk_that_is_full(tmp_path: Path) -> None:
    script = f"""
from graphs.filing.atomic import write_bytes
path = {str(tmp_path / "a")!r}
write_bytes(path, b"o" * 20000)
try:
    write_bytes(path, b"n" * 60000)
except Exception as error:
    print(type(error).__name__, error)
import os
print(os.listdir({str(tmp_path)!r}), open(path).read() == "o" * 20000)
"""
    shell = 'mount -t tmpfs -o size=64k none "$0" || exit 9; exec "$1" -c "$2"'
    command = ["unshare", "-rm", "sh", "-c", shell, str(tmp_path), sys.executable, script]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    if done.returncode == 9 or done.stderr.startswith("unshare"):
        pytest.skip(f"a small disk cannot be mounted here: {done.stderr.strip()}")
    assert "FileProblem" in done.stdout, done.stderr
    assert "disk is full" in done.stdout
    assert "['a'] True" in done.stdout


def test_the_mode_is_kept_and_a_new_file_follows_the_mask(tmp_path: Path) -> None:
    path = tmp_path / "a.netwright"
    old = os.umask(0o027)
    try:
        write_bytes(path, OLD)
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    path.chmod(0o604)
    write_bytes(path, NEW)
    assert stat.S_IMODE(path.stat().st_mode) == 0o604


def test_a_link_is_kept_and_its_target_replaced(tmp_path: Path) -> None:
    target, link = tmp_path / "there" / "a.netwright", tmp_path / "link.netwright"
    target.parent.mkdir()
    target.write_bytes(OLD)
    link.symlink_to(target)
    write_bytes(link, NEW)
    assert link.is_symlink()
    assert target.read_bytes() == NEW
    assert os.listdir(tmp_path / "there") == ["a.netwright"]


def test_what_cannot_be_saved_to_says_what_to_try(tmp_path: Path) -> None:
    protected = tmp_path / "protected"
    protected.write_bytes(OLD)
    protected.chmod(0o444)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    expected = {
        protected: "read-only",
        tmp_path: "folder",
        tmp_path / "pipe": "pipe",
        tmp_path / "none" / "a": "no such folder",
        protected / "a": "no such folder",
        tmp_path / ("x" * 300): "too long",
        tmp_path / "nul\0": "no name",
        tmp_path / "half\ud800": "no name",
        tmp_path / "circle": "circle",
    }
    for path, words in expected.items():
        with pytest.raises(FileProblem, match=words):
            write_bytes(path, NEW)
    assert protected.read_bytes() == OLD
    assert temporaries(tmp_path) == []


def test_a_longest_name_can_be_saved(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 255)
    write_bytes(path, NEW)
    assert path.read_bytes() == NEW


class Scanned(System):
    """Another program holds the target for the first `times` tries, as happens on Windows."""

    def __init__(self, times: int) -> None:
        self.left = times
        self.slept = 0.0

    def replace(self, source: str, target: str) -> None:
        self.left -= 1
        if self.left >= 0:
            held = PermissionError(errno.EACCES, "held by another program")
            held.winerror = 32  # type: ignore[attr-defined,misc,unused-ignore]  # set by the system on Windows alone
            raise held
        super().replace(source, target)

    def sleep(self, seconds: float) -> None:
        self.slept += seconds


def test_a_rename_that_another_program_blocks_is_tried_again_for_two_seconds(tmp_path: Path) -> None:
    path = tmp_path / "a.netwright"
    path.write_bytes(OLD)
    write_bytes(path, NEW, Scanned(3))
    assert path.read_bytes() == NEW
    blocked = Scanned(100)
    with pytest.raises(FileProblem, match="not saved"):
        write_bytes(path, OLD, blocked)
    assert path.read_bytes() == NEW
    assert blocked.slept == pytest.approx(2)
    assert os.listdir(tmp_path) == ["a.netwright"]


def test_temporaries_of_the_living_and_of_other_machines_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.netwright"
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    opened: list[str] = []

    class Watching(System):
        """Notes the name of the temporary file."""

        def open(self, path: str, flags: int, mode: int = 0o666) -> int:
            opened.append(os.path.basename(path))
            return super().open(path, flags, mode)

    write_bytes(path, OLD, Watching())
    stem, host, process, rest = opened[0].split("-")
    assert int(process) == os.getpid()
    living = f"{stem}-{host}-{os.getppid()}-{rest}"
    elsewhere = f"{stem}-{'0' * 8}-{dead.pid}-{rest}"
    killed = f"{stem}-{host}-{dead.pid}-{rest}"
    strangers = ".something.tmp"
    for name in (living, elsewhere, killed, strangers):
        (tmp_path / name).write_bytes(b"half")
    write_bytes(path, NEW)
    assert sorted(os.listdir(tmp_path)) == sorted([path.name, living, elsewhere, strangers])


def test_a_change_on_the_disk_is_noticed_and_a_clock_set_back_is_not_one(tmp_path: Path) -> None:
    path = tmp_path / "a.netwright"
    known = write_bytes(path, OLD)
    assert not changed(path, known)
    os.utime(path, ns=(0, known.mtime_ns - 86_400_000_000_000))
    assert not changed(path, known)
    path.write_bytes(NEW)
    assert changed(path, known)
    path.unlink()
    assert changed(path, known)
    assert stamp(path) is None
    assert stamp(tmp_path) is None


def test_the_file_survives_a_hundred_kills(tmp_path: Path) -> None:
    kill_while_saving(tmp_path, times=100)
