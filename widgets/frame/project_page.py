"""The middle of the window while a project is open: the canvas under its strip, or another view of the project."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from widgets.frame.canvas_strip import CanvasStrip


class ProjectPage(QStackedWidget):
    """One page a view, by name."""

    def __init__(self) -> None:
        super().__init__()
        self._views: dict[str, QWidget] = {}

    def add_canvas(self, strip: CanvasStrip, canvas: QWidget) -> None:
        """Add the view `network`: the canvas, with its strip on top."""
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(strip)
        layout.addWidget(canvas, 1)
        self.add("network", page)

    def add(self, view: str, page: QWidget) -> None:
        """Add the page of a view."""
        self._views[view] = page
        self.addWidget(page)

    def show_view(self, view: str) -> None:
        """Bring a view on show."""
        self.setCurrentWidget(self._views[view])
