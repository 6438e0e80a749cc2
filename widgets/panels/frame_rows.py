"""The frames of a network as rows: name, layers, weights; a click goes to one."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QToolButton, QWidget

from graphs.annotations import contents, frames
from graphs.checking.node_report import NOTHING
from graphs.network import Network
from graphs.reporting import Report
from widgets.figures import memory
from widgets.icons import icon
from widgets.panels.section import label
from widgets.plain import plain_caption, plain_tip
from widgets.theme import Theme

MOST = 40
_PER_PARAMETER = 4


class FrameRows(QWidget):
    """One row a frame, in reading order; chosen carries the id of one."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: object = None
        self.rows: dict[str, QToolButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.measures.space.medium)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)

    def show_frames(self, network: Network, told: Report, current: str = "") -> None:
        """List the frames of a network, the `current` one marked."""
        found = sorted(frames(network).values(), key=lambda frame: (frame.position[1], frame.position[0]))
        lines = []
        for frame in found[:MOST]:
            nodes = contents(network, frame.id).nodes
            weights = sum(told.nodes.get(node, NOTHING).parameters for node in nodes) * _PER_PARAMETER
            lines.append((frame.id, frame.title or "Frame", str(len(nodes)), memory(weights) if weights else ""))
        state = (lines, len(found), current)
        if state != self._shown:
            self._shown = state
            self._fill(lines, len(found), current)

    def _fill(self, lines: list[tuple[str, str, str, str]], count: int, current: str) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.rows.clear()
        for place, (frame, title, layers, weights) in enumerate(lines):
            button = self._button(frame, title, current=frame == current)
            self.rows[frame] = button
            self._grid.addWidget(button, place, 0)
            for column, text in ((1, layers), (2, weights)):
                figure = label(text, "mono secondary")
                figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self._grid.addWidget(figure, place, column)
        if count > len(lines):
            more: QLabel = label(f"and {count - len(lines)} more", "caption tertiary")
            self._grid.addWidget(more, len(lines), 0, 1, 3)

    def _button(self, frame: str, title: str, *, current: bool) -> QToolButton:
        button, side = QToolButton(), self._theme.measures.size.icon
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIcon(icon("frame", self._theme))
        button.setIconSize(QSize(side, side))
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setText(plain_caption(title))  # which is cut in its middle where it does not fit
        button.setToolTip(plain_tip(title))
        button.setAccessibleName(f"Go to the frame {title}")
        button.setCheckable(True)
        button.setChecked(current)
        button.clicked.connect(lambda: self.chosen.emit(frame))
        return button
