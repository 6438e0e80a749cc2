"""What a person sees while the window waits for work that takes long."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QProgressBar, QPushButton, QVBoxLayout, QWidget

from widgets.elided import ElidedLabel
from widgets.theme_measures import shared_measures


class WorkingDialog(QDialog):
    """Says what goes on, with a bar that moves. What is `stoppable` can be given up by its button or Escape."""

    def __init__(self, words: str, parent: QWidget, *, stoppable: bool) -> None:
        super().__init__(parent)
        measures = shared_measures()
        self._stoppable = stoppable
        self.setWindowTitle("Netwright")
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setFixedWidth(measures.size.dialog)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[measures.space.large] * 4)
        layout.setSpacing(measures.space.medium)
        title = ElidedLabel()
        title.setText(words)
        bar = QProgressBar()
        bar.setRange(0, 0)  # how long it will take is not known
        bar.setTextVisible(False)
        bar.setAccessibleName(words)
        layout.addWidget(title)
        layout.addWidget(bar)
        if stoppable:
            cancel = QPushButton("Cancel")
            cancel.clicked.connect(self.reject)
            layout.addWidget(cancel, 0, Qt.AlignmentFlag.AlignRight)

    def reject(self) -> None:
        if self._stoppable:
            super().reject()
