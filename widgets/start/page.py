"""The start page: new and open, recent projects, the devices, and templates with their pictures."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from graphs import templates
from graphs.errors import UserError
from widgets.figures import capacity
from widgets.icons import pixmap, put_icon
from widgets.latest import Latest
from widgets.memory import WindowMemory
from widgets.session import Session
from widgets.start.recent_row import RecentRow
from widgets.start.results import Result, last_results
from widgets.start.template_card import WIDTH, TemplateCard
from widgets.theme import ThemeSource
from widgets.theme_style import mark

if TYPE_CHECKING:
    from graphs.dimensions import Dim
    from widgets.start.sketch import Sketch

LEFT = 360


class StartPage(QWidget):
    """What the window shows before a project. It asks; the window answers. settled: all of it is drawn, once."""

    new_asked = Signal()
    open_asked = Signal()
    template_chosen = Signal(str)
    project_chosen = Signal(object)
    search_asked = Signal(object)
    settled = Signal()

    def __init__(self, memory: WindowMemory, session: Session, themes: ThemeSource) -> None:
        super().__init__()
        self._memory = memory
        self._session = session
        self._themes = themes
        self.rows: list[RecentRow] = []
        self.cards = [TemplateCard(spec, themes) for spec in templates.TEMPLATES]
        self._undrawn, self._settled = list(self.cards), False
        self._recent, self._devices = QVBoxLayout(), QVBoxLayout()
        self._grid = QGridLayout()
        self._columns = 0
        self._sketching = Latest(self)
        self._sketching.finished.connect(self._show_sketch)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._left())
        layout.addWidget(self._right(), 1)
        session.devices_found.connect(self._show_devices)
        session.runs.changed.connect(self._show_results)
        session.changed.connect(self._show_results)
        themes.changed.connect(self.renew)
        self.renew()

    def renew(self) -> None:
        """Show the recent projects as they are now."""
        for row in self.rows:
            self._recent.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [RecentRow(recent, self._themes.theme) for recent in self._memory.recent()]
        for row in self.rows:
            row.chosen.connect(self.project_chosen)
            row.search_asked.connect(self.search_asked)
            self._recent.addWidget(row)
        self._count.setText(str(len(self.rows)) if self.rows else "")
        self._nothing.setVisible(not self.rows)
        self._show_devices()
        if self.isVisible():
            QTimer.singleShot(0, self, self._show_results)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._show_results)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QTimer.singleShot(0, self, self._sketch_next)  # the page itself is on the screen before any picture on it

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange_cards()

    def _left(self) -> QWidget:
        space = self._themes.theme.measures.space
        column = QWidget()
        column.setFixedWidth(LEFT)
        mark(column, surface="panel")
        column.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(space.section - 8, space.section, space.section - 8, space.medium)
        layout.setSpacing(0)
        inset = QVBoxLayout()
        inset.setContentsMargins(8, 0, 8, 0)
        inset.setSpacing(space.tiny)
        inset.addWidget(_label("Netwright", "page"))
        inset.addWidget(_label("Draw a network, see it work, train it, take the code.", "secondary"))
        inset.addSpacing(space.small)
        inset.addLayout(self._buttons())
        inset.addSpacing(space.section - 4)
        head = QHBoxLayout()
        self._count = _label("", "secondary")
        head.addWidget(_label("Recent", "heading"))
        head.addStretch()
        head.addWidget(self._count)
        inset.addLayout(head)
        layout.addLayout(inset)
        layout.addSpacing(space.small)
        self._nothing = _label("Projects appear here once they are saved.", "tertiary")
        self._nothing.setContentsMargins(8, 0, 0, 0)
        layout.addWidget(self._nothing)
        layout.addLayout(self._recent)
        layout.addStretch()
        self._devices.setContentsMargins(8, 0, 8, 0)
        layout.addLayout(self._devices)
        return column

    def _buttons(self) -> QHBoxLayout:
        buttons = QHBoxLayout()
        buttons.setSpacing(self._themes.theme.measures.space.small)
        for title, name, signal, primary in (
            ("New network", "plus", self.new_asked, True),
            ("Open", "folder", self.open_asked, False),
        ):
            button = QPushButton(title)
            mark(button, primary=primary)
            put_icon(button, name, self._themes.theme)
            self._themes.changed.connect(lambda theme, b=button, n=name: put_icon(b, n, theme))
            button.clicked.connect(signal)
            buttons.addWidget(button, 1)
        return buttons

    def _right(self) -> QScrollArea:
        space = self._themes.theme.measures.space
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(space.block + 4, space.section, space.block + 4, space.section)
        layout.setSpacing(space.medium)
        head = QHBoxLayout()
        head.addWidget(_label("Templates", "title"))
        head.addWidget(_label(str(len(self.cards)), "secondary"))
        head.addStretch()
        head.addWidget(_label("or drop a project or a table anywhere", "secondary"))
        layout.addLayout(head)
        self._grid.setSpacing(space.medium)
        layout.addLayout(self._grid)
        layout.addStretch()
        for card in self.cards:
            card.chosen.connect(self.template_chosen)
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        return area

    def _arrange_cards(self) -> None:
        gap = self._themes.theme.measures.space.medium
        room = self.width() - LEFT - 2 * (self._themes.theme.measures.space.block + 4)
        columns = max(1, (room + gap) // (WIDTH + gap))
        if columns == self._columns:
            return
        self._grid.setColumnStretch(self._columns, 0)
        self._columns = columns
        for place, card in enumerate(self.cards):
            self._grid.addWidget(card, place // columns, place % columns)  # as high as its row
        self._grid.setColumnStretch(columns, 1)

    def _sketch_next(self) -> None:
        """Have the next card sketched in a thread, so that the window answers meanwhile."""
        if self._sketching.working:
            return
        if self._undrawn:
            name = self._undrawn[0].spec.name
            self._sketching.start(lambda _wanted: _sketch(name))
        elif not self._settled:
            self._settled = True
            self.settled.emit()

    def _show_sketch(self, outcome: "tuple[Sketch, Dim] | UserError") -> None:
        card = self._undrawn.pop(0)
        if not isinstance(outcome, UserError):
            card.show_sketch(*outcome)
        self._sketch_next()

    def _show_results(self, *_: object) -> None:
        if not (self.rows and self.isVisible()):
            return
        found: Mapping[str, Result] = last_results(self._session.runs.summaries.values(), self._session.active)
        for row in self.rows:
            if not row.recent.missing and row.recent.title in found:
                row.show_result(found[row.recent.title])

    def _show_devices(self) -> None:
        while (item := self._devices.takeAt(0)) is not None:
            if (line := item.widget()) is not None:
                line.hide()
                line.deleteLater()
        for device in self._session.devices:
            self._devices.addWidget(self._device_line(device))

    def _device_line(self, device: Mapping[str, object]) -> QWidget:
        line, picture = QWidget(), QLabel()
        theme = self._themes.theme
        colour = theme.text.secondary if device["kind"] == "cpu" else theme.status.success
        picture.setPixmap(pixmap("device", colour, theme.measures.size.icon, self.devicePixelRatioF()))
        memory = device.get("memory")
        size = f", {capacity(memory)}" if isinstance(memory, int) else ""
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, theme.measures.space.tiny, 0, theme.measures.space.tiny)
        layout.addWidget(picture)
        layout.addWidget(_label(f"{str(device['id']).upper().replace(':', ' ')}, {device['name']}{size}", "body"), 1)
        return line


def _sketch(name: str) -> "tuple[Sketch, Dim]":
    from widgets.start.sketch import of_template  # networkx and the layers load in the thread, behind the window

    return of_template(name)


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    mark(label, role=role)
    return label
