"""The run on show: its state and progress, and what can be done to it while it is under way."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from builder.events import AddEpochs, Pause, Resume, SetLearningRate, Snapshot
from builder.states import State
from graphs.errors import UserError
from graphs.parameters import Real
from widgets.elided import ElidedLabel
from widgets.icons import icon, pixmap, put_icon
from widgets.run_words import STATE_LOOKS, duration, epoch_text, percent, time_left
from widgets.theme_style import mark
from widgets.watch import RATE

if TYPE_CHECKING:
    from widgets.theme import Theme, ThemeSource
    from widgets.watch import Watch

MORE = 10
_STEPS = 1000  # of the bar
_CHIP_ICON = 12
LEARNING_RATE = Real(name="learning rate", low=0, low_open=True, default=0.001, doc="The rate from the next step on.")


class RunPage(QWidget):
    """Shows a Watch. `asked` carries a control, `stop_asked` and `resume_asked` what goes beyond one."""

    asked = Signal(object)
    stop_asked = Signal()
    resume_asked = Signal()
    choices_asked = Signal()

    def __init__(self, themes: "ThemeSource") -> None:
        super().__init__()
        self._themes = themes
        self._watch: Watch | None = None
        self._state: State | None = None
        self.title, self.epoch = ElidedLabel(), ElidedLabel()
        self.chip_icon, self.chip = QLabel(), QLabel()
        self.choices = QToolButton()
        self.bar = QProgressBar()
        self.share, self.left, self.speed, self.so_far = (QLabel() for _ in range(4))
        self.rate, self.set_rate = QLineEdit(), QPushButton("Set")
        self.snapshot, self.more = QPushButton("Snapshot"), QPushButton(f"+{MORE} epochs")
        self.pause, self.stop, self.resume = QPushButton("Pause"), QPushButton("Stop"), QPushButton("Resume")
        self.live, self.ended = QWidget(), QWidget()
        self.outcome = QLabel()
        self._set_up()
        self._lay_out()
        themes.changed.connect(self._dress)
        self._dress(themes.theme)

    def show_watch(self, watch: "Watch") -> None:
        """Show where a run stands."""
        if self._watch is not watch:
            self._watch, self._state = watch, None
            self.rate.clear()
        if self._state is not watch.state:
            self._state = watch.state
            self._show_state(watch)
        self.title.setText(watch.title)
        self.epoch.setText(epoch_text(watch))
        self.bar.setValue(round(watch.fraction * _STEPS))
        self.share.setText(percent(watch.fraction) if watch.ready else "Reading")
        self.left.setText(time_left(watch))
        speed = watch.samples_per_second
        self.speed.setText(f"{speed:,.0f} samples/s" if speed is not None else "")
        self.so_far.setText(f"{duration(watch.seconds_so_far)} {'so far' if watch.active else 'in all'}")
        rates = watch.curves.get(RATE)
        if rates is not None and rates.count:
            self.rate.setPlaceholderText(f"{rates.y[-1]:.4g}")
        if not watch.active:
            self.outcome.setText(_outcome(watch))

    def _show_state(self, watch: "Watch") -> None:
        look = STATE_LOOKS[watch.state]
        theme = self._themes.theme
        self.chip.setText(str(watch.state))
        mark(self.chip, chip=look.chip)
        mark(self.bar, chip="" if look.chip in ("neutral", "running") else look.chip)
        self.chip_icon.setPixmap(pixmap(look.icon, look.colour(theme), _CHIP_ICON, self.devicePixelRatioF()))
        paused = watch.state is State.PAUSED
        self.pause.setText("Resume" if paused else "Pause")
        put_icon(self.pause, "play" if paused else "pause", theme)
        able = watch.state in (State.RUNNING, State.PAUSED)
        for control in (self.rate, self.set_rate, self.snapshot, self.more, self.pause):
            control.setEnabled(able)
        self.stop.setEnabled(watch.state is not State.STOPPING)
        going, coming = (self.ended, self.live) if watch.active else (self.live, self.ended)
        going.hide()  # first: with room for both, the dock would grow and not shrink again
        coming.show()
        kept = watch.run.last is not None
        self.resume.setVisible(watch.state is State.STOPPED or (watch.state is State.FAILED and not kept))
        self.resume.setText("Resume" if kept else "Start again")

    def _set_up(self) -> None:
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Done")
        self.rate.setAccessibleName("Learning rate")
        self.outcome.setWordWrap(True)
        roles = {
            self.title: "heading", self.epoch: "mono secondary caption", self.speed: "secondary",
            self.so_far: "secondary", self.outcome: "secondary",
        }  # fmt: skip
        for label, role in roles.items():
            mark(label, role=role)
        mark(self.rate, mono=True)
        mark(self.chip, chip="neutral")  # from the start: a label keeps the margins that it was first dressed with
        for button in (self.set_rate, self.snapshot, self.more, self.pause, self.stop, self.resume):
            mark(button, compact=True)
        tips = {
            self.choices: "Choices for the next run", self.snapshot: "Keep the weights as they are now",
            self.more: f"Train {MORE} epochs longer than planned", self.resume: "Go on from the last checkpoint",
            self.set_rate: "Use this learning rate from the next step on",
            self.stop: "End the run; its weights are kept",
        }  # fmt: skip
        for control, tip in tips.items():
            control.setToolTip(tip)
        self.choices.setAccessibleName("Choices for the next run")
        self.choices.clicked.connect(self.choices_asked)
        self.rate.returnPressed.connect(self._set_rate)
        self.set_rate.clicked.connect(self._set_rate)
        self.rate.textEdited.connect(lambda: mark(self.rate, problem=False))
        self.snapshot.clicked.connect(lambda: self.asked.emit(Snapshot()))
        self.more.clicked.connect(lambda: self.asked.emit(AddEpochs(MORE)))
        self.pause.clicked.connect(lambda: self.asked.emit(Resume() if self._state is State.PAUSED else Pause()))
        self.stop.clicked.connect(self.stop_asked)
        self.resume.clicked.connect(self.resume_asked)

    def _lay_out(self) -> None:
        space = self._themes.theme.measures.space
        label = QLabel("Learning rate")
        mark(label, role="secondary")
        label.setBuddy(self.rate)
        live, ended, whole = QVBoxLayout(self.live), QVBoxLayout(self.ended), QVBoxLayout(self)
        for column in (live, ended):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(space.tiny)
        live.addLayout(_row(space.small, label, self.rate, self.set_rate))
        live.addLayout(_row(space.small, self.snapshot, self.more, None))
        live.addLayout(_row(space.small, self.pause, self.stop, None))
        ended.addWidget(self.outcome)
        ended.addLayout(_row(space.small, self.resume, None))
        whole.setContentsMargins(space.medium, space.small, space.medium, space.small)
        whole.setSpacing(space.tiny)
        head, share = (
            _row(space.tiny, self.title, self.chip_icon, self.chip, self.choices),
            _row(space.small, self.share, self.epoch, self.left),
        )
        head.setStretch(0, 1)
        share.setStretch(1, 1)
        for label in (self.chip_icon, self.chip):
            head.setAlignment(label, Qt.AlignmentFlag.AlignVCenter)
        whole.addLayout(head)
        whole.addWidget(self.bar)
        whole.addLayout(share)
        whole.addLayout(_row(space.small, self.speed, None, self.so_far))
        whole.addWidget(self.live)
        whole.addWidget(self.ended)
        self.ended.hide()
        whole.addStretch()

    def _set_rate(self) -> None:
        if not self.rate.text().strip():
            return
        try:
            value = LEARNING_RATE.parse(self.rate.text())
            self.asked.emit(SetLearningRate(float(value)))
        except (UserError, TypeError, ValueError) as error:
            mark(self.rate, problem=True)
            self.rate.setToolTip(str(error))
        else:
            self.rate.setToolTip("")
            self.rate.clear()

    def _dress(self, theme: "Theme") -> None:
        side = theme.measures.size.icon
        self.choices.setIcon(icon("settings", theme))
        self.choices.setIconSize(QSize(side, side))
        put_icon(self.snapshot, "snapshot", theme)
        put_icon(self.stop, "stop", theme)
        put_icon(self.resume, "play", theme)
        if self._watch is not None:
            self._show_state(self._watch)


def _row(gap: int, *widgets: QWidget | None) -> QHBoxLayout:
    """Return a row; None is a stretch."""
    row = QHBoxLayout()
    row.setSpacing(gap)
    for widget in widgets:
        if widget is None:
            row.addStretch()
        else:
            row.addWidget(widget)
    return row


def _outcome(watch: "Watch") -> str:
    """Return how a run ended, in a few words."""
    if watch.state is State.FAILED:
        return watch.failed.title if watch.failed is not None else "It ended without its result."
    where = f" at epoch {watch.epoch}" if watch.epoch else ""
    reason = watch.finished.reason if watch.finished is not None else str(watch.state)
    best = f", best in epoch {watch.best_epoch}" if watch.best_epoch else ""
    return f"{reason.capitalize()}{where}{best}."
