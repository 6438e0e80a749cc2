"""The log: what the run on show said and printed, and what the window said; follows its end."""

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QShowEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from widgets.icons import put_icon
from widgets.named import name_choice
from widgets.theme_style import mark

if TYPE_CHECKING:
    from widgets.session import Session
    from widgets.theme import Theme, ThemeSource
    from widgets.watch import Watch

LEVELS = ("output", "info", "warning", "error")
MOST_LINES = 5_000
_STAMPED = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (?P<level>(info|warning|error): )?(?P<text>.*)")
READ_EVERY = 500  # ms between two looks at what a run prints


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: `level` is one of LEVELS, `time` in seconds since 1970."""

    time: float
    level: str
    text: str

    @property
    def words(self) -> str:
        """The entry as it is shown and copied."""
        level = f"{self.level}: " if self.level in ("warning", "error") else ""
        return f"{time.strftime('%H:%M:%S', time.localtime(self.time))}  {level}{self.text}"


def _unsaid(printed: str) -> str:
    """Return a line of a run's log without its time, and nothing of one that came as a message as well."""
    found = _STAMPED.fullmatch(printed)
    return printed if found is None else "" if found["level"] else found["text"]


class LogPanel(QWidget):
    """Lines of one run, those of the window among them. `head_extra` holds filter and copy, for the row of tabs."""

    def __init__(self, session: "Session", themes: "ThemeSource") -> None:
        super().__init__()
        self._session = session
        self._themes = themes
        self._watch: Watch | None = None
        self._taken = 0
        self._printed = ""
        self._stale = False
        self._said: list[Line] = []
        self.lines: list[Line] = []
        self.text = QPlainTextEdit(readOnly=True)
        self.head_extra = QWidget()
        self.level, self.copy = QComboBox(), QToolButton()
        self._empty = QLabel("What a run says appears here", self.text.viewport())
        self._set_up()
        self._timer = QTimer(self)
        self._timer.setInterval(READ_EVERY)
        self._timer.timeout.connect(self.refresh)
        session.changed.connect(self.refresh)
        themes.changed.connect(self._dress)
        self._dress(themes.theme)
        self.refresh()

    def add_line(self, level: str, text: str) -> None:
        """Put in words of the window's own; they stay whatever run is shown."""
        line = Line(time.time(), level, text)
        self._said.append(line)
        self._add([line])

    def refresh(self, *_: object) -> None:
        """Take in what is new of the run on show."""
        watch = self._session.shown
        if watch is not self._watch:
            self._watch, self._taken, self._printed = watch, 0, ""
            self.lines = list(self._said)
            self._write_all()
        if watch is None or not watch.ready:
            return
        new = [Line(message.time, message.level, message.text) for message in watch.messages[self._taken :]]
        self._taken = len(watch.messages)
        if self.isVisible() or not watch.active:
            new += self._new_output(watch)
        self._add(sorted(new, key=lambda line: line.time))
        self._follow_output(watch)

    def copy_all(self) -> None:
        """Put what is selected, else all that is shown, on the clipboard."""
        chosen = self.text.textCursor().selectedText().replace("\u2029", "\n")
        QGuiApplication.clipboard().setText(chosen or self.text.toPlainText())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        if self._stale:
            self._write_all()

    def _new_output(self, watch: "Watch") -> list[Line]:
        """Return the lines that the worker printed since the last look; of a long log, from its end."""
        whole = watch.run.log()
        held, self._printed = self._printed, whole
        if whole.startswith(held):
            text = whole[len(held) :]
        else:  # only the end of the log is read: go on after the last line that is known
            known = held[-200:]
            text = whole[whole.rfind(known) + len(known) :] if known in whole else whole
        return [Line(time.time(), "output", line) for line in map(_unsaid, text.splitlines()) if line.strip()]

    def _follow_output(self, watch: "Watch") -> None:
        wanted = watch.active and self.isVisible()
        if wanted != self._timer.isActive():
            (self._timer.start if wanted else self._timer.stop)()

    def _shown(self, line: Line) -> bool:
        return LEVELS.index(line.level) >= self.level.currentIndex() if line.level in LEVELS else True

    def _add(self, lines: list[Line]) -> None:
        self.lines += lines
        self._stale = self._stale or not self.isVisible()  # what nobody sees is written when it is shown
        if not self._stale:
            self._append([line for line in lines if self._shown(line)])
        self._empty.setVisible(not self.lines)

    def _write_all(self) -> None:
        self._stale = False
        self.text.clear()
        self._append([line for line in self.lines[-MOST_LINES:] if self._shown(line)])
        self._empty.setVisible(not self.lines)

    def _append(self, lines: list[Line]) -> None:
        """Write at the end, and stay at the end if one is there."""
        bar = self.text.verticalScrollBar()
        following = bar.value() >= bar.maximum() - 1
        cursor = QTextCursor(self.text.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        for line in lines:
            look = QTextCharFormat()
            look.setForeground(self._colour(line.level))
            if not self.text.document().isEmpty():
                cursor.insertBlock()
            cursor.insertText(line.words, look)
        if following and lines:
            bar.setValue(bar.maximum())

    def _colour(self, level: str) -> QColor:
        theme = self._themes.theme
        colours = {"warning": theme.status.warning, "error": theme.status.error, "output": theme.text.secondary}
        return colours.get(level, theme.text.primary)

    def _set_up(self) -> None:
        space = self._themes.theme.measures.space
        self.text.setMaximumBlockCount(MOST_LINES)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName("Log")
        mark(self.text, mono=True)
        mark(self._empty, role="tertiary")
        self._empty.move(space.medium, space.small)
        self._empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for title in ("Everything", "Messages", "Warnings and errors", "Errors"):
            self.level.addItem(title)
        name_choice(self.level, "What is shown")
        self.level.currentIndexChanged.connect(self._write_all)
        self.copy.setToolTip("Copy what is selected, or all")
        self.copy.setAccessibleName("Copy")
        self.copy.clicked.connect(self.copy_all)
        head = QHBoxLayout(self.head_extra)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(space.small)
        head.addStretch()
        head.addWidget(self.level)
        head.addWidget(self.copy)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space.medium, space.tiny, space.tiny, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head_extra)
        whole.addWidget(self.text, 1)

    def _dress(self, theme: "Theme") -> None:
        put_icon(self.copy, "copy", theme)
        self.text.setFont(theme.font("caption", mono=True))
        self._write_all()
