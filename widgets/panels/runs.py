"""The list of all runs: show one, lay others over it, rename, resume, delete."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSortFilterProxyModel, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QMenu, QTreeView, QVBoxLayout, QWidget

from builder.runs import Run
from builder.states import State
from widgets.dialogs.ask import Ask
from widgets.dialogs.question import Answer, Question
from widgets.figures import counted
from widgets.panels.runs_model import COLUMNS, RUN, SORT, RunsModel
from widgets.theme_style import mark

if TYPE_CHECKING:
    from widgets.document import Document
    from widgets.session import Session
    from widgets.theme import ThemeSource
    from widgets.watch import Watch

LOOK_EVERY = 3000  # ms between two looks for runs that others started
_WIDTHS = (200, 96, 160, 80, 96, 152, 104, 96)  # px
_STARTED = len(COLUMNS) - 1


class RunsTree(QTreeView):
    """Enter and a double click show a run, F2 renames, Delete deletes."""

    show_asked = Signal()
    delete_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        asked = {
            Qt.Key.Key_Return: self.show_asked,
            Qt.Key.Key_Enter: self.show_asked,
            Qt.Key.Key_Delete: self.delete_asked,
        }.get(Qt.Key(event.key()))
        if asked is not None and self.state() != QAbstractItemView.State.EditingState:
            asked.emit()
        else:
            super().keyPressEvent(event)


class RunsPanel(QWidget):
    """All runs. drawing_requested carries a Run whose drawing the user wants open, shown a Run brought on show."""

    drawing_requested = Signal(object)
    shown = Signal(object)

    def __init__(self, document: "Document", session: "Session", themes: "ThemeSource", ask: type[Ask] = Ask) -> None:
        super().__init__()
        self._document = document
        self._session = session
        self._ask = ask
        self.model = RunsModel(session, themes)
        self.sorted = QSortFilterProxyModel(self)
        self.sorted.setSourceModel(self.model)
        self.sorted.setSortRole(SORT)
        self.tree = RunsTree()
        self._empty = QLabel("Runs appear here after Train (Ctrl+R)", self.tree.viewport())
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(session.runs.refresh)
        self._set_up(themes)
        session.runs.changed.connect(self.refresh)
        session.overlaid_changed.connect(self.refresh)
        session.changed.connect(self._follow)
        self.refresh()

    @property
    def chosen(self) -> Sequence[Run]:
        """The selected runs, from the top."""
        rows = sorted(self.tree.selectionModel().selectedRows(), key=lambda index: index.row())
        return [index.data(RUN) for index in rows]

    def refresh(self) -> None:
        """Show what there is."""
        self.model.refresh()
        self._empty.setVisible(not self.model.rowCount())

    def show_run(self, run: Run) -> None:
        """Bring a run before the eyes."""
        self._session.show(self._session.watch(run))
        self.shown.emit(run)

    def delete(self, runs: Sequence[Run]) -> None:
        """Delete runs, once the user agreed. Raises UserError for one that is under way."""
        if runs and self._ask.question(self, delete_question(runs)) == "delete":
            for run in runs:
                self._session.delete(run)

    def menu(self) -> QMenu:
        """Return the menu of what can be done to the selected runs."""
        menu, chosen = QMenu(self), self.chosen
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(chosen) == 1:
            self._add_single(menu, chosen[0])
        if chosen:
            ticked = all(run.folder in self._session.overlaid for run in chosen)
            over = menu.addAction("Draw its curves beside" if len(chosen) == 1 else "Draw their curves beside")
            over.setCheckable(True)
            over.setChecked(ticked)
            over.triggered.connect(lambda: self._overlay(chosen, not ticked))
            menu.addSeparator()
            title = "Delete..." if len(chosen) == 1 else f"Delete {len(chosen)} runs..."
            menu.addAction(title).triggered.connect(lambda: self.delete(chosen))
        return menu

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._session.runs.refresh()
        self._timer.start()

    def hideEvent(self, event: object) -> None:
        self._timer.stop()

    def _add_single(self, menu: QMenu, run: Run) -> None:
        menu.addAction("Show").triggered.connect(lambda: self.show_run(run))
        resume = menu.addAction("Resume")
        resume.setEnabled(run.state in (State.STOPPED, State.FAILED) and self._session.active is None)
        resume.triggered.connect(lambda: self._session.resume(run))
        menu.addAction("Open its drawing").triggered.connect(lambda: self.drawing_requested.emit(run))
        menu.addAction("Rename").triggered.connect(lambda: self.tree.edit(self.tree.currentIndex().siblingAtColumn(0)))
        folder = QUrl.fromLocalFile(str(run.folder))
        menu.addAction("Show its folder").triggered.connect(lambda: QDesktopServices.openUrl(folder))

    def _set_up(self, themes: "ThemeSource") -> None:
        tree, space = self.tree, themes.theme.measures.space
        tree.setModel(self.sorted)
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        tree.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        tree.setSortingEnabled(True)
        tree.sortByColumn(_STARTED, Qt.SortOrder.DescendingOrder)
        tree.setAccessibleName("Runs")
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        mark(tree, rows="compact")
        tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        tree.header().setStretchLastSection(True)
        for column, width in enumerate(_WIDTHS):
            tree.setColumnWidth(column, width)
        tree.doubleClicked.connect(lambda index: self.show_run(index.data(RUN)))
        tree.show_asked.connect(self._show_chosen)
        tree.delete_asked.connect(lambda: self.delete(self.chosen))
        tree.customContextMenuRequested.connect(self._open_menu)
        mark(self._empty, role="tertiary")
        self._empty.move(space.medium, space.small)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space.tiny, 0, 0, 0)
        whole.addWidget(tree)

    def _overlay(self, runs: Sequence[Run], wanted: bool) -> None:
        for run in runs:
            self._session.overlay(run.folder, wanted)

    def _show_chosen(self) -> None:
        for run in self.chosen[:1]:
            self.show_run(run)

    def _open_menu(self, place: QPoint) -> None:
        menu = self.menu()
        if menu.actions():
            menu.popup(self.tree.viewport().mapToGlobal(place))

    def _follow(self, watch: "Watch | None") -> None:
        if self.isVisible():
            self.model.follow(watch)


def delete_question(runs: Sequence[Run]) -> Question:
    """Return the question before runs are deleted."""
    what = runs[0].title if len(runs) == 1 else counted(len(runs), "run")
    verb = "Delete run" if len(runs) == 1 else f"Delete {len(runs)} runs"
    text = "Curves, weights and checkpoints go with it. This cannot be undone."
    return Question(f"Delete {what}", text, (Answer("keep", "Keep"), Answer("delete", verb, primary=True)), safe="keep")
