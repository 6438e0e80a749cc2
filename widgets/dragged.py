"""What is dragged from the library to the canvas: the title of something that can be added, as text."""

from PySide6.QtCore import QMimeData

from graphs.addable import Addable, find
from graphs.errors import UserError
from graphs.project import Project

MIME = "application/x-netwright-layer"


def layer_data(title: str) -> QMimeData:
    """Return what a drag of this layer, or of this network as a block, carries."""
    data = QMimeData()
    data.setData(MIME, title.encode())
    return data


def layer_of(data: QMimeData, project: Project) -> Addable | None:
    """Return what the dragged data names, None when that is nothing that can be added to the project."""
    if not data.hasFormat(MIME):
        return None
    try:
        return find(project, bytes(data.data(MIME).data()).decode("utf-8", "replace"))
    except UserError:
        return None
