"""Notes: Markdown painted into pictures that are kept, and the field in which one is written."""

import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPalette,
    QPixmap,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from graphs.annotations import Note
from widgets.canvas.cards.name_field import pans
from widgets.canvas.lens import HALF, Lens
from widgets.canvas.standing import Standing
from widgets.canvas.style import CanvasStyle, with_alpha
from widgets.canvas.tables.board import NOTES, Board
from widgets.theme import Theme

FOLD = 12.0
_PADDING = 10.0
_INDENT = 18.0
"""How far a list stands in from the text, px."""
_KEPT = 64
_LEGIBLE = 0.35
"""The zoom below which a note is a sheet without text."""


def paint_note(painter: QPainter, note: Note, theme: Theme) -> None:
    """Draw a note with its top left corner at the origin, in px at 100 %."""
    width, height = note.size
    sheet = QPainterPath(QPointF(0, 0))
    for x, y in ((width - FOLD, 0), (width, FOLD), (width, height), (0, height)):
        sheet.lineTo(x, y)
    sheet.closeSubpath()
    painter.setPen(theme.border.subtle)
    painter.setBrush(theme.surface.note)
    painter.drawPath(sheet)
    if note.colour:
        painter.fillPath(sheet, with_alpha(QColor(note.colour), 0.12))
        painter.fillRect(QRectF(0, 0, 3, height), QColor(note.colour))
    corner = QPainterPath(QPointF(width - FOLD, 0))
    corner.lineTo(width - FOLD, FOLD)
    corner.lineTo(width, FOLD)
    corner.closeSubpath()
    painter.setBrush(theme.surface.hover)
    painter.drawPath(corner)
    _write(painter, note, theme)


class _Words(QTextDocument):
    """A document that loads nothing: pictures and style sheets that a note names stay where they are."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        return None


def height_for(text: str, width: float, theme: Theme) -> float:
    """Return how high a note of that width is that shows all of a text, px at 100 %."""
    return _document(text, width, theme).size().height() + 2 * _PADDING


def _document(text: str, width: float, theme: Theme) -> _Words:
    words = _Words()
    words.setDefaultFont(theme.font("body"))
    words.setDocumentMargin(0)
    words.setIndentWidth(_INDENT)
    # Markdown without HTML: a file decides about words and their weight, never about what is fetched or run.
    words.setMarkdown(
        text,
        QTextDocument.MarkdownFeature(
            QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
        ),
    )
    words.setPageSize(QSizeF(-1, -1))
    words.setTextWidth(width - 2 * _PADDING)
    return words


def _write(painter: QPainter, note: Note, theme: Theme) -> None:
    width, height = note.size
    words = _document(note.text, width, theme)  # held here: its layout is drawn with
    look = QAbstractTextDocumentLayout.PaintContext()
    look.palette.setColor(QPalette.ColorRole.Text, theme.text.primary if note.text else theme.text.tertiary)
    look.palette.setColor(QPalette.ColorRole.Link, theme.text.link)
    painter.save()
    painter.translate(_PADDING, _PADDING)
    painter.setClipRect(QRectF(0, 0, width - 2 * _PADDING, height - 1.5 * _PADDING))
    words.documentLayout().draw(painter, look)
    painter.restore()


class NotePainter:
    """Paints notes behind the wires; a picture is drawn once for a text, a size, a zoom and a theme."""

    def __init__(self, style: CanvasStyle) -> None:
        self._style = style
        self._pictures: OrderedDict[object, tuple[float, QPixmap]] = OrderedDict()

    def paint(
        self, painter: QPainter, board: Board, camera: Lens, view: QRectF, standing: Standing, ratio: float
    ) -> None:
        """Paint the notes in a part of the view, with a painter whose units are px of the screen."""
        for item in board.shown():
            rect = board.on_screen(item, camera)
            if item[0] != NOTES or not rect.adjusted(-8, -8, 8, 8).intersects(view):  # with its ring
                continue
            left, top, right, bottom = board.rect(item)
            note = replace(board.notes[item[1]], size=(right - left, bottom - top))
            self._sheet(painter, note, rect, camera.zoom, ratio, settling=standing.settling)
            if item in standing.annotations:
                painter.setBrush(self._style.none)
                painter.setPen(self._style.selection)
                painter.drawRoundedRect(rect.adjusted(-3, -3, 3, 3), 4, 4)

    def _sheet(self, painter: QPainter, note: Note, rect: QRectF, zoom: float, ratio: float, *, settling: bool) -> None:
        theme = self._style.theme
        if zoom < _LEGIBLE or rect.width() * rect.height() > 4_000_000:
            painter.fillRect(rect, theme.surface.note)
            return
        key = (note.text, note.colour, note.size, ratio)
        drawn = self._pictures.get(key)
        if drawn is None or (drawn[0] != zoom and not settling):
            drawn = self._pictures[key] = zoom, self._draw(note, theme, zoom, ratio)
            while len(self._pictures) > _KEPT:
                self._pictures.popitem(last=False)
        self._pictures.move_to_end(key)
        left, top = (math.floor(side * ratio + HALF) / ratio for side in (rect.left(), rect.top()))
        size = drawn[1].deviceIndependentSize() * (zoom / drawn[0])  # while the zoom moves, what was drawn is stretched
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, drawn[0] != zoom)
        painter.drawPixmap(QRectF(QPointF(left, top), size), drawn[1], drawn[1].rect().toRectF())

    @staticmethod
    def _draw(note: Note, theme: Theme, zoom: float, ratio: float) -> QPixmap:
        scale = zoom * ratio
        picture = QPixmap(max(round(note.size[0] * scale) + 1, 1), max(round(note.size[1] * scale) + 1, 1))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(zoom, zoom)
        paint_note(painter, note, theme)
        painter.end()
        return picture


class NoteField(QPlainTextEdit):
    """Lies over a note while it is written; Ctrl+Enter or leaving it emits `entered` with id and text, Esc does not."""

    entered = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._note = ""
        self._place: Callable[[], QRectF | None] = lambda: None
        self.setObjectName("note_field")
        self.setAccessibleName("Text of the note, Markdown")
        self.setPlaceholderText("Markdown. Ctrl+Enter ends, Esc leaves it as it was")
        self.setTabChangesFocus(True)
        self.hide()

    def open_for(self, note: str, text: str, place: Callable[[], QRectF | None]) -> None:
        """Show the field; `place` returns at any time where the note lies in the parent, None once it is gone."""
        self._note, self._place = note, place
        self.setPlainText(text)
        self.show()
        self.follow()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.selectAll()

    def follow(self, *_: object) -> None:
        """Go along with the note."""
        place = self._place() if self.isVisible() else None
        if place is not None:
            place.setWidth(max(place.width(), 200.0))
            place.setHeight(max(place.height(), 96.0))
            self.setGeometry(place.toAlignedRect())
        elif self.isVisible():
            self.abandon()

    def abandon(self, *_: object) -> None:
        """Close with nothing entered."""
        self._note = ""
        self._leave()

    def viewportEvent(self, event: QEvent) -> bool:
        return False if pans(event) else super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ends = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.abandon()
        elif ends and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.commit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:  # its own context menu
            self.commit()

    def commit(self) -> None:
        """Enter what is written, and close."""
        note, self._note = self._note, ""
        if note:
            text = self.toPlainText()
            self._leave()
            self.entered.emit(note, text)

    def _leave(self) -> None:
        if self.hasFocus():
            self._parent.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
