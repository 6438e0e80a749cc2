"""Files dropped on the window: projects open, data is taken in, everything else is explained."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from graphs import files, templates
from tests.widgets.opening import Opened
from widgets.panels.data_watch import DataWatch

_COPY, _LEFT, _NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def drop(target: QWidget, *paths: Path) -> None:
    """Drag files over a widget and let them go."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    entering = QDragEnterEvent(QPoint(200, 200), _COPY, data, _LEFT, _NONE)
    QApplication.sendEvent(target, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(target, QDropEvent(QPointF(200, 200), _COPY, data, _LEFT, _NONE))


def until_read(opened: Opened, qtbot: QtBot) -> None:
    """Wait for the panel of the data, and until it has read them."""
    qtbot.waitUntil(lambda: bool(opened.window.findChildren(DataWatch)))
    (watch,) = opened.window.findChildren(DataWatch)
    qtbot.waitUntil(lambda: not watch.working)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A small table."""
    path = tmp_path / "table.csv"
    path.write_text("length,kind\n1.5,a\n2.5,b\n" * 10)
    return path


def test_a_project_among_other_files_opens(project: Opened, table: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.netwright"
    files.save(templates.create("mlp"), other)
    drop(project.window.canvas, table, other)
    assert project.parts.document.path == other


def test_data_dropped_on_the_drawing_is_taken_into_the_project(project: Opened, table: Path, qtbot: QtBot) -> None:
    document = project.parts.document
    drop(project.window.canvas, table)
    assert document.project.data["source"] == {"kind": "csv", "path": str(table)}
    assert project.window.view == "data"
    assert document.undo_title == "Take data from CSV file"
    until_read(project, qtbot)


def test_data_dropped_on_the_start_page_begins_a_project(opened: Opened, table: Path, qtbot: QtBot) -> None:
    drop(opened.window.start_page, table)
    assert opened.window.in_project
    assert opened.parts.document.project.data["source"] == {"kind": "csv", "path": str(table)}
    until_read(opened, qtbot)


def test_another_file_is_explained_and_changes_nothing(project: Opened, tmp_path: Path) -> None:
    letter = tmp_path / "letter.odt"
    letter.write_text("Dear")
    before = files.dumps(project.parts.document.project)
    drop(project.window.canvas, letter)
    assert "letter.odt is neither a project nor data" in project.window.errors.whole
    assert files.dumps(project.parts.document.project) == before
