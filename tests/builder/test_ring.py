"""The ring of metrics: new records once, losses counted, damage named, two processes at a time."""

import math
import os
import subprocess
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

import numpy
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.ring import CAPACITY, Reader, Writer
from graphs.errors import FileProblem

ROOT = Path(__file__).parent.parent.parent


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(capacity=st.integers(1, 40), bursts=st.lists(st.integers(0, 60), max_size=12))
def test_a_reader_gets_each_record_once_or_knows_that_it_is_lost(
    tmp_path: Path, capacity: int, bursts: Sequence[int]
) -> None:
    path = tmp_path / "ring"
    path.unlink(missing_ok=True)
    writer = Writer(path, ("step", "loss"), capacity)
    reader, cursor, step = Reader(path), 0, 0
    for burst in bursts:
        for _ in range(burst):
            writer.append((step, -step))
            step += 1
        batch = reader.read(cursor)
        assert batch.lost == max(0, burst - capacity)
        assert batch.cursor == step
        assert batch.rows[:, 0].tolist() == list(range(cursor + batch.lost, step))
        assert batch.rows[:, 1].tolist() == [-n for n in range(cursor + batch.lost, step)]
        cursor = batch.cursor
    writer.close()


def test_every_float_crosses_bit_for_bit(tmp_path: Path) -> None:
    values = (math.nan, math.inf, -math.inf, -0.0, 5e-324, 1.7976931348623157e308)
    writer = Writer(tmp_path / "ring", [f"c{n}" for n in range(len(values))], 4)
    writer.append(values)
    rows = Reader(tmp_path / "ring").read().rows
    assert rows.tobytes() == numpy.array([values]).tobytes()
    writer.close()


def test_a_writer_goes_on_where_the_last_one_stopped_and_begins_anew_with_other_columns(tmp_path: Path) -> None:
    path = tmp_path / "ring"
    for step in range(3):
        writer = Writer(path, ("step",), 8)
        writer.append((step,))
        writer.close()
    assert Reader(path).read().rows[:, 0].tolist() == [0, 1, 2]
    reader = Reader(path)
    cursor = reader.read().cursor
    writer = Writer(path, ("step", "loss"), 8)
    for step in range(5):
        writer.append((step, 0.5))
    writer.close()
    assert reader.read(cursor).rows[:, 0].tolist() == [0, 1, 2, 3, 4]
    assert reader.columns == ("step", "loss")


def test_a_record_that_its_writer_died_in_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "ring"
    writer = Writer(path, ("step",), 8)
    writer.append((1,))
    writer.append((2,))
    at = writer.layout.position(1)
    writer.close()
    with path.open("r+b") as file:  # the counters say two, the second slot is half written
        file.seek(at + 16)
        file.write(b"\1\2\3\4")
    reader = Reader(path)
    first = reader.read()
    assert first.rows[:, 0].tolist() == [1]
    assert (first.cursor, first.lost) == (1, 0)
    writer = Writer(path, ("step",), 8)
    writer.append((3,))
    writer.close()
    after = reader.read(first.cursor)
    assert after.rows[:, 0].tolist() == [3]
    assert (after.cursor, after.lost) == (3, 1)


def test_a_cursor_from_elsewhere_does_no_harm(tmp_path: Path) -> None:
    writer = Writer(tmp_path / "ring", ("step",), 8)
    writer.append((1,))
    reader = Reader(tmp_path / "ring")
    assert reader.read(10**30).cursor == 1
    assert reader.read(-5).rows[:, 0].tolist() == [1]
    writer.close()


def test_damage_is_named_and_never_crashes(tmp_path: Path) -> None:
    path = tmp_path / "ring"
    Writer(path, ("step", "loss"), 16).close()
    whole = path.read_bytes()
    damaged = [whole[:cut] for cut in (0, 1, 20, 4095, 4096, len(whole) - 1)] + [whole + b"\0"]
    damaged += [whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :] for at in range(44)]
    for data in damaged:
        path.write_bytes(data)
        with pytest.raises(FileProblem, match="ring"):
            Reader(path)
    path.write_bytes(whole[:4080] + bytes(range(16)) + whole[4096:])
    with pytest.raises(FileProblem, match="counters"):
        Reader(path).read()
    path.unlink()
    with pytest.raises(FileProblem, match="cannot be read"):
        Reader(path)


def test_a_file_cut_short_under_its_reader_is_an_error_not_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "ring"
    writer = Writer(path, ("step",), 1024)
    for step in range(1024):
        writer.append((step,))
    writer.close()
    reader = Reader(path)
    os.truncate(path, 5000)
    with pytest.raises(FileProblem, match="damaged"):
        reader.read()


def test_the_file_is_no_hole_that_a_full_disk_could_turn_into_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "ring"
    Writer(path, ("step",), CAPACITY).close()
    if not hasattr(os.stat_result, "st_blocks"):
        pytest.skip("this system does not say how much of a file is on the disk")
    assert path.stat().st_blocks * 512 >= path.stat().st_size


@pytest.mark.skipif(sys.platform == "win32", reason="sets a limit that Windows does not have")
def test_a_ring_that_the_disk_has_no_room_for_leaves_nothing_behind(tmp_path: Path) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            Writer(tmp_path / "metrics.ring", ("step", "loss"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("capacity", [3, 64, 4096])
def test_two_readers_beside_a_writing_process_see_only_whole_records(tmp_path: Path, capacity: int) -> None:
    path, count = tmp_path / "ring", 60_000
    program = f"""
        from pathlib import Path
        from builder.ring import Writer
        writer = Writer(Path({str(path)!r}), ("a", "b", "c"), {capacity})
        for n in range({count}):
            writer.append((n, n * 2, n * 3))
    """
    Writer(path, ("a", "b", "c"), capacity).close()
    child = subprocess.Popen([sys.executable, "-c", textwrap.dedent(program)], cwd=ROOT)
    readers = [(Reader(path), [0, 0, 0]) for _ in range(2)]
    while True:
        ended = child.poll() is not None
        for reader, totals in readers:
            batch = reader.read(totals[0])
            a, b, c = batch.rows.T
            assert ((b == a * 2) & (c == a * 3)).all()
            assert (numpy.diff(a) > 0).all()
            totals[:] = [batch.cursor, totals[1] + len(batch.rows), totals[2] + batch.lost]
        if ended:
            break
    assert child.returncode == 0
    for _, (cursor, seen, lost) in readers:
        assert cursor == seen + lost == count
