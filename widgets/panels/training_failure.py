"""The card of a failed run: what happened, where, what to try, and a way on from the last checkpoint."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from widgets.icons import pixmap, put_icon
from widgets.theme_style import mark

if TYPE_CHECKING:
    from graphs.project import Project
    from widgets.theme import Theme, ThemeSource
    from widgets.watch import Watch

_ROOM_BESIDE = 480  # px


class FailureCard(QFrame):
    """Hidden while there is nothing to tell. node_asked: network and id of the node to show."""

    node_asked = Signal(str, str)
    resume_asked = Signal()
    log_asked = Signal()

    def __init__(self, themes: "ThemeSource", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._place = ("", "")
        self._icon, self.what, self.advice = QLabel(), QLabel(), QLabel()
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.node, self.resume = QPushButton(), QPushButton("Resume")
        mark(self, card="error")
        mark(self.advice, role="secondary")
        for label in (self.what, self.advice):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        mark(self.node, compact=True)
        mark(self.resume, compact=True, primary=True)
        self.node.clicked.connect(lambda: self.node_asked.emit(*self._place))
        self.resume.clicked.connect(self.resume_asked)
        space = themes.theme.measures.space
        words, buttons, row = QVBoxLayout(), QHBoxLayout(), QHBoxLayout(self)
        words.setSpacing(1)
        words.addWidget(self.what)
        words.addWidget(self.advice)
        buttons.addWidget(self.node)
        buttons.addWidget(self.resume)
        buttons.addStretch()
        self._body.setSpacing(space.small)
        self._body.addLayout(words, 1)
        self._body.addLayout(buttons)
        row.setContentsMargins(space.medium, space.small, space.medium, space.small)
        row.setSpacing(space.small)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._body, 1)
        themes.changed.connect(self._dress)
        self._dress(themes.theme)
        self.hide()

    def show_watch(self, watch: "Watch | None", project: "Project") -> None:
        """Tell why a run failed; its node can be gone to while the drawing still has it."""
        failed = watch.failed if watch is not None and watch.ready and not watch.active else None
        self.setVisible(failed is not None)
        if watch is None or failed is None:
            return
        self.what.setText(failed.what or failed.title)
        self.advice.setText(failed.advice)
        self.advice.setVisible(bool(failed.advice))
        network, node = failed.network or "main", failed.node or ""
        there = network in project.networks and node in project.networks[network]
        self._place = (network, node)
        self.node.setVisible(there)
        if there:
            name = project.networks[network].name(node)
            self.node.setText(f"Show {name}")
            put_icon(self.node, "go-to", self._themes.theme)
            self.node.setToolTip(f"Select {name} in the drawing")
        self._offer_resume(watch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons under the words where these would be left a narrow column beside them."""
        directions = QBoxLayout.Direction
        narrow = event.size().width() < _ROOM_BESIDE
        self._body.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        super().resizeEvent(event)

    def _offer_resume(self, watch: "Watch") -> None:
        last = watch.run.last
        self.resume.setVisible(last is not None)
        epoch = watch.checkpoint.epoch if watch.checkpoint is not None else None
        where = f"epoch {epoch}" if epoch else "the last checkpoint"
        self.resume.setText(f"Resume from {where}")

    def _dress(self, theme: "Theme") -> None:
        side = theme.measures.size.icon
        self._icon.setPixmap(pixmap("error", theme.status.error, side, self.devicePixelRatioF()))
        put_icon(self.resume, "play", theme)
