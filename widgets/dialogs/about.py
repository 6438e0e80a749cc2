"""What the program is, which version, and where it keeps things."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from builder import folders
from builder.version import program_version
from widgets.icons import application_icon
from widgets.theme import ThemeSource
from widgets.theme_style import mark


class AboutDialog(QDialog):
    """The mark, a sentence, the version and the folders."""

    def __init__(self, themes: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        measures = themes.theme.measures
        self.setWindowTitle("About Netwright")
        self.setFixedWidth(measures.size.dialog)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[measures.space.section] * 4)
        layout.setSpacing(measures.space.small)
        picture = QLabel()
        picture.setPixmap(application_icon(themes.theme).pixmap(48, 48))
        layout.addWidget(picture)
        lines = (
            (f"Netwright {program_version()}", "title"),
            ("Draw networks, see at once whether they work, train them, take them away as plain PyTorch.", "body"),
            (f"Settings: {folders.config()}\nRuns and recovery: {folders.data()}\nLogs: {folders.logs()}", "secondary"),
        )
        for text, role in lines:
            label = QLabel(text)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            mark(label, role=role)
            layout.addWidget(label)
        close = QPushButton("Close")
        close.clicked.connect(self.accept)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
