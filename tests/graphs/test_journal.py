"""Edits outlive the window that made them, up to the last that is whole."""

import errno
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphs import edits, files
from graphs.edits import Edit
from graphs.errors import FileProblem
from graphs.filing.journal import Journal
from graphs.filing.recovery import Entry, recoverable, replay, set_aside
from graphs.project import Project
from tests.graphs.killing import ROOT
from tests.graphs.sample_projects import sample


def some_edits() -> list[Edit]:
    """Return six edits of the sample project."""
    return [
        edits.AddNode("main", "n20", "fc2", "Linear", {"out_features": 3}, (8.5, 16)),
        edits.Connect("main", "n2", "output", "n20", "input"),
        edits.Group((edits.Rename("main", "n1", "picture"), edits.Move("main", {"n1": (1, 2), "n2": (3, 4)})), "Tidy"),
        edits.SetParameters("main", "n2", {"bias": True}, reset=("out_features",)),
        edits.AddNote("stage", "n1", {"text": "größer"}),
        edits.RemoveNode("main", "n9"),
    ]


def work(journal: Journal, project: Project, steps: list[Edit]) -> list[Edit]:
    """Apply and record, and return the inverses."""
    back = []
    for edit in steps:
        back.append(edit.apply(project))
        assert journal.record(edit) is None
    return back


def crashed(folder: Path, document: str = "one") -> Project:
    """Leave a journal behind as a window that died would, and return the project that it had."""
    journal, project = Journal(folder, document), sample()
    journal.start(project)
    work(journal, project, some_edits())
    journal.close()
    return project


def only(folder: Path) -> Entry:
    """Return the one entry there is."""
    (entry,) = recoverable(folder)
    return entry


def test_every_edit_comes_back(tmp_path: Path) -> None:
    project = crashed(tmp_path)
    entry = only(tmp_path)
    assert (entry.title, entry.file, entry.steps, entry.document) == ("A sample", None, 6, "one")
    recovered = replay(entry)
    assert recovered.project == project
    assert (recovered.steps, recovered.lost) == (6, 0)


def test_undo_and_redo_are_recorded_as_the_edits_they_are(tmp_path: Path) -> None:
    journal, project = Journal(tmp_path, "one"), sample()
    journal.start(project)
    back = work(journal, project, some_edits())
    redo = work(journal, project, back[::-1])
    assert project == sample()
    work(journal, project, redo[::-1][:3])
    journal.close()
    assert replay(only(tmp_path)).project == project


def test_nothing_is_on_the_disk_before_an_edit_or_after_a_save(tmp_path: Path) -> None:
    folder, path = tmp_path / "recovery", tmp_path / "sample.netwright"
    journal, project = Journal(folder, "one"), sample()
    stamp = files.save(project, path)
    journal.start(project, path, stamp)
    assert not folder.exists()
    work(journal, project, some_edits()[:2])
    assert journal.path.exists()
    journal.saved(project, path, files.save(project, path))
    assert not journal.path.exists()
    work(journal, project, some_edits()[2:3])
    journal.close()
    entry = only(folder)
    assert (entry.file, entry.steps, entry.file_changed) == (path, 1, False)
    assert replay(entry).project == project


def test_a_save_that_is_not_on_the_disk_keeps_the_journal(tmp_path: Path) -> None:
    path = tmp_path / "sample.netwright"
    journal, project = Journal(tmp_path, "one"), sample()
    journal.start(project)
    work(journal, project, some_edits())
    stamp = files.save(project, path)
    path.write_text("something else")
    with pytest.raises(FileProblem, match="kept"):
        journal.saved(project, path, stamp)
    assert journal.path.exists()
    journal.discard()
    assert not journal.path.exists()


def test_a_file_that_changed_meanwhile_is_noticed_and_recovery_needs_it_not(tmp_path: Path) -> None:
    path = tmp_path / "sample.netwright"
    journal, project = Journal(tmp_path, "one"), sample()
    journal.start(project, path, files.save(project, path))
    work(journal, project, some_edits())
    journal.close()
    files.save(Project("Another"), path)
    assert only(tmp_path).file_changed
    path.unlink()
    assert only(tmp_path).file_changed
    assert replay(only(tmp_path)).project == project


def test_two_untitled_documents_both_come_back(tmp_path: Path) -> None:
    crashed(tmp_path, "one")
    journal, project = Journal(tmp_path, "two"), Project("Second")
    journal.start(project)
    work(journal, project, [edits.AddNode("main", "n1", "x", "Input")])
    journal.close()
    assert {entry.title: replay(entry).steps for entry in recoverable(tmp_path)} == {"A sample": 6, "Second": 1}


def test_an_unsaved_project_is_written_at_once(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "one")
    journal.start(sample(), unsaved=True)
    journal.close()
    assert replay(only(tmp_path)).project == sample()


def test_a_journal_in_use_is_not_offered(tmp_path: Path) -> None:
    journal, project = Journal(tmp_path, "one"), sample()
    journal.start(project)
    work(journal, project, some_edits())
    assert recoverable(tmp_path) == []
    journal.close()
    assert len(recoverable(tmp_path)) == 1


def test_a_torn_last_line_costs_that_line_alone(tmp_path: Path) -> None:
    crashed(tmp_path)
    journal = only(tmp_path).journal
    whole = journal.read_bytes()
    start_of_last = whole.rstrip(b"\n").rindex(b"\n") + 1
    for length in range(start_of_last + 1, len(whole) - 1):
        journal.write_bytes(whole[:length])
        recovered = replay(only(tmp_path))
        assert (recovered.steps, recovered.lost) == (5, 1)
        only(tmp_path).settle()


def test_a_flipped_byte_costs_what_follows_it(tmp_path: Path) -> None:
    crashed(tmp_path)
    journal = only(tmp_path).journal
    lines = journal.read_bytes().splitlines(keepends=True)
    for number in range(1, len(lines)):
        line = bytearray(lines[number])
        line[len(line) // 2] ^= 4
        journal.write_bytes(b"".join([*lines[:number], bytes(line), *lines[number + 1 :]]))
        recovered = replay(only(tmp_path))
        assert (recovered.steps, recovered.lost) == (number - 1, len(lines) - number)
        only(tmp_path).settle()


def test_a_damaged_first_line_is_set_aside_and_kept(tmp_path: Path) -> None:
    crashed(tmp_path)
    journal = only(tmp_path).journal
    data = journal.read_bytes().replace(b"picture", b"Picture").replace(b"A sample", b"B sample")
    journal.write_bytes(data)
    assert recoverable(tmp_path) == []
    assert [path.read_bytes() for path in set_aside(tmp_path)] == [data]


def test_what_crashes_the_window_twice_is_set_aside_the_third_time(tmp_path: Path) -> None:
    crashed(tmp_path)
    data = only(tmp_path).journal.read_bytes()
    for _ in range(2):
        replay(only(tmp_path))  # and the window dies before it can settle
    assert recoverable(tmp_path) == []
    assert [path.read_bytes() for path in set_aside(tmp_path)] == [data]
    crashed(tmp_path)
    for _ in range(5):
        replay(only(tmp_path))
        only(tmp_path).settle()
    only(tmp_path).discard()
    assert recoverable(tmp_path) == []
    assert len(set_aside(tmp_path)) == 1


def test_an_edit_that_does_not_apply_ends_the_recovery(tmp_path: Path) -> None:
    journal, project = Journal(tmp_path, "one"), sample()
    journal.start(project)
    work(journal, project, some_edits()[:2])
    journal.record(edits.Rename("main", "gone", "x"))
    journal.record(edits.SetTitle("after"))
    journal.close()
    recovered = replay(only(tmp_path))
    assert recovered.project == project
    assert (recovered.steps, recovered.lost) == (2, 2)


def test_a_full_disk_is_told_once_and_nothing_is_lost_when_there_is_room_again(tmp_path: Path) -> None:
    journal, project = Journal(tmp_path, "one"), sample()
    journal.start(project)
    steps = some_edits()
    work(journal, project, steps[:1])
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (journal.path.stat().st_size + 30, limits[1]))
        told = []
        for edit in steps[1:4]:
            edit.apply(project)
            told.append(journal.record(edit))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert isinstance(told[0], FileProblem)
    assert os.strerror(errno.EFBIG) in str(told[0])
    assert told[1:] == [None, None]
    work(journal, project, steps[4:])
    journal.close()
    assert replay(only(tmp_path)).project == project


def test_a_folder_that_cannot_be_made_is_told_and_editing_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    journal, project = Journal(tmp_path / "file" / "recovery", "one"), sample()
    journal.start(project)
    assert isinstance(journal.record(edits.SetTitle("x")), FileProblem)
    assert journal.record(edits.SetTitle("y")) is None
    journal.discard()
    assert recoverable(tmp_path / "file") == []


def test_the_disk_is_flushed_at_most_once_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now, flushed = [0.0], list[float]()
    journal = Journal(tmp_path, "one", clock=lambda: now[0])
    journal.start(sample())
    journal.record(edits.SetTitle("makes the file"))
    real = os.fsync

    def fsync(descriptor: int) -> None:
        flushed.append(now[0])
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    for tenth in range(1, 36):
        now[0] = tenth / 10
        journal.record(edits.SetTitle(f"{tenth}"))
    assert flushed == [1.0, 2.0, 3.0]
    journal.flush()
    assert flushed == [1.0, 2.0, 3.0, 3.5]
    journal.discard()


MANY = """
import os, sys
from pathlib import Path
from graphs import edits
from graphs.filing.journal import Journal
from graphs.project import Project
project = Project()
journal = Journal(Path(sys.argv[1]), "killed")
journal.start(project)
for number in range(int(sys.argv[2])):
    edit = edits.AddNode("main", f"n{number}", f"fc{number}", "Linear")
    edit.apply(project)
    journal.record(edit)
os.kill(os.getpid(), 9)
"""


def test_a_killed_process_loses_no_edit(tmp_path: Path) -> None:
    for count in (1, 200):
        done = subprocess.run([sys.executable, "-c", MANY, str(tmp_path), str(count)], cwd=ROOT)
        assert done.returncode == -signal.SIGKILL
        recovered = replay(only(tmp_path))
        assert (recovered.steps, recovered.lost) == (count, 0)
        assert recovered.project.main.names() == {f"fc{number}" for number in range(count)}
        only(tmp_path).discard()
    assert os.listdir(tmp_path) == []


@given(data=st.data())
def test_any_damage_leaves_a_project_or_sets_the_journal_aside(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("recovery")
    crashed(folder)
    journal = only(folder).journal
    content = bytearray(journal.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        at = int(data.draw(st.floats(0, 1)) * len(content))  # the length differs by the time in the first line
        content[at : at + data.draw(st.integers(0, 5))] = data.draw(st.binary(max_size=5))
    journal.write_bytes(bytes(content))
    for entry in recoverable(folder):
        recovered = replay(entry)
        assert 0 <= recovered.steps <= entry.steps
    assert len(recoverable(folder)) + len(set_aside(folder)) == 1
