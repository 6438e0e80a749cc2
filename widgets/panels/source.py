"""The source panel: the very code that the drawing runs as, following the drawing and its selection."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from builder.generator import Source, generate
from graphs.errors import UserError
from graphs.project import Project
from widgets.document import Document
from widgets.icons import put_icon
from widgets.latest import Latest
from widgets.panels.code_view import CodeView
from widgets.panels.places import root_of, show_node
from widgets.panels.section import label
from widgets.selection import Selection
from widgets.theme import ThemeSource
from widgets.theme_style import mark

SETTLE = 120  # ms without an edit before the code is written again


class SourcePanel(QWidget):
    """Code with the lines of the selected layers marked; a click on a line selects its layer.

    save_requested: the user wants the code as a file. head_extra stands to the right of the panel's tab.
    """

    save_requested = Signal()

    def __init__(self, document: Document, selection: Selection, themes: ThemeSource) -> None:
        super().__init__()
        self._document, self._selection, self._themes = document, selection, themes
        self.source: Source | None = None
        self._stale = True
        self._latest = Latest(self)
        self._latest.finished.connect(self._take)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLE)
        self._soon.timeout.connect(self.refresh)
        self.code = CodeView(themes.theme)
        self.code.line_clicked.connect(self._select)
        self.trouble = label(role="secondary", wrap=True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.code)
        self._stack.addWidget(self._excuse())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.head_extra = QWidget()
        self.copy = QPushButton("Copy")
        self.save = QPushButton("Save as .py")
        self._lay_out_head()
        document.edited.connect(self._follow)
        document.replaced.connect(self._follow)
        selection.changed.connect(self._mark)
        selection.view_changed.connect(self._follow)
        themes.changed.connect(self._dress)
        self._dress()

    @property
    def working(self) -> bool:
        """Whether newer code is on its way."""
        return self._soon.isActive() or self._latest.working

    def _excuse(self) -> QWidget:
        page = QWidget()
        space = self._themes.theme.measures.space
        column = QVBoxLayout(page)
        column.setContentsMargins(space.large, space.medium, space.large, space.medium)
        column.addWidget(self.trouble)
        column.addStretch()
        return page

    def _lay_out_head(self) -> None:
        row = QHBoxLayout(self.head_extra)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label("What is drawn is what runs", "secondary"))
        for button in (self.copy, self.save):
            mark(button, compact=True, flat=True)
            row.addWidget(button)
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self.save_requested)

    def _dress(self, *_: object) -> None:
        put_icon(self.save, "export", self._themes.theme)
        self.code.show_theme(self._themes.theme)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        """Write the code again now, in the background."""
        self._stale = False
        project, (network, _) = self._document.project, self._selection.on_view
        top = root_of(project, network)
        self._latest.start(_task(project.snapshot(), top))

    def _follow(self, *_: object) -> None:
        self._stale = True
        if self.isVisible():
            self._soon.start()

    def _take(self, outcome: object) -> None:
        if isinstance(outcome, Source):
            self.source = outcome
            self.code.show_code(outcome.text)
            self._stack.setCurrentIndex(0)
            self._mark()
        else:
            self.source = None
            self.trouble.setText(str(outcome))
            self._stack.setCurrentIndex(1)
        self.copy.setEnabled(self.source is not None)
        self.save.setEnabled(self.source is not None)

    def _mark(self) -> None:
        if self.source is None:
            return
        known = self.source.lines.get(self._selection.network, {})
        found = {number for node in self._selection.nodes if node in known
                 for number in (*known[node].init, *known[node].forward)}  # fmt: skip
        self.code.mark_lines(sorted(found), follow=True)

    def _select(self, line: int) -> None:
        place = self.source.node_at(line) if self.source is not None else None
        if place is not None and place[0] in self._document.project.networks:
            show_node(self._document.project, self._selection, *place)

    def _copy(self) -> None:
        if self.source is not None:
            QGuiApplication.clipboard().setText(self.source.text)


def _task(project: Project, network: str) -> Callable[[Callable[[], bool]], Source]:
    def write(cancelled: Callable[[], bool]) -> Source:
        if not project.networks[network]:
            raise UserError("The code appears here as soon as the network has an input and an output.")
        return generate(project, network)

    return write
