"""The main window: puts bars, docks and views together, and answers the commands that concern all of them."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from builder import folders
from graphs.errors import UserError
from graphs.filing.recovery import Entry
from widgets.ahead import load_ahead
from widgets.commands.actions import CommandActions
from widgets.commands.registry import CommandRegistry
from widgets.commands.view import VIEWS
from widgets.file_watch import FileWatch
from widgets.files_flow import FilesFlow, changed_question
from widgets.frame.action_button import ActionButton
from widgets.frame.device_picker import DevicePicker
from widgets.frame.dropping import dropped, take_in
from widgets.frame.error_card import ErrorCard
from widgets.frame.exporting import exporters
from widgets.frame.leaving import Leaving
from widgets.frame.menus import add_commands
from widgets.frame.recovery_card import RecoveryCard
from widgets.frame.toasts import Toasts
from widgets.frame.top_bar import TopBar
from widgets.frame.view_switch import ViewSwitch
from widgets.frame.waiting import Waiting
from widgets.latest import Latest
from widgets.palette import Palette
from widgets.parts import Parts
from widgets.recovery import Recovery
from widgets.start.page import StartPage
from widgets.theme_focus import FocusRing

if TYPE_CHECKING:
    from widgets.canvas.view import CanvasView
    from widgets.frame.canvas_strip import CanvasStrip
    from widgets.frame.regions import Regions
    from widgets.frame.workshop import Workshop

_FIRST_SIZE = (1440, 900)
_BY_TAB = Qt.FocusReason.TabFocusReason
_TAKES_TAB = Qt.FocusPolicy.TabFocus
_DELETED_WHEN_CLOSED = Qt.WidgetAttribute.WA_DeleteOnClose


class MainWindow(QMainWindow):
    """One window on one document. Made on the start page; `open_file` or the start page brings a project.

    ready: the file of `open_soon` is on view, or a card says why not.
    What only a project or a dialog needs is imported when that is first shown.
    """

    ready = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.parts = parts
        self.in_project = False
        self.view = "network"
        self.alone = False
        self.setAcceptDrops(True)
        self.setMinimumSize(*parts.themes.theme.measures.size.window_least)
        self.resize(*_FIRST_SIZE)
        document, selection, themes = parts.document, parts.selection, parts.themes
        self.files = FilesFlow(self, document, parts.settings, parts.memory, parts.ask)
        self.files.exporters = exporters(self, document, selection, themes)
        self._workshop: Workshop | None = None
        self.recovery = Recovery(document, parent=self)
        self.recovery.on = parts.settings["recovery"]
        self.commands = self._make_commands()
        self.palette_popup = Palette(self, self.commands, parts.settings, themes)
        self.bar = self._make_bar()
        self.start_page = StartPage(parts.memory, parts.session, themes)
        self.stack = QStackedWidget()
        self._compose()
        self.toasts = Toasts(self.stack, themes)
        self.errors = ErrorCard(self, themes)
        self.ring = FocusRing(themes.theme, self)
        self._leaving = Leaving(parts, self.files)
        self._watch = FileWatch(document, self)
        self.ahead = Latest(self)
        self._connect()
        self.show_start()

    @property
    def workshop(self) -> "Workshop":
        """What works on a project. It is made when a project is first shown: the start page does not wait for it."""
        if self._workshop is None:
            from widgets.frame.workshop import Workshop

            self._workshop = Workshop(self)
            self._workshop.open()
        return self._workshop

    @property
    def canvas(self) -> "CanvasView":
        """The drawing."""
        return self.workshop.canvas

    @property
    def regions(self) -> "Regions":
        """The docks."""
        return self.workshop.regions

    @property
    def strip(self) -> "CanvasStrip":
        """The strip over the drawing."""
        return self.workshop.strip

    def open_file(self, path: Path) -> None:
        """Show the project in a file; what is wrong with it is said on a card."""
        self.commands.attempt(lambda: self.files.open(path))

    def open_soon(self, path: Path) -> None:
        """Show the project in a file once the window itself is on the screen."""
        waiting = Waiting(path.name)
        self.stack.addWidget(waiting)
        self.stack.setCurrentWidget(waiting)

        def act() -> None:
            self.open_file(path)
            if not self.in_project:
                self.show_start()
            self.stack.removeWidget(waiting)
            waiting.deleteLater()
            QTimer.singleShot(0, self, self.ready.emit)  # once it is painted

        waiting.painted.connect(lambda: QTimer.singleShot(0, self, act))

    def show_start(self) -> None:
        """Show the start page, once what is open is settled."""
        if self.in_project:
            self.regions.keep()
            self.regions.hide_all()
            self.workshop.status.hide()
        self.in_project = False
        self.start_page.renew()
        self.stack.setCurrentWidget(self.start_page)
        self.bar.show_start(True)
        self._title()
        self.commands.refresh()

    def show_project(self) -> None:
        """Show the project of the document, whole."""
        self.in_project = True
        self.alone = False
        self.parts.selection.show()
        self.parts.selection.select()
        self.bar.show_start(False)
        self.workshop.status.show()
        self.regions.fit(self.width(), self.height())
        self.regions.show_view(self.view)
        self._settle_layout()  # before the canvas is seen, which then fits the drawing into its room
        self.workshop.project.show_view(self.view)
        self.stack.setCurrentWidget(self.workshop.project)
        self.bar.switch.show_view(self.view)
        self._title()
        self.commands.refresh()
        self.canvas.setFocus()

    def show_view(self, view: str) -> None:
        """Bring a view of the project on show, with the docks as they lay in it."""
        if view != self.view:
            self.regions.keep()
            self.view = view
            self.workshop.project.show_view(view)
            self.regions.show_view(view)
        self.bar.switch.show_view(view)
        self.commands.refresh()

    def show_panel(self, name: str) -> None:
        """Bring the panel of that name on show, in its dock."""
        if self.in_project:
            self.regions.show_page(name)

    def toggle_dock(self, name: str) -> None:
        """Show a dock, or put it away."""
        self.regions.toggle(name)

    def dock_shown(self, name: str) -> bool:
        """Tell whether a dock is on show, unfolded."""
        return self.in_project and self.regions.shown(name)

    def toggle_alone(self) -> None:
        """Leave the view alone in the window, or bring the docks back."""
        self.alone = not self.alone
        if self.alone:
            self.regions.keep()
            self.regions.hide_all()
        else:
            self.regions.show_view(self.view)
        self.workshop.status.setVisible(not self.alone)

    def next_region(self) -> None:
        """Move the keyboard to the next region that is on show."""
        docks = self.regions.docks
        regions: list[QWidget] = [self.bar, *(docks[name] for name in ("library",) if name in docks), self.stack]
        regions += [docks[name] for name in ("properties", "lower") if name in docks]
        shown = [region for region in regions if region.isVisible()]
        focus = QApplication.focusWidget()
        here = next((n for n, region in enumerate(shown) if focus is not None and region.isAncestorOf(focus)), -1)
        for step in range(1, len(shown) + 1):
            region = shown[(here + step) % len(shown)]
            target = self.canvas if region is self.stack and self.canvas.isVisible() else _first_stop(region)
            if target is not None:
                target.setFocus(_BY_TAB)
                return

    def show_palette(self) -> None:
        """Open the command palette."""
        self.palette_popup.open()

    def show_settings(self) -> None:
        """Open the settings beside the window."""
        from widgets.dialogs.settings import SettingsDialog

        self._open_dialog(SettingsDialog(self.parts.settings, self.parts.themes, self))

    def show_keyboard(self) -> None:
        """Open the list of shortcuts."""
        from widgets.dialogs.keyboard import KeyboardDialog

        self._open_dialog(KeyboardDialog(self.commands.registry, self.parts.themes, self))

    def show_about(self) -> None:
        """Open what there is to say about the program."""
        from widgets.dialogs.about import AboutDialog

        self._open_dialog(AboutDialog(self.parts.themes, self))

    def open_logs(self) -> None:
        """Show the folder of logs in the system's file browser."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folders.logs())))

    def leave_project(self) -> None:
        """Go to the start page once what is open is settled."""
        if self.files.settled():
            self.recovery.forget()
            self.show_start()

    def offer_recovery(self) -> None:
        """Offer what a crash left, if it left anything."""
        entries = self.recovery.found()
        if entries:
            card = RecoveryCard(self, entries, self.parts.themes)
            card.wanted.connect(self._bring_back)
            card.unwanted.connect(lambda entry: entry.discard())
            card.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.bar.fit(self.width())
        if self.in_project and not self.alone:
            self.regions.fit(self.width(), self.height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and hasattr(self, "_watch"):
            self._watch.look()
            if self._workshop is not None:
                self._workshop.data.look_if_due()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.commands.attempt(lambda: take_in(self, path))

    def closeEvent(self, event: QCloseEvent) -> None:
        try:
            settled = self._leaving.settled()
        except UserError as error:
            self._tell_error(error)
            settled = False
        if not settled:
            event.ignore()
            return
        self.ahead.cancel()
        if self._workshop is not None:
            self._workshop.close()
        if self.in_project:
            self.regions.keep()
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self.parts.memory.keep_layout("window", {"geometry": geometry})
        self.recovery.forget()
        self.parts.session.close()
        event.accept()

    def _make_commands(self) -> CommandActions:
        registry = CommandRegistry()
        add_commands(registry, self)
        return CommandActions(registry, self, self.parts.themes)

    def _make_bar(self) -> TopBar:
        themes, commands = self.parts.themes, self.commands
        switch = ViewSwitch(commands, themes, {view: name for view, name in VIEWS.items() if name in commands.registry})
        device = DevicePicker(self.parts.session, commands, themes)
        buttons = (
            ActionButton(commands, "run.train", themes, primary=True, wanted=lambda: not self._busy),
            ActionButton(commands, "run.pause", themes, wanted=lambda: self._busy),
            ActionButton(commands, "run.stop", themes, wanted=lambda: self._busy),
        )
        return TopBar(commands, themes, switch, device, buttons)

    @property
    def _busy(self) -> bool:
        return self.parts.session.active is not None

    def _compose(self) -> None:
        self.setMenuWidget(self.bar)
        self.stack.addWidget(self.start_page)
        self.setCentralWidget(self.stack)
        geometry = self.parts.memory.layout("window").get("geometry")
        if isinstance(geometry, str):
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))

    def _connect(self) -> None:
        document, selection, session = self.parts.document, self.parts.selection, self.parts.session
        for signal in (document.history_changed, document.replaced, selection.changed, selection.view_changed):
            signal.connect(self.commands.refresh_soon)
        for signal in (session.changed, session.runs_changed):
            signal.connect(self.commands.refresh_soon)
        document.history_changed.connect(self._title)
        self.commands.failed.connect(self._tell_error)
        self.files.shown.connect(self.show_project)
        self.files.noted.connect(self.toasts.show)
        self.recovery.troubled.connect(lambda text: self.errors.tell("Recovery is off", text))
        self._watch.changed.connect(self._file_changed)
        self._watch.lost.connect(self.files.lose)
        self.parts.settings.changed.connect(self._apply_setting)
        self.parts.themes.changed.connect(self.ring.show_theme)
        start = self.start_page
        start.settled.connect(lambda: self.ahead.start(load_ahead))
        start.new_asked.connect(lambda: self.commands.run("file.new"))
        start.open_asked.connect(lambda: self.commands.run("file.open"))
        start.template_chosen.connect(lambda name: self.commands.attempt(lambda: self.files.new(name)))
        start.project_chosen.connect(self.open_file)
        start.search_asked.connect(lambda path: self.commands.attempt(lambda: self.files.find_again(path)))

    def _bring_back(self, entry: Entry) -> None:
        def act() -> None:
            words = self.recovery.bring_back(entry)
            self.show_project()
            self.toasts.show(words)

        self.commands.attempt(act)

    def _file_changed(self) -> None:
        document = self.parts.document
        if document.dirty and self.parts.ask.question(self, changed_question(document.project.title)) != "load":
            return
        self.commands.attempt(self.files.reload)

    def _apply_setting(self, name: str) -> None:
        settings, themes = self.parts.settings, self.parts.themes
        if name == "theme":
            themes.choose(settings["theme"])
        elif name == "reduce_motion":
            themes.reduce_motion(settings["reduce_motion"])
        elif name == "wheel" and self._workshop is not None:
            self.canvas.pointer.wheel = settings["wheel"]
        elif name == "recovery":
            self.recovery.on = settings["recovery"]

    def _tell_error(self, error: UserError) -> None:
        self.errors.tell("That did not work", str(error))

    def _title(self) -> None:
        document = self.parts.document
        if not self.in_project:
            self.setWindowTitle("Netwright")
            return
        name = document.path.name if document.path else document.project.title
        self.setWindowTitle(f"{name}{'*' if document.dirty else ''} · Netwright")

    def _settle_layout(self) -> None:
        layout = self.layout()
        assert layout is not None
        layout.activate()

    def _open_dialog(self, dialog: QWidget) -> None:
        dialog.setAttribute(_DELETED_WHEN_CLOSED)
        dialog.show()


def _first_stop(region: QWidget) -> QWidget | None:
    """Return the first widget of a region that takes the keyboard."""
    candidates = [w for w in region.findChildren(QWidget) if w.isVisible() and w.isEnabled()]
    return next((w for w in candidates if w.focusPolicy() & _TAKES_TAB), None)
