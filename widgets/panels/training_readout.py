"""The column beside the plots: what every curve is worth at one epoch."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from widgets.drawings import OTHER, TRAINING, VALIDATION
from widgets.elided import ElidedLabel
from widgets.run_words import metric_title, metric_value
from widgets.theme_style import mark
from widgets.watch import EPOCH_LOSS, Watch
from widgets.watch import VALIDATION as VALIDATED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from widgets.theme import ThemeSource

_GLYPH = 18  # px
_FAINT = 0.75


@dataclass(frozen=True, slots=True)
class Reading:
    """One line: the look of its curve, a name and a value."""

    role: str
    name: str
    value: str


class LineGlyph(QWidget):
    """A short piece of a curve, drawn as the plot draws it."""

    def __init__(self, themes: "ThemeSource") -> None:
        super().__init__()
        self._themes = themes
        self.role = TRAINING
        self.setFixedWidth(_GLYPH)

    def show_role(self, role: str) -> None:
        """Draw the line of that role."""
        if role != self.role:
            self.role = role
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        colour = QColor(theme.text.tertiary if self.role == OTHER else theme.series[self.role == VALIDATION])
        if self.role == OTHER:
            colour.setAlphaF(_FAINT)
        pen = QPen(colour, 1 if self.role == OTHER else 2)
        if self.role == VALIDATION:
            pen.setDashPattern([2.5, 1.5])
        painter = QPainter(self)
        painter.setPen(pen)
        painter.drawLine(0, self.height() // 2, _GLYPH, self.height() // 2)
        painter.end()


class Group(QWidget):
    """The readings of one plot under its title. Rows stay while only their texts change."""

    def __init__(self, themes: "ThemeSource") -> None:
        super().__init__()
        self._themes = themes
        self._rows: list[tuple[LineGlyph, ElidedLabel, QLabel]] = []
        self.readings: tuple[Reading, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(themes.theme.measures.space.small)
        self._grid.setVerticalSpacing(1)
        self._grid.setColumnStretch(1, 1)

    def show_readings(self, readings: "Sequence[Reading]") -> None:
        """Show these, in order."""
        while len(self._rows) < len(readings):
            self._rows.append(self._add())
        for place, row in enumerate(self._rows):
            for widget in row:
                widget.setVisible(place < len(readings))
        for reading, (glyph, name, value) in zip(readings, self._rows, strict=False):
            glyph.show_role(reading.role)
            name.setText(reading.name)
            value.setText(reading.value)
        self.readings = tuple(readings)

    def _add(self) -> tuple[LineGlyph, ElidedLabel, QLabel]:
        row = LineGlyph(self._themes), ElidedLabel(), QLabel()
        mark(row[1], role="secondary")
        mark(row[2], role="mono")
        for column, widget in enumerate(row):
            self._grid.addWidget(widget, len(self._rows), column)
        self._grid.setAlignment(row[2], Qt.AlignmentFlag.AlignRight)
        return row


class Readout(QWidget):
    """Loss and metric of the run on show and of those laid over it, at the cursor's epoch or the last one."""

    def __init__(self, themes: "ThemeSource") -> None:
        super().__init__()
        self.epoch, self.best = QLabel(), QLabel()
        self.loss_group, self.metric_group = Group(themes), Group(themes)
        mark(self.epoch, role="heading")
        mark(self.best, role="secondary")
        self.best.setToolTip("The epoch with the lowest validation loss")
        space = themes.theme.measures.space
        head, column = QHBoxLayout(), QVBoxLayout(self)
        head.addWidget(self.epoch)
        head.addStretch()
        head.addWidget(self.best)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space.tiny)
        column.addLayout(head)
        column.addWidget(self.loss_group)
        column.addSpacing(space.tiny)
        column.addWidget(self.metric_group)
        column.addStretch()

    def show_runs(self, watch: Watch | None, others: "Sequence[Watch]", metric: str, epoch: float | None) -> None:
        """Show the values at an epoch; without one, the latest."""
        if watch is None or not watch.ready or not watch.epoch:
            self.epoch.setText("")
            self.best.setText("")
            self.loss_group.show_readings(())
            self.metric_group.show_readings(())
            return
        at = float(watch.epoch) if epoch is None else epoch
        self.epoch.setText(f"Epoch {at:.0f}")
        self.best.setText(f"best {watch.best_epoch}" if watch.best_epoch else "")
        self.loss_group.show_readings(readings(watch, others, EPOCH_LOSS, at))
        self.metric_group.show_readings(readings(watch, others, metric, at) if metric else ())
        self.metric_group.setToolTip(metric_title(metric) if metric else "")


def readings(watch: Watch, others: "Sequence[Watch]", name: str, epoch: float) -> list[Reading]:
    """Return what the curves of a metric are worth at an epoch; of other runs, on validation where they have it."""
    found = []
    for role, label, run, keys in (
        (TRAINING, "training", watch, (name,)),
        (VALIDATION, "validation", watch, (VALIDATED + name,)),
        *((OTHER, other.title, other, (VALIDATED + name, name)) for other in others if other.ready),
    ):
        series = next((run.curves[key] for key in keys if key in run.curves), None)
        if series is not None and series.count:
            place = max(0, int(series.x.searchsorted(epoch, side="right")) - 1)
            found.append(Reading(role, label, metric_value(name, float(series.y[place]))))
    return found
