"""The dialog that takes a picture of the drawing: what of it, in which format, how large, in which theme."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from graphs.declarations import Declaration
from graphs.errors import UserError
from graphs.filing.atomic import write_bytes
from graphs.parameters import Choice, Real, Value
from widgets.canvas.painting import picture
from widgets.canvas.scene import Scene
from widgets.dialogs.ask import Ask
from widgets.document import Document
from widgets.elided import WrappedLabel
from widgets.fields.row import Row
from widgets.selection import Selection
from widgets.theme import THEME_NAMES, Theme, ThemeSource
from widgets.theme_style import mark

ALL, SELECTED = "whole drawing", "selection"
FORMATS = {"svg": "Drawing", "png": "Picture", "pdf": "Document"}
PICTURE = Declaration(
    name="Picture",
    summary="A picture of the drawing.",
    parameters=(
        Choice(name="of", options=(ALL, SELECTED), default=ALL, doc="What is in the picture."),
        Choice(name="format", options=tuple(FORMATS), default="svg", doc="Lines that scale (svg, pdf), or pixels."),
        Real(name="scale", default=2.0, low=0.1, high=16, unit="×", doc="Size of a px of the drawing."),
        Choice(name="theme", options=THEME_NAMES, default="light", doc="Colours of the picture."),
    ),
)


def scene_on_view(document: Document, selection: Selection, *, chosen: bool = False) -> Scene:
    """Return a scene of the network on view, or of the one in which things are `chosen`, as this use of it."""
    name, path = (selection.network, selection.path) if chosen else selection.on_view
    scene = Scene()
    scene.load(document.project, name, document.report(name, path))
    return scene


def take(document: Document, selection: Selection, values: dict[str, Value]) -> bytes:
    """Return the picture that the values of PICTURE ask for. Raises UserError where it would be too large."""
    nodes = selection.nodes if values["of"] == SELECTED else None
    scene = scene_on_view(document, selection, chosen=nodes is not None)
    theme, scale = Theme.named(values["theme"]), float(values["scale"])
    if nodes is not None and not nodes:
        raise UserError("Nothing is selected. Select layers, or take a picture of the whole drawing.")
    if values["format"] == "svg":
        return picture.svg(scene, theme, document.project.title, nodes, scale)
    if values["format"] == "pdf":
        return picture.pdf(scene, theme, document.project.title, nodes, scale)
    return picture.png(scene, theme, scale, nodes)


def copy(document: Document, selection: Selection, theme: Theme) -> None:
    """Put a picture of the selection, else of the whole drawing, on the clipboard, as pixels and as SVG."""
    nodes = selection.nodes or None
    scene = scene_on_view(document, selection, chosen=nodes is not None)
    data = QMimeData()
    data.setImageData(picture.image(scene, theme, 2.0, nodes))
    data.setData("image/svg+xml", picture.svg(scene, theme, document.project.title, nodes))
    QGuiApplication.clipboard().setMimeData(data)


class ExportPictureDialog(QDialog):
    """Not modal. `told` gets one sentence once a picture is written."""

    def __init__(
        self,
        document: Document,
        selection: Selection,
        themes: ThemeSource,
        ask: type[Ask],
        told: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._selection, self._ask, self._told = document, selection, ask, told
        self.values = PICTURE.complete({"theme": themes.theme.name, "of": SELECTED if selection.nodes else ALL})
        measures = themes.theme.measures
        self.setWindowTitle("Export a picture")
        self.setFixedWidth(measures.size.dialog)
        title, self.trouble = QLabel("Export a picture"), WrappedLabel()
        mark(title, role="title")
        mark(self.trouble, role="error")
        self.trouble.hide()
        self.rows = {choice.name: self._row(choice.name, themes.theme) for choice in PICTURE.choices}
        self.save, cancel = QPushButton("Save…"), QPushButton("Close")
        mark(self.save, primary=True)
        self.save.clicked.connect(self._save)
        self.save.setDefault(True)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[measures.space.large] * 4)
        layout.setSpacing(measures.space.medium)
        layout.addWidget(title)
        for row in self.rows.values():
            layout.addWidget(row)
        layout.addWidget(self.trouble)
        layout.addLayout(buttons)
        self._show()

    def _row(self, name: str, theme: Theme) -> Row:
        row = Row(PICTURE.parameter(name), theme, name.capitalize())
        row.chosen.connect(lambda value: self.choose(name, value))
        row.reset.connect(lambda: self.choose(name, PICTURE.default(PICTURE.parameter(name))))
        return row

    def choose(self, name: str, value: Value) -> None:
        """Choose one of the values of PICTURE."""
        self.values[name] = PICTURE.parameter(name).check(value)
        self._show()

    def _show(self) -> None:
        for name, row in self.rows.items():
            value = self.values[name]
            row.show_value(value, default=value == PICTURE.default(row.parameter))

    def _save(self) -> None:
        suffix = self.values["format"]
        folder = self._document.path.parent if self._document.path is not None else Path.home()
        name = self._document.path.stem if self._document.path is not None else "network"
        kinds = f"{FORMATS[suffix]} (*.{suffix})"
        path = self._ask.path_to_save(self, "Export a picture", folder / f"{name}.{suffix}", kinds)
        if path is None:
            return
        try:
            write_bytes(path, take(self._document, self._selection, self.values))
        except UserError as error:
            self.trouble.setText(str(error))
            self.trouble.show()
            return
        self._told(f"Exported {path.name}")
        self.accept()
