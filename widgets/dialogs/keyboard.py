"""The keyboard help: what hands do on the canvas, and every shortcut of the window, read off its commands."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QLabel, QScrollArea, QStyle, QVBoxLayout, QWidget

from widgets.commands.command import MENUS
from widgets.commands.registry import CommandRegistry
from widgets.theme import ThemeSource
from widgets.theme_measures import Measures
from widgets.theme_style import mark

ON_CANVAS = (
    ("Search the layers and add one", "any letter"),
    ("Next or previous layer, frame or note", "Tab, Shift+Tab"),
    ("Go along the wires, or to the branch beside", "arrows"),
    ("Write the choices of a layer; enter a block", "Enter"),
    ("Leave what was begun; a panel; an open block", "Esc"),
    ("Nudge by a step of the grid, or by ten", "Ctrl+arrows, Ctrl+Shift+arrows"),
    ("Dim what is not up- or downstream", "Alt held"),
    ("Pan", "Space and drag, middle button, two fingers"),
    ("Zoom at the pointer", "Ctrl+wheel, pinch"),
    ("Draw a wire from anywhere on a layer", "Ctrl+drag"),
    ("Lead all wires of an output elsewhere", "Ctrl+drag from the port"),
    ("Cut wires", "Ctrl+Shift+drag"),
    ("Put a dot on a wire; write a name, note or title", "double-click"),
    ("Move off the grid and the guides", "Shift while dragging"),
    ("Drop into no wire", "Alt while dragging"),
    ("Take a layer out of its wires", "shake it while dragging"),
)
"""What hands do on the canvas without a command, and by which keys."""


class KeyboardDialog(QDialog):
    """What hands do on the canvas, then one section a menu, one line a command that has a shortcut."""

    def __init__(self, registry: CommandRegistry, themes: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        measures = themes.theme.measures
        self.setWindowTitle("Keyboard")
        content = QWidget()
        self._grid = QGridLayout(content)
        self._grid.setContentsMargins(*[measures.space.large] * 4)
        self._grid.setHorizontalSpacing(measures.space.section)
        self._add("On the canvas", ON_CANVAS, measures)
        for menu in (*MENUS, ""):
            commands = [command for command in registry.of_menu(menu) if command.shortcuts]
            lines = [(command.text, ", ".join(map(_native, command.shortcuts))) for command in commands]
            self._add(menu or "Elsewhere", lines, measures)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        beside = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        self.resize(max(measures.size.dialog, content.sizeHint().width() + beside), 640)
        area = QScrollArea()
        area.setAccessibleName("Shortcuts")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def _add(self, title: str, lines: Sequence[tuple[str, str]], measures: Measures) -> None:
        """Add a section, if there is anything in it."""
        grid = self._grid
        for place, (words, keys) in enumerate(lines):
            row = grid.rowCount() if grid.count() else 0
            if not place:
                grid.setRowMinimumHeight(row, measures.size.row + measures.space.small)
                grid.addWidget(_label(title, "heading"), row, 0, 1, 2, Qt.AlignmentFlag.AlignBottom)
                row += 1
            grid.addWidget(_label(words, "body"), row, 0)
            grid.addWidget(_label(keys, "mono secondary"), row, 1, Qt.AlignmentFlag.AlignRight)


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(_NATIVE)


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    mark(label, role=role)
    return label


_NATIVE = QKeySequence.SequenceFormat.NativeText
