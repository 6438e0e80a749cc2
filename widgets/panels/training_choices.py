"""What is chosen about the next run: its device, and the training section of the project as a form."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from builder.training.choices import TRAINING
from graphs.edits import SetSection
from graphs.errors import UserError
from widgets.fields import Form
from widgets.icons import put_icon
from widgets.plain import plain_tip
from widgets.theme_style import mark

if TYPE_CHECKING:
    from widgets.document import Document
    from widgets.session import Session
    from widgets.theme import Theme, ThemeSource


class TrainingChoices(QWidget):
    """A form of all that TRAINING declares. Every change is one edit of the document."""

    train_asked = Signal()
    run_asked = Signal()

    def __init__(self, document: "Document", session: "Session", themes: "ThemeSource") -> None:
        super().__init__()
        self._document = document
        self._session = session
        self._themes = themes
        self.train = QPushButton("Train")
        self.back = QToolButton()
        self.device = QComboBox()
        self.why = QLabel()
        self.form: Form | None = None
        self._column = QVBoxLayout()
        self._lay_out()
        self.train.clicked.connect(self.train_asked)
        self.back.clicked.connect(self.run_asked)
        self.device.activated.connect(self._choose_device)
        for signal in (session.devices_found, session.device_changed):
            signal.connect(self._show_devices)
        for signal in (document.edited, document.replaced):
            signal.connect(self.refresh)
        themes.changed.connect(self._dress)
        self._dress(themes.theme)
        self._show_devices()

    def refresh(self, *_: object) -> None:
        """Show what the project holds."""
        assert self.form is not None
        try:
            values = TRAINING.check(self._document.project.training)
        except UserError:  # a value that a later version may know: shown as it stands
            values = dict(self._document.project.training)
        self.form.show_values(values)

    def allow_training(self, obstacle: str) -> None:
        """Let Train be pressed, or say why not."""
        self.train.setEnabled(not obstacle)
        self.train.setToolTip(plain_tip(obstacle) or "Train the drawing as it stands (Ctrl+R)")

    def _lay_out(self) -> None:
        sizes, space = self._themes.theme.measures.size, self._themes.theme.measures.space
        heading = QLabel("Next run")
        mark(heading, role="heading")
        self.back.setToolTip("Back to the run")
        self.back.setAccessibleName("Back to the run")
        mark(self.train, compact=True, primary=True)
        head = QHBoxLayout()
        head.setContentsMargins(space.medium, space.small, space.medium, space.tiny)
        head.addWidget(self.back)
        head.addWidget(heading)
        head.addStretch()
        head.addWidget(self.train)
        label = QLabel("device")
        label.setFixedWidth(sizes.form_label)
        label.setBuddy(self.device)
        mark(label, role="secondary")
        self.device.setAccessibleName("device")
        self.device.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        mark(self.why, role="caption tertiary")
        self.why.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(space.small)
        row.addWidget(label)
        row.addWidget(self.device, 1)
        row.addSpacing(sizes.form_reset + space.small)
        self._column.setContentsMargins(space.medium, 0, space.tiny, space.small)
        self._column.setSpacing(0)
        self._column.addLayout(row)
        self._column.addWidget(self.why)
        self._column.addStretch()
        inner, area, whole = QWidget(), QScrollArea(), QVBoxLayout(self)
        inner.setLayout(self._column)
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(area, 1)

    def _dress(self, theme: "Theme") -> None:
        """Make the form anew: its editors hold the theme they were made with."""
        if self.form is not None:
            self._column.removeWidget(self.form)
            self.form.deleteLater()
        self.form = Form(TRAINING, theme)
        self.form.chosen.connect(self._choose)
        self.form.reset.connect(lambda name: self._document.perform(SetSection("training", {}, (name,))))
        self._column.insertWidget(2, self.form)
        put_icon(self.back, "chevron-left", theme)
        put_icon(self.train, "play", theme)
        self.refresh()

    def _choose(self, name: str, value: object) -> None:
        self._document.perform(SetSection("training", {name: value}))

    def _choose_device(self) -> None:
        self._session.device = self.device.currentData()

    def _show_devices(self) -> None:
        self.device.clear()
        self.device.addItem("auto", "auto")
        for found in self._session.devices:
            self.device.addItem(str(found["id"]), str(found["id"]))
            self.device.setItemData(self.device.count() - 1, str(found["name"]), Qt.ItemDataRole.ToolTipRole)
        place = self.device.findData(self._session.device)
        if place < 0:  # chosen before, and not there now: the run will say so
            self.device.addItem(self._session.device, self._session.device)
            place = self.device.count() - 1
        self.device.setCurrentIndex(place)
        taken = self._session.automatic
        words = str(taken.get("why", "")).removeprefix("auto: ")
        self.why.setText(f"Takes {words}." if words else "")
        self.why.setVisible(bool(taken) and self._session.device == "auto")
