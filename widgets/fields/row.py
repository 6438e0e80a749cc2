"""A row of a form: label, editor, and a curved arrow that takes a value back to its default."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QWidget

from graphs.parameters import Integer, Parameter, Real, Size, Value
from widgets.fields.editor import Editor, remark
from widgets.fields.editors import editor_for
from widgets.icons import put_icon
from widgets.theme import Theme
from widgets.theme_style import mark

PIXELS_A_STEP = 6
DOT = 5


class DragLabel(QLabel):
    """A label that changes its number while it is dragged sideways; a dot after it says that it is not the default."""

    dragged = Signal(int)

    def __init__(self, text: str, theme: Theme) -> None:
        super().__init__(text)
        self.theme = theme
        self.dotted = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._from: QPoint | None = None

    def show_dot(self, dotted: bool) -> None:
        """Show or hide the dot."""
        self.dotted = dotted
        remark(self, role="" if dotted else "secondary")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.dotted:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.accent.line)
            end = min(self.fontMetrics().horizontalAdvance(self.text()) + DOT * 1.8, self.width() - DOT / 2)
            painter.drawEllipse(QPointF(end, self.height() / 2 + 0.5), DOT / 2, DOT / 2)
            painter.end()

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
        self.label = DragLabel(label or parameter.name, theme)
        self.editor: Editor = editor_for(parameter, theme)
        self.back = QToolButton()
        self.trouble = QLabel()
        self._dress(theme)
        self._lay_out(theme)
        self.show_theme(theme)
        self.editor.chosen.connect(self.chosen)
        self.editor.refused.connect(self.show_trouble)
        self.back.clicked.connect(self.reset)
        self.label.dragged.connect(self.editor.nudge)

    def _dress(self, theme: Theme) -> None:
        parameter, sizes = self.parameter, theme.measures.size
        self.label.setFixedWidth(sizes.form_label)
        control = self.editor.focusProxy() or self.editor
        self.label.setBuddy(control)  # which tells a screen reader its name too
        help_text = parameter.doc or f"Takes {parameter.expected}."
        if isinstance(parameter, Integer | Real | Size):
            help_text = f"{parameter.doc}\n{parameter.expected[0].upper()}{parameter.expected[1:]}.".strip()
            self.label.setCursor(Qt.CursorShape.SizeHorCursor)
        self.label.setToolTip(help_text)
        self.editor.setToolTip(help_text)
        control.setAccessibleDescription(help_text)
        self.back.setFixedSize(sizes.form_reset, sizes.control)
        self.back.setToolTip("Back to the default")
        self.back.setAccessibleName(f"Reset {parameter.name}")
        policy = self.back.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.back.setSizePolicy(policy)
        self.back.hide()
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        self.trouble.setWordWrap(True)
        mark(self.trouble, role="caption error")
        self.trouble.hide()

    def _lay_out(self, theme: Theme) -> None:
        grid = QGridLayout(self)
        edge = (theme.measures.size.row - theme.measures.size.control) // 2
        grid.setContentsMargins(0, edge, 0, edge)
        grid.setHorizontalSpacing(theme.measures.space.small)
        grid.setVerticalSpacing(0)
        grid.addWidget(self.label, 0, 0)
        grid.addWidget(self.editor, 0, 1)
        grid.addWidget(self.back, 0, 2, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.trouble, 1, 1, 1, 2)
        grid.setColumnStretch(1, 1)

    def show_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme` from now on."""
        self.label.theme = theme
        self.editor.show_theme(theme)
        put_icon(self.back, "reset", theme)
        self.label.update()

    def show_value(self, value: Value, *, default: bool, mixed: bool = False, spread: str = "") -> None:
        """Show a value; `default` takes the dot and the arrow away, `spread` says what values several nodes have."""
        self.editor.show_value(value, mixed=mixed)
        if not self.editor.hasFocus():
            self.show_trouble("")
        self.editor.setToolTip(spread or self.label.toolTip())
        self.label.show_dot(not default)
        self.back.setVisible(not default)

    def use_arguments(self, arguments: Mapping[str, int | float] | None) -> None:
        """Let expressions name these arguments only; None takes any name."""
        self.editor.arguments = arguments

    def show_trouble(self, words: str) -> None:
        """Say below the field why its text is not taken; nothing when it is."""
        if words != self.trouble.text():
            self.trouble.setText(words)
        self.trouble.setVisible(bool(words))
        self._fit_trouble()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_trouble()

    def _fit_trouble(self) -> None:
        """Give the words all lines that they need: layouts within layouts do not ask for them in time."""
        room = self.width() - self.editor.x()
        told = self.trouble.isVisibleTo(self) and room > 0
        self.trouble.setMinimumHeight(self.trouble.heightForWidth(room) if told else 0)
