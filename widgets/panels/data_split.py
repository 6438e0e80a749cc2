"""The bar of the split: training, validation and test in their shares, with two handles to drag."""

import itertools

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.theme import Theme

HEIGHT = 20
LEAST_TRAINING = 0.05
MOST = 0.9
STEP = 0.01
REACH = 8.0


class SplitBar(QWidget):
    """Three parts and the two edges between them.

    chosen: carries the shares of validation and test, once, when an edge is let go or moved by a key. Left and Right
    move the edge of the training part, with Shift that of the test part. moved: the same while an edge is dragged.
    """

    chosen = Signal(float, float)
    moved = Signal(float, float)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.validation, self.test = 0.2, 0.0
        self._held: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setToolTip("Drag the edges; or Left and Right, with Shift for the test part")
        self._name()

    def sizeHint(self) -> QSize:
        return QSize(120, HEIGHT)

    def show_shares(self, validation: float, test: float) -> None:
        """Show these shares, unless an edge is in hand."""
        if self._held is None and (validation, test) != (self.validation, self.test):
            self._set(validation, test)

    @property
    def edges(self) -> tuple[float, float]:
        """Where training and validation end, as shares of the whole."""
        return 1 - self.validation - self.test, 1 - self.test

    def move_edge(self, edge: int, place: float) -> None:
        """Put an edge elsewhere, as far as the limits of the shares let it go."""
        first, second = self.edges
        if edge == 0:
            first = min(max(place, LEAST_TRAINING, second - MOST), second)
        else:
            second = min(max(place, first, 1 - MOST), 1.0, first + MOST)
        self._set(round(second - first, 2), round(1 - second, 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QPainterPath()
        radius = self.theme.measures.radius.control
        whole.addRoundedRect(QRectF(self.rect()), radius, radius)
        painter.setClipPath(whole)
        places = [0.0, *self.edges, 1.0]
        for part, (start, end) in enumerate(itertools.pairwise(places)):
            area = QRectF(start * self.width(), 0, (end - start) * self.width(), self.height())
            painter.fillRect(area, self.theme.series[part])
        painter.setPen(QPen(self.theme.surface.panel, 2))
        for edge in self.edges:
            painter.drawLine(QPointF(edge * self.width(), 0), QPointF(edge * self.width(), self.height()))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = self._near(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().x()
        if self._held is not None:
            self.move_edge(self._held, at / max(1, self.width()))
            self.moved.emit(self.validation, self.test)
        near = self._held is not None or self._near(at) is not None
        self.setCursor(Qt.CursorShape.SplitHCursor if near else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            self._held = None
            self.chosen.emit(self.validation, self.test)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        direction = {Qt.Key.Key_Left: -STEP, Qt.Key.Key_Right: STEP}.get(Qt.Key(event.key()))
        if direction is None:
            super().keyPressEvent(event)
            return
        edge = int(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        self.move_edge(edge, self.edges[edge] + direction)
        self.chosen.emit(self.validation, self.test)

    def _near(self, x: float) -> int | None:
        """Return the edge within reach; of two in one place, that which can move the way the pointer lies."""
        distances = [abs(edge * self.width() - x) for edge in self.edges]
        if min(distances) > REACH:
            return None
        if abs(distances[0] - distances[1]) < 1:
            return 1 if x > self.edges[1] * self.width() else 0
        return distances.index(min(distances))

    def _set(self, validation: float, test: float) -> None:
        self.validation, self.test = validation, test
        self._name()
        self.update()

    def _name(self) -> None:
        training = 1 - self.validation - self.test
        self.setAccessibleName(f"Training {training:.0%}, validation {self.validation:.0%}, test {self.test:.0%}")
