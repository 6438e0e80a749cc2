"""What stands beside the tabs while the training panel is on show: how the curves are drawn, and taking them away."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup, QWheelEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from widgets.icons import put_icon
from widgets.plain import plain_caption
from widgets.theme_style import mark

if TYPE_CHECKING:
    from widgets.session import Session
    from widgets.theme import Theme, ThemeSource

WEIGHTS = (0.0, 0.3, 0.6, 0.8, 0.9, 0.95, 0.98)
MOST_LISTED = 20
CURVES, CONFUSION = "curves", "confusion"


class SmoothButton(QToolButton):
    """Shows the weight of smoothing; a menu or the wheel changes it."""

    weight_changed = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.weight = 0.0
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolTip("Smooth the curves of training")
        menu = QMenu(self)
        self._group = QActionGroup(menu)
        for weight in WEIGHTS:
            action = menu.addAction(f"{weight:g}" if weight else "Off")
            action.setCheckable(True)
            action.setData(weight)
            action.setActionGroup(self._group)
            action.triggered.connect(lambda _checked=False, weight=weight: self.choose(weight))
        self.setMenu(menu)
        self.choose(0.0)

    def choose(self, weight: float) -> None:
        """Smooth by this weight."""
        self.weight = weight
        self.setText(f"Smooth {weight:g}" if weight else "Smooth")
        for action in self._group.actions():
            action.setChecked(action.data() == weight)
        self.weight_changed.emit(weight)

    def wheelEvent(self, event: QWheelEvent) -> None:
        step = 1 if event.angleDelta().y() > 0 else -1
        place = WEIGHTS.index(self.weight) + step if self.weight in WEIGHTS else 0
        self.choose(WEIGHTS[min(max(place, 0), len(WEIGHTS) - 1)])
        event.accept()


class TrainingHead(QWidget):
    """Buttons. export_asked carries `picture`, `copy` or `csv`, view_asked CURVES or CONFUSION."""

    smoothing_changed = Signal(float)
    log_changed = Signal(bool)
    export_asked = Signal(str)
    view_asked = Signal(str)

    def __init__(self, session: "Session", themes: "ThemeSource") -> None:
        super().__init__()
        self._session = session
        self.views = QFrame()
        self.view_buttons = {CURVES: QToolButton(), CONFUSION: QToolButton()}
        self.smooth, self.log, self.others, self.export = SmoothButton(), QToolButton(), QToolButton(), QToolButton()
        self._set_up_views()
        self._set_up_buttons()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(themes.theme.measures.space.small)
        for widget in (self.views, self.smooth, self.log, self.others, self.export):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        session.overlaid_changed.connect(self._count_others)
        session.runs_changed.connect(self._count_others)
        themes.changed.connect(self._dress)
        self._count_others()  # before it is dressed: an icon keeps off the text that is there
        self._dress(themes.theme)

    def show_views(self, confusion: bool, shown: str) -> None:
        """Offer the confusion matrix where there is one; what changes curves rests while it is shown."""
        self.views.setVisible(confusion)
        self.view_buttons[shown].setChecked(True)
        for button in (self.smooth, self.log, self.others):
            button.setEnabled(shown == CURVES)

    def _set_up_views(self) -> None:
        mark(self.views, segments=True)
        row, group = QHBoxLayout(self.views), QButtonGroup(self)
        row.setContentsMargins(1, 0, 1, 0)
        row.setSpacing(0)
        for name, button in self.view_buttons.items():
            button.setText(name.capitalize())
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, name=name: self.view_asked.emit(name))
            group.addButton(button)
            row.addWidget(button)
        self.show_views(False, CURVES)

    def _set_up_buttons(self) -> None:
        self.log.setText("Log")
        self.log.setCheckable(True)
        self.log.setToolTip("Draw the loss on a logarithmic scale")
        for button, tip in ((self.others, "Draw other runs beside this one"), (self.export, "Export the curves")):
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.setMenu(QMenu(button))
        self.others.menu().aboutToShow.connect(self._fill_others)
        for name, title in (
            ("picture", "Save as picture..."),
            ("copy", "Copy as picture"),
            ("csv", "Save as CSV..."),
        ):
            action = self.export.menu().addAction(title)
            action.triggered.connect(lambda _checked=False, name=name: self.export_asked.emit(name))
        for button in (self.smooth, self.log):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.others.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.smooth.weight_changed.connect(self.smoothing_changed)
        self.log.toggled.connect(self.log_changed)

    def _count_others(self) -> None:
        count = len(self._session.overlaid)
        self.others.setText("1 run" if count == 1 else f"{count} runs" if count else "Runs")

    def _fill_others(self) -> None:
        menu, shown = self.others.menu(), self._session.shown
        menu.clear()
        summaries = sorted(self._session.runs.summaries.values(), key=lambda entry: -entry.created)
        rest = [entry for entry in summaries if shown is None or entry.run.folder != shown.run.folder]
        for entry in rest[:MOST_LISTED]:
            folder = entry.run.folder
            action = menu.addAction(plain_caption(entry.title))
            action.setCheckable(True)
            action.setChecked(folder in self._session.overlaid)
            action.toggled.connect(lambda wanted, folder=folder: self._session.overlay(folder, wanted))
        if not rest:
            menu.addAction("There are no other runs yet").setEnabled(False)

    def _dress(self, theme: "Theme") -> None:
        put_icon(self.others, "layers", theme)
        put_icon(self.export, "export", theme)
