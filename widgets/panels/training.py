"""The training panel: choices or the run on the left, curves in the middle, their values on the right."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from builder.events import Control, Pause, Resume
from builder.runs import Run
from builder.states import State
from graphs.errors import FileProblem
from graphs.filing.atomic import write_bytes
from widgets.dialogs.ask import Ask
from widgets.drawings import Plots, csv_text
from widgets.panels.training_choices import TrainingChoices
from widgets.panels.training_confusion import ConfusionPage
from widgets.panels.training_curves import CurvesView
from widgets.panels.training_failure import FailureCard
from widgets.panels.training_head import CONFUSION, CURVES, TrainingHead
from widgets.panels.training_readout import Readout
from widgets.panels.training_run import RunPage
from widgets.theme_style import mark
from widgets.watch import Watch

if TYPE_CHECKING:
    from widgets.document import Document
    from widgets.selection import Selection
    from widgets.session import Session
    from widgets.starting import Starting
    from widgets.theme import ThemeSource

SMOOTHING = 0.6  # at first
LEFT, RIGHT = 280, 152  # px


class TrainingPanel(QWidget):
    """Follows the session's shown run. `head_extra` is for the dock's row of tabs; it stands on top here without one.

    What is asked for here and cannot be done raises UserError.
    """

    def __init__(
        self,
        document: "Document",
        session: "Session",
        selection: "Selection",
        themes: "ThemeSource",
        plots: Plots,
        starting: "Starting",
        ask: type[Ask] = Ask,
    ) -> None:
        super().__init__()
        self._document = document
        self._session = session
        self._selection = selection
        self._themes = themes
        self._starting = starting
        self._ask = ask
        self._epoch: float | None = None
        self._choosing = False
        self._seen: Watch | None = None
        self.head_extra = TrainingHead(session, themes)
        self.choices, self.run_page = TrainingChoices(document, session, themes), RunPage(themes)
        self.failure, self.readout = FailureCard(themes), Readout(themes)
        self.curves, self.confusion = CurvesView(themes, plots), ConfusionPage(themes, plots)
        self.left, self.middle = QStackedWidget(), QStackedWidget()
        self._lay_out()
        self._connect()
        self.head_extra.smooth.choose(SMOOTHING)
        self.refresh()

    @property
    def strip_text(self) -> str:
        """The run under way in one line, for the strip of a folded dock."""
        return self._session.strip_text

    def train(self) -> None:
        """Train the drawing as it stands. Raises UserError with what stands in the way."""
        self._starting.train()

    def pause(self) -> None:
        """Hold the run under way."""
        self.control(Pause())

    def resume(self) -> None:
        """Go on: with the run that is paused, else with the one on show from its last checkpoint."""
        active, shown = self._session.active, self._session.shown
        if active is not None and active.state is State.PAUSED:
            self.control(Resume())
        elif shown is not None and not shown.active:
            self.resume_run(shown.run)

    def stop(self) -> None:
        """End the run under way; its weights are kept."""
        self._session.stop()

    def control(self, control: Control) -> None:
        """Ask the run under way for something."""
        self._session.control(control)

    def resume_run(self, run: Run) -> None:
        """Go on with a run from its last checkpoint."""
        self._session.resume(run)

    def show_choices(self, choosing: bool) -> None:
        """Show the choices for the next run, or the run."""
        self._choosing = choosing
        self.refresh()

    def show_view(self, view: str) -> None:
        """Show CURVES or CONFUSION in the middle."""
        self.middle.setCurrentWidget(self.confusion if view == CONFUSION else self.curves)
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Show where things stand."""
        watch = self._session.shown
        chooses = self._choosing or watch is None
        self.left.setCurrentWidget(self.choices if chooses else self.run_page)
        self.choices.back.setVisible(watch is not None)
        self.choices.allow_training(self._starting.obstacle)
        if watch is not None:
            self.run_page.show_watch(watch)
        self.failure.show_watch(watch, self._document.project)
        self.confusion.show_watch(watch)
        if not self.confusion.matrices:
            self.middle.setCurrentWidget(self.curves)
        self.head_extra.show_views(bool(self.confusion.matrices), self._view)
        others = self._others(watch)
        self.curves.show_runs(watch, others)
        self._read_out()

    def export(self, what: str) -> None:
        """Save the curves as a `picture` or as `csv`, or `copy` the picture."""
        title = self._session.shown.title if self._session.shown is not None else "Curves"
        if what == "copy":
            QGuiApplication.clipboard().setPixmap(self.middle.grab())
            return
        suffix, kinds = (".csv", "Tables (*.csv)") if what == "csv" else (".png", "Pictures (*.png)")
        path = self._ask.path_to_save(self, "Export the curves", Path.home() / f"{title}{suffix}", kinds)
        if path is not None:
            (self._write_csv if what == "csv" else self._write_picture)(path)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    @property
    def _view(self) -> str:
        return CONFUSION if self.middle.currentWidget() is self.confusion else CURVES

    def _others(self, watch: Watch | None) -> Sequence[Watch]:
        shown = watch.run.folder if watch is not None else None
        known = self._session.runs.summaries
        folders = [folder for folder in self._session.overlaid if folder != shown and folder in known]
        return [self._session.watch(known[folder].run) for folder in folders]

    def _point(self, epoch: float | None) -> None:
        if epoch != self._epoch:
            self._epoch = epoch
            self._read_out()

    def _read_out(self) -> None:
        watch = self._session.shown
        self.readout.show_runs(watch, self._others(watch), self.curves.shown_metric, self._epoch)

    def _follow(self, watch: Watch | None) -> None:
        if self._session.shown is not self._seen:
            self._seen = self._session.shown
            self._choosing = False  # another run came on show: it is what one wants to see
        if self.isVisible():
            self.refresh()

    def _write_csv(self, path: Path) -> None:
        drawn = (("loss", self.curves.loss_drawing), (self.curves.shown_metric or "metric", self.curves.metric_drawing))
        text = csv_text([(name, drawing.curves) for name, drawing in drawn])
        try:
            write_bytes(path, text.encode())
        except OSError as error:
            raise FileProblem(
                path, f"the curves cannot be written ({error.strerror}). Choose another folder."
            ) from error

    def _write_picture(self, path: Path) -> None:
        if not self.middle.grab().save(str(path)):
            raise FileProblem(path, "the picture cannot be written. Choose another folder or the suffix .png.")

    def _select(self, network: str, node: str) -> None:
        self._selection.show(network, ())
        self._selection.select({node}, node)

    def _connect(self) -> None:
        session, document, head = self._session, self._document, self.head_extra
        session.changed.connect(self._follow)
        for signal in (session.runs_changed, session.overlaid_changed, session.runs.changed, document.replaced):
            signal.connect(self.refresh)
        self._starting.changed.connect(lambda: self.choices.allow_training(self._starting.obstacle))
        self.choices.train_asked.connect(self.train)
        self.choices.run_asked.connect(lambda: self.show_choices(False))
        page = self.run_page
        page.choices_asked.connect(lambda: self.show_choices(True))
        page.asked.connect(self.control)
        page.stop_asked.connect(self.stop)
        for source in (page, self.failure):
            source.resume_asked.connect(self.resume)
        self.failure.node_asked.connect(self._select)
        self.curves.pointed.connect(self._point)
        self.curves.metric_chosen.connect(self.refresh)
        head.smoothing_changed.connect(self.curves.set_smoothing)
        head.log_changed.connect(self.curves.set_log)
        head.export_asked.connect(self.export)
        head.view_asked.connect(self.show_view)

    def _lay_out(self) -> None:
        space = self._themes.theme.measures.space
        pages: Sequence[tuple[QStackedWidget, QWidget]] = (
            (self.left, self.choices),
            (self.left, self.run_page),
            (self.middle, self.curves),
            (self.middle, self.confusion),
        )
        for stack, page in pages:
            stack.addWidget(page)
        self.left.setFixedWidth(LEFT)
        self.readout.setFixedWidth(RIGHT)
        line = QFrame()
        mark(line, line="vertical")
        centre, row, whole = QVBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        centre.setContentsMargins(space.medium, space.small, space.medium, 0)
        centre.addWidget(self.failure)
        centre.addWidget(self.middle, 1)
        side = QVBoxLayout()
        side.setContentsMargins(0, space.small, space.medium, space.small)
        side.addWidget(self.readout)
        row.setSpacing(0)
        row.addWidget(self.left)
        row.addWidget(line)
        row.addLayout(centre, 1)
        row.addLayout(side)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head_extra)
        whole.addLayout(row, 1)
