"""What a project can be exported as: PyTorch source and pictures of its drawing."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QIODevice

from widgets.document import Document
from widgets.panels.places import root_of
from widgets.selection import Selection
from widgets.theme import ThemeSource

PIXELS = 2.0
"""Pixels of a picture to one px of the drawing."""


def exporters(document: Document, selection: Selection, themes: ThemeSource) -> dict[str, Callable[[], bytes]]:
    """Return by suffix what writes the network on view; a block's code is that of the network it stands in."""

    def source() -> bytes:
        from builder import generator  # not before it is asked for: the first window comes sooner

        return generator.source(document.project, root_of(document.project, selection.on_view[0])).encode()

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
