"""A card that offers what a crash left behind: each project to bring back or to let go."""

import time
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from graphs.filing.recovery import Entry
from widgets.elided import ElidedLabel
from widgets.figures import clock, counted
from widgets.theme import ThemeSource
from widgets.theme_style import mark


class RecoveryCard(QFrame):
    """Lies over the window until all is answered, or put off until the next start."""

    wanted = Signal(object)
    unwanted = Signal(object)

    def __init__(self, over: QWidget, entries: Sequence[Entry], themes: ThemeSource) -> None:
        super().__init__(over)
        self._over = over
        self._rows: dict[Entry, QWidget] = {}
        measures = themes.theme.measures
        mark(self, popup="plain")
        self.setFixedWidth(measures.size.dialog)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[measures.space.large] * 4)
        layout.setSpacing(measures.space.small)
        title = QLabel("Work that was not saved can be brought back")
        text = QLabel("Netwright ended before it could ask. Nothing is lost.")
        mark(title, role="title")
        mark(text, role="secondary")
        layout.addWidget(title)
        layout.addWidget(text)
        for number, entry in enumerate(entries):
            row = self._row(entry, primary=number == 0)
            self._rows[entry] = row
            layout.addWidget(row)
        later = QPushButton("Later")
        mark(later, flat=True)
        later.clicked.connect(self.hide)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(later)
        layout.addLayout(foot)
        over.installEventFilter(self)
        self.adjustSize()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _row(self, entry: Entry, *, primary: bool) -> QWidget:
        row, words = QWidget(), QVBoxLayout()
        name = ElidedLabel(entry.title)
        when = time.strftime("%d %B", time.localtime(entry.time))
        steps = f"{counted(entry.steps, 'change')} not saved, begun {when}, {clock(entry.time)}"
        detail = ElidedLabel(f"{steps}; {entry.file}" if entry.file else f"{steps}; never saved")
        mark(name, role="strong")
        mark(detail, role="secondary caption")
        words.setSpacing(1)
        words.addWidget(name)
        words.addWidget(detail)
        back, let_go = QPushButton("Bring back"), QPushButton("Discard")
        mark(back, compact=True, primary=primary)
        mark(let_go, compact=True)
        back.clicked.connect(lambda: self._answer(entry, wanted=True))
        let_go.clicked.connect(lambda: self._answer(entry, wanted=False))
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.addLayout(words, 1)
        layout.addWidget(back)
        layout.addWidget(let_go)
        return row

    def _answer(self, entry: Entry, *, wanted: bool) -> None:
        self._rows.pop(entry).hide()
        if wanted or not self._rows:
            self.hide()
        (self.wanted if wanted else self.unwanted).emit(entry)
        self.adjustSize()

    def _place(self) -> None:
        self.move((self._over.width() - self.width()) // 2, max(60, (self._over.height() - self.height()) // 3))
        self.raise_()
