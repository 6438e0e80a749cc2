"""Notes: Markdown painted into pictures that are kept, and the field in which one is written."""

import math
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, QUrl, Signal
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
from widgets.canvas.acts.annotations import NOTES, Annotations
from widgets.canvas.lens import HALF
from widgets.canvas.style import with_alpha
from widgets.theme import Theme

if TYPE_CHECKING:
    from widgets.canvas.surface import Surface

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


def _write(painter: QPainter, note: Note, theme: Theme) -> None:
    width, height = note.size
    text = _Words()
    text.setDefaultFont(theme.font("body"))
    text.setDocumentMargin(0)
    text.setIndentWidth(_INDENT)
    # Markdown without HTML: a file decides about words and their weight, never about what is fetched or run.
    text.setMarkdown(
        note.text,
        QTextDocument.MarkdownFeature(
            QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
        ),
    )
    text.setPageSize(QSizeF(-1, -1))
    text.setTextWidth(width - 2 * _PADDING)
    look = QAbstractTextDocumentLayout.PaintContext()
    look.palette.setColor(QPalette.ColorRole.Text, theme.text.primary if note.text else theme.text.tertiary)
    look.palette.setColor(QPalette.ColorRole.Link, theme.text.link)
    painter.save()
    painter.translate(_PADDING, _PADDING)
    painter.setClipRect(QRectF(0, 0, width - 2 * _PADDING, height - 1.5 * _PADDING))
    text.documentLayout().draw(painter, look)
    painter.restore()


class NotePainter:
    """Paints notes behind the wires; a picture is drawn once for a text, a size, a zoom and a theme."""

    def __init__(self, surface: "Surface", annotations: Annotations) -> None:
        self._surface = surface
        self._annotations = annotations
        self._pictures: OrderedDict[object, QPixmap] = OrderedDict()

    def paint(self, painter: QPainter, view: QRectF) -> None:
        """Paint the notes in a part of the view, with a painter whose units are px of the screen."""
        surface = self._surface
        for item in self._annotations.shown():
            rect = self._annotations.on_screen(item)
            if item[0] != NOTES or not rect.adjusted(-8, -8, 8, 8).intersects(view):  # with its ring
                continue
            left, top, right, bottom = self._annotations.rect(item)
            self._sheet(painter, self._annotations.notes[item[1]], rect, (right - left, bottom - top))
            if item in self._annotations.selected:
                painter.setBrush(surface.style_of_canvas.none)
                painter.setPen(surface.style_of_canvas.selection)
                painter.drawRoundedRect(rect.adjusted(-3, -3, 3, 3), 4, 4)

    def _sheet(self, painter: QPainter, note: Note, rect: QRectF, size: tuple[float, float]) -> None:
        surface = self._surface
        theme, zoom, ratio = surface.theme, surface.camera.zoom, surface.devicePixelRatioF()
        if zoom < _LEGIBLE or surface.camera.gliding or rect.width() * rect.height() > 4_000_000:
            painter.fillRect(rect, theme.surface.note)
            return
        drawn = Note(note.id, note.text, note.colour, note.position, size, note.frame)
        key = (note.text, note.colour, size, zoom, ratio, theme.name)
        if key not in self._pictures:
            self._pictures[key] = self._draw(drawn, theme, zoom, ratio)
            while len(self._pictures) > _KEPT:
                self._pictures.popitem(last=False)
        self._pictures.move_to_end(key)
        left, top = (math.floor(side * ratio + HALF) / ratio for side in (rect.left(), rect.top()))
        painter.drawPixmap(QPointF(left, top), self._pictures[key])

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
