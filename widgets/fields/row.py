"""A row of a form: label, editor, and a curved arrow that takes a value back to its default."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from graphs.parameters import Parameter, Value
from widgets.fields.editors import Editor, editor_for
from widgets.icons import put_icon
from widgets.theme import Theme
from widgets.theme_style import mark

PIXELS_A_STEP = 6


class DragLabel(QLabel):
    """A label that changes its number while it is dragged sideways."""

    dragged = Signal(int)

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._from: QPoint | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            steps = int((event.position().x() - self._from.x()) / PIXELS_A_STEP)
            if steps:
                self._from += QPoint(steps * PIXELS_A_STEP, 0)
                self.dragged.emit(steps)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._from = None


class Row(QWidget):
    """One parameter. `chosen` carries a checked value, `reset` asks for the default."""

    chosen = Signal(object)
    reset = Signal()

    def __init__(self, parameter: Parameter, theme: Theme, label: str = "") -> None:
        super().__init__()
        self.parameter = parameter
        sizes, space = theme.measures.size, theme.measures.space
        self.label = DragLabel(label or parameter.name)
        self.label.setFixedWidth(sizes.form_label)
        self.label.setToolTip(parameter.doc)
        self.editor: Editor = editor_for(parameter, theme)
        self.editor.setToolTip(parameter.doc)
        self.label.setBuddy(self.editor)
        self.back = QToolButton()
        self.back.setFixedWidth(sizes.form_reset)
        self.back.setToolTip("Back to the default")
        self.back.setAccessibleName(f"Reset {parameter.name}")
        mark(self.back, flat=True)
        put_icon(self.back, "reset", theme)
        self.trouble = QLabel()
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        self.trouble.setWordWrap(True)
        mark(self.trouble, role="caption error")
        self.trouble.hide()
        line = QHBoxLayout()
        line.setSpacing(space.small)
        line.addWidget(self.label)
        line.addWidget(self.editor, 1)
        line.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 1)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self.trouble)
        self.editor.chosen.connect(self.chosen)
        self.editor.refused.connect(self.show_trouble)
        self.back.clicked.connect(self.reset)
        self.label.dragged.connect(self.editor.nudge)

    def show_value(self, value: Value, *, default: bool, mixed: bool = False) -> None:
        """Show a value; `default` takes the dot and the arrow away."""
        self.editor.show_value(value, mixed=mixed)
        self.show_trouble("")
        name = self.label.text().removesuffix(" •")
        self.label.setText(name if default else f"{name} •")
        mark(self.label, role="secondary" if default else "")
        self.back.setEnabled(not default)
        policy = self.back.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.back.setSizePolicy(policy)
        self.back.setVisible(not default)

    def show_trouble(self, words: str) -> None:
        """Say below the field why its text is not taken; nothing when it is."""
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))
