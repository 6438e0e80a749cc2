"""The bar at the foot of the window: problems, size and cost of the drawing, and when it was saved."""

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QStatusBar, QToolButton

from builder.training.footprint import footprint
from graphs.dimensions import Dim
from graphs.errors import UserError
from graphs.ports import BLOCK
from graphs.reporting import Report
from widgets.document import Document
from widgets.elided import ElidedLabel
from widgets.figures import capacity, clock, counted, memory, rounded
from widgets.icons import pixmap
from widgets.problem_list import ProblemList
from widgets.selection import Selection
from widgets.session import Session
from widgets.theme import ThemeSource

_ICON, _GAP = 14, 6


class StatusBar(QStatusBar):
    """24 px high. In a narrow window items go from the right; the problems stay. A click on them asks to see them."""

    problems_asked = Signal()

    def __init__(
        self,
        document: Document,
        selection: Selection,
        themes: ThemeSource,
        problems: ProblemList,
        session: Session,
    ) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self._document = document
        self._selection = selection
        self._themes = themes
        self._saved_at = 0.0
        self._found = problems
        self._problems = QToolButton()
        self._problems.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._problems.setIconSize(QSize(_ICON, _ICON))
        self._problems.clicked.connect(self.problems_asked)
        self._session = session
        self._items = [QLabel() for _ in range(5)]
        self._saved, self._hint = QLabel(), ElidedLabel()
        self._hint.hide()
        self.addWidget(self._problems)
        self.addWidget(self._hint, 1)
        for item in self._items:
            self.addWidget(item)
        self.addPermanentWidget(self._saved)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        for signal in (document.edited, document.replaced, document.history_changed, selection.view_changed):
            signal.connect(self._soon.start)
        for signal in (problems.changed, session.devices_found, session.device_changed):
            signal.connect(self._soon.start)
        document.saved.connect(self._note_saving)
        document.replaced.connect(self._note_saving)
        themes.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the figures of the network on view."""
        report = self._document.report(*self._selection.on_view)
        self._show_problems()
        texts = [*(figure(report, self._document) for figure in _FIGURES), self._show_need(report)]
        for item, text in zip(self._items, texts, strict=True):
            item.setText(text)
        self._saved.setText(self._saved_text())
        self._fit()

    def show_hint(self, text: str) -> None:
        """Say how to go on with what is in hand, in place of the figures; these come back when there is no more."""
        self._hint.setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _show_problems(self) -> None:
        errors, warnings = self._found.errors, self._found.warnings
        status = self._themes.theme.status
        if errors:
            name, colour, text = "error", status.error, counted(errors, "problem")
        elif warnings:
            name, colour, text = "warning", status.warning, counted(warnings, "warning")
        else:
            name, colour, text = "check", status.success, "No problems"
        self._problems.setText(text)
        self._problems.setIcon(pixmap(name, colour, _ICON, self.devicePixelRatioF()))
        self._problems.setStyleSheet(f"color: {colour.name()};")

    def _show_need(self, report: Report) -> str:
        """Return what training needs of the memory of the device chosen, coloured where that is too little."""
        there, needed = self._session.device_memory, _needed(report, self._document)
        item, short = self._items[-1], there is not None and isinstance(needed, int) and needed > there
        item.setStyleSheet(f"color: {self._themes.theme.status.warning.name()};" if short else "")
        item.setToolTip(_SHORT if short else _NEED)
        if not needed or not isinstance(needed, int):  # a length that is open, or nothing to train
            return ""
        return f"needs {memory(needed)}" + (f" of {capacity(there)}" if there is not None else "")

    def _saved_text(self) -> str:
        if self._document.project.read_only:
            return "Open for reading"
        if self._document.dirty:
            return "Changes not saved" if self._document.path else "Not saved yet"
        return f"Saved {clock(self._saved_at)}" if self._saved_at else ""

    def _note_saving(self) -> None:
        path = self._document.path
        with suppress(OSError):
            self._saved_at = path.stat().st_mtime if path is not None else 0.0
        self._soon.start()

    def _fit(self) -> None:
        """Hide what finds no room, the last items first, and all of them behind a hint."""
        hinting = bool(self._hint.text())
        self._hint.setVisible(hinting)
        room = self.width() - self._problems.sizeHint().width() - self._saved.sizeHint().width() - 3 * _ICON
        for item in self._items:
            room -= item.sizeHint().width() + _GAP
            item.setVisible(bool(item.text()) and room >= 0 and not hinting)


def _layers(report: Report, document: Document) -> str:
    network = document.project.networks[report.network]
    kinds = {str(network.parameters(node).get("network")) for node in network if network.kind(node) == BLOCK}
    layers = counted(len(network), "layer")
    return f"{layers}, {counted(len(kinds), 'kind')} of block" if kinds else layers


def _parameters(report: Report, document: Document) -> str:
    return counted(report.parameters, "parameter")


def _macs(report: Report, document: Document) -> str:
    return f"{rounded(report.macs)} multiply-adds"


def _weights(report: Report, document: Document) -> str:
    return f"{memory(report.weight_bytes)} weights" if report.weight_bytes else ""


def _needed(report: Report, document: Document) -> Dim:
    try:
        return footprint(document.project, report)
    except UserError:  # choices that do not fit: the problems tell of them
        return 0


_NEED = "About what a training step holds: weights, gradients, what the optimizer keeps, and a batch's activations"
_SHORT = "More than the device has: halve the batch size, make the network smaller, or choose another device"
_FIGURES: tuple[Callable[[Report, Document], str], ...] = (_layers, _parameters, _macs, _weights)
