"""The confusion matrices that a run ended with, one at a time."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from widgets.named import name_choice

if TYPE_CHECKING:
    from widgets.drawings import Plots
    from widgets.theme import ThemeSource
    from widgets.watch import Watch

Matrix = tuple[Sequence[str], Sequence[Sequence[int]]]


class ConfusionPage(QWidget):
    """A matrix, and a choice of output where there are several."""

    def __init__(self, themes: "ThemeSource", plots: "Plots") -> None:
        super().__init__()
        self.matrices: Mapping[str, Matrix] = {}
        self.output = QComboBox()
        name_choice(self.output, "Output")
        self.view = plots.matrix()
        side = QVBoxLayout()
        side.addWidget(self.output)
        side.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(themes.theme.measures.space.large)
        row.addLayout(side)
        row.addWidget(self.view, 1)
        self.output.currentTextChanged.connect(self._show)
        self.output.hide()

    def show_watch(self, watch: "Watch | None") -> None:
        """Show what a run ended with."""
        found = matrices(watch)
        if found == self.matrices:
            return
        self.matrices = found
        self.output.clear()
        self.output.addItems(list(found))
        self.output.setVisible(len(found) > 1)
        self._show()

    def _show(self) -> None:
        classes, rows = self.matrices.get(self.output.currentText(), ((), ()))
        self.view.show_matrix(classes, rows)


def matrices(watch: "Watch | None") -> Mapping[str, Matrix]:
    """Return the classes and counts of each classifying output of a run that ended; passes over what does not fit."""
    if watch is None or watch.finished is None:
        return {}
    held = watch.finished.results.get("confusion")
    found: dict[str, Matrix] = {}
    for name, entry in held.items() if isinstance(held, Mapping) else ():
        classes, rows = (entry.get("classes"), entry.get("matrix")) if isinstance(entry, Mapping) else (None, None)
        if isinstance(classes, Sequence) and isinstance(rows, Sequence):
            square = all(isinstance(row, Sequence) and len(row) == len(classes) for row in rows)
            if square and len(rows) == len(classes):
                found[name] = ([str(label) for label in classes], cast("Sequence[Sequence[int]]", rows))
    return found
