"""What a project can be exported as: PyTorch source and pictures of its drawing."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtWidgets import QWidget

from widgets.aside import aside
from widgets.document import Document
from widgets.panels.places import root_of
from widgets.selection import Selection
from widgets.theme import ThemeSource

PIXELS = 2.0
"""Pixels of a picture to one px of the drawing."""


def exporters(
    window: QWidget, document: Document, selection: Selection, themes: ThemeSource
) -> dict[str, Callable[[], bytes]]:
    """Return by suffix what writes the network on view; a block's code is that of the network it stands in.

    Raises Stopped where a person does not want to wait for it.
    """

    def source() -> bytes:
        from builder import generator  # not before it is asked for: the first window comes sooner

        root = root_of(document.project, selection.on_view[0])
        words = f"Writing the source of {document.project.title}…"
        with document.hold(words):
            return aside(window, words, lambda: generator.source(document.project, root).encode(), stoppable=True)

    def drawing() -> bytes:
        from widgets.canvas.painting import picture

        scene = picture.scene_of(document.project, selection.on_view[0])
        return picture.svg(scene, themes.theme, document.project.title)

    def raster() -> bytes:
        from widgets.canvas.painting import picture

        scene = picture.scene_of(document.project, selection.on_view[0])
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        picture.image(scene, themes.theme, PIXELS).save(buffer, b"PNG")
        return bytes(buffer.data().data())

    return {".py": source, ".svg": drawing, ".png": raster}
