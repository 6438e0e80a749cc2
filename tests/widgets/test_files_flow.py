"""Files: opened, saved and exported through the window's own flow, with every question answered each way."""

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from graphs import files, templates
from graphs.edits import SetTitle
from graphs.errors import FileProblem, UserError
from tests.graphs.sketch import with_block
from tests.widgets.answers import Answers, answers
from widgets.document import Document
from widgets.file_watch import FileWatch
from widgets.files_flow import FilesFlow
from widgets.frame.exporting import exporters
from widgets.memory import WindowMemory
from widgets.selection import Selection
from widgets.settings import Settings
from widgets.theme import ThemeSource

Bench = tuple[FilesFlow, Document, type[Answers]]


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    """A flow, its document, and the answers it gets."""
    window, document, given = QWidget(), Document(), answers()
    qtbot.addWidget(window)
    return FilesFlow(window, document, Settings(), WindowMemory(), given), document, given


def test_save_asks_for_a_path_once(bench: Bench, tmp_path: Path) -> None:
    flow, document, given = bench
    flow.new("digits_cnn")
    assert document.dirty
    target = tmp_path / "digits.netwright"
    given.paths[:] = [target]
    assert flow.save()
    assert not document.dirty
    document.perform(SetTitle("Mine"))
    assert flow.save()
    assert files.load(target).title == "Mine"


def test_save_that_is_declined_keeps_the_work(bench: Bench) -> None:
    flow, document, _ = bench
    flow.new("mlp")
    assert not flow.save()
    assert document.dirty


@pytest.mark.parametrize(("answer", "replaced"), [("cancel", False), ("discard", True), ("save", True)])
def test_unsaved_work_is_asked_about(bench: Bench, tmp_path: Path, answer: str, replaced: bool) -> None:
    flow, document, given = bench
    flow.new("mlp")
    other = tmp_path / "other.netwright"
    files.save(templates.create("lenet5"), other)
    given.answers[:] = [answer]
    given.paths[:] = [tmp_path / "kept.netwright"]
    assert flow.open(other) is replaced
    assert (document.path == other) is replaced
    assert (tmp_path / "kept.netwright").exists() is (answer == "save")
    assert len(given.asked) == 1


def test_opening_remembers_and_a_broken_file_changes_nothing(bench: Bench, tmp_path: Path) -> None:
    flow, document, _ = bench
    good, bad = tmp_path / "good.netwright", tmp_path / "bad.netwright"
    files.save(templates.create("mlp"), good)
    bad.write_text("{")
    assert flow.open(good)
    with pytest.raises(FileProblem):
        flow.open(bad)
    assert document.path == good
    assert [recent.path for recent in WindowMemory().recent()] == [good]


def test_a_new_project_grows_as_the_settings_say(bench: Bench) -> None:
    flow, document, _ = bench
    settings = Settings()
    settings.set("flow", "right")
    later = FilesFlow(flow.window, document, settings, WindowMemory(), answers())
    later.new()
    assert document.project.main.flow == "right"


def test_a_newer_project_is_copied_as_it_is(bench: Bench, tmp_path: Path) -> None:
    flow, document, given = bench
    source, copy = tmp_path / "newer.netwright", tmp_path / "copy.netwright"
    text = files.dumps(templates.create("mlp")).replace(b'"version": 1', b'"version": 99')
    source.write_bytes(text)
    flow.open(source)
    assert document.project.read_only
    given.paths[:] = [copy]
    assert flow.save()
    assert copy.read_bytes() == text


def test_export_goes_by_the_suffix(bench: Bench, tmp_path: Path) -> None:
    flow, _, _ = bench
    flow.exporters = {".txt": lambda: b"words"}
    assert flow.export(tmp_path / "a.txt") == tmp_path / "a.txt"
    assert (tmp_path / "a.txt").read_bytes() == b"words"
    with pytest.raises(UserError, match=r"nothing is written as \.doc"):
        flow.export(tmp_path / "a.doc")


def test_a_block_on_view_is_exported_with_the_network_it_stands_in(bench: Bench) -> None:
    document, selection = Document(with_block().project), Selection()
    written = exporters(bench[0].window, document, selection, ThemeSource("dark"))[".py"]
    whole = written()
    selection.network = "stage"
    assert written() == whole
    assert b"class Stage" in whole


def test_a_file_changed_elsewhere_is_noticed_once(bench: Bench, tmp_path: Path, qtbot: QtBot) -> None:
    flow, document, _ = bench
    path = tmp_path / "shared.netwright"
    files.save(templates.create("mlp"), path)
    flow.open(path)
    watch = FileWatch(document, flow)
    told: list[bool] = []
    watch.changed.connect(lambda: told.append(True))
    document.perform(SetTitle("Here"))
    flow.save()
    watch.look()
    assert told == []
    project = files.load(path)
    project.title = "There"
    other = tmp_path / "aside.netwright"
    files.save(project, other)
    with qtbot.waitSignal(watch.changed):
        os.replace(other, path)
    watch.look()
    assert told == [True]
    flow.reload()
    assert document.project.title == "There"
    assert not document.dirty


def test_work_whose_file_is_taken_away_counts_as_unsaved(bench: Bench, tmp_path: Path, qtbot: QtBot) -> None:
    flow, document, _ = bench
    path = tmp_path / "mine.netwright"
    files.save(templates.create("mlp"), path)
    flow.open(path)
    watch = FileWatch(document, flow)
    watch.lost.connect(flow.lose)
    with qtbot.waitSignals([watch.lost, flow.noted]):
        path.unlink()
    assert document.dirty
    assert flow.save()
    assert path.exists()
    assert not document.dirty


def test_a_file_that_is_replaced_by_removing_it_first_is_not_lost(bench: Bench, tmp_path: Path, qtbot: QtBot) -> None:
    flow, document, _ = bench
    path = tmp_path / "mine.netwright"
    files.save(templates.create("mlp"), path)
    flow.open(path)
    watch = FileWatch(document, flow)
    lost: list[bool] = []
    watch.lost.connect(lambda: lost.append(True))
    with qtbot.waitSignal(watch.changed):
        path.unlink()
        watch.look()
        files.save(templates.create("lenet5"), path)
    assert lost == []


def test_work_whose_file_was_damaged_elsewhere_counts_as_unsaved(bench: Bench, tmp_path: Path) -> None:
    flow, document, _ = bench
    path = tmp_path / "mine.netwright"
    files.save(templates.create("mlp"), path)
    flow.open(path)
    path.write_text("{")
    with pytest.raises(FileProblem):
        flow.reload()
    assert document.dirty
