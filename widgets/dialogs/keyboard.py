"""The keyboard help: every shortcut of the window, read off its commands."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from widgets.commands.command import MENUS
from widgets.commands.registry import CommandRegistry
from widgets.theme import ThemeSource
from widgets.theme_style import mark


class KeyboardDialog(QDialog):
    """One section a menu, one line a command that has a shortcut."""

    def __init__(self, registry: CommandRegistry, themes: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        measures = themes.theme.measures
        self.setWindowTitle("Keyboard")
        self.resize(measures.size.dialog, 560)
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(*[measures.space.large] * 4)
        grid.setHorizontalSpacing(measures.space.section)
        row = 0
        for menu in (*MENUS, ""):
            commands = [command for command in registry.of_menu(menu) if command.shortcuts]
            for place, command in enumerate(commands):
                if not place:
                    grid.setRowMinimumHeight(row, measures.size.row + (measures.space.small if row else 0))
                    grid.addWidget(_label(menu or "Elsewhere", "heading"), row, 0, 1, 2, Qt.AlignmentFlag.AlignBottom)
                    row += 1
                keys = ", ".join(QKeySequence(one).toString(_NATIVE) for one in command.shortcuts)
                grid.addWidget(_label(command.text, "body"), row, 0)
                grid.addWidget(_label(keys, "mono secondary"), row, 1, Qt.AlignmentFlag.AlignRight)
                row += 1
        grid.setRowStretch(row, 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    mark(label, role=role)
    return label


_NATIVE = QKeySequence.SequenceFormat.NativeText
