"""Shows generated Python: line numbers, few colours, and the lines of the selected layers laid on a colour."""

import re
from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from widgets.theme import Theme
from widgets.theme_style import mark

_WORDS = re.compile(r"\b(?:from|import|class|def|return|for|in|if|else|not|and|or|is|self|super|pass|with|as)\b")
_NUMBERS = re.compile(r"\b(?:\d[\w.]*(?:e[+-]?\d+)?|True|False|None)\b")
_COMMENT = re.compile(r'#.*|"""[^"]*"""')
_QUOTES = '"""'


class PythonColours(QSyntaxHighlighter):
    """Keywords in the link colour, numbers in series 1, comments and docstrings tertiary; no other colours."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._formats: dict[str, QTextCharFormat] = {}
        self.show_theme(theme)

    def show_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme` from now on."""
        # On white, series 1 is too pale for text of this height; the warning's colour is the nearest that is not.
        number = theme.series[1] if theme.dark else theme.status.warning
        for name, colour in (("word", theme.text.link), ("number", number), ("comment", theme.text.tertiary)):
            self._formats[name] = QTextCharFormat()
            self._formats[name].setForeground(colour)
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        for pattern, name in ((_WORDS, "word"), (_NUMBERS, "number"), (_COMMENT, "comment")):
            for found in pattern.finditer(text):
                self.setFormat(found.start(), found.end() - found.start(), self._formats[name])
        # A docstring of several lines: the block's state says that it is still open at its end.
        opened = self.previousBlockState() == 1
        turns = text.count(_QUOTES) % 2 == 1
        if opened or turns:
            start = 0 if opened else text.index(_QUOTES)
            end = text.index(_QUOTES) + 3 if opened and turns else len(text)
            self.setFormat(start, end - start, self._formats["comment"])
        self.setCurrentBlockState(int(opened != turns))


class CodeView(QPlainTextEdit):
    """Code to read and to click: `line_clicked` carries a line's number, from 1."""

    line_clicked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        mark(self, mono=True)
        self.setReadOnly(True)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setAccessibleName("Source")
        self.theme = theme
        self.marked: tuple[int, ...] = ()
        self._marked: frozenset[int] = frozenset()
        self._colours = PythonColours(self.document(), theme)
        self._numbers = _Numbers(self)
        self.blockCountChanged.connect(lambda _count: self._make_room())
        self.updateRequest.connect(self._scroll_numbers)
        self.verticalScrollBar().valueChanged.connect(self._lay_colour)
        self.show_theme(theme)

    def show_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme` from now on."""
        self.theme = theme
        self.setFont(theme.font("body", mono=True))
        self._colours.show_theme(theme)
        self._make_room()
        self.mark_lines(self.marked)

    def show_code(self, text: str) -> None:
        """Show another text at the same place."""
        if text == self.toPlainText():
            return
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self.setPlainText(text)
        self.horizontalScrollBar().setValue(across)
        self.verticalScrollBar().setValue(down)

    def mark_lines(self, lines: Iterable[int], *, follow: bool = False) -> None:
        """Lay these lines on the accent's row colour; with `follow`, bring the first into view if none is."""
        self.marked = tuple(lines)
        self._marked = frozenset(self.marked)
        if follow and self.marked and self._marked.isdisjoint(self.visible_lines()):
            self.verticalScrollBar().setValue(max(0, self.marked[0] - 3))
        self._lay_colour()
        self._numbers.update()

    def _lay_colour(self, *_: object) -> None:
        """Colour the marked lines that are on view: of a large network thousands may be marked."""
        selections = []
        for line in self._marked.intersection(self.visible_lines()):
            block = self.document().findBlockByNumber(line - 1)
            if block.isValid():
                selection = QTextEdit.ExtraSelection()
                selection.format.setBackground(self.theme.accent.row)
                selection.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
                selection.cursor = self.textCursor()
                selection.cursor.setPosition(block.position())
                selections.append(selection)
        self.setExtraSelections(selections)

    def visible_lines(self) -> range:
        """Return the numbers of the lines on view."""
        first = self.firstVisibleBlock().blockNumber() + 1
        return range(first, first + self.viewport().height() // max(1, self.fontMetrics().lineSpacing()) + 2)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self.line_clicked.emit(self.cursorForPosition(event.position().toPoint()).blockNumber() + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._numbers.setGeometry(QRect(inside.left(), inside.top(), self.number_width, inside.height()))
        self._lay_colour()

    @property
    def number_width(self) -> int:
        """The room for line numbers, in px."""
        digits = max(3, len(str(max(1, self.blockCount()))))
        return self.fontMetrics().horizontalAdvance("9") * digits + self.theme.measures.space.large

    def paint_numbers(self, painter: QPainter, area: QRect) -> None:
        """Draw the numbers of the lines on view, and carry the marked lines' colour through to the left."""
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        painter.setFont(self.font())
        while block.isValid() and top <= area.bottom():
            height = self.blockBoundingRect(block).height()
            number = block.blockNumber() + 1
            row = QRect(0, round(top), self._numbers.width(), round(height))
            if number in self._marked:
                painter.fillRect(row, self.theme.accent.row)
            painter.setPen(self.theme.text.primary if number in self._marked else self.theme.text.tertiary)
            painter.drawText(row.adjusted(0, 0, -8, 0), Qt.AlignmentFlag.AlignRight, str(number))
            top += height
            block = block.next()

    def _make_room(self) -> None:
        self.setViewportMargins(self.number_width, 0, 0, 0)
        self._numbers.resize(self.number_width, self._numbers.height())
        self._numbers.update()

    def _scroll_numbers(self, area: QRect, down: int) -> None:
        if down:
            self._numbers.scroll(0, down)
        else:
            self._numbers.update(0, area.y(), self._numbers.width(), area.height())


class _Numbers(QWidget):
    """The margin with the line numbers."""

    def __init__(self, view: CodeView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self) -> QSize:
        return QSize(self._view.number_width, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._view.theme.surface.field)
        self._view.paint_numbers(painter, event.rect())
        painter.end()
