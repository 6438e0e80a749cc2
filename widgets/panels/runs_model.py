"""The rows of the list of runs: what is written, drawn, sorted and ticked in each column."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from builder.runs import Run
from widgets.icons import icon
from widgets.plain import plain_tip
from widgets.run_list import RunSummary
from widgets.run_words import STATE_LOOKS, duration, epoch_text, less_is_better, metric_title, metric_value, moment

if TYPE_CHECKING:
    from pathlib import Path

    from widgets.session import Session
    from widgets.theme import ThemeSource
    from widgets.watch import Watch

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
SORT = Qt.ItemDataRole.UserRole
RUN = Qt.ItemDataRole.UserRole + 1

OVERLAY_TIP = "Tick to draw its curves beside those of the run on show"
_SHOWN_FIRST = ("accuracy", "f1", "r2", "mae", "rmse", "loss")


@dataclass(frozen=True)
class Row:
    """A run as the list shows it; `watch` is there while it is followed, and knows better than the summary."""

    summary: RunSummary
    watch: "Watch | None" = None

    @property
    def run(self) -> Run:
        """The run."""
        return self.summary.run


@dataclass(frozen=True)
class Column:
    """One column: its title, the words of a row and what it is sorted by."""

    title: str
    words: Callable[[Row], str]
    key: Callable[[Row], Any]
    mono: bool = False


def _state(row: Row) -> str:
    live = row.watch is not None and row.watch.ready
    return str(row.watch.state if row.watch is not None and live else row.summary.state)


def _epochs(row: Row) -> str:
    if row.watch is not None and row.watch.active and row.watch.ready:
        return epoch_text(row.watch).removeprefix("epoch ")
    return str(row.summary.epochs) if row.summary.epochs else ""


def _seconds(row: Row) -> float:
    if row.watch is not None and row.watch.active and row.watch.ready:
        return row.watch.seconds_so_far
    return row.summary.seconds or 0.0


def best_metric(metrics: Mapping[str, float]) -> tuple[str, float] | None:
    """Return the metric by which a run is told best, on validation where there is one."""
    for wanted in _SHOWN_FIRST:
        for name, value in sorted(metrics.items(), key=lambda entry: not entry[0].startswith("validation.")):
            if name.rpartition(".")[2] == wanted:
                return name, value
    return None


def _device(row: Row) -> str:
    started = row.watch.started if row.watch is not None and row.watch.ready else None
    return started.device if started is not None else row.summary.device


def _metrics(row: Row) -> Mapping[str, float]:
    if row.watch is not None and row.watch.active and row.watch.ready:
        return row.watch.latest_metrics
    return row.summary.metrics


def _metric(row: Row) -> str:
    found = best_metric(_metrics(row))
    return f"{metric_title(found[0])} {metric_value(*found)}" if found else ""


def _metric_key(row: Row) -> tuple[str, float]:
    found = best_metric(_metrics(row))
    if found is None:
        return "", 0.0
    return metric_title(found[0]), -found[1] if less_is_better(found[0]) else found[1]


COLUMNS: Sequence[Column] = (
    Column("Run", lambda row: row.watch.title if row.watch else row.summary.title, lambda row: row.summary.number),
    Column("State", _state, _state),
    Column("Project", lambda row: row.summary.project, lambda row: row.summary.project.casefold()),
    Column("Device", _device, _device, mono=True),
    Column("Epochs", _epochs, lambda row: row.watch.epoch if row.watch else row.summary.epochs, mono=True),
    Column("Best", _metric, _metric_key, mono=True),
    Column("Time", lambda row: duration(_seconds(row)) if _seconds(row) else "", _seconds, mono=True),
    Column("Started", lambda row: moment(row.summary.created), lambda row: row.summary.created, mono=True),
)


class RunsModel(QAbstractTableModel):
    """Rows by folder; ticks in the first column say which runs are drawn beside the shown one."""

    def __init__(self, session: "Session", themes: "ThemeSource") -> None:
        super().__init__()
        self._session = session
        self._themes = themes
        self._rows: list[Row] = []
        self._places: dict[Path, int] = {}

    def refresh(self) -> None:
        """Take over the summaries; rows that stay keep their place, so that a selection lasts."""
        summaries = self._session.runs.summaries
        for place in reversed(range(len(self._rows))):
            if self._rows[place].run.folder not in summaries:
                self.beginRemoveRows(QModelIndex(), place, place)
                del self._rows[place]
                self.endRemoveRows()
        self._places = {row.run.folder: place for place, row in enumerate(self._rows)}
        new = [folder for folder in summaries if folder not in self._places]
        if new:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(new) - 1)
            for folder in new:
                self._places[folder] = len(self._rows)
                self._rows.append(Row(summaries[folder]))
            self.endInsertRows()
        self._rows = [Row(summaries[row.run.folder], self._session.watches.get(row.run.folder)) for row in self._rows]
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(COLUMNS) - 1))

    def follow(self, watch: "Watch | None") -> None:
        """Show the news of one run."""
        place = self._places.get(watch.run.folder) if watch is not None else None
        if place is not None:
            self._rows[place] = Row(self._rows[place].summary, watch)
            self.dataChanged.emit(self.index(place, 0), self.index(place, len(COLUMNS) - 1))

    def row(self, index: Index) -> Row:
        """Return the row of an index."""
        return self._rows[index.row()]

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].title
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.column() == 0:
            flags |= Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self._rows[index.row()], COLUMNS[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return column.words(row)
        if role == SORT:
            return column.key(row)
        if role == RUN:
            return row.run
        return self._look(row, index.column(), role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a run, or give it another name. Raises UserError for a name that cannot be."""
        run = self._rows[index.row()].run
        if role == Qt.ItemDataRole.CheckStateRole:
            self._session.overlay(run.folder, Qt.CheckState(value) == Qt.CheckState.Checked)
            return True
        if role == Qt.ItemDataRole.EditRole and str(value) != self.data(index):
            self._session.rename(run, str(value))
            return True
        return False

    def _look(self, row: Row, column: int, role: int) -> Any:
        theme = self._themes.theme
        if role == Qt.ItemDataRole.CheckStateRole and column == 0:
            ticked = row.run.folder in self._session.overlaid
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DecorationRole and column == 1:
            state = row.watch.state if row.watch is not None and row.watch.ready else row.summary.state
            look = STATE_LOOKS[state]
            return icon(look.icon, theme, colour=look.colour(theme))
        if role == Qt.ItemDataRole.FontRole:
            shown = self._session.shown is not None and self._session.shown.run.folder == row.run.folder
            return theme.font("body", "semibold" if shown else "regular", mono=COLUMNS[column].mono)
        if role == Qt.ItemDataRole.ToolTipRole:
            return OVERLAY_TIP if column == 0 else plain_tip(COLUMNS[column].words(row))
        return None
