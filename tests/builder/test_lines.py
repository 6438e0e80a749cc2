"""Files of JSON lines: torn ends, damage, growth while they are read."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.lines import Tail, append


def test_two_readers_each_see_every_line_once(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    early, late = Tail(path), Tail(path)
    assert early.read() == []
    append(path, {"n": 1})
    assert early.read() == [{"n": 1}]
    append(path, {"n": 2})
    assert early.read() == [{"n": 2}]
    assert late.read() == [{"n": 1}, {"n": 2}]
    assert early.read() == late.read() == []


def test_a_torn_end_waits_and_the_next_writer_begins_a_line_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    append(path, {"n": 1})
    with path.open("ab") as file:
        file.write(b'{"n": 2, "te')
    tail = Tail(path)
    assert tail.read() == [{"n": 1}]
    assert tail.read() == []
    append(path, {"n": 3})
    assert tail.read() == [{"n": 3}]
    assert tail.damaged == 1


def test_a_line_that_arrives_in_pieces_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    whole = Path(tmp_path / "whole")
    append(whole, {"text": "é" * 40})
    tail, seen = Tail(path), []
    for byte in whole.read_bytes():
        with path.open("ab") as file:
            file.write(bytes([byte]))
        seen += tail.read()
    assert seen == [{"text": "é" * 40}]


def test_a_file_begun_anew_is_read_from_its_start(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    tail = Tail(path)
    append(path, {"n": 10000})
    tail.read()
    path.unlink()
    assert tail.read() == []
    append(path, {"n": 1})
    assert tail.read() == [{"n": 1}]


@given(st.binary(max_size=200))
def test_damage_never_hides_what_follows(tmp_path_factory: pytest.TempPathFactory, junk: bytes) -> None:
    path = tmp_path_factory.mktemp("lines") / "lines"
    path.write_bytes(junk)
    append(path, {"last": True})
    assert Tail(path).read()[-1] == {"last": True}


def test_depth_and_digits_are_damage(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    path.write_bytes(b"[" * 200_000 + b"\n" + b'{"n": ' + b"9" * 10_000 + b"}\n" + b"\xff\xfe\n")
    append(path, {"n": 1})
    tail = Tail(path)
    assert tail.read() == [{"n": 1}]
    assert tail.damaged == 3
