"""The choice in the canvas strip of which use of a block the shapes and costs are shown for."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from graphs.project import MAIN
from graphs.ways import Use, uses_of
from widgets.document import Document
from widgets.named import name_choice
from widgets.selection import Selection
from widgets.theme_style import mark

_BY_ITSELF = "its own defaults"
_WIDE = 168


class UseChoice(QWidget):
    """Shown while the network on view is a block's; choosing another use goes there."""

    def __init__(self, document: Document, selection: Selection) -> None:
        super().__init__()
        self._document = document
        self._selection = selection
        self._listed: list[tuple[str, ...]] = []
        self._text = QLabel("Shapes and costs as in")
        mark(self._text, role="secondary")
        self.choice = QComboBox()
        self.choice.setMinimumWidth(_WIDE)
        name_choice(self.choice, "The use for which shapes and costs are shown")
        self.choice.activated.connect(self._go)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._text)
        layout.addWidget(self.choice)
        for signal in (document.edited, document.replaced, selection.view_changed):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self, *_: object) -> None:
        """List the uses of the network on view."""
        project, (network, path) = self._document.project, self._selection.on_view
        uses = uses_of(project, network) if network != MAIN and network in project.networks else []
        self._listed = [use.path for use in uses]
        titles = [_title(use) for use in uses]
        if path not in self._listed:
            self._listed.insert(0, path)
            titles.insert(0, _BY_ITSELF)
        if titles != [self.choice.itemText(row) for row in range(self.choice.count())]:
            self.choice.clear()
            for title in titles:
                self.choice.addItem(title)
                self.choice.setItemData(self.choice.count() - 1, title, Qt.ItemDataRole.ToolTipRole)
        self.choice.setCurrentIndex(self._listed.index(path))
        self.setVisible(network != MAIN)

    def _go(self, row: int) -> None:
        self._selection.show(self._selection.on_view[0], self._listed[row])


def _title(use: Use) -> str:
    return use.title if use.repeat in (1, "1") else f"{use.title}, 1st of {use.repeat}"
