"""Pictures, replacing and comparing through the window's commands."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest

from graphs import catalogue, files
from graphs.edits import AddNode, RemoveNode, SetParameters
from graphs.project import MAIN
from tests.widgets.opening import Opened
from widgets.dialogs.export_picture import ExportPictureDialog
from widgets.dialogs.replacing import ReplaceKindDialog, ReplaceParameterDialog

LEFT = Qt.MouseButton.LeftButton
_BEGINS = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf"])
def test_a_picture_is_written_in_each_format(project: Opened, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"drawing.{suffix}"
    project.answers.paths[:] = [path]
    project.window.commands.run("file.export_picture")
    dialog = project.window.findChild(ExportPictureDialog)
    assert dialog is not None
    dialog.choose("format", suffix)
    dialog.choose("scale", 1.0)
    QTest.mouseClick(dialog.save, LEFT)
    assert path.read_bytes().startswith(_BEGINS[suffix])


def test_a_picture_of_the_selection_is_smaller_and_scales(project: Opened, tmp_path: Path) -> None:
    sizes, selection = [], project.parts.selection
    for of, scale in (("whole drawing", 1.0), ("selection", 1.0), ("selection", 2.0)):
        path = tmp_path / "part.png"
        project.answers.paths[:] = [path]
        selection.select(project.parts.document.project.main.of_kind("Flatten"))
        project.window.commands.run("file.export_picture")
        dialog = project.window.findChildren(ExportPictureDialog)[-1]
        for name, value in (("format", "png"), ("of", of), ("scale", scale)):
            dialog.choose(name, value)
        QTest.mouseClick(dialog.save, LEFT)
        sizes.append(QImage(str(path)).height())
    assert sizes[1] < sizes[0]
    assert sizes[2] == 2 * sizes[1]


def test_the_drawing_goes_to_the_clipboard(project: Opened) -> None:
    project.window.commands.run("edit.copy_picture")
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasImage()
    assert bytes(data.data("image/svg+xml").data()).startswith(b"<?xml")


def test_a_parameter_is_replaced_everywhere_in_one_step(project: Opened) -> None:
    document = project.parts.document
    before = files.dumps(document.project)
    project.window.commands.run("edit.replace_parameter")
    dialog = project.window.findChild(ReplaceParameterDialog)
    assert dialog is not None
    dialog.parameter.setCurrentText("kernel_size")
    QTest.keyClicks(dialog.old, "3")
    assert "layer" in dialog.told.text()
    QTest.keyClicks(dialog.new, "5")
    QTest.mouseClick(dialog.act, LEFT)
    main = document.project.main
    kernels = [main.parameters(node).get("kernel_size") for node in main.of_kind("Conv2d")]
    assert kernels
    assert all(kernel == (5, 5) for kernel in kernels)
    document.undo()
    assert files.dumps(document.project) == before


def test_a_kind_is_replaced_everywhere_in_one_step(project: Opened) -> None:
    document = project.parts.document
    count = len(document.project.main.of_kind("ReLU"))
    assert count
    project.window.commands.run("edit.replace_kind")
    dialog = project.window.findChild(ReplaceKindDialog)
    assert dialog is not None
    dialog.old.setCurrentText("MaxPool2d")
    assert dialog.new.currentText() == "AvgPool2d"  # the likest is offered first
    dialog.old.setCurrentText("ReLU")
    assert catalogue.get(dialog.new.currentText()).category == "activation"
    dialog.new.setCurrentText("GELU")
    QTest.mouseClick(dialog.act, LEFT)
    assert len(document.project.main.of_kind("GELU")) == count
    document.undo()
    assert len(document.project.main.of_kind("ReLU")) == count


def test_the_last_save_is_compared(project: Opened) -> None:
    document, canvas = project.parts.document, project.window.canvas
    main = document.project.main
    conv, flatten = main.of_kind("Conv2d")[0], main.of_kind("Flatten")[0]
    document.perform(SetParameters(MAIN, conv, {"out_channels": 40}))
    document.perform(RemoveNode(MAIN, flatten))
    document.perform(AddNode(MAIN, "new", "extra", "ReLU", {}, (400, 0)))
    project.window.commands.refresh()
    project.window.commands.run("file.compare_saved")
    comparison = canvas.structure.comparison
    assert comparison.card.isVisible()
    marks = comparison.marks()
    assert marks["new"] == "added"
    assert marks[conv] == "changed"
    assert flatten in comparison.ghosts()
    canvas.fit()
    if canvas.width() > 2 * comparison.card.room:
        drawn = [canvas.camera.to_view(*canvas.scene.rect(node)[:2]).x() for node in canvas.scene.nodes]
        assert min(drawn) >= comparison.card.room
    shown = [comparison.card.list.item(row).text() for row in range(comparison.card.list.count())]
    row = next(row for row, text in enumerate(shown) if "extra" in text)
    item = comparison.card.list.item(row)
    QTest.mouseClick(comparison.card.list.viewport(), LEFT, pos=comparison.card.list.visualItemRect(item).center())
    assert project.parts.selection.nodes == {"new"}
    comparison.end()
    assert not comparison.card.isVisible()
    assert not comparison.marks()


def test_another_file_is_compared(project: Opened, tmp_path: Path) -> None:
    path = tmp_path / "other.netwright"
    files.save(project.parts.document.project, path)
    project.answers.paths[:] = [path]
    project.window.commands.run("file.compare")
    assert project.window.canvas.structure.comparison.card.counts.text() == "Nothing differs"
