"""The middle of the data view: class balance, then samples as the network gets them, or why there are none."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from builder.data.previews import Preview
from builder.data.sources import SOURCES
from builder.data.table import IMAGE, LABEL, SEQUENCE
from graphs.errors import UserError
from widgets.icons import pixmap
from widgets.panels.data_balance import BalanceBars, unevenness
from widgets.panels.data_table import sample_table
from widgets.panels.data_tiles import Curves, Thumbnails
from widgets.panels.section import label
from widgets.theme import Theme
from widgets.theme_style import mark

SOURCE_COLUMNS = 3
TABLE_HEIGHT = 420


class DataSamples(QWidget):
    """What there is to see of one look at the data. `source_asked` carries a kind of source, while none is chosen."""

    source_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.shown: Preview | None = None
        space = theme.measures.space
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(space.large, space.large, space.large, space.large)
        self._column.setSpacing(space.small)

    def show_error(self, error: UserError) -> None:
        """Show why the data cannot be read: the message names file, row and column where it knows them."""
        sign = QLabel()
        side = self._theme.measures.size.icon
        sign.setPixmap(pixmap("error", self._theme.status.error, side, self.devicePixelRatioF()))
        card = QFrame()
        mark(card, card="error")
        card.setAccessibleName(str(error))
        row = QHBoxLayout(card)
        row.addWidget(sign)
        row.addWidget(label(str(error), wrap=True), 1)
        self._column.addWidget(card)
        self._column.addStretch()

    def show_sources(self) -> None:
        """Show what data there can be, while none is chosen."""
        self._column.addWidget(label("Where does the data come from?", "title"))
        self._column.addWidget(label("Choose one, or drop a file here. Nothing is downloaded.", "secondary"))
        grid = QGridLayout()
        grid.setSpacing(self._theme.measures.space.large)
        for place, spec in enumerate(SOURCES):
            card = QFrame()
            mark(card, card="plain")
            inner = QVBoxLayout(card)
            inner.addWidget(label(spec.title, "heading"))
            inner.addWidget(label(spec.summary, "secondary", wrap=True), 1)
            use = QPushButton("Use")
            use.setAccessibleName(f"Use {spec.title}")
            mark(use, compact=True)
            use.clicked.connect(lambda _checked=False, name=spec.name: self.source_asked.emit(name))
            row = QHBoxLayout()
            row.addWidget(use)
            row.addStretch()
            inner.addLayout(row)
            grid.addWidget(card, *divmod(place, SOURCE_COLUMNS))
        self._column.addLayout(grid)
        self._column.addStretch()

    def show_preview(self, seen: Preview) -> None:
        """Show a look at the data."""
        self.shown = seen
        for note in seen.notes:
            self._column.addWidget(label(note, "warning", wrap=True))
        if seen.balance:
            self._add_balance(seen)
        ready = ", as the network will get them" if seen.arrays else ""
        self._heading("Previews", f"{seen.sampled:,} of {seen.rows:,}{ready}")
        tabular = [fact for fact in seen.facts if fact.name in seen.samples]
        for fact in seen.facts:
            if fact.name in seen.arrays and fact.kind in (IMAGE, SEQUENCE):
                make = Thumbnails if fact.kind == IMAGE else Curves
                if len(seen.facts) - len(tabular) > 1:
                    self._column.addWidget(label(fact.name, "secondary"))
                self._column.addWidget(make(self._theme, seen.arrays[fact.name], _captions(seen)))
        if len(tabular) > 1 or not seen.arrays:
            table = sample_table(seen.facts, seen.samples, self._theme)
            table.setMinimumHeight(TABLE_HEIGHT)
            self._column.addWidget(table, 1)
        else:
            self._column.addStretch()

    def _heading(self, title: str, note: str, warning: str = "") -> None:
        row = QHBoxLayout()
        row.setSpacing(self._theme.measures.space.small)
        row.addWidget(label(title, "heading"))
        if warning:
            sign = QLabel()
            side = self._theme.measures.size.icon
            sign.setPixmap(pixmap("warning", self._theme.status.warning, side, self.devicePixelRatioF()))
            row.addWidget(sign)
            row.addWidget(label(warning, "warning"))
        row.addWidget(label(note, "secondary"))
        row.addStretch()
        self._column.addLayout(row)

    def _add_balance(self, seen: Preview) -> None:
        uneven = unevenness(seen.balance)
        self._heading("Class balance", "" if uneven else "training, validation, test", uneven)
        bars = BalanceBars(self._theme)
        bars.show_balance(seen.balance)
        self._column.addWidget(bars)
        self._column.addSpacing(self._theme.measures.space.small)


def _captions(seen: Preview) -> tuple[str, ...]:
    """Return what stands below each sample: its class, or else the first value that it has."""
    named = [fact.name for fact in seen.facts if fact.kind == LABEL and fact.name in seen.samples]
    name = next(iter([*named, *seen.samples]), "")
    return seen.samples.get(name, ())
