"""The data view: what is chosen about data on the left, and the data itself, read in the background, beside it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from builder.data.sources import SOURCES
from graphs.errors import UserError
from graphs.parameters import FilePath
from widgets.document import Document
from widgets.fields.line_editor import PathEditor
from widgets.figures import counted
from widgets.icons import put_icon
from widgets.panels.data_choices import DataChoices
from widgets.panels.data_edits import SOURCE, DataEdits, data_suffixes, path_parameter, source_of
from widgets.panels.data_samples import DataSamples
from widgets.panels.data_watch import DataWatch
from widgets.panels.section import label, rule
from widgets.panels.steps import Steps
from widgets.theme import ThemeSource
from widgets.theme_style import mark

LEFT = 312
PATIENCE = 0.3  # seconds before a work in hand is spoken of

AskPath = Callable[[QWidget, FilePath, str], str]


class DataPanel(QWidget):
    """Source, roles, preparation and split of the project's data, with real samples.

    `data` is shared with the panel that lists problems; without one the panel looks at the data by itself. `ask_path`
    asks for a source's file.
    """

    def __init__(
        self,
        document: Document,
        themes: ThemeSource,
        data: DataWatch | None = None,
        ask_path: AskPath = PathEditor.ask,
    ) -> None:
        super().__init__()
        self._document, self._themes, self._ask_path = document, themes, ask_path
        self.data = data or DataWatch(document, self)
        self.data.want_samples()
        self._steps = Steps(document)
        self._edits = DataEdits(self._steps)
        self._folded: set[str] = set()
        self._shown: object = self
        self.choices: DataChoices | None = None
        self.samples: DataSamples | None = None
        self.setAcceptDrops(True)
        self._left, self._middle = _area("panel"), _area("window")
        self.title, self.facts = label(role="strong"), label(role="secondary")
        self.progress = label(role="running")
        self.cancel = QPushButton("Cancel")
        self.again = QToolButton()
        self._lay_out()
        document.edited.connect(self._follow)
        document.replaced.connect(self._renew)
        self.data.changed.connect(self._follow)
        themes.changed.connect(self._renew)

    def choose_source(self, kind: str) -> None:
        """Take the data from another kind of source, asking for its file if it needs one."""
        path = ""
        if path_parameter(kind):
            parameter = SOURCES.get(kind).parameter(path_parameter(kind))
            assert isinstance(parameter, FilePath)
            path = self._ask_path(self, parameter, str(self.data.folder))
            if not path:
                return
        self._edits.choose_source(kind, path)

    def open_file(self, path: Path) -> None:
        """Take the data from a file. Raises UserError when no source reads files of its kind."""
        kind = source_of(path)
        if not kind:
            known = ", ".join(data_suffixes())
            raise UserError(f"{path.name} is no file that data is read from. Those end in {known}.")
        self._edits.choose_source(kind, str(path))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile() and source_of(Path(urls[0].toLocalFile())):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.open_file(Path(event.mimeData().urls()[0].toLocalFile()))
        event.acceptProposedAction()

    def refresh(self) -> None:
        """Show the choices and the newest look at the data."""
        if self.choices is None:
            self.choices = DataChoices(self._document, self.data, self._steps, self._themes.theme, self._folded)
            self.choices.source_asked.connect(self.choose_source)
            self.choices.fix_chosen.connect(self._steps.fix)
            _replace(self._left, self.choices)
        else:
            self.choices.refresh()
        self._show_progress()
        chosen = bool(self._document.project.data.get(SOURCE))
        now = (self.data.preview, self.data.error, chosen)
        if now != self._shown:
            self._shown = now
            self._show_samples(chosen)

    def _show_samples(self, chosen: bool) -> None:
        self.samples = DataSamples(self._themes.theme)
        self.samples.source_asked.connect(self.choose_source)
        seen = self.data.preview
        self.title.setText(seen.title if seen is not None else "")
        size = (counted(seen.rows, "row"), counted(len(seen.facts), "column")) if seen is not None else ()
        self.facts.setText(", ".join(size))
        if not chosen:
            self.samples.show_sources()
        elif self.data.error is not None:
            self.samples.show_error(self.data.error)
        elif seen is not None:
            self.samples.show_preview(seen)
        _replace(self._middle, self.samples)

    def _show_progress(self) -> None:
        slow = self.data.working and self.data.seconds > PATIENCE
        name = Path(str((self._document.project.data.get(SOURCE) or {}).get("path", ""))).name
        words = f"Reading {name or 'the data'}, {self.data.seconds:.0f} s" if slow else ""
        if self.data.cancelled:
            words = "Reading was cancelled"
        if words != self.progress.text():
            self.progress.setText(words)
        self.cancel.setVisible(slow)
        self.again.setVisible(not slow and bool(self._document.project.data.get(SOURCE)))

    def _lay_out(self) -> None:
        space = self._themes.theme.measures.space
        head = QWidget()
        mark(head, bar="strip")
        row = QHBoxLayout(head)
        row.setContentsMargins(space.large, 0, space.small, 0)
        row.setSpacing(space.small)
        mark(self.cancel, compact=True, flat=True)
        self.cancel.clicked.connect(self.data.cancel)
        self.again.setToolTip("Read the data again")
        self.again.setAccessibleName("Read the data again")
        self.again.clicked.connect(self.data.look)
        row.addWidget(self.title)
        row.addWidget(self.facts)
        row.addStretch()
        for widget in (self.progress, self.cancel, self.again):
            row.addWidget(widget)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(head)
        right.addWidget(self._middle, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._left.setFixedWidth(LEFT)
        whole.addWidget(self._left)
        whole.addWidget(rule("vertical"))
        whole.addLayout(right, 1)
        put_icon(self.again, "reset", self._themes.theme)

    def _follow(self, *_: object) -> None:
        if self.isVisible():
            self.refresh()

    def _renew(self, *_: object) -> None:
        put_icon(self.again, "reset", self._themes.theme)
        self.choices, self._shown = None, self
        self._follow()


def _area(surface: str) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    mark(area, surface=surface)
    return area


def _replace(area: QScrollArea, page: QWidget) -> None:
    """Show another page; the one before may be what asked for it, so it goes later."""
    before = area.takeWidget()
    if before is not None:
        before.hide()
        before.deleteLater()
    area.setWidget(page)
