"""Starts the window: the application, its look, one of each part, and the first window on the screen."""

import gc
import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from widgets.failures import FailureLog
from widgets.interrupts import Interrupts
from widgets.parts import Parts
from widgets.theme_style import dress
from widgets.window import MainWindow


def application() -> QApplication:
    """Return the application, made and named if there is none yet."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    rounding = Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(rounding)
    made = QApplication(["netwright"])
    made.setApplicationName("netwright")
    made.setApplicationDisplayName("Netwright")
    made.setDesktopFileName("netwright")
    return made


INTERRUPTED = 130  # as shells have it
SWITCH_EVERY = 0.0005
"""Seconds after which a thread that reads data or writes code lets the window have the interpreter, if it waits."""


def open_window(app: QApplication, parts: Parts, file: Path | None = None) -> MainWindow:
    """Return the main window, on the screen; the project in `file` is opened once it is painted, if one is given."""
    sys.setswitchinterval(SWITCH_EVERY)
    dress(app, parts.themes.theme)
    parts.themes.changed.connect(lambda theme: dress(app, theme))
    window = MainWindow(parts)
    window.ready.connect(parts.session.warm_up)  # a worker that loads torch would slow the drawing down
    if file is not None:
        window.open_soon(file)
    else:
        QTimer.singleShot(0, window, window.ready.emit)
    window.show()
    if parts.settings.complaint:
        window.toasts.show(parts.settings.complaint)
    parts.session.attach_all()
    window.offer_recovery()
    return window


def _collect_again() -> None:
    """Look for garbage from now on, and never through what was loaded until now, which stays."""
    gc.freeze()
    gc.enable()


def _let_clipboard_go(app: QApplication) -> None:
    """Empty a clipboard that is of this process alone: it would outlive Python, whose object what was copied is."""
    if app.platformName() in ("offscreen", "minimal"):
        app.clipboard().clear()


def main(file: Path | None = None) -> int:
    """Show the window, with the project in `file` if one is given, and return when it is closed.

    Ctrl+C in the terminal closes it as its own button does; once more, while it still asks, ends it at once: what is
    not saved is then offered at the next start.
    """
    failures = FailureLog()
    failures.install()
    app = application()
    window = open_window(app, Parts.make(), file)
    window.ready.connect(_collect_again)
    failures.tell = window.errors.tell
    interrupts = Interrupts()
    interrupts.heard.connect(lambda: app.exit(INTERRUPTED) if app.activeModalWidget() else window.close())
    try:
        return app.exec()
    finally:
        _let_clipboard_go(app)
        interrupts.close()
        failures.close()
